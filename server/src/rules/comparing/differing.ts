import type { DeclarationPair } from '../../change/change.ts';
import type { CallFact, Declaration, Feature, FeatureKind } from '../../facts/change-facts.ts';
import type { RuleInput } from '../rule.ts';
import { type Compared, comparedDeclarations } from './compared.ts';
import { helpersOf, namesCalled } from './extended.ts';
import { ofKind } from './of-kind.ts';

/** What a rule compares of two declarations. */
type What = FeatureKind | 'calls';

/**
 * Declarations in which something of a kind is another one than at the base, or that call a helper which came or went with the change:
 * in the others no rule about that kind has anything to find. In their order.
 */
export function differing(input: RuleInput, ...kinds: readonly What[]): readonly Compared[] {
  const { compared } = indexOf(input);
  return differingPairs(input, ...kinds).flatMap((pair) => compared.get(pair) ?? []);
}

/** The same of all pairs: declarations that came or went hold nothing on their other side. */
export function differingPairs(input: RuleInput, ...kinds: readonly What[]): readonly DeclarationPair[] {
  const { places, helped } = indexOf(input);
  const found = new Set([...helped, ...kinds.flatMap((kind) => places.get(kind) ?? [])]);
  return [...found].sort((a, b) => a - b).map((at) => input.pairs[at]!);
}

interface Index {
  readonly compared: ReadonlyMap<DeclarationPair, Compared>;
  /** Indices of pairs. */
  readonly places: ReadonlyMap<What, readonly number[]>;
  readonly helped: readonly number[];
}

/** Told once for all rules that look at the same change. */
const indexes = new WeakMap<RuleInput['pairs'], Index>();

function indexOf(input: RuleInput): Index {
  const known = indexes.get(input.pairs) ?? tellIndex(input);
  indexes.set(input.pairs, known);
  return known;
}

function tellIndex(input: RuleInput): Index {
  const { added, removed } = helpersOf(input);
  const places = new Map<What, number[]>();
  const helped: number[] = [];
  for (const [at, pair] of input.pairs.entries()) {
    if (callsOneOf(pair.now, added) || callsOneOf(pair.base, removed)) helped.push(at);
    for (const what of differencesOf(pair)) {
      const list = places.get(what);
      if (list) list.push(at);
      else places.set(what, [at]);
    }
  }
  return { compared: new Map(comparedDeclarations(input).map((one) => [one.pair, one])), places, helped };
}

/** What such a declaration holds is more than its own. */
function callsOneOf(of: Declaration | undefined, helpers: ReadonlyMap<string, Declaration>): boolean {
  if (!of || helpers.size === 0) return false;
  for (const name of namesCalled(of)) if (helpers.has(name)) return true;
  return false;
}

/** By the token windows of both sides: a declaration that only moved keeps the very list of them. */
const told = new WeakMap<readonly number[], { readonly base: readonly number[]; readonly differences: What[] }>();
const nothing: readonly number[] = [];

function differencesOf({ base, now }: DeclarationPair): readonly What[] {
  const windows = base?.shingles ?? nothing;
  const key = now?.shingles ?? windows;
  const known = told.get(key);
  if (known?.base === windows) return known.differences;
  const kinds = new Set<FeatureKind>([...(base?.features ?? []), ...(now?.features ?? [])].map(({ kind }) => kind));
  const differences: What[] = [...kinds].filter((kind) =>
    differ(ofKind(base?.features, kind), ofKind(now?.features, kind)),
  );
  if (differ(base?.calls ?? [], now?.calls ?? [])) differences.push('calls');
  told.set(key, { base: windows, differences });
  return differences;
}

function differ(base: readonly (Feature | CallFact)[], now: readonly (Feature | CallFact)[]): boolean {
  return base.length !== now.length || base.some((one, i) => placeless(one) !== placeless(now[i]!));
}

/** All that is told of it but its place. */
function placeless(one: Feature | CallFact): string {
  return JSON.stringify({ ...one, range: undefined });
}
