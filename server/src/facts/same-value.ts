import { ts } from 'ts-morph';
import { rangeOf, walk } from './parse.ts';
import type { Scopes } from './scope.ts';
import { innermost, writtenPath } from './transparent.ts';

/**
 * Numbers for reads that yield the same value as another one: the same text with the same names in the same run of a function, and
 * nothing between them that could change it: no `await` or `yield` of something else, no assignment to what they name, no other
 * call on their receiver or with their key. Reads without an equal one get no number.
 */
export function sameValues(reads: readonly ts.Expression[], scopes: Scopes): ReadonlyMap<ts.Node, number> {
  const { source } = scopes;
  const byText = new Map<string, ts.Expression[]>();
  for (const read of reads) {
    const text = source.text.slice(read.getStart(source), read.end);
    const list = byText.get(text);
    if (list === undefined) byText.set(text, [read]);
    else list.push(read);
  }
  const numbers = new Map<ts.Node, number>();
  for (const equal of byText.values()) {
    equal.sort((a, b) => a.pos - b.pos);
    for (const [i, read] of equal.entries()) {
      const before = equal[i - 1];
      if (before === undefined || !isSame(before, read, reads, scopes)) continue;
      const number = numbers.get(before) ?? numbers.size + 1;
      numbers.set(before, number);
      numbers.set(read, number);
    }
  }
  return numbers;
}

function isSame(a: ts.Expression, b: ts.Expression, reads: readonly ts.Expression[], scopes: Scopes): boolean {
  const run = runOf(a);
  if (run !== runOf(b)) return false;
  const named = namesIn(a);
  const again = namesIn(b);
  const names = new Set(named.map((name) => name.text));
  if (named.some((name, i) => declarationOf(name, scopes) !== declarationOf(again[i]!, scopes))) return false;
  return !isDisturbed(between(a, b, run, scopes), { a, b, run, names, reads, scopes });
}

/** The function (or file) in whose run the read is evaluated. */
function runOf(node: ts.Node): ts.Node {
  return ts.findAncestor(node.parent, (one) => ts.isFunctionLike(one) || ts.isSourceFile(one))!;
}

function namesIn(node: ts.Node): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (at: ts.Node): void => {
    if (ts.isIdentifier(at)) found.push(at);
    ts.forEachChild(at, visit);
  };
  visit(node);
  return found;
}

function declarationOf(name: ts.Identifier, scopes: Scopes): ts.Declaration | undefined {
  return scopes.lookup(name.text, name, 'value');
}

/** From one read to the other, with the whole of each loop that holds only one of them. */
function between(a: ts.Node, b: ts.Node, run: ts.Node, { source }: Scopes): { start: number; end: number } {
  const range = { start: a.getStart(source), end: b.end };
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    for (let at = one.parent; at !== run; at = at.parent) {
      const holdsOther = at.pos <= other.pos && other.end <= at.end;
      if (holdsOther || !ts.isIterationStatement(at, false)) continue;
      const loop = rangeOf(at, source);
      range.start = Math.min(range.start, loop.start);
      range.end = Math.max(range.end, loop.end);
    }
  }
  return range;
}

interface Pair {
  readonly a: ts.Expression;
  readonly b: ts.Expression;
  readonly run: ts.Node;
  readonly names: ReadonlySet<string>;
  readonly reads: readonly ts.Expression[];
  readonly scopes: Scopes;
}

function isDisturbed({ start, end }: { start: number; end: number }, pair: Pair): boolean {
  let disturbed = false;
  const visit = (node: ts.Node): void => {
    if (disturbed || node.end <= start || node.pos >= end) return;
    if (node !== pair.run && ts.isFunctionLike(node)) return;
    if (node.end > start && node.getStart(pair.scopes.source) < end && disturbs(node, pair)) disturbed = true;
    else ts.forEachChild(node, visit);
  };
  visit(pair.run);
  return disturbed;
}

function disturbs(node: ts.Node, { a, b, names, reads, scopes }: Pair): boolean {
  if (ts.isAwaitExpression(node)) return !reads.includes(innermost(node.expression));
  if (ts.isYieldExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)) return true;
  if (ts.isBinaryExpression(node) && node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment) {
    if (node.operatorToken.kind > ts.SyntaxKind.LastAssignment) return false;
    let touched = false;
    walk(node.left, (one) => {
      touched ||= ts.isIdentifier(one) && names.has(one.text);
    });
    return touched;
  }
  if (!ts.isCallExpression(node) || node === a || node === b || reads.includes(node)) return false;
  return isOnReceiver(node, a) || sharesKey(node, a, scopes);
}

function isOnReceiver(call: ts.CallExpression, read: ts.Expression): boolean {
  const own = receiverOf(read);
  return own !== undefined && own !== '?' && receiverOf(call) === own;
}

function receiverOf(node: ts.Expression): string | undefined {
  const callee = ts.isCallExpression(node) ? node.expression : node;
  return ts.isPropertyAccessExpression(callee) ? writtenPath(callee.expression) : undefined;
}

function sharesKey(call: ts.CallExpression, read: ts.Expression, { source }: Scopes): boolean {
  const key = ts.isCallExpression(read) ? read.arguments[0] : undefined;
  if (key === undefined) return false;
  const text = key.getText(source);
  return call.arguments.some((argument) => argument.getText(source) === text);
}
