import { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import { isBare, type Known } from '../values/known.ts';
import { skipParens } from '../values/purity.ts';
import { keepOnly, type Why } from './cuts.ts';
import { type Emission, foldedWhy, put, rangeOf, textOf } from './expressions.ts';
import { fallbackOf, isElement, isJsxParent, isPlainNode, removeChild } from './jsx-children.ts';

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
  if (!known.value && fallbackOf(node) === null)
    return 'The fallback of the element is no plain element; fold it by hand.';
  const isGiven = (child: ts.JsxChild): boolean =>
    ts.isJsxExpression(child) && child.expression !== undefined && !isPlainNode(child.expression);
  if (node.children.some(isGiven) && !rendered(node))
    return 'The children of the element are an expression; fold it by hand.';
  return undefined;
}

/** What the element shows of a function without parameters: `{() => <New />}`. */
function rendered(node: ts.JsxElement): ts.Expression | undefined {
  const [only, ...others] = shownOf(node);
  if (!only || others.length > 0 || !ts.isJsxExpression(only) || !only.expression) return undefined;
  const callback = skipParens(only.expression);
  if (!ts.isArrowFunction(callback) || callback.parameters.length > 0 || ts.isBlock(callback.body)) return undefined;
  const body = skipParens(callback.body);
  return isElement(body) && !callback.modifiers ? body : undefined;
}

function shownOf(node: ts.JsxElement): readonly ts.JsxChild[] {
  return node.children.filter((child) => !ts.isJsxText(child) || !child.containsOnlyTriviaWhiteSpaces);
}

const plainProps = /^(key|name|flag|flagKey|flagName|feature|featureKey|fallback|id)$/;

/** Writes a flag component for which {@link componentObstacle} found none. */
export function emitComponent(emission: Emission, node: ts.JsxElement, known: Known): void {
  const why = foldedWhy(known.seeds);
  const inJsx = isJsxParent(node.parent);
  const kept = known.value ? undefined : fallbackOf(node);
  if (kept) {
    const isBraced = inJsx && !isElement(kept) && ts.isJsxExpression(kept.parent);
    keepOnly(emission.out, textOf(emission), rangeOf(node), rangeOf(isBraced ? kept.parent : kept), why);
    emission.visit(kept);
  } else if (!known.value) {
    if (inJsx) removeChild(emission, node, why);
    else put(emission, node, isOnlyShown(emission.folding.source, node) ? 'null' : '<></>', why);
  } else keepChildren(emission, node, inJsx, why);
}

/** False where code may ask whether there is an element: one of a flag that is off is there, and shows nothing. */
function isOnlyShown(source: Source, node: ts.Expression): boolean {
  const { parent } = node;
  if (isJsxParent(parent.parent) || ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) return true;
  if (ts.isConditionalExpression(parent) && parent.condition !== node) return isOnlyShown(source, parent);
  if (ts.isParenthesizedExpression(parent)) return isOnlyShown(source, parent);
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false;
  const symbol = source.symbolOf(parent.name);
  return symbol !== undefined && source.referencesOf(symbol).every((one) => isOnlyShown(source, one));
}

function keepChildren(emission: Emission, node: ts.JsxElement, inJsx: boolean, why: Why): void {
  const text = textOf(emission);
  const body = rendered(node);
  if (body) {
    keepOnly(emission.out, text, rangeOf(node), rangeOf(body), why);
    emission.visit(body);
    return;
  }
  const children = shownOf(node);
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
