import { ts } from 'ts-morph';
import { isBare } from '../values/known.ts';
import { isNothingWhenFalsy } from '../values/position.ts';
import { isPure, skipParens } from '../values/purity.ts';
import { type Cut, isBlank, lineEnd, lineStart, type Why } from './cuts.ts';
import { type Emission, foldedWhy, textOf } from './expressions.ts';

export function isJsxParent(node: ts.Node): node is ts.JsxElement | ts.JsxFragment {
  return ts.isJsxElement(node) || ts.isJsxFragment(node);
}

export function rendersNothing(node: ts.Expression): boolean {
  return (
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined')
  );
}

/** Why a child renders nothing any more; undefined where it stays. */
export function goneWhy(emission: Emission, child: ts.Node): Why | undefined {
  if (isFragment(child)) return goneInside(emission, child);
  const shown = emission.components.get(child);
  if (shown) return ts.isJsxElement(child) && !shown.value && !fallbackOf(child) ? foldedWhy(shown.seeds) : undefined;
  const shownBy = ts.isJsxExpression(child) ? child.expression : undefined;
  const folded = shownBy && emission.folding.fold(shownBy);
  if (!folded || folded.effects.length > 0) return shownBy && !folded ? endsInNothing(emission, shownBy) : undefined;
  const { known } = folded;
  const kept = folded.node && skipParens(folded.node);
  if (kept && isFragment(kept)) return goneInside(emission, kept);
  const nothing = kept && endsInNothing(emission, kept);
  if (nothing) return nothing;
  const isEmpty = kept !== undefined && isEmptyText(kept);
  const isNothing = known
    ? isBare(known) && (typeof known.value === 'boolean' || known.value === null || known.value === undefined)
    : isEmpty || rendersNothing(kept!);
  const isTrue = known?.value === true || kept?.kind === ts.SyntaxKind.TrueKeyword;
  return isNothing && !((isTrue || isEmpty) && isOnlyChildOfComponent(child)) ? foldedWhy(folded.seeds) : undefined;
}

/** `{isOpen && false}`: whatever the left side is, nothing is shown. */
function endsInNothing({ folding }: Emission, node: ts.Expression): Why | undefined {
  const plain = skipParens(node);
  if (!ts.isBinaryExpression(plain) || plain.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken)
    return undefined;
  const known = folding.fold(plain.right)?.known;
  const isNothing =
    known && isBare(known) && (known.value === false || known.value === null || known.value === undefined);
  const isQuiet = isPure(plain.left) && folding.fold(plain.left) === undefined;
  return isNothing && isQuiet && isNothingWhenFalsy(folding.source, plain.left) ? foldedWhy(known.seeds) : undefined;
}

function isEmptyText(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) && node.text === '';
}

/** Why nothing is left in a fragment; undefined where something is, or there was nothing all along. */
function goneInside(emission: Emission, fragment: Fragment): Why | undefined {
  const children = fragment.children.filter((one) => !ts.isJsxText(one) || !one.containsOnlyTriviaWhiteSpaces);
  const reasons = children.map((one) => goneWhy(emission, one));
  return isOnlyChildOfComponent(fragment) || !reasons.every((one) => one !== undefined) ? undefined : reasons[0];
}

export type Fragment = ts.JsxFragment | ts.JsxElement;

/** `<>`, or `<Fragment>` without a key. */
export function isFragment(node: ts.Node): node is Fragment {
  if (ts.isJsxFragment(node)) return true;
  if (!ts.isJsxElement(node) || node.openingElement.attributes.properties.length > 0) return false;
  return /^(?:React\.)?Fragment$/.test(node.openingElement.tagName.getText());
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
export function removeChild(emission: Emission, node: ts.Node, why: Why): void {
  const run = goneBeside(emission, node);
  if (run[0] === node) emission.out.cuts.push({ ...cutOfRun(textOf(emission), run), ...why });
}

function cutOfRun(text: string, run: readonly ts.Node[]): Omit<Cut, keyof Why> {
  const [node] = run as [ts.Node];
  const start = node.getStart();
  const { end } = run.at(-1)!;
  const before = text.slice(lineStart(text, start), start);
  const after = text.slice(end, lineEnd(text, end));
  const between = run.map((one) => (ts.isJsxText(one) && !/[\r\n]/.test(one.text) ? one.text : '')).join('');
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
  // A line break beside a child is dropped; between two texts it is a space.
  const joinsLines = isBlank(before) !== isBlank(after) && isTextBeside(node, -1) && isTextBeside(run.at(-1)!, 1);
  return { start, end, text: joinsLines ? "{''}" : '' };
}

/** A child that goes and those beside it that go too, the white space between them included. */
function goneBeside(emission: Emission, node: ts.Node): readonly ts.Node[] {
  if (!isJsxParent(node.parent)) return [node];
  const siblings: readonly ts.Node[] = node.parent.children;
  const isGap = (one: ts.Node | undefined): boolean => one !== undefined && ts.isJsxText(one) && /^\s*$/.test(one.text);
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

export function isElement(node: ts.Node): boolean {
  return ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
}

/** An expression that is certain to be shown as it is: no function or component that is rendered by whoever gets it. */
export function isPlainNode(node: ts.Expression): boolean {
  const plain = skipParens(node);
  if (isElement(plain) || rendersNothing(plain) || ts.isStringLiteralLike(plain) || ts.isTemplateExpression(plain))
    return true;
  if (ts.isConditionalExpression(plain)) return isPlainNode(plain.whenTrue) && isPlainNode(plain.whenFalse);
  if (ts.isBinaryExpression(plain))
    return plain.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && isPlainNode(plain.right);
  const isMap =
    ts.isCallExpression(plain) &&
    ts.isPropertyAccessExpression(plain.expression) &&
    plain.expression.name.text === 'map';
  return isMap;
}

/** The element given as `fallback`; undefined without one, null when it is something else. */
export function fallbackOf(node: ts.JsxElement): ts.Expression | null | undefined {
  for (const attribute of node.openingElement.attributes.properties) {
    if (!ts.isJsxAttribute(attribute) || attribute.name.getText() !== 'fallback') continue;
    const { initializer } = attribute;
    const value =
      initializer && ts.isJsxExpression(initializer) && initializer.expression
        ? skipParens(initializer.expression)
        : undefined;
    if (value && rendersNothing(value)) return undefined;
    return value && (isJsxParent(node.parent) ? isPlainNode(value) : isElement(value)) ? value : null;
  }
  return undefined;
}
