import type { FlagRead, FlagValue } from '../flags/flag.ts';

/** A read that is to be removed, and the value that stays. */
export interface Seed {
  readonly read: FlagRead;
  readonly keep: FlagValue;
}

/** How a known value is packed: bare, as the field of a details object, or inside a promise. */
export type Packing =
  | { readonly kind: 'bare' }
  | { readonly kind: 'details'; readonly field: string }
  | { readonly kind: 'promise'; readonly of: Packing };

/** A value that is known because a flag is fixed; `seeds` are the reads that it derives from. */
export interface Known {
  readonly value: FlagValue;
  readonly packing: Packing;
  readonly seeds: readonly Seed[];
}

export const bare: Packing = { kind: 'bare' };

export function knownOf(value: FlagValue, ...from: readonly Known[]): Known {
  return { value, packing: bare, seeds: [...new Set(from.flatMap((known) => known.seeds))] };
}

export function isBare(known: Known): boolean {
  return known.packing.kind === 'bare';
}

/** The sentence that explains an edit: `'new-checkout' is always true`. */
export function because(seeds: readonly Seed[]): string {
  const facts = new Map(
    seeds.map((seed) => [seed.read.key, `'${seed.read.key}' is always ${JSON.stringify(seed.keep)}`]),
  );
  return [...facts.values()].join(', ');
}
