import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import { saysTheSame } from './equal-code.ts';
import { exits } from './features/auth.ts';
import type { ArgFact, Decision, SiteUse } from './file-facts.ts';
import { isReference } from './members.ts';
import { rangeOf } from './parse.ts';
import { isWrapper, unwrap } from './run-time.ts';
import type { Scopes } from './scope.ts';
import { argFact, isConstant } from './values.ts';

/**
 * How the value of a read is used: followed upwards from the read, and through constants that hold it. What is not certain is
 * left out: a value that is passed on, returned or mixed into another one is not followed.
 * @param node the expression that yields the value, or the element of a destructuring that binds it
 */
export function useOf(node: ts.Expression | ts.BindingElement, scopes: Scopes): SiteUse | undefined {
  const found: Found = {
    scopes,
    condition: false,
    continued: false,
    compared: [],
    identical: [],
    decides: [],
    seen: new Set(),
  };
  const value: Value = { truthy: 'on', falsy: 'off', awaited: false, optional: isOptional(node) };
  if (ts.isBindingElement(node)) bound(node.name, node, value, found);
  else follow(node, value, found);
  for (const list of [found.compared, found.identical, found.decides]) list.sort(byPlace);
  const atLoad = isAtLoad(node);
  const use: SiteUse = {
    ...(atLoad ? { atLoad: true as const } : {}),
    ...(found.condition ? { condition: true as const } : {}),
    ...(found.condition && !found.continued && canAwait(node) ? { canAwait: true as const } : {}),
    ...(found.compared.length > 0 ? { compared: found.compared } : {}),
    ...(found.identical.length > 0 ? { identical: found.identical } : {}),
    ...(found.decides.length > 0 ? { decides: found.decides } : {}),
  };
  return Object.keys(use).length > 0 ? use : undefined;
}

interface Placed {
  readonly range?: TextRange;
  readonly start?: number;
}

function byPlace(a: Placed, b: Placed): number {
  return (a.range?.start ?? a.start ?? 0) - (b.range?.start ?? b.start ?? 0);
}

type Side = Decision['side'];

/** What an expression tells of the read when it is truthy and when it is falsy; undefined where it tells nothing. */
interface Value {
  readonly truthy: Side | undefined;
  readonly falsy: Side | undefined;
  readonly awaited: boolean;
  /** It may be `undefined` for want of a client (`client?.isEnabled('x')`). */
  readonly optional: boolean;
  /** The read, or the name that holds it, at the place that is looked at. */
  readonly by?: TextRange;
  /** The sides are told by a comparison with this constant, and not by truth. */
  readonly equals?: string | number;
}

interface Found {
  readonly scopes: Scopes;
  condition: boolean;
  /** The promise itself is used: `read.then(...)`. */
  continued: boolean;
  readonly compared: ArgFact[];
  readonly identical: NonNullable<SiteUse['identical']>[number][];
  readonly decides: Decision[];
  /** Names that were followed. */
  readonly seen: Set<ts.Node>;
}

/** Follows a value upwards from the expression that yields it. */
function follow(node: ts.Expression, given: Value, found: Found): void {
  const { parent } = node;
  const value = given.by === undefined ? { ...given, by: rangeOf(node, found.scopes.source) } : given;
  if (isWrapper(parent)) follow(parent, value, found);
  else if (ts.isAwaitExpression(parent)) {
    const by = value.by!.start === node.getStart(found.scopes.source) ? rangeOf(parent, found.scopes.source) : value.by;
    follow(parent, { ...value, awaited: true, by }, found);
  } else if (ts.isPrefixUnaryExpression(parent)) {
    if (parent.operator !== ts.SyntaxKind.ExclamationToken) return;
    tested(value, found);
    follow(parent, { ...value, truthy: value.falsy, falsy: value.truthy, awaited: true }, found);
  } else if (ts.isBinaryExpression(parent)) operand(node, parent, value, found);
  else if (ts.isConditionalExpression(parent)) {
    if (parent.condition !== node) return;
    tested(value, found);
    decide(value, [parent.whenTrue], [parent.whenFalse], found);
    same(parent, parent.whenTrue, parent.whenFalse, value, found);
  } else if (ts.isIfStatement(parent)) branch(parent, value, found);
  else if (ts.isWhileStatement(parent) || ts.isDoStatement(parent) || ts.isForStatement(parent)) {
    if ((ts.isForStatement(parent) ? parent.condition : parent.expression) !== node) return;
    tested(value, found);
    if (!ts.isDoStatement(parent)) decide(value, [parent.statement], [], found);
  } else if (ts.isSwitchStatement(parent)) cases(parent, found);
  else if (ts.isVariableDeclaration(parent)) {
    if (parent.initializer === node) bound(parent.name, parent, { ...value, by: undefined }, found);
  } else if (ts.isCallExpression(parent) && isBooleanOf(parent, node)) {
    tested(value, found);
    follow(parent, { ...value, awaited: true }, found);
  } else if (ts.isPropertyAccessExpression(parent) && parent.expression === node) settled(parent, value, found);
}

