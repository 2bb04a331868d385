import { ts } from 'ts-morph';
import { isCode, linesOf } from '../change/lines.ts';
import type { Side, Woven } from '../change/weave.ts';
import type { TextRange } from '../core/text.ts';

/**
 * Where statements of the base go that are gone as a whole: after the statement above them that still stands, else before the one below.
 * Undefined where one of them is no statement, or other code stands in its place: it has to be woven in.
 */
export function lostStatements(
  file: ts.SourceFile,
  base: Side,
  now: Side,
  ranges: readonly TextRange[],
): Woven[] | undefined {
  const found = ranges.map((range) => {
    const list = listOf(file, range);
    return list && placed(list.statements, list.index, base, now);
  });
  return found.every((one) => one !== undefined) ? joined(found) : undefined;
}

interface Listed {
  readonly statements: readonly ts.Statement[];
  readonly index: number;
}

/** The statements among which the one stands that is a range. */
function listOf(file: ts.SourceFile, range: TextRange): Listed | undefined {
  let found: Listed | undefined;
  const visit = (node: ts.Node): void => {
    if (found || node.pos > range.start || node.end < range.end) return;
    const { statements } = node as { statements?: readonly ts.Statement[] };
    const index = statements?.findIndex((one) => one.getStart(file) === range.start && one.end === range.end) ?? -1;
    if (statements && index >= 0 && ts.isStatement(statements[index]!)) found = { statements, index };
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function placed(statements: readonly ts.Statement[], index: number, base: Side, now: Side): Woven | undefined {
  const stands = (one: ts.Statement | undefined) => (one ? onlyPlace(one.getText(), base, now) : undefined);
  const above = statements.slice(0, index).findLast((one) => stands(one) !== undefined);
  const below = statements.slice(index + 1).find((one) => stands(one) !== undefined);
  const [before, after] = [stands(above), stands(below)];
  const lost = statements[index]!;
  const gap = now.text.slice(before?.end ?? now.range.start, after?.start ?? now.range.end);
  if ((!before && !after) || (before && after && after.start < before.end) || hasCode(gap)) return undefined;
  // With its comments and the empty lines above it.
  if (before) {
    const newText = base.text.slice(statements[index - 1]!.end, lost.end);
    return { range: { start: before.end, end: before.end }, newText };
  }
  const own = lost.getFullText().trim();
  return { range: { start: after!.start, end: after!.start }, newText: own + gapBelow(base.text, lost) };
}

/** What stands between a statement and the next one. */
function gapBelow(text: string, { end }: ts.Node): string {
  return /^\s*/.exec(text.slice(end))![0] || '\n';
}

/** Where a text of the base stands now, if it stands once on both sides. */
function onlyPlace(text: string, base: Side, now: Side): TextRange | undefined {
  const start = now.text.indexOf(text, now.range.start);
  if (start < 0 || start + text.length > now.range.end || now.text.indexOf(text, start + 1) >= 0) return undefined;
  return base.text.indexOf(text) === base.text.lastIndexOf(text) ? { start, end: start + text.length } : undefined;
}

function hasCode(text: string): boolean {
  return linesOf(text, { start: 0, end: text.length }).some((line) => isCode(line.text));
}

/** Several at one place, in their order. */
function joined(woven: readonly Woven[]): Woven[] {
  const byPlace = new Map<number, Woven>();
  for (const one of woven) {
    const known = byPlace.get(one.range.start);
    byPlace.set(one.range.start, known ? { ...known, newText: known.newText + one.newText } : one);
  }
  return [...byPlace.values()];
}
