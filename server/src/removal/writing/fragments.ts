import { ts } from 'ts-morph';
import type { TextRange } from '../../core/text.ts';
import type { Seed } from '../values/known.ts';
import { skipParens } from '../values/purity.ts';
import { isBlank, keepOnly, lineEnd, lineStart } from './cuts.ts';
import { type Emission, foldedWhy, put, rangeOf, textOf } from './expressions.ts';
import { type Fragment, goneWhy, isFragment, isJsxParent, removeChild } from './jsx-children.ts';
import { hasTextAtAnEnd, joinsNoLines } from './jsx-literals.ts';

/** The children of a fragment that can stand in the element around it: each on lines of its own, text only where it reads the same. */
export function fragmentBody(emission: Emission, place: ts.JsxExpression, fragment: Fragment): TextRange | undefined {
  const text = textOf(emission);
  const children = fragment.children.filter((child) => !ts.isJsxText(child) || !child.containsOnlyTriviaWhiteSpaces);
  const [first] = children;
  const last = children.at(-1);
  if (!first || !last) return undefined;
  const hasText = hasTextAtAnEnd(emission, fragment);
  if (hasText && !(keepsEnds(first, last) && joinsNoLines(emission, place))) return undefined;
  // White space beside what goes would come to stand at the end of a line.
  if (children.some(ts.isJsxText) && (goneWhy(emission, first) || goneWhy(emission, last))) return undefined;
  const content = text.slice(first.pos, last.end);
  const start = first.pos + (content.length - content.trimStart().length);
  const end = last.end - (content.length - content.trimEnd().length);
  if (!/[\r\n]/.test(text.slice(fragment.getStart(), fragment.end))) return { start, end };
  const alone =
    isBlank(text.slice(lineStart(text, place.getStart()), place.getStart())) &&
    isBlank(text.slice(place.end, lineEnd(text, place.end)));
  if (!alone) return undefined;
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

/** A fragment of which the flag leaves one element, or nothing: that element itself, or `null`. */
export function emitFragment(emission: Emission, fragment: Fragment): boolean {
  const empty = isJsxParent(fragment.parent) ? goneWhy(emission, fragment) : undefined;
  if (empty) removeChild(emission, fragment, empty);
  return empty !== undefined || (mayUnwrap(fragment) && unwrap(emission, fragment));
}

function unwrap(emission: Emission, fragment: Fragment): boolean {
  const children = fragment.children.filter((one) => !ts.isJsxText(one) || !one.containsOnlyTriviaWhiteSpaces);
  const left = children.filter((one) => goneWhy(emission, one) === undefined);
  const [only] = left;
  const [gone] = children.flatMap((one) => goneWhy(emission, one) ?? []);
  if (!only) {
    if (!gone || !isShown(fragment)) return false;
    put(emission, fragment, 'null', gone);
    return true;
  }
  const kept = left.length === 1 ? elementOf(emission, only) : undefined;
  if (!kept || emission.components.has(kept.element) || isFragment(kept.element)) return false;
  const why = gone ?? (kept.seeds.length > 0 ? foldedWhy(kept.seeds) : undefined);
  if (!why) return false;
  keepOnly(emission.out, textOf(emission), rangeOf(fragment), rangeOf(kept.element), why);
  emission.visit(kept.element);
  return true;
}

/** Where nobody can tell a fragment from what is in it: not where it is handed to a component. */
function mayUnwrap(fragment: Fragment): boolean {
  const { parent } = fragment;
  if (ts.isJsxElement(parent)) return /^[a-z]/.test(parent.openingElement.tagName.getText());
  return ts.findAncestor(fragment, (one) => (ts.isFunctionLike(one) ? 'quit' : ts.isJsxAttribute(one))) === undefined;
}

/** The result of a component, told by its name. */
function isShown(fragment: Fragment): boolean {
  let at: ts.Node = fragment;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const owner = ts.isReturnStatement(at.parent) ? ts.findAncestor(at, ts.isFunctionLike) : at.parent;
  if (!owner || (!ts.isArrowFunction(owner) && !ts.isFunctionDeclaration(owner))) return false;
  const name = ts.isFunctionDeclaration(owner)
    ? owner.name
    : ts.isVariableDeclaration(owner.parent)
      ? owner.parent.name
      : undefined;
  return name !== undefined && /^[A-Z]/.test(name.getText());
}

function elementOf(emission: Emission, child: ts.JsxChild): { element: ts.Node; seeds: readonly Seed[] } | undefined {
  if (ts.isJsxElement(child) || ts.isJsxSelfClosingElement(child)) return { element: child, seeds: [] };
  if (!ts.isJsxExpression(child) || !child.expression) return undefined;
  const folded = emission.folding.fold(child.expression);
  const kept = folded?.node && folded.effects.length === 0 ? skipParens(folded.node) : undefined;
  const isElement = kept && (ts.isJsxElement(kept) || ts.isJsxSelfClosingElement(kept));
  return folded && isElement ? { element: kept, seeds: folded.seeds } : undefined;
}
