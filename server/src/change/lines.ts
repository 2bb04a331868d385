import type { TextRange } from '../core/text.ts';

/** A line within a range of a text, without its indentation. */
export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The lines of a range, as far as they lie in it. */
export function linesOf(text: string, range: TextRange): Line[] {
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

/** Above this product of lengths only the common start and end are matched. */
const largest = 250_000;

/** For each base line the index of its counterpart: longest common subsequence of the lines, ends first. */
export function alignLines(base: readonly string[], now: readonly string[]): (number | undefined)[] {
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

/** Of the new lines, the one that a removed line was rewritten to; undefined when none is like one. */
export function likestLine(removed: readonly Line[], added: readonly Line[]): Line | undefined {
  let best: Line | undefined;
  let most = 0.5;
  for (const line of added) {
    if (!isCode(line.text)) continue;
    const words = wordsIn(line.text);
    for (const other of removed) {
      const others = wordsIn(other.text);
      const common = others.filter((word) => words.includes(word)).length;
      const share = common / Math.max(1, words.length, others.length);
      if (share >= most) [best, most] = [line, share];
    }
  }
  return best;
}

function wordsIn(line: string): string[] {
  return line.match(/[\w$]+/g) ?? [];
}

/** Lines of nothing but brackets or comments are no place to point at. */
export function isCode(line: string): boolean {
  return /[\w$]/.test(line) && !/^(?:\/\/|\/\*|\*)/.test(line) && !/^[)}\]\s;]*(?:else|finally)?[{\s]*$/.test(line);
}
