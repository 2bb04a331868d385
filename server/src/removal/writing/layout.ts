import type { TextEdit } from '../../core/source-change.ts';
import type { TextRange } from '../../core/text.ts';
import { afterBreak, type Cut, type Cuts, isBlank, lineEnd, lineStart, type Shift } from './cuts.ts';

/** Parts of a file that are no code. */
export interface Spans {
  /** Lines inside of them keep their white space: template literals. */
  readonly frozen: readonly TextRange[];
  /** Words may touch there: text of JSX. */
  readonly prose: readonly TextRange[];
}

/**
 * Turns cuts and shifts into edits of the original text: whole lines leave with what stood on them, blank lines do not pile
 * up, kept lines get the indentation of their new place, and words that would grow together get a space.
 */
export function layOut(text: string, { cuts, shifts }: Cuts, { frozen, prose }: Spans): TextEdit[] {
  const solid = tidyBlankLines(text, mergeRuns(text, outermost(cuts.map((cut) => widen(text, cut)))));
  const moved = moveLines(text, shifts, solid, frozen);
  const all = [...solid, ...moved].sort((a, b) => a.start - b.start || a.end - b.end);
  return all.map((cut) => ({
    range: { start: cut.start, end: cut.end },
    newText: shiftInserted(cut, shifts) + (needsSpace(text, cut, all, prose) ? ' ' : ''),
    kind: cut.kind,
    reason: cut.reason,
  }));
}

/** A cut of whole statements takes the rest of its line along where nothing else stands on it. */
function widen(text: string, cut: Cut): Cut {
  if (!cut.wholeLines || cut.text !== '') return cut;
  const from = lineStart(text, cut.start);
  const to = lineEnd(text, cut.end);
  const alone = isBlank(text.slice(cut.end, to));
  if (isBlank(text.slice(from, cut.start))) {
    if (alone) return { ...cut, start: from, end: afterBreak(text, to) };
    return { ...cut, end: cut.end + /^[ \t]*/.exec(text.slice(cut.end, to))![0].length };
  }
  const before = /[ \t]*$/.exec(text.slice(from, cut.start))![0].length;
  return { ...cut, start: cut.start - before };
}

function outermost(cuts: readonly Cut[]): Cut[] {
  const sorted = cuts
    .filter((cut) => cut.start < cut.end || cut.text !== '')
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Cut[] = [];
  for (const cut of sorted) {
    const last = kept.at(-1);
    if (last && cut.end <= last.end && !isInsertionBeside(cut, last)) continue;
    kept.push(cut);
  }
  return kept;
}

function isInsertionBeside(cut: Cut, other: Cut): boolean {
  return cut.start === cut.end && (cut.start === other.start || cut.start === other.end);
}

/** Whole-line cuts that only blank lines part become one; so do cuts that touch or overlap. */
function mergeRuns(text: string, cuts: readonly Cut[]): Cut[] {
  const merged: Cut[] = [];
  for (const cut of cuts) {
    const last = merged.at(-1);
    const gap = last ? text.slice(last.end, cut.start) : '';
    if (last && cut.start < last.end)
      merged[merged.length - 1] = { ...last, end: Math.max(last.end, cut.end), text: last.text + cut.text };
    else if (last && isWholeLine(text, last) && isWholeLine(text, cut) && /^\s*$/.test(gap))
      merged[merged.length - 1] = { ...last, end: cut.end };
    else merged.push(cut);
  }
  return merged;
}

function isWholeLine(text: string, cut: Cut): boolean {
  const atStart = cut.start === lineStart(text, cut.start);
  const atEnd = cut.end === text.length || cut.end === lineStart(text, cut.end);
  return cut.text === '' && cut.wholeLines === true && atStart && atEnd;
}

/** Where a whole-line cut leaves blank lines on both sides, or one next to a brace, one side goes too. */
function tidyBlankLines(text: string, cuts: readonly Cut[]): Cut[] {
  return cuts.map((cut, index) => {
    if (!isWholeLine(text, cut)) return cut;
    const floor = cuts[index - 1]?.end ?? 0;
    const ceiling = cuts[index + 1]?.start ?? text.length;
    const above = previousLine(text, cut.start);
    const below = text.slice(cut.end, lineEnd(text, cut.end));
    const opensAbove = above === undefined || /[{([]\s*$/.test(above) || /=>\s*$/.test(above);
    const blankAbove = above !== undefined && isBlank(above);
    if (cut.end < text.length && isBlank(below) && (blankAbove || opensAbove))
      return { ...cut, end: Math.min(ceiling, skipBlankLines(text, cut.end)) };
    if (blankAbove && (cut.end >= text.length || /^\s*[})\]]/.test(below)))
      return { ...cut, start: Math.max(floor, backOverBlankLines(text, cut.start)) };
    return cut;
  });
}

