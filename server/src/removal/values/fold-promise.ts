import { ts } from 'ts-morph';
import { type Folded, type Folding, result } from './folded.ts';
import { isBare, type Known, knownOf } from './known.ts';
import { isPure } from './purity.ts';

/** A function that is handed to `.then` of a promise of a flag, and what its parameter is. */
export interface ThenCallback {
  readonly callback: ts.ArrowFunction | ts.FunctionExpression;
  readonly known: Known;
}

/** `.then(on => !on)`, `.then(Boolean)`, `.catch(() => false)` of a promise whose value is known: a promise again. */
export function foldChained(folding: Folding, node: ts.Expression): Folded | undefined {
  const call = chained(folding, node);
  if (!call) return undefined;
  const { method, promise, callback } = call;
  if (method === 'catch') return callback && isPure(callback) ? promise : undefined;
  if (method !== 'then' || !callback) return undefined;
  const inner = promise.known!.packing;
  const taken: Known = { ...promise.known!, packing: inner.kind === 'promise' ? inner.of : inner };
  if (ts.isIdentifier(callback) && callback.text === 'Boolean' && !folding.source.symbolOf(callback))
    return isBare(taken) ? result(inPromise(knownOf(Boolean(taken.value), taken)), promise.effects) : undefined;
  const yielded = isCallback(callback) ? returned(callback) : undefined;
  const folded = yielded && folding.fold(yielded);
  if (!folded?.known || folded.effects.length > 0) return undefined;
  const { packing } = folded.known;
  return result(packing.kind === 'promise' ? folded.known : inPromise(folded.known), promise.effects);
}

/** The function that `.then` calls with the value of a promise that is known. */
export function thenCallback(folding: Folding, node: ts.CallExpression): ThenCallback | undefined {
  const call = chained(folding, node);
  if (call?.method !== 'then' || !call.callback || !isCallback(call.callback)) return undefined;
  const { packing } = call.promise.known!;
  return packing.kind === 'promise'
    ? { callback: call.callback, known: { ...call.promise.known!, packing: packing.of } }
    : undefined;
}

function chained(folding: Folding, node: ts.Expression) {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression: receiver, name } = node.expression;
  if (!/^(then|catch|finally)$/.test(name.text)) return undefined;
  const promise = folding.fold(receiver);
  if (promise?.known?.packing.kind !== 'promise') return undefined;
  const [callback, failing] = node.arguments;
  // The flag is fixed, so the promise never fails.
  if (failing && !isPure(failing)) return undefined;
  return { method: name.text, promise, callback };
}

function inPromise(known: Known): Known {
  return { ...known, packing: { kind: 'promise', of: known.packing } };
}

function isCallback(node: ts.Expression): node is ts.ArrowFunction | ts.FunctionExpression {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false;
  return node.asteriskToken === undefined;
}

/** What a function of one expression yields. */
function returned(callback: ts.ArrowFunction | ts.FunctionExpression): ts.Expression | undefined {
  const { body } = callback;
  if (!ts.isBlock(body)) return body;
  const [only] = body.statements;
  return body.statements.length === 1 && only && ts.isReturnStatement(only) ? only.expression : undefined;
}

/** The function that is handed to `.then` of this expression. */
export function callbackAfter(promise: ts.Expression): ts.ArrowFunction | ts.FunctionExpression | undefined {
  const access = promise.parent;
  const call = access.parent;
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== 'then' || !ts.isCallExpression(call))
    return undefined;
  const [callback] = call.arguments;
  return call.expression === access && callback && isCallback(callback) ? callback : undefined;
}

/** An async function may return the value itself where it returned a promise of it. */
export function isReturnedByAsync(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isArrowFunction(parent)) return parent.body === node && isAsync(parent);
  if (!ts.isReturnStatement(parent)) return false;
  const owner = ts.findAncestor(parent, ts.isFunctionLike);
  return owner !== undefined && isAsync(owner) && !isInTry(parent, owner);
}

function isAsync(node: ts.SignatureDeclaration): boolean {
  const isGenerator = 'asteriskToken' in node && node.asteriskToken !== undefined;
  return (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Async) !== 0 && !isGenerator;
}

function isInTry(node: ts.Node, owner: ts.Node): boolean {
  return ts.findAncestor(node, (one) => (one === owner ? 'quit' : ts.isTryStatement(one))) !== undefined;
}
