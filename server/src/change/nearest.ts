import type { DeclarationForm } from '../facts/change-facts.ts';
import type { Hit } from './join.ts';
import { overlapFrom } from './likeness.ts';
import { candidatesFrom } from './prefixes.ts';

/** From here on two functions are nearly the same. */
export const alike = 0.85;

const candidatesIn = candidatesFrom(alike);

/** The forms of a group that are nearly the same as one, in their order; the module's own statements are left out. */
export function nearest<Form extends DeclarationForm>(
  { shingles }: DeclarationForm,
  group: readonly Form[],
): Hit<Form>[] {
  const hits: Hit<Form>[] = [];
  for (const form of candidatesIn(shingles, group)) {
    const score = overlapFrom(alike, shingles, form.shingles);
    if (score >= alike) hits.push({ form, score });
  }
  if (hits.length < 2) return hits;
  const places = placesIn(group);
  return hits.sort((a, b) => places.get(a.form)! - places.get(b.form)!);
}

const places = new WeakMap<object, ReadonlyMap<DeclarationForm, number>>();

function placesIn(group: readonly DeclarationForm[]): ReadonlyMap<DeclarationForm, number> {
  const known = places.get(group) ?? new Map(group.map((form, index) => [form, index]));
  places.set(group, known);
  return known;
}
