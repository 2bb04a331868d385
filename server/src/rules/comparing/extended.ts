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

function tellHelpers(pairs: RuleInput['pairs']): Helpers {
  const added = new Map<string, Declaration>();
  const removed = new Map<string, Declaration>();
  for (const { base, now } of pairs) {
    if (now && !base && isCallable(now)) added.set(now.name, now);
    if (base && !now && isCallable(base)) removed.set(base.name, base);
  }
  return { added, removed };
}

const extended = new WeakMap<ReadonlyMap<string, Declaration>, WeakMap<Declaration, Extended>>();

export function extend(declaration: Declaration, helpers: ReadonlyMap<string, Declaration>): Extended {
  const among = extended.get(helpers) ?? new WeakMap<Declaration, Extended>();
  extended.set(helpers, among);
  const known = among.get(declaration) ?? tellExtended(declaration, helpers);
  among.set(declaration, known);
  return known;
}

function tellExtended(declaration: Declaration, helpers: ReadonlyMap<string, Declaration>): Extended {
  const features = [...declaration.features];
  const calls: ExtendedCall[] = [];
  const entered = new Set([declaration]);
  const enter = (at: Declaration, caught: number, within: readonly string[], via?: CallFact) => {
    for (const call of at.calls) {
      calls.push({
        ...call,
        caught: call.caught + caught,
        within: [...call.within, ...within],
        own: via ?? call,
      });
      const helper = helpers.get(call.name);
      if (!helper || entered.has(helper)) continue;
      entered.add(helper);
      features.push(...helper.features);
      enter(helper, call.caught + caught, [...call.within, ...within], via ?? call);
    }
  };
  enter(declaration, 0, []);
  return { features, calls };
}

function isCallable(declaration: Declaration): boolean {
  return declaration.kind === 'function' || declaration.kind === 'method' || declaration.kind === 'variable';
}
