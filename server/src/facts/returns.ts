import { ts } from 'ts-morph';
import { kept } from '../core/kept.ts';

const returned = new WeakMap<ts.Block, readonly ts.Expression[]>();

/** Expressions that a function body returns, without those of functions in it. The parser takes bodies over into the next tree. */
export function returnsOf(body: ts.Block): readonly ts.Expression[] {
  return kept(returned, body, () => tellReturns(body));
}

function tellReturns(body: ts.Block): ts.Expression[] {
  const found: ts.Expression[] = [];
  const open: ts.Node[] = [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) continue;
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    ts.forEachChild(node, (child) => {
      open.push(child);
    });
  }
  return found;
}
