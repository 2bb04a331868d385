import type { TextRange } from '../../core/text.ts';
import type { Compared } from './compared.ts';

/**
 * Where code that is gone used to be, in the file as it is now: the line that its line was rewritten to, the first line after
 * it that survived, or the last one before it, within the declaration and without indentation; the declaration's name when no
 * line of it survived.
 */
export function anchorOf(compared: Compared, removed: TextRange): TextRange {
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
  const rewritten = mostAlike(baseLines.slice(first, last + 1), nowLines.slice(before + 1, after));
  if (rewritten) return { start: rewritten.start, end: rewritten.end };
  const survivors = [...matches.slice(last + 1), ...matches.slice(1, first).reverse()];
  for (const at of survivors) {
    const line = at === undefined ? undefined : nowLines[at];
    if (line && isCode(line.text)) return { start: line.start, end: line.end };
  }
  return now.nameRange;
}

/** Of the new lines, the one that a removed line was rewritten to; undefined when none is like one. */
function mostAlike(removed: readonly Line[], added: readonly Line[]): Line | undefined {
  let best: Line | undefined;
  let most = 0.5;
  for (const line of added) {
    if (!isCode(line.text)) continue;
    const words = wordsIn(line.text);
    for (const other of removed) {
      const common = wordsIn(other.text).filter((word) => words.includes(word)).length;
      const share = common / Math.max(1, words.length);
      if (share > most) [best, most] = [line, share];
    }
  }
  return best;
}

function wordsIn(line: string): string[] {
  return line.match(/[\w$]+/g) ?? [];
}

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function linesOf(text: string, range: TextRange): Line[] {
  const lines: Line[] = [];
  for (let at = range.start; at < range.end; ) {
    const found = text.slice(at, range.end).search(/\r\n|\n|\r/);
    const stop = found < 0 ? range.end : at + found;
    const line = text.slice(at, stop);
    const trimmed = line.trim();
    const start = at + line.length - line.trimStart().length;
    lines.push({ text: trimmed, start, end: start + trimmed.length });
    at = text.startsWith('\r\n', stop) ? stop + 2 : stop + 1;
  }
  return lines;
}

/** Lines of nothing but brackets or comments are no place to point at. */
function isCode(line: string): boolean {
  return /[\w$]/.test(line) && !/^(?:\/\/|\/\*|\*)/.test(line) && !/^[)}\]\s;]*(?:else|finally)?[{\s]*$/.test(line);
}

/** Above this product of lengths only the common start and end are matched. */
const largest = 250_000;

/** For each base line the index of its counterpart: longest common subsequence of the lines, ends first. */
function alignLines(base: readonly string[], now: readonly string[]): (number | undefined)[] {
  const matches: (number | undefined)[] = base.map(() => undefined);
  let head = 0;
  while (head < base.length && head < now.length && base[head] === now[head]) {
    matches[head] = head;
    head++;
  }
  let tail = 0;
  const most = Math.min(base.length, now.length) - head;
  while (tail < most && base[base.length - 1 - tail] === now[now.length - 1 - tail]) {
    tail++;
    matches[base.length - tail] = now.length - tail;
  }
  const rows = base.length - head - tail;
  const columns = now.length - head - tail;
  if (rows === 0 || columns === 0 || rows * columns > largest) return matches;
  const best = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      best[i]![j] =
        base[head + i] === now[head + j] ? best[i + 1]![j + 1]! + 1 : Math.max(best[i + 1]![j]!, best[i]![j + 1]!);
  for (let i = 0, j = 0; i < rows && j < columns; )
    if (base[head + i] === now[head + j]) matches[head + i++] = head + j++;
    else if (best[i + 1]![j]! >= best[i]![j + 1]!) i++;
    else j++;
  return matches;
}
