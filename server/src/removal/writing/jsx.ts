import { ts } from 'ts-morph';
import { skipParens } from '../values/purity.ts';
import { keepOnly } from './cuts.ts';
import { type Emission, foldedWhy, rangeOf, textOf } from './expressions.ts';
import { fragmentBody } from './fragments.ts';
import { goneWhy, isFragment, isJsxParent, removeChild, rendersNothing } from './jsx-children.ts';
import { emitSpreadProps } from './jsx-literals.ts';

/** Writes `{...}` between the tags of an element; false when it is to be visited like any other node. */
export function emitJsxChild(emission: Emission, node: ts.JsxExpression): boolean {
  if (!isJsxParent(node.parent) || !node.expression) return false;
  const folded = emission.folding.fold(node.expression);
  if (!folded || folded.effects.length > 0) return false;
  const why = foldedWhy(folded.seeds);
  if (goneWhy(emission, node)) {
    removeChild(emission, node, why);
    return true;
  }
  if (folded.known) return false;
  const kept = skipParens(folded.node!);
  // What it becomes may be no element: `null`.
  if (emission.components.has(kept)) return false;
  if (ts.isJsxElement(kept) || ts.isJsxSelfClosingElement(kept) || ts.isJsxFragment(kept)) {
    const children = isFragment(kept) ? fragmentBody(emission, node, kept) : undefined;
    keepOnly(emission.out, textOf(emission), rangeOf(node), children ?? rangeOf(kept), why);
    if (children && isFragment(kept)) for (const child of kept.children) emission.visit(child);
    else emission.visit(kept);
  } else return false;
  return true;
}

/** `{...(flag && props)}`: gone where nothing is left to spread, attributes where a literal is. */
export function emitJsxSpread(emission: Emission, node: ts.JsxSpreadAttribute): boolean {
  const folded = emission.folding.fold(skipParens(node.expression));
  if (!folded || folded.effects.length > 0) return false;
  const isNothing = folded.known ? typeof folded.known.value === 'boolean' : isEmptyObject(skipParens(folded.node!));
  if (!isNothing) return emitSpreadProps(emission, node, folded);
  const text = textOf(emission);
  const start = node.pos + /^\s*/.exec(text.slice(node.pos, node.getStart()))![0].length;
  const before = /\s*$/.exec(text.slice(0, start))![0].length;
  emission.out.cuts.push({ start: start - before, end: node.end, text: '', ...foldedWhy(folded.seeds) });
  return true;
}

export function isEmptyObject(node: ts.Expression): boolean {
  return (ts.isObjectLiteralExpression(node) && node.properties.length === 0) || rendersNothing(node);
}
