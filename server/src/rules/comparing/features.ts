import type { Declaration, Feature, FeatureKind } from '../../facts/change-facts.ts';
import type { RuleInput } from '../rule.ts';
import { type Compared, comparedDeclarations, textNow } from './compared.ts';
import { type Extended, extend, helpersOf } from './extended.ts';
import { pairValues } from './paired-values.ts';
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
  for (const compared of comparedDeclarations(input)) {
    const before = extend(compared.base, helpers.removed).features.filter((one) => one.kind === kind);
    if (before.length === 0) continue;
    const now = extend(compared.now, helpers.added);
    const after = now.features.filter((one) => one.kind === kind);
    const missing = without(before, after);
    const gained = without(after, before).length;
    for (const lost of missing.slice(0, Math.max(0, missing.length - gained)))
      if (!isGainedElsewhere(lost, compared.now, input)) yield { compared, lost, now };
  }
}

/** Features of the first list that have no equal key in the second one, each counted once. */
export function without(some: readonly Feature[], others: readonly Feature[]): Feature[] {
  const left = others.map(({ key }) => key);
  return some.filter(({ key }) => {
    const at = left.indexOf(key);
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

/** Another declaration of the change has more of such features now than it had. */
export function isGainedElsewhere({ kind, key }: Feature, except: Declaration, { pairs }: RuleInput): boolean {
  const count = (one: Declaration | undefined) =>
    one?.features.filter((at) => at.kind === kind && at.key === key).length ?? 0;
  return pairs.some(({ base, now }) => now !== except && count(now) > count(base));
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
  for (const { base, now } of input.pairs)
    for (const { key } of without(of(base, kind), of(now, kind))) gone.set(key, (gone.get(key) ?? 0) + 1);
  const compared = new Map([...comparedDeclarations(input)].map((one) => [one.pair, one]));
  for (const pair of input.pairs) {
    const { path, base, now } = pair;
    if (!now || isSetApart(path)) continue;
    for (const gained of without(of(now, kind), of(base, kind))) {
      const left = gone.get(gained.key) ?? 0;
      if (left > 0) gone.set(gained.key, left - 1);
      else yield { path, now, nowText: textNow(input, path) ?? '', compared: compared.get(pair), gained };
    }
  }
}

function of(declaration: Declaration | undefined, kind: FeatureKind): Feature[] {
  return declaration?.features.filter((one) => one.kind === kind) ?? [];
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
  looseKey: (key: string) => string = (key) => key,
): Iterable<ChangedValue> {
  const helpers = helpersOf(input);
  for (const compared of comparedDeclarations(input)) {
    const before = of(compared.base, kind);
    if (before.length === 0) continue;
    const after = extend(compared.now, helpers.added).features.filter((one) => one.kind === kind);
    for (const { base: from, now: to } of pairValues(before, after, looseKey)) {
      if (!to || from.value === undefined || to.value === undefined || from.value === to.value) continue;
      if (compared.now.features.includes(to) && (to.via === undefined || to.via !== from.via))
        yield { compared, from, to };
    }
  }
}
