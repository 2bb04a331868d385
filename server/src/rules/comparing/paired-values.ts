import type { Feature } from '../../facts/change-facts.ts';

/** A value of the base with the one that stands in its place now; undefined when none does. */
export interface ValuePair {
  readonly base: Feature;
  readonly now: Feature | undefined;
}

/**
 * Values of base and now by key, equal values first, then in order; what is left by the first word of the key only. The old
 * value that still stands somewhere (on the other side of a flag, say) pairs with itself. Of several with the same key, those that
 * protect the same belong together, whatever their values.
 */
export function pairValues(
  base: readonly Feature[],
  now: readonly Feature[],
  looseKey: (key: string) => string,
): ValuePair[] {
  const left = [...now];
  const take = (fits: (one: Feature) => boolean) => {
    const at = left.findIndex(fits);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const pairs = new Map<Feature, Feature | undefined>();
  const pass = (fits: (one: Feature, other: Feature) => boolean) => {
    for (const one of base) {
      if (pairs.get(one)) continue;
      const other = take((at) => fits(one, at));
      if (other) pairs.set(one, other);
    }
  };
  const isKin = (one: Feature, other: Feature) =>
    one.key === other.key && one.protects !== undefined && one.protects.join() === other.protects?.join();
  const isAlike = (one: Feature, other: Feature) => looseKey(one.key) === looseKey(other.key);
  pass((one, other) => isKin(one, other) && one.value === other.value);
  pass(isKin);
  pass((one, other) => one.key === other.key && one.value === other.value);
  pass((one, other) => isAlike(one, other) && one.value === other.value);
  pass((one, other) => one.key === other.key);
  pass(isAlike);
  return base.map((one) => ({ base: one, now: pairs.get(one) }));
}

/** A value that now comes from elsewhere is no change that this file could tell; that of a constant is told at the constant. */
export function isChanged(base: Feature, now: Feature): boolean {
  if (base.value === undefined || now.value === undefined || base.value === now.value) return false;
  return base.via === undefined || base.via !== now.via;
}
