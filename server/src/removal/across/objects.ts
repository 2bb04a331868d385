import { ts } from 'ts-morph';
import { isWritten } from '../values/purity.ts';
import { type Call, callsOf, type Fn, functionHolding } from './functions.ts';
import { declarationOf, referencesAcross } from './references.ts';
import type { View } from './view.ts';

/** A place in a file. */
interface At<T extends ts.Node> {
  readonly path: string;
  readonly node: T;
}

/** Where the objects that are written at `literals` go, as far as all of it can be followed. */
export interface ObjectFlow {
  /** Every literal that may arrive where the first one does. */
  readonly literals: readonly At<ts.ObjectLiteralExpression>[];
  readonly accesses: readonly At<ts.PropertyAccessExpression>[];
  readonly patterns: readonly At<ts.ObjectBindingPattern>[];
  /** The types that are written down for the object on its way. */
  readonly types: readonly At<ts.TypeNode>[];
}

/**
 * Follows an object through variables, returns, `useMemo`, awaits and contexts to the members that are taken of it. Undefined where it
 * comes out of sight: handed to unknown code, spread, written to, indexed.
 */
export function flowOf(view: View, path: string, literal: ts.ObjectLiteralExpression): ObjectFlow | undefined {
  const flow: Flow = { view, literals: [], accesses: [], patterns: [], types: [], carriers: new Set(), sources: [] };
  if (!carry(flow, path, literal)) return undefined;
  for (const { path: from, node } of flow.sources) if (!cameFrom(flow, from, node)) return undefined;
  return flow;
}

interface Flow extends ObjectFlow {
  readonly view: View;
  readonly literals: At<ts.ObjectLiteralExpression>[];
  readonly accesses: At<ts.PropertyAccessExpression>[];
  readonly patterns: At<ts.ObjectBindingPattern>[];
  readonly types: At<ts.TypeNode>[];
  /** Expressions that yield the object. */
  readonly carriers: Set<ts.Expression>;
  /** Expressions whose value arrives at the same place: each must be followed, too. */
  readonly sources: At<ts.Expression>[];
}

/** Another value that arrives at the same place is a literal whose own way is followed, or one that was followed already. */
function cameFrom(flow: Flow, path: string, node: ts.Expression): boolean {
  const plain = inner(node);
  if (flow.carriers.has(plain) || flow.view.isCut(path, plain)) return true;
  return ts.isObjectLiteralExpression(plain) && carry(flow, path, plain);
}

function inner(node: ts.Expression): ts.Expression {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return inner(node.expression);
  return ts.isAwaitExpression(node) || ts.isNonNullExpression(node) ? inner(node.expression) : node;
}

function carry(flow: Flow, path: string, node: ts.Expression): boolean {
  if (flow.carriers.has(node)) return true;
  flow.carriers.add(node);
  if (ts.isObjectLiteralExpression(node)) {
    if (speaksOfItself(node)) return false;
    flow.literals.push({ path, node });
  }
  if (flow.carriers.size > 2000) return false;
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent) || ts.isAwaitExpression(parent))
    return carry(flow, path, parent);
  if (ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent)) {
    if (!/^const$/.test(parent.type.getText())) flow.types.push({ path, node: parent.type });
    return carry(flow, path, parent);
  }
  if (ts.isExpressionStatement(parent)) return true;
  if (ts.isPropertyAccessExpression(parent)) return toAccess(flow, path, parent);
  if (ts.isVariableDeclaration(parent)) return toVariable(flow, path, parent);
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
    return toReturn(flow, path, parent);
  return ts.isJsxExpression(parent) && ts.isJsxAttribute(parent.parent) && toContext(flow, path, parent.parent);
}

/** A method that takes members of its own object (`this.isNew`). */
function speaksOfItself(node: ts.Node): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.SuperKeyword) return true;
  if (ts.isClassLike(node) || ts.isTypeNode(node)) return false;
  return ts.forEachChild(node, (child) => speaksOfItself(child) || undefined) === true;
}

function toAccess(flow: Flow, path: string, node: ts.PropertyAccessExpression): boolean {
  flow.accesses.push({ path, node });
  return !isWritten(node) && !ts.isDeleteExpression(node.parent);
}

function toVariable(flow: Flow, path: string, node: ts.VariableDeclaration): boolean {
  if (!(ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const)) return false;
  if (node.type) flow.types.push({ path, node: node.type });
  if (ts.isObjectBindingPattern(node.name)) {
    flow.patterns.push({ path, node: node.name });
    const isNamed = ({ propertyName, dotDotDotToken }: ts.BindingElement): boolean =>
      !dotDotDotToken && !(propertyName && ts.isComputedPropertyName(propertyName));
    return node.name.elements.every(isNamed);
  }
  const references = ts.isIdentifier(node.name) ? referencesAcross(flow.view, path, node.name) : undefined;
  return (
    references?.every((one) => ts.isExpression(one.id) && isValue(one.id) && carry(flow, one.path, one.id)) === true
  );
}

