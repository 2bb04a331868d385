import { ts } from 'ts-morph';
import { isBlank, keepOnly, lineEnd, lineStart, type Why } from './cuts.ts';
import { type Emission, foldedWhy, put, rangeOf, textOf } from './expressions.ts';
import { fallbackOf, goneWhy, isJsxParent, removeChild, rendersNothing } from './jsx-children.ts';
import { emitSpreadProps, joinsNoLines } from './jsx-literals.ts';
import { isBare, type Known } from './known.ts';
import { skipParens } from './purity.ts';

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
  if (ts.isJsxElement(kept) || ts.isJsxSelfClosingElement(kept) || ts.isJsxFragment(kept)) {
    const children = ts.isJsxFragment(kept) ? fragmentBody(emission, node, kept) : undefined;
    keepOnly(emission.out, textOf(emission), rangeOf(node), children ?? rangeOf(kept), why);
    emission.visit(kept);
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

/** The children of a fragment that can stand in the element around it: each on lines of its own, text only where it reads the same. */
function fragmentBody(
  emission: Emission,
  place: ts.Node,
  fragment: ts.JsxFragment,
): { start: number; end: number } | undefined {
  const text = textOf(emission);
  const alone =
    isBlank(text.slice(lineStart(text, place.getStart()), place.getStart())) &&
    isBlank(text.slice(place.end, lineEnd(text, place.end)));
  const children = fragment.children.filter((child) => !ts.isJsxText(child) || !child.containsOnlyTriviaWhiteSpaces);
  const [first] = children;
  const last = children.at(-1);
  if (!alone || !first || !last) return undefined;
  const hasText = ts.isJsxText(first) || ts.isJsxText(last);
  if (hasText && !(keepsEnds(first, last) && joinsNoLines(emission, place))) return undefined;
  const content = text.slice(first.pos, last.end);
  const start = first.pos + (content.length - content.trimStart().length);
  const end = last.end - (content.length - content.trimEnd().length);
  if (!content.trim().includes('\n')) return { start, end };
  const onOwnLine = isBlank(text.slice(lineStart(text, start), start));
  const closes = /^[ \t]*[\r\n]/.test(text.slice(end));
  return onOwnLine && closes ? { start, end } : undefined;
}

/** White space at the ends of the text is on lines of its own, where JSX drops it. */
function keepsEnds(first: ts.JsxChild, last: ts.JsxChild): boolean {
  const startsWell = !ts.isJsxText(first) || /^(?:\S|[ \t]*[\r\n])/.test(first.text);
  return startsWell && (!ts.isJsxText(last) || /(?:\S|[\r\n][ \t]*)$/.test(last.text));
}

/**
 * Writes an element that renders its children when the flag is on: the children stay, or its `fallback`, or nothing. The
 * reason why it cannot be done, as a sentence, or undefined.
 */
export function componentObstacle(node: ts.Node, known: Known): string | undefined {
  if (!isBare(known) || typeof known.value !== 'boolean')
    return 'The element shows its children for one variation of several; fold it by hand.';
  if (!ts.isJsxElement(node)) return 'The element has no children to keep; remove it by hand.';
  const attributes = node.openingElement.attributes.properties;
  if (attributes.some(ts.isJsxSpreadAttribute))
    return 'The element takes spread attributes; unfold them, then remove the flag.';
  const told = known.seeds.flatMap(({ read }) => [read.keyRange, ...(read.default ? [read.default.range] : [])]);
  const isTold = (one: ts.Node) => told.some(({ start, end }) => one.pos <= start && end <= one.end);
  const unknown = attributes.find(
    (one) => ts.isJsxAttribute(one) && !plainProps.test(one.name.getText()) && !isTold(one),
  );
  if (unknown)
    return `The element has \`${unknown.getText().split('=')[0]}\`, which may change what it shows; fold it by hand.`;
  if (
    node.children.some((child) => ts.isJsxExpression(child) && child.expression && !ts.isJsxElement(child.expression))
  )
    return 'The children of the element are an expression; fold it by hand.';
  const fallback = fallbackOf(node);
  if (!known.value && fallback === null) return 'The fallback of the element is no plain element; fold it by hand.';
  return undefined;
}

const plainProps = /^(key|name|flag|flagKey|flagName|feature|featureKey|fallback|id)$/;

/** Writes a flag component for which {@link componentObstacle} found none. */
export function emitComponent(emission: Emission, node: ts.JsxElement, known: Known): void {
  const why = foldedWhy(known.seeds);
  const inJsx = isJsxParent(node.parent);
  const kept = known.value ? undefined : fallbackOf(node);
  if (kept) {
    keepOnly(emission.out, textOf(emission), rangeOf(node), rangeOf(kept), why);
    emission.visit(kept);
  } else if (!known.value) {
    if (inJsx) removeChild(emission, node, why);
    else put(emission, node, 'null', why);
  } else keepChildren(emission, node, inJsx, why);
}

function keepChildren(emission: Emission, node: ts.JsxElement, inJsx: boolean, why: Why): void {
  const text = textOf(emission);
  const children = node.children.filter((child) => !ts.isJsxText(child) || !child.containsOnlyTriviaWhiteSpaces);
  const [only] = children;
  const isSole = children.length === 1 && only !== undefined && !ts.isJsxText(only) && !ts.isJsxExpression(only);
  const last = children.at(-1);
  if (isSole) keepOnly(emission.out, text, rangeOf(node), rangeOf(only), why);
  else if (inJsx && only && last && !ts.isJsxText(only) && !ts.isJsxText(last))
    keepOnly(emission.out, text, rangeOf(node), { start: only.getStart(), end: last.end }, why);
  else {
    put(emission, node.openingElement, '<>', why);
    put(emission, node.closingElement, '</>', why);
  }
  for (const child of node.children) emission.visit(child);
}