/** A promise is truthy whatever it yields. */
function tested(value: Value, found: Found): void {
  if (!value.awaited && !value.optional) found.condition = true;
}

function operand(node: ts.Expression, parent: ts.BinaryExpression, value: Value, found: Found): void {
  const left = parent.left === node;
  switch (parent.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      if (left) {
        tested(value, found);
        decide(value, [parent.right], [], found);
      }
      follow(parent, { ...value, falsy: undefined }, found);
      return;
    case ts.SyntaxKind.BarBarToken:
      if (left) {
        decide(value, [], [parent.right], found);
        if (isFalse(parent.right)) {
          follow(parent, value, found);
          return;
        }
      }
      follow(parent, { ...value, truthy: undefined }, found);
      return;
    case ts.SyntaxKind.QuestionQuestionToken:
      if (!left) return;
      follow(parent, isFalse(parent.right) ? value : { ...value, truthy: undefined }, found);
      return;
    default:
      comparison(node, parent, value, found);
  }
}

/** `read === true`, `read !== 'control'` */
function comparison(node: ts.Expression, parent: ts.BinaryExpression, value: Value, found: Found): void {
  const equal = isEqual(parent.operatorToken.kind);
  if (equal === undefined || value.truthy !== 'on' || value.falsy !== 'off' || value.equals !== undefined) return;
  const other = parent.left === node ? parent.right : parent.left;
  const fact = argFact(other, found.scopes);
  const { value: told } = fact;
  if (told.kind === 'string' || told.kind === 'number' || told.kind === 'boolean' || told.kind === 'name')
    found.compared.push(fact);
  const flip = (by: Value, when: boolean): Value => (when ? by : { ...by, truthy: by.falsy, falsy: by.truthy });
  if (told.kind === 'boolean') follow(parent, { ...flip(value, equal === told.value), awaited: true }, found);
  else if (told.kind === 'string' || told.kind === 'number')
    follow(parent, { ...flip(value, equal), awaited: true, equals: told.value }, found);
}

function isEqual(operator: ts.SyntaxKind): boolean | undefined {
  switch (operator) {
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsToken:
      return true;
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
      return false;
    default:
      return undefined;
  }
}

function branch(node: ts.IfStatement, value: Value, found: Found): void {
  tested(value, found);
  const { thenStatement, elseStatement } = node;
  const rest = restAfter(node);
  const ends = exits(thenStatement);
  const elseEnds = elseStatement !== undefined && exits(elseStatement);
  decide(
    value,
    [thenStatement, ...(elseEnds && !ends ? rest : [])],
    [...(elseStatement ? [elseStatement] : []), ...(ends ? rest : [])],
    found,
  );
  if (elseStatement) same(node, thenStatement, elseStatement, value, found);
  else if (ends && rest.length > 0) same(node, thenStatement, rest, value, found);
}

/** The statements after an `if` in its block. */
function restAfter(node: ts.IfStatement): readonly ts.Statement[] {
  const { parent } = node;
  if (!ts.isBlock(parent) && !ts.isSourceFile(parent) && !ts.isCaseOrDefaultClause(parent)) return [];
  return parent.statements.slice(parent.statements.indexOf(node) + 1);
}

/** Code that runs only on a side: nodes that stand next to each other count as one piece. */
function decide(value: Value, yes: readonly ts.Node[], no: readonly ts.Node[], found: Found): void {
  const add = (nodes: readonly ts.Node[], side: Side | undefined): void => {
    if (side === undefined) return;
    for (const range of pieces(nodes, found.scopes.source))
      found.decides.push({
        range,
        side,
        by: value.by!,
        ...(value.equals === undefined ? {} : { equals: value.equals }),
      });
  };
  add(yes, value.truthy);
  add(no, value.falsy);
}