/** `{ x }` and `typeof x` are no expressions of their own. */
function isValue(id: ts.Identifier): boolean {
  return !ts.isTypeQueryNode(id.parent) && !ts.isShorthandPropertyAssignment(id.parent);
}

function toReturn(flow: Flow, path: string, node: ts.ReturnStatement | ts.ArrowFunction): boolean {
  const owner = ts.isArrowFunction(node) ? node : ts.findAncestor(node, ts.isFunctionLike);
  const fn = owner && functionHolding(flow.view, path, owner);
  if (!owner || !('body' in owner) || ('asteriskToken' in owner && owner.asteriskToken)) return false;
  flow.sources.push(...returnsOf(owner as ts.FunctionLikeDeclaration).map((one) => ({ path, node: one })));
  if (owner.type) flow.types.push({ path, node: resultType(owner.type) });
  if (isMemo(owner.parent) && owner.parent.arguments[0] === owner) {
    const given = owner.parent.typeArguments?.[0];
    if (given) flow.types.push({ path, node: given });
    return carry(flow, path, owner.parent);
  }
  const calls = fn && !isTypedByHolder(fn) ? callsOf(flow.view, fn) : undefined;
  return (
    calls?.every(
      (call) => ts.isCallExpression(call.node) && isAwaitedWhereAsync(owner, call) && carry(flow, call.path, call.node),
    ) === true
  );
}

function isMemo(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && /^(?:React\.)?useMemo$/.test(node.expression.getText());
}

function isTypedByHolder({ node }: Fn): boolean {
  return ts.isVariableDeclaration(node.parent) && node.parent.type !== undefined;
}

function isAwaitedWhereAsync(owner: ts.Node, { node }: Call): boolean {
  const isAsync =
    ts.canHaveModifiers(owner) && ts.getModifiers(owner)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  return !isAsync || ts.isAwaitExpression(node.parent);
}

function resultType(type: ts.TypeNode): ts.TypeNode {
  const isPromise = ts.isTypeReferenceNode(type) && type.typeName.getText() === 'Promise';
  return (isPromise && type.typeArguments?.[0]) || type;
}

/** All that a function returns. */
export function returnsOf(fn: ts.FunctionLikeDeclaration): ts.Expression[] {
  const { body } = fn;
  if (!body) return [];
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}

/** `<Context.Provider value={object}>`: what `useContext(Context)` yields, where every provider and the default are followed. */
function toContext(flow: Flow, path: string, attribute: ts.JsxAttribute): boolean {
  const { tagName } = attribute.parent.parent;
  if (attribute.name.getText() !== 'value') return false;
  const isProvider = ts.isPropertyAccessExpression(tagName) && tagName.name.text === 'Provider';
  const name = isProvider ? tagName.expression : tagName;
  const declared = ts.isIdentifier(name) ? declarationOf(flow.view, path, name) : undefined;
  if (!declared || !ts.isVariableDeclaration(declared.node) || !ts.isIdentifier(declared.node.name)) return false;
  const made = declared.node.initializer && inner(declared.node.initializer);
  if (!made || !ts.isCallExpression(made) || !/^(?:React\.)?createContext$/.test(made.expression.getText()))
    return false;
  const [standard] = made.arguments;
  if (standard && !isNothing(standard)) flow.sources.push({ path: declared.path, node: standard });
  const [type] = made.typeArguments ?? [];
  if (type) flow.types.push({ path: declared.path, node: type });
  const references = referencesAcross(flow.view, declared.path, declared.node.name);
  return references?.every((one) => fromContext(flow, one.path, one.id)) === true;
}

/** No object at all: what is taken of it fails. An empty one would yield undefined. */
function isNothing(node: ts.Expression): boolean {
  const plain = inner(node);
  return plain.kind === ts.SyntaxKind.NullKeyword || plain.getText() === 'undefined';
}

function fromContext(flow: Flow, path: string, id: ts.Identifier): boolean {
  const { parent } = id;
  if (ts.isCallExpression(parent) && /^(?:React\.)?use(?:Context)?$/.test(parent.expression.getText()))
    return carry(flow, path, parent);
  const access = ts.isPropertyAccessExpression(parent) ? parent : undefined;
  if (access?.name.text === 'displayName') return true;
  const tag = access ?? id;
  if (access && access.name.text !== 'Provider') return false;
  if (ts.isJsxClosingElement(tag.parent)) return true;
  if (!ts.isJsxOpeningElement(tag.parent) && !ts.isJsxSelfClosingElement(tag.parent)) return false;
  const { properties } = tag.parent.attributes;
  const value = properties.find((one) => ts.isJsxAttribute(one) && one.name.getText() === 'value');
  if (properties.some(ts.isJsxSpreadAttribute) || !value || !ts.isJsxAttribute(value)) return false;
  const { initializer } = value;
  if (!initializer || !ts.isJsxExpression(initializer) || !initializer.expression) return false;
  flow.sources.push({ path, node: initializer.expression });
  return true;
}
