import type { Declaration } from '../facts/change-facts.ts';

type Told = Pick<Declaration, 'normal' | 'shingles'>;

/** Likeness of two declarations, or two tests, from 0 to 1: token windows in common over all of them (Jaccard). */
export function likeness(a: Told, b: Told): number {
  if (a.normal === b.normal) return 1;
  return overlap(a.shingles, b.shingles);
}

const told = new WeakMap<readonly number[], WeakMap<readonly number[], number>>();

/** What two sets have in common over all that they have; 0 where one of them is empty. Remembered: moved code keeps its windows. */
export function overlap(a: readonly number[], b: readonly number[]): number {
  const others = told.get(a) ?? new WeakMap<readonly number[], number>();
  told.set(a, others);
  const known = others.get(b) ?? overlapFrom(0, a, b);
  others.set(b, known);
  return known;
}

/** The same where it is `least` or more, else 0: most sets show early that they have less in common. */
export function overlapFrom(least: number, a: readonly number[], b: readonly number[]): number {
  const [one, other] = [sortedOf(a), sortedOf(b)];
  if (one.length === 0 || other.length === 0) return 0;
  const all = one.length + other.length;
  const fewest = fewestInCommon(least, all);
  let common = 0;
  let i = 0;
  let j = 0;
  while (i < one.length && j < other.length) {
    const [left, right] = [one[i]!, other[j]!];
    if (left === right) {
      common++;
      i++;
      j++;
      continue;
    }
    if (left < right) i++;
    else j++;
    if (common + Math.min(one.length - i, other.length - j) < fewest) return 0;
  }
  return common < fewest ? 0 : common / (all - common);
}

/** So many members two sets of `all` members have in common where that is `least` of what they hold together. */
function fewestInCommon(least: number, all: number): number {
  let fewest = Math.ceil((least * all) / (1 + least));
  while (fewest > 0 && (fewest - 1) / (all - fewest + 1) >= least) fewest--;
  while (fewest < all && fewest / (all - fewest) < least) fewest++;
  return fewest;
}

const sorted = new WeakMap<readonly number[], Int32Array>();

/** The members of a set in order. */
export function sortedOf(shingles: readonly number[]): Int32Array {
  const known = sorted.get(shingles) ?? Int32Array.from(shingles).sort();
  sorted.set(shingles, known);
  return known;
}

/** How much of `part` stands in `whole`, from 0 to 1. */
export function containment(part: readonly number[], whole: ReadonlySet<number>): number {
  if (part.length === 0) return 0;
  let common = 0;
  for (const one of part) if (whole.has(one)) common++;
  return common / part.length;
}
