import type { CallFact, Feature } from '../../facts/change-facts.ts';

export interface CatchPair {
  readonly base: Feature;
  readonly now: Feature;
}

/**
 * Catches of base and now that stand around the same calls: those that do the same first, so that one which still stands somewhere
 * (on the other side of a flag, say) pairs with itself; then by most calls in common.
 */
export function pairCatches(base: readonly Feature[], now: readonly Feature[]): CatchPair[] {
  const pairs: CatchPair[] = [];
  const left = { base: [...base], now: [...now] };
  const pass = (fits: (one: Feature, other: Feature) => boolean) => {
    for (const one of [...left.base]) {
      const other = left.now.find((at) => fits(one, at));
      if (!other) continue;
      left.base.splice(left.base.indexOf(one), 1);
      left.now.splice(left.now.indexOf(other), 1);
      pairs.push({ base: one, now: other });
    }
  };
  pass((one, other) => one.key === other.key && deeds(one) === deeds(other));
  pass((one, other) => deeds(one) === deeds(other) && shared(one, other) > 0);
  pass((one, other) => one.key === other.key);
  pass((one, other) => 2 * shared(one, other) >= Math.min(count(one), count(other)) && shared(one, other) > 0);
  return pairs;
}

function deeds({ words }: Feature): string {
  return (words ?? []).filter((word) => !word.startsWith('# ')).join('; ');
}

function shared(one: Feature, other: Feature): number {
  return (one.protects ?? []).filter((key) => other.protects?.includes(key)).length;
}

function count({ protects }: Feature): number {
  return protects?.length ?? 0;
}

/** Calls that look at a value or wait for it, and hand a failure on. */
const transparent = new Set([
  'all',
  'race',
  'any',
  'resolve',
  'push',
  'json',
  'Number',
  'String',
  'Boolean',
  'map',
  'forEach',
  'filter',
  'log',
  'set',
  'add',
]);

/** It stands in the arguments of a call, or below a decorator, that was not around it before: `withRetry(() => charge())`. */
export function isWrapped(call: CallFact, before: readonly CallFact[]): boolean {
  const known = new Set(before.flatMap((one) => one.within));
  return call.within.some((name) => !known.has(name) && !transparent.has(name));
}
