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
  if (a.length === 0 || b.length === 0) return 0;
  const others = told.get(a) ?? new WeakMap<readonly number[], number>();
  told.set(a, others);
  const known = others.get(b) ?? tellOverlap(a, b);
  others.set(b, known);
  return known;
}

function tellOverlap(a: readonly number[], b: readonly number[]): number {
  const seen = new Set(a);
  let common = 0;
  for (const one of b) if (seen.has(one)) common++;
  return common / (a.length + b.length - common);
}

/** How much of `part` stands in `whole`, from 0 to 1. */
export function containment(part: readonly number[], whole: ReadonlySet<number>): number {
  if (part.length === 0) return 0;
  let common = 0;
  for (const one of part) if (whole.has(one)) common++;
  return common / part.length;
}
