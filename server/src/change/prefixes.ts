import type { DeclarationForm } from '../facts/change-facts.ts';
import { sortedOf } from './likeness.ts';

/** Which forms of a group may be as alike to another one as is asked for: none is missed, and some are not. */
export type Candidates = <Form extends DeclarationForm>(
  shingles: readonly number[],
  group: readonly Form[],
) => Set<Form>;

/**
 * Of two sets that have much in common, the smallest members have one in common: of n members, those that may lack in the other and one
 * more (Chaudhuri, Ganti and Kaushik, "A primitive operator for similarity joins", 2006). A group is indexed by them once.
 * @param alike what the two have in common over all that they have, from 0 to 1
 */
export function candidatesFrom(alike: number): Candidates {
  const indexes = new WeakMap<object, ReadonlyMap<number, readonly unknown[]>>();
  const prefixes = new WeakMap<readonly number[], Int32Array>();

  return <Form extends DeclarationForm>(shingles: readonly number[], group: readonly Form[]) => {
    const index = (indexes.get(group) ?? indexed(group)) as ReadonlyMap<number, readonly Form[]>;
    indexes.set(group, index);
    const found = new Set<Form>();
    for (const one of prefixOf(shingles))
      for (const form of index.get(one) ?? []) if (isOfLike(shingles.length, form.shingles.length)) found.add(form);
    return found;
  };

  function indexed<Form extends DeclarationForm>(group: readonly Form[]): ReadonlyMap<number, readonly Form[]> {
    const index = new Map<number, Form[]>();
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

  function prefixOf(shingles: readonly number[]): Int32Array {
    const known = prefixes.get(shingles);
    if (known) return known;
    const mayLack = shingles.length - Math.ceil(shingles.length * alike - 1e-9);
    const prefix = sortedOf(shingles).subarray(0, mayLack + 1);
    prefixes.set(shingles, prefix);
    return prefix;
  }

  function isOfLike(length: number, other: number): boolean {
    return Math.min(length, other) >= Math.max(length, other) * alike;
  }
}
