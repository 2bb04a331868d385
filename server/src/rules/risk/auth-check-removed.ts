import type { Declaration, Feature } from '../../facts/change-facts.ts';
import { anchorOf } from '../comparing/anchor.ts';
import { type Compared, shownName, textNow } from '../comparing/compared.ts';
import { differing, differingPairs } from '../comparing/differing.ts';
import { extend, type Helpers, helpersOf } from '../comparing/extended.ts';
import { guardName, learnedGuards } from '../comparing/learned-guards.ts';
import { ofKind } from '../comparing/of-kind.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly check: string;
  readonly protects: string;
}

export default defineRule({
  id: 'risk/auth-check-removed',
  title: 'Access check removed',
  why: 'What the check refused now goes through. Guards are what edits lose most often, and no test fails when nobody wrote one for the refusal.',
  severity: 'error',
  scope: 'change',
  group: 'auth',
  *check(input): Iterable<Evidence<Data>> {
    const helpers = helpersOf(input);
    for (const compared of differing(input, 'auth', 'guardable')) {
      const feature = lostChecks(compared, helpers, input)[0];
      if (!feature) continue;
      const { path, now } = compared;
      const range = anchorOf(compared, feature.range);
      yield {
        path,
        range,
        subject: now.id,
        compared,
        related: [{ path, range, message: 'The access check that stood here', text: feature.text }],
        data: {
          check: shownCheck(feature.text),
          protects: feature.protects?.[0] ? `'${feature.protects[0].replace(/^procedure /, '')}'` : shownName(now),
        },
      };
    }
  },
  message: ({ data: { check, protects } }) =>
    `The access check '${check}' is gone: ${protects} now runs for everybody who reaches it.`,
});

function lostChecks(compared: Compared, helpers: Helpers, input: RuleInput): readonly Feature[] {
  const { features } = extend(compared.base, helpers.removed);
  if (!mayCheck(features)) return [];
  const learned = learnedGuards(compared, input);
  const before = checksOf(features, input, learned);
  if (before.length === 0) return [];
  const now = extend(compared.now, helpers.added).features;
  const after = checksOf(now, input, learned);
  const lost = withoutEqual(before, after).filter(
    (one) => !after.some((other) => identity(other) !== identity(one) && isCovered(one, other)),
  );
  const gained = withoutEqual(after, before).length;
  return lost
    .slice(0, Math.max(0, lost.length - gained))
    .filter((one) => stillStands(one, compared, input) && !isElsewhere(one, compared, input))
    .filter((one) => !isTestedStill(one, features, now))
    .filter((one) => !isReplaced(one, compared, input) && !isOfGoneHelper(one, compared, helpers));
}

const namesRight = /admin|role|permi|auth|owner|access|guard/i;
const asksRight = /^(?:can|has|is|may|must)[A-Z]/;

/**
 * Something is asked for as often as before (`member.id ? await find(member.id) : null`), by a name that speaks of no right: what it is
 * refused with told that it is a check.
 */
function isTestedStill(
  { key, range, words = [] }: Feature,
  base: readonly Feature[],
  now: readonly Feature[],
): boolean {
  if (!key.startsWith('if ') || words.some((word) => namesRight.test(word) || asksRight.test(word))) return false;
  const asked = ofKind(base, 'tested').filter((one) => one.range.start >= range.start && one.range.end <= range.end);
  const count = (some: readonly Feature[], literal: string | undefined) =>
    ofKind(some, 'tested').filter((one) => one.literal === literal).length;
  return asked.length > 0 && asked.every(({ literal }) => count(now, literal) >= count(base, literal));
}

/** It stood in a helper that is gone together with all that it called past the check: a handler, say. */
function isOfGoneHelper(lost: Feature, { base, now }: Compared, { added, removed }: Helpers): boolean {
  if (base.features.includes(lost)) return false;
  const helper = [...removed.values()].find(({ features }) => features.includes(lost));
  if (!helper) return false;
  const called = new Set(extend(now, added).calls.map(({ key }) => key));
  return !helper.calls.some(({ key, range }) => range.start >= lost.range.end && called.has(key));
}

/** The guard itself is gone, or has another name, and one that came, or that name, is called in its place. */
function isReplaced({ words }: Feature, { base, now }: Compared, { pairs }: RuleInput): boolean {
  const old = pairs.filter((one) => one.base && words?.includes(one.base.name) && one.now?.name !== one.base.name);
  if (old.length === 0) return false;
  const known = new Set(base.calls.map(({ name }) => name));
  const came = new Set(now.calls.flatMap(({ name }) => (known.has(name) ? [] : [name])));
  const isGuard = ({ features }: Declaration) =>
    features.some(
      ({ kind, value }) => kind === 'auth' || (kind === 'validation' && (value === 'throws' || value === 'refuses')),
    );
  return (
    old.some((one) => one.now && came.has(one.now.name)) ||
    pairs.some((one) => !one.base && one.now && came.has(one.now.name) && isGuard(one.now))
  );
}