function pieces(nodes: readonly ts.Node[], source: ts.SourceFile): TextRange[] {
  const found: { start: number; end: number }[] = [];
  for (const node of nodes) {
    const last = found.at(-1);
    if (last !== undefined && last.end === node.pos) last.end = node.end;
    else found.push(rangeOf(node, source));
  }
  return found;
}

/** Conditionals that the read alone decides, with two sides that say the same. */
function same(
  node: ts.Node,
  on: ts.Node,
  off: ts.Node | readonly ts.Node[],
  { truthy, falsy, by }: Value,
  { scopes, identical }: Found,
): void {
  if (truthy === undefined || falsy === undefined || !saysTheSame(on, off, scopes)) return;
  identical.push({ ...rangeOf(node, scopes.source), by: by! });
}

function cases({ caseBlock }: ts.SwitchStatement, { compared, scopes }: Found): void {
  for (const clause of caseBlock.clauses) {
    const fact = ts.isCaseClause(clause) ? argFact(clause.expression, scopes) : undefined;
    if (fact !== undefined && fact.value.kind !== 'dynamic' && fact.value.kind !== 'fields') compared.push(fact);
  }
}

/** A name that holds the value and never changes: what is done with it is done with the value. */
function bound(name: ts.BindingName, declaration: ts.Declaration, value: Value, found: Found): void {
  const { scopes, seen } = found;
  if (!ts.isIdentifier(name) || seen.has(declaration) || !isUnchanging(declaration, scopes)) return;
  seen.add(declaration);
  for (const reference of scopes.references(name, declaration))
    if (isReference(reference)) follow(reference, value, found);
}

function isUnchanging(declaration: ts.Declaration, scopes: Scopes): boolean {
  const owner = ts.findAncestor(declaration, (one) => ts.isVariableDeclaration(one) || ts.isParameter(one));
  if (owner === undefined) return false;
  if (ts.isVariableDeclaration(owner) && isConstant(owner, scopes)) return true;
  if (ts.isVariableDeclaration(owner) && ts.isIdentifier(owner.name)) return false;
  const { name } = declaration as ts.BindingElement;
  return ts.isIdentifier(name) && !isAssigned(name.text, scopes);
}

function isAssigned(name: string, scopes: Scopes): boolean {
  return scopes.assignments(name).some((one) => ts.isIdentifier(one.left));
}

/** `read.then((on) => ...)` */
function settled(access: ts.PropertyAccessExpression, value: Value, found: Found): void {
  const call = access.parent;
  found.continued = true;
  if (access.name.text !== 'then' || !ts.isCallExpression(call) || call.expression !== access) return;
  const callback = call.arguments[0] && unwrap(call.arguments[0]);
  if (callback === undefined || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) return;
  const [parameter] = callback.parameters;
  if (parameter) bound(parameter.name, parameter, { ...value, awaited: true, by: undefined }, found);
}

function isBooleanOf(call: ts.CallExpression, node: ts.Expression): boolean {
  return ts.isIdentifier(call.expression) && call.expression.text === 'Boolean' && call.arguments[0] === node;
}

function isFalse(node: ts.Expression): boolean {
  return unwrap(node).kind === ts.SyntaxKind.FalseKeyword;
}

function isOptional(node: ts.Node): boolean {
  return (node.flags & ts.NodeFlags.OptionalChain) !== 0;
}

/** Runs once, when the module is loaded: outside of functions and of fields that each instance gets. */
function isAtLoad(node: ts.Node): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    // Decorators and computed names belong to the class around.
    if (ts.isFunctionLike(parent) && !ts.isDecorator(at) && !ts.isComputedPropertyName(at)) return false;
    if (ts.isPropertyDeclaration(parent) && parent.initializer === at && !isStatic(parent)) return false;
  }
  return true;
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some((one) => one.kind === ts.SyntaxKind.StaticKeyword) ?? false;
}

/** An `await` may stand here: in the body of an async function, or at the top of a file that can only be a module. */
function canAwait(node: ts.Node): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ts.isClassStaticBlockDeclaration(parent) || ts.isPropertyDeclaration(parent)) return false;
    if (!ts.isFunctionLike(parent)) continue;
    const isAsync = (parent as ts.FunctionLikeDeclaration).modifiers?.some(
      (one) => one.kind === ts.SyntaxKind.AsyncKeyword,
    );
    return isAsync === true && (parent as ts.FunctionLikeDeclaration).body === at;
  }
  return /\.m[jt]s$/.test(node.getSourceFile().fileName);
}
