import type { ChangedFile } from '../../change/change.ts';
import { alignLines, linesOf } from '../../change/lines.ts';
import type { MutedCheck } from '../../facts/muted-checks.ts';

/**
 * Suppressions that are new in a file, as far as there are more of their kind than before: another spelling takes the place of the old
 * one. Of several with the same text, those on lines that came with the change are the new ones.
 */
export function newChecks(base: readonly MutedCheck[], now: readonly MutedCheck[], file: ChangedFile): MutedCheck[] {
  const more = beyond(now, base);
  if (more.length === 0) return [];
  const isOld = oldLines(file);
  const byPlace = [...now.filter(isOld), ...now.filter((one) => !isOld(one))];
  const fresh = new Set(beyond(byPlace, base));
  const lost = beyond(base, now);
  return now
    .filter((one) => fresh.has(one))
    .filter(({ kind }, i, all) => {
      const earlier = all.slice(0, i).filter((one) => one.kind === kind).length;
      return earlier >= lost.filter((one) => one.kind === kind).length;
    });
}

/** Those of a list that another one does not hold by their text, each counted once: the last ones where some are equal. */
export function beyond(some: readonly MutedCheck[], others: readonly MutedCheck[]): MutedCheck[] {
  const left = new Map<string, number>();
  for (const { text } of others) left.set(text, (left.get(text) ?? 0) + 1);
  return some.filter(({ text }) => !takeFrom(left, text));
}

export function takeFrom(left: Map<string, number>, text: string): boolean {
  const count = left.get(text) ?? 0;
  if (count > 0) left.set(text, count - 1);
  return count > 0;
}

/** Whether a place lies on a line that stood there before. */
function oldLines({ base = '', now = '' }: ChangedFile): (one: MutedCheck) => boolean {
  const lines = (text: string) => linesOf(text, { start: 0, end: text.length });
  const after = lines(now);
  const matches = alignLines(
    lines(base).map(({ text }) => text),
    after.map(({ text }) => text),
  );
  const old = new Set(matches);
  return ({ range }) => old.has(after.findIndex(({ end }) => end >= range.start));
}
