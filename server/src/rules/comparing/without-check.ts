import type { ChangedFile } from '../../change/change.ts';
import { type Line, linesOf } from '../../change/lines.ts';
import type { TextRange } from '../../core/text.ts';
import type { MutedCheck } from '../../facts/muted-checks.ts';

/** A span of a file as it is now, what stands there, and what stood there. */
export interface PutBack {
  readonly path: string;
  readonly range: TextRange;
  readonly from: string;
  readonly to: string;
}

/**
 * The lines of a file as they were before checks of it were switched off; undefined where one of them stands in code that is new, or that
 * changed in more than that.
 */
export function withoutChecks(
  added: readonly MutedCheck[],
  { path, base, now = '' }: ChangedFile,
): PutBack[] | undefined {
  if (base === undefined) return undefined;
  const whole = (text: string) => linesOf(text, { start: 0, end: text.length });
  const [before, after] = [whole(base), whole(now)];
  const found: PutBack[] = [];
  for (const line of after) {
    const own = added.filter(({ range }) => line.start <= range.start && range.start < line.end);
    if (own.length === 0) continue;
    const isComment = own.some(({ kind }) => kind === 'types' || kind === 'lint' || kind === 'coverage');
    const back = isComment ? withoutComment(own, line, after, before, now) : withoutCasts(own, line, before, now);
    if (!back) return undefined;
    found.push({ path, ...back });
  }
  return found.length > 0 ? found : undefined;
}

/** A comment that holds nothing else, alone on its line, above a line that stood there before or for the whole file. */
function withoutComment(
  own: readonly MutedCheck[],
  line: Line,
  after: readonly Line[],
  before: readonly Line[],
  now: string,
): Omit<PutBack, 'path'> | undefined {
  const [one] = own;
  const words = line.text.replace(/^(?:\/\/|\/\*+|\{\/\*)\s*|\s*\*\/\}?$/g, '');
  if (own.length !== 1 || words !== now.slice(one!.range.start, one!.range.end).replace(/\s*\*\/\}?$/, ''))
    return undefined;
  const next = after[after.indexOf(line) + 1];
  const isWide = /nocheck|(?:disable|ignore-all)(?!-)/.test(words);
  if (!isWide && !before.some(({ text }) => text !== '' && text === next?.text)) return undefined;
  const start = now.lastIndexOf('\n', line.start - 1) + 1;
  const stop = now.indexOf('\n', line.end);
  const range = { start, end: stop < 0 ? now.length : stop + 1 };
  return { range, from: now.slice(range.start, range.end), to: '' };
}

/** The line of the base that is the same but for casts and the brackets around them. */
function withoutCasts(
  own: readonly MutedCheck[],
  line: Line,
  before: readonly Line[],
  now: string,
): Omit<PutBack, 'path'> | undefined {
  let text = line.text;
  for (const { kind, range } of own.toReversed()) {
    if (range.end > line.end) return undefined;
    const [start, end] = [(kind === 'cast' ? range.start : range.end - 1) - line.start, range.end - line.start];
    text = text.slice(0, start) + text.slice(end);
  }
  const old = before.find((one) => squeezed(one.text) === squeezed(text));
  return old && { range: { start: line.start, end: line.end }, from: now.slice(line.start, line.end), to: old.text };
}

function squeezed(text: string): string {
  return text.replace(/[\s()]/g, '');
}