function previousLine(text: string, start: number): string | undefined {
  // What is left of a file begins with its byte order mark.
  if (start <= (text.charCodeAt(0) === 0xfeff ? 1 : 0)) return undefined;
  const end = text[start - 1] === '\n' && text[start - 2] === '\r' ? start - 2 : start - 1;
  return text.slice(lineStart(text, end), end);
}

function skipBlankLines(text: string, start: number): number {
  let at = start;
  while (at < text.length && isBlank(text.slice(at, lineEnd(text, at)))) at = afterBreak(text, lineEnd(text, at));
  return at;
}

function backOverBlankLines(text: string, start: number): number {
  let at = start;
  for (let line = previousLine(text, at); line !== undefined && isBlank(line); line = previousLine(text, at)) {
    const end = text[at - 1] === '\n' && text[at - 2] === '\r' ? at - 2 : at - 1;
    at = lineStart(text, end);
  }
  return at;
}

/** Lines that are written anew inside a shifted span move with it. */
function shiftInserted(cut: Cut, shifts: readonly Shift[]): string {
  if (!cut.text.includes('\n')) return cut.text;
  const around = shifts.filter((shift) => shift.start <= cut.start && cut.end <= shift.end);
  const inner = around.sort((a, b) => a.end - a.start - (b.end - b.start));
  return cut.text.replace(/(\n)([ \t]*)/g, (_, lineBreak: string, before: string) => {
    let indent = before;
    for (const { from, to } of inner) if (indent.startsWith(from)) indent = to + indent.slice(from.length);
    return lineBreak + indent;
  });
}

/** Re-indents the kept lines; of nested shifts the innermost is applied first. */
function moveLines(text: string, shifts: readonly Shift[], cuts: readonly Cut[], frozen: readonly TextRange[]): Cut[] {
  const moved: Cut[] = [];
  const inner = [...shifts].sort((a, b) => a.end - a.start - (b.end - b.start));
  const starts = new Set<number>();
  for (const shift of inner)
    for (let at = lineEnd(text, shift.start); at < shift.end; at = lineEnd(text, afterBreak(text, at))) {
      const start = afterBreak(text, at);
      if (start < shift.end) starts.add(start);
      if (start >= text.length) break;
    }
  for (const start of starts) {
    const before = /^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))![0];
    const end = start + before.length;
    if (frozen.some((span) => span.start < start && start < span.end)) continue;
    if (end === lineEnd(text, start) || cuts.some((cut) => cut.start < Math.max(end, start + 1) && start < cut.end))
      continue;
    let indent = before;
    let reason = '';
    for (const shift of inner) {
      if (start <= shift.start || start >= shift.end || !indent.startsWith(shift.from)) continue;
      indent = shift.to + indent.slice(shift.from.length);
      reason = shift.reason;
    }
    if (indent !== before) moved.push({ ...shortest(start, before, indent), kind: 'fold', reason });
  }
  return moved;
}

/** Only the white space that differs is touched. */
function shortest(start: number, before: string, after: string): TextRange & { text: string } {
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same++;
  return { start: start + same, end: start + before.length, text: after.slice(same) };
}

const word = /[\p{ID_Continue}$]/u;

/** True when the cut would make two words one. Of cuts that touch, the last one is asked. */
function needsSpace(text: string, cut: Cut, all: readonly Cut[], prose: readonly TextRange[]): boolean {
  if (all.some((other) => other.start === cut.end && other !== cut)) return false;
  const touching = (at: number) => all.find((other) => other.end === at && other.start < at);
  let first = cut;
  for (let other = touching(first.start); other && first.text === ''; other = touching(first.start)) first = other;
  const isProse = (at: number): boolean => prose.some(({ start, end }) => start <= at && at < end);
  if (isProse(cut.end) || isProse(first.start - 1)) return false;
  const before = first.text.at(-1) ?? text[first.start - 1] ?? '';
  return word.test(before) && word.test(text[cut.end] ?? '');
}
