import type { Feature } from '../../facts/change-facts.ts';
import type { Formula } from '../../facts/formula.ts';
import { squeezed } from '../../facts/squeezed.ts';
import { type Compared, shownName } from '../comparing/compared.ts';
import { type Difference, differenceOf, partsOf } from '../comparing/compared-formulas.ts';
import { differing } from '../comparing/differing.ts';
import { type Extended, extend, type Helpers, helpersOf } from '../comparing/extended.ts';
import { ofKind } from '../comparing/of-kind.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly from: string;
  readonly to: string;
  readonly where: string;
  readonly effect: 'more' | 'other';
}

interface Weakened {
  readonly from: Feature;
  readonly to: Feature;
  readonly difference: Difference;
}

export default defineRule({
  id: 'risk/auth-condition-weakened',
  title: 'Condition of access lets more through',
  why: 'Who may do what hangs on one condition. Where it holds for more than before, somebody who was refused is let in, and no test fails that nobody wrote.',
  severity: 'warning',
  scope: 'change',
  group: 'auth',
  *check(input): Iterable<Evidence<Data>> {
    const helpers = helpersOf(input);
    for (const compared of differing(input, 'auth-condition')) {
      const weakened = weakenedCondition(compared, helpers, input);
      if (!weakened) continue;
      const { path, now } = compared;
      const { from, to, difference } = weakened;
      const { range } = to;
      yield {
        path,
        range,
        subject: now.id,
        severity: now.renders ? 'info' : undefined,
        compared,
        related: [{ path, range, message: 'The condition was', text: from.text }],
        data: {
          from: shown(from.text),
          to: shown(to.text),
          where: shownName(now),
          effect: difference.less ? 'other' : 'more',
        },
      };
    }
  },
  message: ({ data: { from, to, where, effect } }) => {
    const changed = `The condition of access '${from}' became '${to}'`;
    if (effect === 'other')
      return `${changed}: ${where} now lets through some whom it refused, and the other way round.`;
    return `${changed}: ${where} now lets through some whom it refused.`;
  },
});

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 60 ? line : `${line.slice(0, 57)}...`;
}

function weakenedCondition(compared: Compared, helpers: Helpers, input: RuleInput): Weakened | undefined {
  const before = conditionsOf(compared.base.features);
  if (!before.some(speaks)) return undefined;
  const now = extend(compared.now, helpers.added);
  const after = conditionsOf(now.features);
  for (const { from, to } of paired(unequal(before, after).filter(speaks), unequal(after, before))) {
    if (!compared.now.features.includes(to)) continue;
    const difference = differenceOf(formulaOf(from), formulaOf(to));
    if (difference?.more && isLoosened({ from, to, difference }, compared, now, input)) return { from, to, difference };
  }
  return undefined;
}

function speaks({ words }: Feature): boolean {
  return words !== undefined && words.length > 0;
}

function conditionsOf(features: readonly Feature[]): readonly Feature[] {
  return ofKind(features, 'auth-condition');
}

function formulaOf({ value }: Feature): Formula {
  return JSON.parse(value ?? '""');
}

/** Those that let through the same as none of the others does; each of the others counts once. */
function unequal(some: readonly Feature[], others: readonly Feature[]): Feature[] {
  const left = [...others];
  return some.filter((one) => {
    const at = left.findIndex((other) => other.key === one.key);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Each with the one that has most of its parts; lists of roles with those of the same check. */
function paired(some: readonly Feature[], others: readonly Feature[]): { from: Feature; to: Feature }[] {
  const left = [...others];
  return some.flatMap((from) => {
    const common = (to: Feature) => {
      if (from.owner !== to.owner) return 0;
      const parts = partsOf(formulaOf(to));
      const shared = partsOf(formulaOf(from)).filter((part) => parts.includes(part)).length;
      return from.owner === undefined ? shared : shared + 1;
    };
    const best = left.reduce<Feature | undefined>(
      (most, to) => (common(to) > (most ? common(most) : 0) ? to : most),
      undefined,
    );
    if (!best) return [];
    left.splice(left.indexOf(best), 1);
    return [{ from, to: best }];
  });
}

/**
 * More is let through because of what speaks of access: a part that is gone, another way in beside one that stays, or the same parts
 * put together otherwise. A condition with other parts altogether was rewritten.
 */
function isLoosened(
  { from, to, difference }: Weakened,
  { base, now }: Compared,
  extended: Extended,
  input: RuleInput,
): boolean {
  const [before, after] = [partsOf(formulaOf(from)), partsOf(formulaOf(to))];
  const gone = before.filter((part) => !after.includes(part));
  const come = after.filter((part) => !before.includes(part));
  // Only what it decides is another: `a && <B />` became `if (a) return ...`.
  if (difference.less && plain(from) === plain(to)) return false;
  if (difference.less) {
    if (from.owner !== undefined) return before.length === 1 && after.length === 1;
    return gone.length === 0 && come.length === 0;
  }
  if (from.owner !== undefined || (gone.length === 0 && come.length === 0)) return true;
  if (come.length > 0) return gone.length === 0 && (from.words ?? []).some((word) => after.includes(word));
  const told = gone.filter((part) => from.words?.includes(part) && !isImplied(part, after));
  return (
    told.some((part) => isTestedLess(part, base.features, extended.features)) && !isCheckedElsewhere(told, now, input)
  );
}

function plain({ text }: Feature): string {
  return squeezed(text).replace(/!!/g, '');
}

/** `user` is told by `user.isAdmin` too. */
function isImplied(part: string, others: readonly string[]): boolean {
  return others.some((other) => other.startsWith(`${part}.`));
}

/** It stands in no other condition instead. Parts of lists and levels are no tests of their own. */
function isTestedLess(part: string, base: readonly Feature[], now: readonly Feature[]): boolean {
  const count = (features: readonly Feature[]) =>
    features.filter((one) => one.kind === 'tested' && one.literal === part).length;
  return count(base) === 0 || count(now) < count(base);
}

/** Another declaration of the change asks for it now. */
function isCheckedElsewhere(parts: readonly string[], now: Compared['now'], { pairs }: RuleInput): boolean {
  const names = parts.flatMap((part) => part.match(/[\w$]+(?=\(|$| )/g) ?? []);
  const asks = (features: readonly Feature[]) =>
    features.filter(
      ({ kind, words }) =>
        /^(?:auth|auth-condition|guardable)$/.test(kind) &&
        words?.some((one) => names.some((name) => one.includes(name))),
    ).length;
  return pairs.some(
    (pair) => pair.now && pair.now !== now && asks(pair.now.features) > asks(pair.base?.features ?? []),
  );
}
