import type { Declaration, Feature, FeatureKind } from '../../facts/change-facts.ts';

type ByKind = ReadonlyMap<FeatureKind, readonly Feature[]>;

const known = new WeakMap<readonly Feature[], ByKind>();
const none: readonly Feature[] = [];

/** Features of a kind, in their order: looked for once in a list, whichever rules ask. */
export function ofKind(features: Declaration['features'] | undefined, kind: FeatureKind): readonly Feature[] {
  if (features === undefined || features.length === 0) return none;
  const kinds = known.get(features) ?? grouped(features);
  known.set(features, kinds);
  return kinds.get(kind) ?? none;
}

function grouped(features: readonly Feature[]): ByKind {
  const kinds = new Map<FeatureKind, Feature[]>();
  for (const one of features) {
    const list = kinds.get(one.kind);
    if (list) list.push(one);
    else kinds.set(one.kind, [one]);
  }
  return kinds;
}
