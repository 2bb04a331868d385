import { alignLines, isCode, type Line, likestLine, linesOf } from '../../change/lines.ts';
import type { TextRange } from '../../core/text.ts';

/** What is compared, as spans of two texts: a declaration, or a whole file. */
interface Spans {
  readonly base: { readonly range: TextRange };
  readonly now: { readonly range: TextRange; readonly nameRange: TextRange };
  readonly baseText: string;
  readonly nowText: string;
}

/** A changed file: the same object as long as neither text changes. */
interface Texts {
  readonly base: string | undefined;
  readonly now: string | undefined;
}

/**
 * Where code that is gone used to be, in the file as it is now: the line that its line was rewritten to, the first line after
 * it that survived, or the last one before it, within the declaration and without indentation; the declaration's name when no
 * line of it survived.
 */
export function anchorOf(compared: Spans, removed: TextRange): TextRange {
  return remembered(compared, removed, () => place(compared, removed, 1));
}

const wholeFiles = new WeakMap<Texts, Spans>();

const anchors = new WeakMap<object, Map<string, TextRange>>();

/** Lines are aligned once for a place, as long as what is compared is the same object. */
function remembered(compared: object, { start, end }: TextRange, tell: () => TextRange): TextRange {
  const known = anchors.get(compared) ?? new Map<string, TextRange>();
  anchors.set(compared, known);
  const key = `${start} ${end}`;
  const anchor = known.get(key) ?? tell();
  known.set(key, anchor);
  return anchor;
}

/** The same for code that stood anywhere in a file: the first character where no line survived. */
export function anchorInFile(baseText: string, nowText: string, removed: TextRange): TextRange {
  return place(wholeOf(baseText, nowText), removed, 0);
}

/** The same for a changed file, whose lines are aligned once. */
export function anchorInChanged(file: Texts, removed: TextRange): TextRange {
  const known = wholeFiles.get(file) ?? wholeOf(file.base, file.now);
  wholeFiles.set(file, known);
  return remembered(known, removed, () => place(known, removed, 0));
}

function wholeOf(baseText = '', nowText = ''): Spans {
  const whole = (text: string) => ({ range: { start: 0, end: text.length }, nameRange: { start: 0, end: 0 } });
  return { base: whole(baseText), now: whole(nowText), baseText, nowText };
}

interface Aligned {
  readonly baseLines: readonly Line[];
  readonly nowLines: readonly Line[];
  readonly matches: readonly (number | undefined)[];
}

const alignments = new WeakMap<Spans, Aligned>();

/** Lines of both sides, aligned once for all that is gone. */
function alignedLines(compared: Spans): Aligned {
  const known = alignments.get(compared);
  if (known) return known;
  const baseLines = linesOf(compared.baseText, compared.base.range);
  const nowLines = linesOf(compared.nowText, compared.now.range);
  const matches = alignLines(
    baseLines.map((line) => line.text),
    nowLines.map((line) => line.text),
  );
  const aligned = { baseLines, nowLines, matches };
  alignments.set(compared, aligned);
  return aligned;
}

/** @param header how many lines at the start only name what is compared */
function place(compared: Spans, removed: TextRange, header: number): TextRange {
  const { now } = compared;
  const { baseLines, nowLines, matches } = alignedLines(compared);
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
