import type { Declaration, Feature, FeatureKind } from '../../facts/change-facts.ts';
import type { RuleInput } from '../rule.ts';
import { type Compared, textNow } from './compared.ts';
import { differing, differingPairs } from './differing.ts';
import { type Extended, extend, helpersOf } from './extended.ts';
import { ofKind } from './of-kind.ts';
import { pairValues, type ValuePair } from './paired-values.ts';
import { isSetApart } from './set-apart.ts';

/** A feature of the base that stands nowhere in the change any more. */
export interface Lost {
  readonly compared: Compared;
  readonly lost: Feature;
  /** The declaration as it is now, with the helpers that were extracted from it. */
  readonly now: Extended;
}

/**
 * Features of a kind that a declaration lost, and no other declaration of the change gained: not those that moved, were extracted
 * into a helper that is called there, or were written otherwise (a lost and a gained one cancel each other out).
 */
export function* lostFeatures(input: RuleInput, kind: FeatureKind): Iterable<Lost> {
  const helpers = helpersOf(input);
  for (const compared of differing(input, kind)) {
    const before = ofKind(extend(compared.base, helpers.removed).features, kind);
    if (before.length === 0) continue;
    const now = extend(compared.now, helpers.added);
    for (const lost of missingIn(before, ofKind(now.features, kind)))
      if (!isGainedElsewhere(lost, compared.now, input)) yield { compared, lost, now };
  }
}

type Missing = { readonly after: readonly Feature[]; readonly missing: readonly Feature[] };

const missed = new WeakMap<readonly Feature[], Missing>();

/** What nothing else stands for, one for one. */
function missingIn(before: readonly Feature[], after: readonly Feature[]): readonly Feature[] {
  const known = missed.get(before);
  if (known?.after === after) return known.missing;
  const lost = without(before, after);
  const missing = lost.slice(0, Math.max(0, lost.length - without(after, before).length));
  missed.set(before, { after, missing });
  return missing;
}

/** Features of the first list that have no equal key in the second one, each counted once. */
export function without(some: readonly Feature[], others: readonly Feature[]): Feature[] {
  if (some.length === 0) return [];
  const left = others.map(({ key }) => key);
  return some.filter(({ key }) => {
    const at = left.indexOf(key);
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

/** Another declaration of the change has more of such features now than it had. */
export function isGainedElsewhere({ kind, key }: Feature, except: Declaration, input: RuleInput): boolean {
  const count = (one: Declaration | undefined) => ofKind(one?.features, kind).filter((at) => at.key === key).length;
  return differingPairs(input, kind).some(({ base, now }) => now !== except && count(now) > count(base));
}

/** A feature that came with this change, in a declaration that stood before or is new. */
export interface Gained {
  readonly path: string;
  readonly now: Declaration;
  readonly nowText: string;
  /** Undefined for a new declaration. */
  readonly compared: Compared | undefined;
  readonly gained: Feature;
}

/** Features of a kind that are new in the whole change: one that moved from another declaration is not. */
export function* gainedFeatures(input: RuleInput, kind: FeatureKind): Iterable<Gained> {
  const gone = new Map<string, number>();
  for (const { base, now } of differingPairs(input, kind))
    for (const { key } of without(ofKind(base?.features, kind), ofKind(now?.features, kind)))
      gone.set(key, (gone.get(key) ?? 0) + 1);
  const compared = new Map(differing(input, kind).map((one) => [one.pair, one]));
  for (const pair of differingPairs(input, kind)) {
    const { path, base, now } = pair;
    if (!now || ofKind(now.features, kind).length === 0 || isSetApart(path)) continue;
    for (const gained of without(ofKind(now.features, kind), ofKind(base?.features, kind))) {
      const left = gone.get(gained.key) ?? 0;
      if (left > 0) gone.set(gained.key, left - 1);
      else yield { path, now, nowText: textNow(input, path) ?? '', compared: compared.get(pair), gained };
    }
  }
}

/** Each pairs with itself then. */
function isEqual(before: readonly Feature[], after: readonly Feature[]): boolean {
  return before.every(({ key, value }, i) => key === after[i]?.key && value === after[i]?.value);
}

/** A value of the base, and the other one that stands in its place now. */
export interface ChangedValue {
  readonly compared: Compared;
  readonly from: Feature;
  readonly to: Feature;
}

/**
 * Values of a kind that changed in place. The old value that still stands somewhere (on the other side of a flag, say) did not; a value
 * that is not known (`value` undefined), or that comes from a constant told at its own place (`via`), is no change to tell here.
 * @param looseKey what of a key has to agree where the whole key does not
 */
export function* changedValues(
  input: RuleInput,
  kind: FeatureKind,
  looseKey: (key: string) => string = exact,
): Iterable<ChangedValue> {
  const helpers = helpersOf(input);
  for (const compared of differing(input, kind)) {
    const before = ofKind(compared.base.features, kind);
    if (before.length === 0) continue;
    const after = ofKind(extend(compared.now, helpers.added).features, kind);
    if (before === after || isEqual(before, after)) continue;
    for (const { base: from, now: to } of pairsOf(before, after, looseKey)) {
      if (!to || from.value === undefined || to.value === undefined || from.value === to.value) continue;
      if (compared.now.features.includes(to) && (to.via === undefined || to.via !== from.via))
        yield { compared, from, to };
    }
  }
}

function exact(key: string): string {
  return key;
}

interface Paired {
  readonly after: readonly Feature[];
  readonly looseKey: (key: string) => string;
  readonly pairs: readonly ValuePair[];
}

const paired = new WeakMap<readonly Feature[], Paired>();

/** Told again only where one of the lists is another one. */
function pairsOf(before: readonly Feature[], after: readonly Feature[], looseKey: Paired['looseKey']) {
  const known = paired.get(before);
  if (known?.after === after && known.looseKey === looseKey) return known.pairs;
  const pairs = pairValues(before, after, looseKey);
  paired.set(before, { after, looseKey, pairs });
  return pairs;
}
