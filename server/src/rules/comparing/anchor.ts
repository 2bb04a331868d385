import { alignLines, isCode, likestLine, linesOf } from '../../change/lines.ts';
import type { TextRange } from '../../core/text.ts';

/** What is compared, as spans of two texts: a declaration, or a whole file. */
interface Spans {
  readonly base: { readonly range: TextRange };
  readonly now: { readonly range: TextRange; readonly nameRange: TextRange };
  readonly baseText: string;
  readonly nowText: string;
}

/**
 * Where code that is gone used to be, in the file as it is now: the line that its line was rewritten to, the first line after
 * it that survived, or the last one before it, within the declaration and without indentation; the declaration's name when no
 * line of it survived.
 */
export function anchorOf(compared: Spans, removed: TextRange): TextRange {
  return place(compared, removed, 1);
}

/** The same for code that stood anywhere in a file: the first character where no line survived. */
export function anchorInFile(baseText: string, nowText: string, removed: TextRange): TextRange {
  const whole = (text: string) => ({ range: { start: 0, end: text.length }, nameRange: { start: 0, end: 0 } });
  return place({ base: whole(baseText), now: whole(nowText), baseText, nowText }, removed, 0);
}

/** @param header how many lines at the start only name what is compared */
function place(compared: Spans, removed: TextRange, header: number): TextRange {
  const { base, now, baseText, nowText } = compared;
  const baseLines = linesOf(baseText, base.range);
  const nowLines = linesOf(nowText, now.range);
  const matches = alignLines(
    baseLines.map((line) => line.text),
    nowLines.map((line) => line.text),
  );
  const first = Math.max(
    0,
    baseLines.findIndex((line) => line.end > removed.start),
  );
  const found = baseLines.findIndex((line) => line.end >= removed.end);
  const last = found < 0 ? baseLines.length - 1 : found;
  const before = matches.slice(0, first).findLast((at) => at !== undefined) ?? -1;
  const after = matches.slice(last + 1).find((at) => at !== undefined) ?? nowLines.length;
  const rewritten = likestLine(baseLines.slice(first, last + 1), nowLines.slice(before + 1, after));
  if (rewritten) return { start: rewritten.start, end: rewritten.end };
  const survivors = [...matches.slice(last + 1), ...matches.slice(header, first).reverse()];
  for (const at of survivors) {
    const line = at === undefined ? undefined : nowLines[at];
    if (line && isCode(line.text)) return { start: line.start, end: line.end };
  }
  return now.nameRange;
}
