import { ts } from 'ts-morph';
import { unwrap } from '../../facts/run-time.ts';
import type { Source } from '../source.ts';
import { type Declared, declarationOf, type Reference, referencesAcross, referencesOfExport } from './references.ts';
import type { View } from './view.ts';

/** A function with a body, as somebody may call it. */
export interface Fn {
  readonly path: string;
  readonly source: Source;
  readonly node: ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration;
}

export type Call = { readonly path: string; readonly source: Source } & (
  | { readonly node: ts.CallExpression }
  | { readonly node: ts.JsxOpeningElement | ts.JsxSelfClosingElement }
);

/** The function that a name stands for: `f`, `View` of `memo(...)`, a private method `this.f`. */
export function functionAt(view: View, path: string, callee: ts.Expression): Fn | undefined {
  const plain = unwrap(callee);
  if (ts.isIdentifier(plain)) {
    const declared = declarationOf(view, path, plain);
    return declared && functionIn(view, declared);
  }
  if (ts.isArrowFunction(plain) || ts.isFunctionExpression(plain)) return functionHolding(view, path, plain);
  const source = view.source(path);
  const method = source && privateMethodAt(plain);
  return method ? { path, source, node: method } : undefined;
}

function functionIn(view: View, { path, source, node }: Declared): Fn | undefined {
  if (ts.isFunctionDeclaration(node)) return node.body ? { path, source, node } : undefined;
  const value = ts.isVariableDeclaration(node) ? constantOf(node) : ts.isExpression(node) ? node : undefined;
  const inner = value && madeFrom(value);
  if (inner && ts.isIdentifier(inner) && inner !== value) return functionAt(view, path, inner);
  return inner && (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner))
    ? { path, source, node: inner }
    : undefined;
}

function constantOf(node: ts.VariableDeclaration): ts.Expression | undefined {
  const isConst = (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0;
  return isConst && ts.isIdentifier(node.name) ? node.initializer : undefined;
}

/** The function inside of `memo(f)`, `forwardRef(f)`, `observer(f)`, `useCallback(f, [])`: what is made calls it as it was called. */
function madeFrom(node: ts.Expression): ts.Expression {
  const plain = unwrap(node);
  if (!ts.isCallExpression(plain) || !isMaker(plain)) return plain;
  return madeFrom(plain.arguments[0]!);
}

export function isMaker(node: ts.CallExpression): boolean {
  if (!/^(?:React\.)?(?:memo|forwardRef|observer|useCallback)$/.test(node.expression.getText())) return false;
  // A comparison of props may ask for the one that leaves.
  return node.arguments.length === 1 || (node.arguments.length === 2 && node.expression.getText().endsWith('Callback'));
}

/**
 * Every call of a function that stays, in all files; undefined where it may be called by somebody else, or is used as a value.
 * `accepts` is asked of any other use.
 */
export function callsOf(view: View, fn: Fn, accepts?: (use: Mention) => boolean): Call[] | undefined {
  const called = calledInPlace(fn);
  if (called) return [called];
  const references = mentionsOf(view, fn.path, fn.node);
  if (!references) return undefined;
  const calls: Call[] = [];
  for (const { path, source, id } of references) {
    const found = callsAt(view, path, source, id);
    if (found) calls.push(...found);
    else if (!accepts?.({ path, source, id })) return undefined;
  }
  return calls;
}

/** `((on) => on ? 1 : 2)(flag)`. */
function calledInPlace({ path, source, node }: Fn): Call | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || node.name) return undefined;
  const whole = outermost(node);
  const call = whole.parent;
  return ts.isCallExpression(call) && call.expression === whole ? { path, source, node: call } : undefined;
}

/** The mentions of what holds a function: its own name, the variable, or the export that it stands in. */
function mentionsOf(view: View, path: string, node: ts.Node): Mention[] | undefined {
  if (ts.isFunctionDeclaration(node))
    return node.name ? referencesAcross(view, path, node.name) : referencesOfExport(view, path, 'default');
  if (ts.isMethodDeclaration(node)) return mentionsOfMethod(view, path, node);
  if (ts.isFunctionExpression(node) && node.name) return undefined;
  const holder = outermost(node as ts.Expression).parent;
  if (ts.isVariableDeclaration(holder) && constantOf(holder))
    return referencesAcross(view, path, holder.name as ts.Identifier);
  if (ts.isExportAssignment(holder) && !holder.isExportEquals) return referencesOfExport(view, path, 'default');
  return undefined;
}

