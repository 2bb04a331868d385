import type { TextRange } from '../../core/text.ts';
import type { EntryList, ListEntry, Token } from './entry-list.ts';
import { lineEndOf, lineStartOf, nextLineOf, startsLine } from './text-lines.ts';

/** A span to delete, or to replace by a text. */
export interface Cut extends TextRange {
  readonly newText?: string;
}

/**
 * Takes entries out of a list: with the comma behind each, its own lines, the comments directly above it and the one behind
 * it on its line. A list that ended without a comma ends without one again. Cuts do not overlap.
 */
export function removeEntries(
  text: string,
  tokens: readonly Token[],
  list: EntryList,
  removed: ReadonlySet<ListEntry>,
): Cut[] {
  const kept = list.entries.filter((entry) => !removed.has(entry));
  if (kept.length === 0 && onlyExplained(text, tokens, list)) return [{ start: list.open, end: list.close }];
  const lastKept = kept.at(-1);
  const tail = list.entries.filter((entry) => removed.has(entry) && (!lastKept || entry.start > lastKept.start));
  if (tail.length === 0 || !lastKept) return merged([...removed].map((entry) => cutOf(text, tokens, entry, list)));
  const before = [...removed].filter((entry) => !tail.includes(entry)).map((entry) => cutOf(text, tokens, entry, list));
  const comma = lastKept.comma!;
  const endsBare = list.entries.at(-1)!.comma === undefined;
  if (endsBare) before.push({ start: comma, end: comma + 1 });
  const lines = tail.map((entry) => ownLines(text, tokens, entry, list));
  if (lines.every((one) => one !== undefined)) return merged([...before, ...lines]);
  const last = tail.at(-1)!;
  const remark = tokens.find((token) => token.start > comma);
  const keptEnd = remark?.kind === 'comment' && remark.start < lineEndOf(text, comma) ? remark.end : comma + 1;
  return merged([...before, { start: keptEnd, end: last.comma === undefined ? last.end : last.comma + 1 }]);
}

/** The text after some cuts, which do not overlap. */
export function applyCuts(text: string, cuts: readonly Cut[]): string {
  return [...cuts]
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((rest, { start, end, newText = '' }) => rest.slice(0, start) + newText + rest.slice(end), text);
}

/** Sorted, with those that overlap as one. */
export function merged(cuts: readonly Cut[]): Cut[] {
  const result: Cut[] = [];
  for (const cut of [...cuts].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && cut.start < last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, cut.end) };
    else result.push(cut);
  }
  return result;
}

/** The lines of an entry, where it has them for itself: comments above and behind included. */
export function ownLines(
  text: string,
  tokens: readonly Token[],
  entry: TextRange & { readonly comma?: number | undefined },
  bounds: { readonly open: number; readonly close: number },
): Cut | undefined {
  if (!startsLine(text, entry.start)) return undefined;
  const tail = entry.comma === undefined ? entry.end : entry.comma + 1;
  const lineEnd = lineEndOf(text, tail);
  const behind = tokens.find((token) => token.start >= tail);
  if (behind && behind.start < lineEnd && (behind.kind !== 'comment' || behind.end > lineEnd)) return undefined;
  let start = lineStartOf(text, entry.start);
  for (let i = tokens.findIndex((token) => token.start >= entry.start) - 1; i >= 0; i--) {
    const above = tokens[i]!;
    const touches = nextLineOf(text, above.end) === start && above.start >= bounds.open;
    if (above.kind !== 'comment' || !touches || !startsLine(text, above.start)) break;
    start = lineStartOf(text, above.start);
  }
  const end = nextLineOf(text, tail);
  return { start: blankLineAbove(text, start, end, bounds) ?? start, end };
}

/** Where a paragraph goes, the empty line above it goes with it, unless text follows directly. */
function blankLineAbove(
  text: string,
  start: number,
  end: number,
  bounds: { readonly open: number; readonly close: number },
): number | undefined {
  if (start === 0) return undefined;
  const above = lineStartOf(text, start - 1);
  if (above < bounds.open || text.slice(above, start).trim() !== '') return undefined;
  const below = text.slice(end, nextLineOf(text, end));
  return below.trim() === '' || end >= lineStartOf(text, bounds.close) ? above : undefined;
}

/** An entry with the comma behind it: its lines, or up to the next entry of its line. */
function cutOf(text: string, tokens: readonly Token[], entry: ListEntry, list: EntryList): Cut {
  const lines = ownLines(text, tokens, entry, list);
  if (lines) return lines;
  const end = entry.comma === undefined ? entry.end : entry.comma + 1;
  const next = tokens.find((token) => token.start >= end);
  const nextOnLine = next && next.start < list.close && next.start < lineEndOf(text, end);
  if (nextOnLine) return { start: entry.start, end: next.start };
  const before = tokens.findLast((token) => token.end <= entry.start)!;
  return { start: startsLine(text, entry.start) ? entry.start : Math.max(before.end, list.open), end };
}

/** True when an emptied list holds no comment that would have to stay. */
function onlyExplained(text: string, tokens: readonly Token[], list: EntryList): boolean {
  const cuts = list.entries.map((entry) => ownLines(text, tokens, entry, list) ?? entry);
  return tokens.every(
    (token) =>
      token.kind !== 'comment' ||
      token.start < list.open ||
      token.end > list.close ||
      cuts.some((cut) => cut.start <= token.start && token.end <= cut.end),
  );
}
