import { ts } from 'ts-morph';
import { type Cut, isBlank, keepOnly, lineEnd, lineStart, type Why } from './cuts.ts';
import { type Emission, foldedWhy, put, rangeOf, textOf } from './expressions.ts';
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

function isJsxParent(node: ts.Node): node is ts.JsxElement | ts.JsxFragment {
  return ts.isJsxElement(node) || ts.isJsxFragment(node);
}

function rendersNothing(node: ts.Expression): boolean {
  return (
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined')
  );
}

/** Why a child renders nothing any more; undefined where it stays. */
function goneWhy(emission: Emission, child: ts.Node): Why | undefined {
  const shown = emission.components.get(child);
  if (shown) return ts.isJsxElement(child) && !shown.value && !fallbackOf(child) ? foldedWhy(shown.seeds) : undefined;
  const folded = ts.isJsxExpression(child) && child.expression ? emission.folding.fold(child.expression) : undefined;
  if (!folded || folded.effects.length > 0) return undefined;
  const { known } = folded;
  const isNothing = known
    ? isBare(known) && typeof known.value === 'boolean'
    : rendersNothing(skipParens(folded.node!));
  const isTrue = known?.value === true || folded.node?.kind === ts.SyntaxKind.TrueKeyword;
  return isNothing && !(isTrue && isOnlyChildOfComponent(child)) ? foldedWhy(folded.seeds) : undefined;
}

/** A component sees its only child as it is, and may ask whether there is one. */
function isOnlyChildOfComponent(child: ts.Node): boolean {
  const { parent } = child;
  if (!ts.isJsxElement(parent) || /^[a-z][\w-]*$/.test(parent.openingElement.tagName.getText())) return false;
  return parent.children.every((one) => one === child || (ts.isJsxText(one) && one.containsOnlyTriviaWhiteSpaces));
}

/**
 * Takes a child away that renders nothing, with those beside it that do not either. Text beside it renders as before: white
 * space that would now stand at the end or start of a line, where JSX drops it, is written as `{' '}`; two lines of text that
 * it kept apart stay apart. A comment on the line above goes along.
 */
function removeChild(emission: Emission, node: ts.Node, why: Why): void {
  const run = goneBeside(emission, node);
  if (run[0] === node) emission.out.cuts.push({ ...cutOfRun(textOf(emission), run), ...why });
}

function cutOfRun(text: string, run: readonly ts.Node[]): Omit<Cut, keyof Why> {
  const [node] = run as [ts.Node];
  const start = node.getStart();
  const { end } = run.at(-1)!;
  const before = text.slice(lineStart(text, start), start);
  const after = text.slice(end, lineEnd(text, end));
  const between = run.map((one) => (ts.isJsxText(one) ? one.text : '')).join('');
  if (between) return { start, end, text: /\S$/.test(before) && /^\S/.test(after) ? between : spaceText(between) };
  if (isBlank(before) && isBlank(after)) {
    const separatesText = isTextBeside(node, -1) && isTextBeside(run.at(-1)!, 1);
    if (separatesText) return { start, end, text: "{''}" };
    return { start: commentAbove(text, node)?.getStart() ?? start, end, text: '', wholeLines: true };
  }
  const space = /[ \t]+$/.exec(before)?.[0] ?? '';
  if (isBlank(after) && space && !isBlank(before)) return { start: start - space.length, end, text: spaceText(space) };
  const next = /^[ \t]+/.exec(after)?.[0] ?? '';
  if (isBlank(before) && next) return { start, end: end + next.length, text: spaceText(next) };
  return { start, end, text: '' };
}

/** A child that goes and those on its line that go too, the white space between them included. */
function goneBeside(emission: Emission, node: ts.Node): readonly ts.Node[] {
  if (!isJsxParent(node.parent)) return [node];
  const siblings: readonly ts.Node[] = node.parent.children;
  const isGap = (one: ts.Node | undefined): boolean =>
    one !== undefined && ts.isJsxText(one) && /^[ \t]*$/.test(one.text);
  const goes = (one: ts.Node | undefined): boolean => one !== undefined && goneWhy(emission, one) !== undefined;
  let first = siblings.indexOf(node);
  let last = first;
  for (;;) {
    if (goes(siblings[first - 1])) first -= 1;
    else if (isGap(siblings[first - 1]) && goes(siblings[first - 2])) first -= 2;
    else if (goes(siblings[last + 1])) last += 1;
    else if (isGap(siblings[last + 1]) && goes(siblings[last + 2])) last += 2;
    else return siblings.slice(first, last + 1);
  }
}

/** White space that JSX does not drop. */
function spaceText(space: string): string {
  return `{'${space.replaceAll('\t', '\\t')}'}`;
}

/** A comment in braces on a line of its own right above a child, where it keeps no two lines of text apart. */
function commentAbove(text: string, node: ts.Node): ts.JsxExpression | undefined {
  if (!isJsxParent(node.parent)) return undefined;
  const siblings: readonly ts.Node[] = node.parent.children;
  const comment = siblings[siblings.indexOf(node) - 2];
  if (comment === undefined || !ts.isJsxExpression(comment) || comment.expression) return undefined;
  if (!/^[ \t]*(\r\n|\n|\r)[ \t]*$/.test(text.slice(comment.end, node.getStart()))) return undefined;
  const start = comment.getStart();
  if (!isBlank(text.slice(lineStart(text, start), start))) return undefined;
  return isTextBeside(comment, -1) && isTextBeside(node, 1) ? undefined : comment;
}

function isTextBeside(node: ts.Node, step: -1 | 1): boolean {
  if (!isJsxParent(node.parent)) return false;
  const siblings: readonly ts.Node[] = node.parent.children;
  const beside = siblings[siblings.indexOf(node) + step];
  return beside !== undefined && ts.isJsxText(beside) && !beside.containsOnlyTriviaWhiteSpaces;
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
  if (hasText && !(keepsEnds(first, last) && joinsNoLines(place))) return undefined;
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

/** The element given as `fallback`; undefined without one, null when it is something else. */
function fallbackOf(node: ts.JsxElement): ts.Expression | null | undefined {
  for (const attribute of node.openingElement.attributes.properties) {
    if (!ts.isJsxAttribute(attribute) || attribute.name.getText() !== 'fallback') continue;
    const { initializer } = attribute;
    const value =
      initializer && ts.isJsxExpression(initializer) && initializer.expression
        ? skipParens(initializer.expression)
        : undefined;
    if (value && rendersNothing(value)) return undefined;
    return value && (ts.isJsxElement(value) || ts.isJsxSelfClosingElement(value)) ? value : null;
  }
  return undefined;
}

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
