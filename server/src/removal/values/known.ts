import type { FlagRead, Json } from '../../flags/flag.ts';

/** A value in the code: `undefined` where an object has no such member. */
export type Value = Json | undefined;

/** A read that is to be removed, and the value that stays. */
export interface Seed {
  readonly read: FlagRead;
  readonly keep: Json;
  /** No read, but a comparison in a mock that nobody asks for the key any more. */
  readonly inSetUp?: true;
}

/**
 * How a known value is packed: bare, below a member of a details object or tuple (`()` for the result of calling it), or
 * inside a promise.
 */
export type Packing =
  | { readonly kind: 'bare' }
  | { readonly kind: 'details'; readonly field: string; readonly of: Packing }
  | { readonly kind: 'promise'; readonly of: Packing };

/** A value that is known because a flag is fixed; `seeds` are the reads that it derives from. */
export interface Known {
  readonly value: Value;
  readonly packing: Packing;
  readonly seeds: readonly Seed[];
}

export const bare: Packing = { kind: 'bare' };

/** The packing of a dotted path, as shapes write it: `value`, `treatment.treatment`, `0.enabled`, `asBoolean()`. */
export function packingAt(path: string): Packing {
  const steps = path.split('.').flatMap((step) => (step.endsWith('()') ? [step.slice(0, -2), '()'] : [step]));
  return steps
    .filter((step) => step !== '')
    .reduceRight<Packing>((of, field) => ({ kind: 'details', field, of }), bare);
}

export function knownOf(value: Value, ...from: readonly Pick<Known, 'seeds'>[]): Known {
  return { value, packing: bare, seeds: [...new Set(from.flatMap((known) => known.seeds))] };
}

/** An object or a list: no literal can be put in its place without making a new one each time. */
export function isWhole(value: Value): value is readonly Json[] | { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null;
}

/** A value that can be written in place of what yields it. */
export function isPlain(known: Known): boolean {
  return isBare(known) && !isWhole(known.value);
}

export function isBare(known: Known): boolean {
  return known.packing.kind === 'bare';
}

/** The sentence that explains an edit: `'new-checkout' is always true`. */
export function because(seeds: readonly Seed[]): string {
  const facts = new Map(
    seeds.map(({ read: { key }, keep, inSetUp }) => [
      key,
      inSetUp ? `nobody asks for '${key}' any more` : `'${key}' is always ${JSON.stringify(keep)}`,
    ]),
  );
  return [...facts.values()].join(', ');
}
