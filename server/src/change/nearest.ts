import type { DeclarationForm } from '../facts/change-facts.ts';
import type { Hit } from './join.ts';
import { overlap } from './likeness.ts';
import { candidatesFrom } from './prefixes.ts';

/** From here on two functions are nearly the same. */
export const alike = 0.85;

const candidatesIn = candidatesFrom(alike);

/** The forms of a group that are nearly the same as one, in their order; the module's own statements are left out. */
export function nearest<Form extends DeclarationForm>(
  { shingles }: DeclarationForm,
  group: readonly Form[],
): Hit<Form>[] {
  const candidates = candidatesIn(shingles, group);
  if (candidates.size === 0) return [];
  return group.flatMap((form) => {
    const score = candidates.has(form) ? overlap(shingles, form.shingles) : 0;
    return score >= alike ? [{ form, score }] : [];
  });
}
