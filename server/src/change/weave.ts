import type { TextRange } from '../core/text.ts';
import { alignLines, isCode, type Line, likestLine, linesOf } from './lines.ts';

/** One side of a declaration: its text, and where in it the declaration stands. */
export interface Side {
  readonly text: string;
  readonly range: TextRange;
}

/** A span of the text as it is now, and what to write there. */
export interface Woven {
  readonly range: TextRange;
  readonly newText: string;
}

/**
 * Brings lines of the base back into a declaration as it is now: those of `removed` that are gone are put where their neighbours still
 * stand, or in place of the line that they were rewritten to; those that survived get the indentation back that they had. Every
 * other line stays. Empty where nothing of it is missing.
 */
export function weave(base: Side, now: Side, removed: readonly TextRange[]): Woven[] {
  const baseLines = linesOf(base.text, base.range);
  const nowLines = linesOf(now.text, now.range);
  const equal = alignLines(
    baseLines.map(({ text }) => text),
    nowLines.map(({ text }) => text),
  );
  const matches = withRewritten(equal, baseLines, nowLines);
  const isMissing = (index: number) => equal[index] === undefined;
  const isWanted = (line: Line | undefined) =>
    line !== undefined && removed.some(({ start, end }) => line.end > start && line.start < end);
  // An empty line below goes with it.
  const wanted = baseLines.flatMap((line, index) =>
    isWanted(line) || (line.text === '' && isMissing(index) && isWanted(baseLines[index - 1])) ? index : [],
  );
  const woven: Woven[] = [];
  const eol = now.text.includes('\r\n') ? '\r\n' : '\n';
  if (!wanted.some(isMissing)) return [];
  for (const run of runsOf(wanted, matches)) {
    const at = matches[run[0]!];
    if (at !== undefined) {
      const line = nowLines[at]!;
      const start = line.start - indentOf(now.text, line).length;
      const old = baseLines[run[0]!]!;
      const newText = indentOf(base.text, old) + old.text;
      if (line.text !== '' && now.text.slice(start, line.end) !== newText)
        woven.push({ range: { start, end: line.end }, newText });
      continue;
    }
    const before = matches.slice(0, run[0]).findLast((one) => one !== undefined) ?? -1;
    const lines = run.map((index) => baseLines[index]!);
    const text = lines.map((line) => (line.text === '' ? '' : indentOf(base.text, line) + line.text)).join(eol);
    if (before >= 0) {
      const { end } = nowLines[before]!;
      woven.push({ range: { start: end, end }, newText: eol + text });
    } else {
      const start = nowLines[0]?.start ?? now.range.start;
      woven.push({ range: { start, end: start }, newText: text.trimStart() + eol + indentOf(now.text, nowLines[0]!) });
    }
  }
  return woven;
}

/** Lines of a gap between equal lines that were rewritten: each to the line most like it, in order. */
function withRewritten(
  equal: readonly (number | undefined)[],
  base: readonly Line[],
  now: readonly Line[],
): (number | undefined)[] {
  const matches = [...equal];
  let from = 0;
  for (const [index, line] of base.entries()) {
    const at = equal[index];
    if (at !== undefined) from = at + 1;
    else {
      const to = equal.slice(index + 1).find((one) => one !== undefined) ?? now.length;
      const like = isCode(line.text) ? likestLine([line], now.slice(from, to)) : undefined;
      if (!like) continue;
      matches[index] = now.indexOf(like);
      from = matches[index]! + 1;
    }
  }
  return matches;
}

/** Lines that are gone run after run; each that survived alone. */
function runsOf(wanted: readonly number[], matches: readonly (number | undefined)[]): number[][] {
  const runs: number[][] = [];
  for (const index of wanted) {
    const last = runs.at(-1);
    const isGone = matches[index] === undefined;
    if (isGone && last && last.at(-1) === index - 1 && matches[last[0]!] === undefined) last.push(index);
    else runs.push([index]);
  }
  return runs;
}

function indentOf(text: string, { start }: Line): string {
  return /[ \t]*$/.exec(text.slice(Math.max(0, start - 200), start))![0];
}
