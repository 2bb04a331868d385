import type { DeclarationPair } from '../../change/change.ts';
import type { CallFact, Declaration, Feature } from '../../facts/change-facts.ts';
import type { RuleInput } from '../rule.ts';

/** A declaration together with helpers that it calls and that came, or went, with the same change. */
export interface Extended {
  readonly features: readonly Feature[];
  readonly calls: readonly ExtendedCall[];
}

export interface ExtendedCall extends CallFact {
  /** The call of the declaration itself that it is, or that leads to it. */
  readonly own: CallFact;
}

/** Code that was extracted counts as if it still stood where it is called; code that was inlined as if it had stood there. */
export interface Helpers {
  readonly added: ReadonlyMap<string, Declaration>;
  readonly removed: ReadonlyMap<string, Declaration>;
}

const kept = new WeakMap<RuleInput['pairs'], Helpers>();

/** Told once for all rules that look at the same change. */
export function helpersOf({ pairs }: RuleInput): Helpers {
  const known = kept.get(pairs) ?? tellHelpers(pairs);
  kept.set(pairs, known);
  return known;
}

function tellHelpers(pairs: readonly DeclarationPair[]): Helpers {
  const added = new Map<string, Declaration>();
  const removed = new Map<string, Declaration>();
  for (const { base, now } of pairs) {
    if (now && !base && isCallable(now)) added.set(now.name, now);
    if (base && !now && isCallable(base)) removed.set(base.name, base);
  }
  for (const name of methodsOfSeveral(pairs, ({ base, now, path }) => (base ? undefined : now && { one: now, path })))
    added.delete(name);
  for (const name of methodsOfSeveral(pairs, ({ base, now, basePath }) =>
    now ? undefined : base && { one: base, path: basePath },
  ))
    removed.delete(name);
  return { added, removed };
}

/** Names of methods in more than one file: which of them a call means is not known. */
function methodsOfSeveral(
  pairs: readonly DeclarationPair[],
  of: (pair: DeclarationPair) => { readonly one: Declaration; readonly path: string } | undefined,
): string[] {
  const paths = new Map<string, Set<string>>();
  for (const pair of pairs) {
    const found = of(pair);
    if (found?.one.kind !== 'method') continue;
    const known = paths.get(found.one.name) ?? new Set();
    paths.set(found.one.name, known.add(found.path));
  }
  return [...paths].flatMap(([name, some]) => (some.size > 1 ? [name] : []));
}

interface Told {
  /** The helpers that were entered, by the names by which they were called. */
  readonly entered: ReadonlyMap<string, Declaration>;
  readonly extended: Extended;
}

/** Of both sides apart: a declaration that was told with added helpers is not one with removed ones. */
const extended = new WeakMap<Declaration, Told>();
const checked = new WeakMap<ReadonlyMap<string, Declaration>, WeakMap<Declaration, Extended>>();

/** Told anew only where a helper that it calls is another one than the last time. */
export function extend(declaration: Declaration, helpers: ReadonlyMap<string, Declaration>): Extended {
  const among = checked.get(helpers) ?? new WeakMap<Declaration, Extended>();
  checked.set(helpers, among);
  const sure = among.get(declaration);
  if (sure) return sure;
  const before = extended.get(declaration);
  const told = before && isStill(before, declaration, helpers) ? before : tellExtended(declaration, helpers);
  extended.set(declaration, told);
  among.set(declaration, told.extended);
  return told.extended;
}

function isStill({ entered, extended: { calls } }: Told, declaration: Declaration, helpers: Helpers['added']): boolean {
  return calls.every(({ name }) => {
    const helper = helpers.get(name);
    return helper === entered.get(name) || (helper === declaration && !entered.has(name));
  });
}

function tellExtended(declaration: Declaration, helpers: ReadonlyMap<string, Declaration>): Told {
  const features = [...declaration.features];
  const calls: ExtendedCall[] = [];
  const entered = new Map<string, Declaration>();
  const enter = (at: Declaration, caught: number, within: readonly string[], via?: CallFact) => {
    for (const call of at.calls) {
      calls.push({
        ...call,
        caught: call.caught + caught,
        within: [...call.within, ...within],
        own: via ?? call,
      });
      const helper = helpers.get(call.name);
      if (!helper || helper === declaration || entered.has(call.name)) continue;
      entered.set(call.name, helper);
      features.push(...helper.features);
      enter(helper, call.caught + caught, [...call.within, ...within], via ?? call);
    }
  };
  enter(declaration, 0, []);
  // The very list where nothing was added: what is kept with it holds for both.
  return { entered, extended: { features: entered.size === 0 ? declaration.features : features, calls } };
}

function isCallable(declaration: Declaration): boolean {
  return declaration.kind === 'function' || declaration.kind === 'method' || declaration.kind === 'variable';
}

const called = new WeakMap<readonly number[], ReadonlySet<string>>();

/** The last names of what it calls. A declaration that only moved keeps the very list of its token windows, by which it is told. */
export function namesCalled(declaration: Declaration): ReadonlySet<string> {
  const { shingles } = declaration;
  const known = called.get(shingles) ?? new Set(declaration.calls.map(({ name }) => name));
  called.set(shingles, known);
  return known;
}
