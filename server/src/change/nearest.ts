import type { DeclarationForm } from '../facts/change-facts.ts';
import { overlap } from './likeness.ts';

/** From here on two functions are nearly the same. */
export const alike = 0.85;

export interface Nearest {
  readonly form: DeclarationForm;
  readonly score: number;
}

/** The forms of a group that are nearly the same as one, the module's own statements left out. The group is indexed once. */
export function nearest({ shingles }: DeclarationForm, group: readonly DeclarationForm[]): Nearest[] {
  const index = indexes.get(group) ?? indexed(group);
  indexes.set(group, index);
  const candidates = new Set<DeclarationForm>();
  for (const one of prefixOf(shingles))
    for (const form of index.get(one) ?? []) if (isOfLike(shingles.length, form.shingles.length)) candidates.add(form);
  if (candidates.size === 0) return [];
  const seen = new Set(shingles);
  return group.flatMap((form) => {
    const score = candidates.has(form) ? overlap(shingles, seen, form.shingles) : 0;
    return score >= alike ? [{ form, score }] : [];
  });
}

function isOfLike(length: number, other: number): boolean {
  return Math.min(length, other) >= Math.max(length, other) * alike;
}

type Index = ReadonlyMap<number, readonly DeclarationForm[]>;

const indexes = new WeakMap<readonly DeclarationForm[], Index>();

function indexed(group: readonly DeclarationForm[]): Index {
  const index = new Map<number, DeclarationForm[]>();
  for (const form of group) {
    if (form.kind === 'module') continue;
    for (const one of prefixOf(form.shingles)) {
      const list = index.get(one);
      if (list) list.push(form);
      else index.set(one, [form]);
    }
  }
  return index;
}

const prefixes = new WeakMap<readonly number[], Int32Array>();

/**
 * Of two sets that are nearly the same, the smallest members have one in common: of n members, those that may lack in the other and one
 * more (Chaudhuri, Ganti and Kaushik, "A primitive operator for similarity joins", 2006).
 */
function prefixOf(shingles: readonly number[]): Int32Array {
  const known = prefixes.get(shingles);
  if (known) return known;
  const mayLack = shingles.length - Math.ceil(shingles.length * alike - 1e-9);
  const prefix = Int32Array.from(shingles)
    .sort()
    .slice(0, mayLack + 1);
  prefixes.set(shingles, prefix);
  return prefix;
}
