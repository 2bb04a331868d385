import { ts } from 'ts-morph';
import type { Bindings } from './bindings.ts';
import type { CallFact } from './change-facts.ts';
import type { Skip } from './normal-tokens.ts';
import { isWrapper, unwrap } from './run-time.ts';

type Call = ts.CallExpression | ts.NewExpression;

/** The declaration that a call is seen from. */
export interface Caller {
  readonly roots: readonly ts.Node[];
  /** Names of the decorators that stand around it. */
  readonly decorators: readonly string[];
}

export function callerOf(roots: readonly ts.Node[]): Caller {
  return { roots, decorators: roots.flatMap(decoratorNames) };
}

/** What one call says, seen from a declaration. */
export function callFact(call: Call, caller: Caller, bindings: Bindings, file: ts.SourceFile): CallFact {
  const key = callKey(call, bindings);
  return {
    key,
    name: calleeName(call.expression),
    range: { start: call.getStart(file), end: call.end },
    args: call.arguments?.some(ts.isSpreadElement) ? Number.POSITIVE_INFINITY : (call.arguments?.length ?? 0),
    ...surroundings(call, caller),
  };
}

/** `await this.ready` waits for what was called elsewhere, and fails as a call does; undefined where a call is awaited. */
export function awaitFact(
  node: ts.AwaitExpression,
  caller: Caller,
  bindings: Bindings,
  file: ts.SourceFile,
): CallFact | undefined {
  const key = awaitKey(node, bindings);
  if (key === undefined) return undefined;
  const range = { start: node.getStart(file), end: node.end };
  const name = file.text.slice(range.start, range.end);
  return { key, name, range, args: 0, ...surroundings(node, caller), awaited: true, stands: 'awaited' };
}

function awaitKey({ expression }: ts.AwaitExpression, bindings: Bindings): string | undefined {
  const of = unwrap(expression);
  const isName = ts.isIdentifier(of) || ts.isPropertyAccessExpression(of);
  return isName ? `await ${expressionKey(of, bindings)}` : undefined;
}

/** Keys of the calls and awaits below a node; what continues a promise counts as the promise. */
export function keysOfCalls(root: ts.Node, bindings: Bindings, skip?: Skip): string[] {
  const keys = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (skip?.has(node)) return;
    const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
    const key = isCall ? callKey(node, bindings) : ts.isAwaitExpression(node) ? awaitKey(node, bindings) : undefined;
    if (key !== undefined && !/\)\.(?:then|catch|finally)$/.test(key)) keys.add(key);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return [...keys];
}

/** `stripe.charges.create`, `_.save`, `new URL`: the callee with local receivers as `_`. */
export function callKey(call: Call, bindings: Bindings): string {
  return `${ts.isNewExpression(call) ? 'new ' : ''}${expressionKey(call.expression, bindings, true)}`;
}

/** A dotted spelling of an expression; what has no name in it is `?`. */
export function expressionKey(expression: ts.Expression, bindings: Bindings, callee = false): string {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) {
    if (bindings.local(node, node.text)) return callee ? node.text : '_';
    return bindings.canonical(node.text);
  }
  if (node.kind === ts.SyntaxKind.ThisKeyword) return 'this';
  if (ts.isPropertyAccessExpression(node)) return `${expressionKey(node.expression, bindings)}.${node.name.text}`;
  if (ts.isElementAccessExpression(node)) return `${expressionKey(node.expression, bindings)}[]`;
  if (ts.isCallExpression(node)) return `${callKey(node, bindings)}()`;
  if (ts.isAwaitExpression(node)) return expressionKey(node.expression, bindings);
  if (ts.isNewExpression(node)) return callKey(node, bindings);
  return '?';
}

/** The last name of a callee: `create` for `stripe.charges.create`. */
export function calleeName(expression: ts.Expression): string {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isCallExpression(node)) return calleeName(node.expression);
  return '';
}