export interface Mention extends Omit<Reference, 'id'> {
  readonly id: ts.Identifier | ts.PrivateIdentifier;
}

function outermost(node: ts.Expression): ts.Expression {
  const { parent } = node;
  const isAround =
    (ts.isCallExpression(parent) && parent.arguments[0] === node && isMaker(parent)) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent);
  return isAround ? outermost(parent as ts.Expression) : node;
}

/** The calls that one mention makes: one, or none, or those of what is made from the function; undefined for any other use. */
function callsAt(view: View, path: string, source: Source, id: Mention['id']): Call[] | undefined {
  const access = ts.isPropertyAccessExpression(id.parent) && id.parent.name === id ? id.parent : id;
  const { parent } = access;
  if (ts.isCallExpression(parent)) {
    if (parent.expression === access) return [{ path, source, node: parent }];
    if (parent.arguments[0] === access && isMaker(parent)) return callsThrough(view, path, parent);
    return undefined;
  }
  if (ts.isJsxOpeningElement(parent) || ts.isJsxSelfClosingElement(parent)) return [{ path, source, node: parent }];
  if (ts.isJsxClosingElement(parent)) return [];
  return isNaming(parent) || isDependency(access) ? [] : undefined;
}

function callsThrough(view: View, path: string, made: ts.CallExpression): Call[] | undefined {
  const mentions = mentionsOf(view, path, made);
  if (!mentions) return undefined;
  const calls: Call[] = [];
  for (const one of mentions) {
    const found = callsAt(view, one.path, one.source, one.id);
    if (!found) return undefined;
    calls.push(...found);
  }
  return calls;
}

/** `View.displayName = 'View'`. */
function isNaming(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'displayName' &&
    ts.isBinaryExpression(node.parent) &&
    node.parent.left === node
  );
}

/** `[f]`, the dependencies of a hook. */
function isDependency(node: ts.Node): boolean {
  const list = node.parent;
  if (!ts.isArrayLiteralExpression(list) || !ts.isCallExpression(list.parent)) return false;
  const call = list.parent;
  return call.arguments.length > 1 && call.arguments.at(-1) === list && /use\w+$/.test(call.expression.getText());
}

function privateMethodAt(node: ts.Expression): ts.MethodDeclaration | undefined {
  if (!ts.isPropertyAccessExpression(node) || node.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  const owner = ts.findAncestor(node, ts.isClassLike);
  const found = owner?.members.filter((one) => one.name?.getText() === node.name.text) ?? [];
  const [method] = found;
  return found.length === 1 && method && ts.isMethodDeclaration(method) && method.body && isPrivate(method)
    ? method
    : undefined;
}

export function isPrivate(member: ts.ClassElement): boolean {
  if (member.name && ts.isPrivateIdentifier(member.name)) return true;
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0;
}

/** Every `.name` of the file: a private member cannot be named elsewhere. */
function mentionsOfMethod(view: View, path: string, node: ts.MethodDeclaration): Mention[] | undefined {
  const source = view.source(path);
  if (!source || !isPrivate(node) || (ts.canHaveDecorators(node) && ts.getDecorators(node)?.length)) return undefined;
  return memberMentions(view, path, source, node.name.getText());
}

/** Accesses to a member by its name, in one file; undefined where a string or a bracket may name it. */
export function memberMentions(view: View, path: string, source: Source, name: string): Mention[] | undefined {
  const found: Mention[] = [];
  const visit = (node: ts.Node): boolean => {
    if (ts.isStringLiteralLike(node) && node.text === name) return false;
    if (ts.isBindingElement(node) && (node.propertyName ?? node.name).getText() === name) return false;
    if (ts.isPropertyAccessExpression(node) && node.name.text === name && !view.isCut(path, node))
      found.push({ path, source, id: node.name as Mention['id'] });
    return ts.forEachChild(node, (child) => (visit(child) ? undefined : true)) !== true;
  };
  return visit(source.file) ? found : undefined;
}

/** The function that a node is, where calls of it can be looked for. */
export function functionHolding(view: View, path: string, node: ts.Node): Fn | undefined {
  const source = view.source(path);
  const isFn =
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node);
  return source && isFn && node.body ? { path, source, node } : undefined;
}