function mayCheck(features: readonly Feature[]): boolean {
  return ofKind(features, 'auth').length > 0 || ofKind(features, 'guardable').length > 0;
}

/** What is recognised as a check, what the policy names as one, and what is learned from other routes. */
function checksOf(
  features: readonly Feature[],
  { policy }: RuleInput,
  learned: ReadonlySet<string> = new Set(),
): readonly Feature[] {
  if (!mayCheck(features)) return [];
  const { authChecks } = policy.risk;
  const isNamed = (one: Feature) =>
    authChecks.some((name) => one.words?.includes(name)) || learned.has(guardName(one) ?? '');
  return features.filter((one) => one.kind === 'auth' || (one.kind === 'guardable' && isNamed(one)));
}

/** Those of the first list that have no equal in the second one, each equal counted once: equal by name first, then with renamed locals. */
function withoutEqual(some: readonly Feature[], others: readonly Feature[]): Feature[] {
  const left = [...others];
  const without = (list: readonly Feature[], of: (one: Feature) => string) =>
    list.filter((one) => {
      const at = left.findIndex((other) => of(other) === of(one));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  return without(
    without(some, (one) => `${identity(one)} ${one.words?.join()}`),
    identity,
  );
}

function identity(feature: Feature): string {
  return `${feature.key} > ${feature.protects?.join(',') ?? ''}`;
}

/** All names of the lost check stand in the other one: two checks became one, or it was rewritten. */
function isCovered(lost: Feature, other: Feature): boolean {
  if (lost.protects?.[0] !== other.protects?.[0]) return false;
  return (lost.words ?? []).every((word) => other.words?.includes(word));
}

/** What it protected is still there: the route, the procedure, or something that ran after the check. */
function stillStands(lost: Feature, { base, now, path }: Compared, input: RuleInput): boolean {
  const target = lost.protects?.[0];
  if (target?.startsWith('use '))
    return new RegExp(`['"\`]${escaped(target.slice(4))}['"\`]`).test(textNow(input, path) ?? '');
  if (target !== undefined)
    return (input.changeFacts(path)?.declarations ?? [now]).some((one) => one.routes.includes(target));
  const within = (start: number) => start >= lost.range.start && start < lost.range.end;
  const protectedCalls = base.calls.filter((one) => !within(one.range.start)).map((one) => one.key);
  return protectedCalls.length === 0 || now.calls.some((one) => protectedCalls.includes(one.key));
}

/** Checked by what holds it (router, class), or by another declaration that checks now and did not before. */
function isElsewhere(lost: Feature, { base, now, path }: Compared, input: RuleInput): boolean {
  const isSame = (other: Feature) =>
    other.key === lost.key || (lost.words ?? []).every((word) => other.words?.includes(word));
  const around = (input.changeFacts(path)?.declarations ?? []).filter(
    (one) => one.kind === 'module' || one.kind === 'class' || now.container.includes(one.id) || one === now,
  );
  const general = around.flatMap((one) =>
    checksOf(one.features, input).filter((at) => !at.protects?.length && one !== now),
  );
  const gained = withoutEqual(checksOf(now.features, input), checksOf(base.features, input));
  const ownGeneral = [
    ...checksOf(now.features, input).filter((one) => one.protects?.length === 0),
    ...gained.filter((one) => one.protects?.[0]?.startsWith('use ')),
  ];
  if ([...general, ...ownGeneral].some(isSame)) return true;
  return gainedChecks(input).some((one) => one.now !== now && one.gained.some(isSame));
}

interface GainedChecks {
  readonly now: Declaration;
  readonly gained: readonly Feature[];
}

interface GainedBy {
  readonly base: Declaration | undefined;
  readonly policy: RuleInput['policy'];
  readonly all: readonly GainedChecks[];
}

const gainedBy = new WeakMap<Declaration, GainedBy>();
const gainedIn = new WeakMap<RuleInput['pairs'], readonly GainedChecks[]>();

/** Declarations of the change that check more than they did. */
function gainedChecks(input: RuleInput): readonly GainedChecks[] {
  const known = gainedIn.get(input.pairs);
  if (known) return known;
  const all = differingPairs(input, 'auth', 'guardable').flatMap(({ base, now }) => {
    if (!now || !mayCheck(now.features)) return [];
    const known = gainedBy.get(now);
    if (known && known.base === base && known.policy === input.policy) return known.all;
    const gained = withoutEqual(checksOf(now.features, input), checksOf(base?.features ?? [], input));
    const all = gained.length === 0 ? [] : [{ now, gained }];
    gainedBy.set(now, { base, policy: input.policy, all });
    return all;
  });
  gainedIn.set(input.pairs, all);
  return all;
}

function escaped(text: string): string {
  return text.replace(/[$()[\]{}.*+?^|\\]/g, '\\$&');
}

function shownCheck(text: string): string {
  const line = (/^if\s*\(.*?\)\s*(?=[{\n]|return|throw)/s.exec(text)?.[0] ?? text).replace(/\s+/g, ' ').trim();
  return line.length <= 60 ? line : `${line.slice(0, 57)}...`;
}