function surroundings(
  call: Call | ts.AwaitExpression,
  { roots, decorators }: Caller,
): Pick<CallFact, 'caught' | 'awaited' | 'stands' | 'within'> {
  const within: string[] = [];
  let caught = takesFailure(call) ? 1 : 0;
  for (let at: ts.Node = call; at.parent && !roots.includes(at); at = at.parent) {
    const { parent } = at;
    if (ts.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause && !onlyRethrows(parent.catchClause))
      caught++;
    if (isCaughtReceiver(at)) caught++;
    if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== at) {
      const name = calleeName(parent.expression);
      if (name === 'allSettled') caught++;
      within.push(name);
    }
    if (ts.isJsxElement(parent)) within.push(parent.openingElement.tagName.getText());
  }
  within.push(...decorators);
  const stands = standingOf(call);
  return { caught, awaited: stands !== 'bare' && stands !== 'used', stands, within };
}

/** `mutate(order, { onError: show })` hands its failure to a callback. */
function takesFailure(call: Call | ts.AwaitExpression): boolean {
  return (ts.isAwaitExpression(call) ? [] : (call.arguments ?? [])).some(
    (one) =>
      ts.isObjectLiteralExpression(one) &&
      one.properties.some((at) => /^on(?:Error|Failure|Fail|Rejected)$/.test(at.name?.getText() ?? '')),
  );
}

/** True for `x` in `x.catch(handler)` and `x.then(next, handler)`. */
function isCaughtReceiver(node: ts.Node): boolean {
  const access = node.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== node) return false;
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access) return false;
  return isCatchCall(call);
}

export function isCatchCall(call: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(call.expression)) return false;
  const name = call.expression.name.text;
  return (name === 'catch' && call.arguments.length === 1) || (name === 'then' && call.arguments.length === 2);
}

/** A catch that passes the same error on and does nothing else leaves everything as it would be without it. */
export function onlyRethrows(clause: ts.CatchClause): boolean {
  const [only, ...more] = clause.block.statements;
  const name = clause.variableDeclaration?.name;
  if (!only || more.length > 0 || !name || !ts.isIdentifier(name)) return false;
  return ts.isThrowStatement(only) && isNamed(only.expression, name.text);
}

export function isNamed(expression: ts.Expression | undefined, name: string): boolean {
  if (!expression) return false;
  const node = unwrap(expression);
  return ts.isIdentifier(node) && node.text === name;
}

function standingOf(call: ts.Expression): CallFact['stands'] {
  let at: ts.Node = call;
  while (isWrapper(at.parent) || isOneOf(at)) at = at.parent;
  const { parent } = at;
  if (ts.isAwaitExpression(parent)) return 'awaited';
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === at)) return 'returned';
  if (ts.isPropertyAccessExpression(parent) && ['then', 'catch', 'finally'].includes(parent.name.text))
    return ts.isCallExpression(parent.parent) && isBare(parent.parent) ? 'chained' : 'awaited';
  if (ts.isArrayLiteralExpression(parent) ? isPromiseGroup(parent.parent) : isPromiseGroup(parent)) return 'awaited';
  return isBare(at) ? 'bare' : 'used';
}

/** A side of `a ? b : c`, which gives what it gives. */
function isOneOf(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isConditionalExpression(parent) && parent.condition !== node && !isBare(parent);
}

/** `save();`, `dirty && save();` */
function isBare({ parent }: ts.Node): boolean {
  if (ts.isExpressionStatement(parent)) return true;
  if (ts.isBinaryExpression(parent)) return isLogical(parent) && isBare(parent);
  return (ts.isConditionalExpression(parent) || ts.isParenthesizedExpression(parent)) && isBare(parent);
}

function isLogical({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken ||
    kind === ts.SyntaxKind.CommaToken
  );
}

function isPromiseGroup(node: ts.Node): boolean {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    ts.isIdentifier(node.expression.expression) &&
    node.expression.expression.text === 'Promise'
  );
}

function decoratorNames(node: ts.Node): string[] {
  const names: string[] = [];
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (!ts.canHaveDecorators(at)) continue;
    for (const one of ts.getDecorators(at) ?? []) {
      const expression = unwrap(one.expression);
      names.push(calleeName(ts.isCallExpression(expression) ? expression.expression : expression));
    }
  }
  return names;
}
