import { basename, extname } from '../core/paths.ts';

/** A file that is gone, or one that is new. */
export interface MovedText {
  readonly path: string;
  readonly text: string;
}

/** Below this share of common lines two files are two files (as in git). */
const leastLikeness = 0.5;
/** Beyond this many comparisons only equal texts and equal names are tried. */
const mostComparisons = 20_000;

/**
 * Tells which new file is which gone file under another name: by equal text, else by likeness of lines; of equals, the one with the same
 * name. It sees the working tree, so that a rename is one before it is staged, too.
 * @returns the old path by new path.
 */
export function matchRenames(gone: readonly MovedText[], added: readonly MovedText[]): Map<string, string> {
  const cheap = gone.length * added.length > mostComparisons;
  const lines = new Map<MovedText, Map<string, number>>();
  const linesOf = (file: MovedText) => {
    const known = lines.get(file) ?? countLines(file.text);
    lines.set(file, known);
    return known;
  };
  const pairs: { from: string; to: string; likeness: number; sameName: boolean }[] = [];
  for (const from of gone) {
    for (const to of added) {
      if (extname(from.path) !== extname(to.path)) continue;
      const sameName = basename(from.path) === basename(to.path);
      if (cheap && !sameName && from.text !== to.text) continue;
      const likeness = from.text === to.text ? 1 : likenessOf(linesOf(from), linesOf(to));
      if (likeness >= leastLikeness) pairs.push({ from: from.path, to: to.path, likeness, sameName });
    }
  }
  pairs.sort((a, b) => b.likeness - a.likeness || Number(b.sameName) - Number(a.sameName) || compare(a, b));
  const renames = new Map<string, string>();
  const taken = new Set<string>();
  for (const { from, to } of pairs) {
    if (renames.has(to) || taken.has(from)) continue;
    renames.set(to, from);
    taken.add(from);
  }
  return renames;
}

/** How often each line stands in a text; blank lines and indentation count for nothing. */
function countLines(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) {
    const key = line.trim();
    if (key !== '') counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Characters in common lines, over the characters of the longer text. */
function likenessOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let common = 0;
  for (const [line, count] of a) common += line.length * Math.min(count, b.get(line) ?? 0);
  return common / Math.max(size(a), size(b), 1);
}

function size(lines: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [line, count] of lines) sum += line.length * count;
  return sum;
}

function compare(a: { from: string; to: string }, b: { from: string; to: string }): number {
  const [left, right] = [`${a.from}\0${a.to}`, `${b.from}\0${b.to}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
