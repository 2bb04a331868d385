import { linesOf } from '../change/lines.ts';
import type { Side, Woven } from '../change/weave.ts';

const log = /^(?:[\w$]+\.)*(?:console|log|logger)\.\w+\(.*\);?$/i;

/**
 * Code that goes back where only lines of a log stand in its place takes that place: they came instead of it. Lines that stood at the base
 * stay, and so does everything else.
 */
export function inPlaceOfLogs(woven: readonly Woven[], base: Side, now: Side): Woven[] {
  const before = new Set(linesOf(base.text, base.range).map(({ text }) => text));
  return woven.map((one) => {
    if (one.range.end > one.range.start || !/^\r?\n/.test(one.newText)) return one;
    const below = linesOf(now.text, { start: one.range.end, end: now.range.end }).slice(1);
    const known = below.findIndex(({ text }) => before.has(text));
    const came = below.slice(0, Math.max(0, known));
    if (came.length === 0 || !came.every(({ text }) => log.test(text))) return one;
    const range = { start: one.range.start, end: came.at(-1)!.end };
    const isFree = woven.every(
      (other) => other === one || other.range.end < range.start || other.range.start > range.end,
    );
    return isFree ? { ...one, range } : one;
  });
}
