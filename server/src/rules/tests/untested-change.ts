import type { DeclarationPair } from '../../change/change.ts';
import { containment } from '../../change/likeness.ts';
import type { Severity } from '../../core/finding.ts';
import { groupBy } from '../../core/group-by.ts';
import type { Declaration } from '../../facts/change-facts.ts';
import { shownName } from '../comparing/compared.ts';
import { namesCalled } from '../comparing/extended.ts';
import { ofKind } from '../comparing/of-kind.ts';
import { isSetApart, isTooling } from '../comparing/set-apart.ts';
import { isTestedBeside } from '../comparing/tested-beside.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly shown: string;
  readonly isNew: boolean;
  readonly branches: number;
  /** Where there are no tests at all: for a person. */
  readonly without: string | undefined;
}

export default defineRule({
  id: 'tests/untested-change',
  title: 'Changed function that no test reaches',
  why: 'It has branches, it changed, and no test file imports it, directly or through other files: nothing but production will tell whether it still works.',
  severity: 'warning',
  scope: 'change',
  group: 'tests',
  *check(input): Iterable<Evidence<Data>> {
    const untested = input.pairs.flatMap(({ path, base, now }) =>
      now && isWorthATest(path, now, input) && isUntested(path, now, base, input) ? [{ path, base, now }] : [],
    );
    const most = new Map<string, number>();
    for (const { path, now } of untested) most.set(path, Math.max(most.get(path) ?? 0, now.logicBranches));
    const told: { path: string; id: string }[] = [];
    for (const { path, base, now } of untested) {
      if (told.some((one) => one.path === path && now.container.startsWith(one.id))) continue;
      told.push({ path, id: now.id });
      const untestedPlace = placeWithoutTests(path, input);
      // One in a file is enough to send somebody there.
      const isMost = now.logicBranches === most.get(path);
      if (isMost) most.delete(path);
      yield {
        path,
        range: now.nameRange,
        subject: now.id,
        severity: isMost && !(base && isSlight(base, now)) ? severityOf(path, now, untestedPlace, input) : 'hint',
        declaration: now,
        data: {
          shown: shownName(now),
          isNew: base === undefined,
          branches: now.branches,
          without: untestedPlace,
        },
      };
    }
  },
  message: ({ data: { shown, isNew, branches, without: place } }) => {
    const what = `${isNew ? 'New' : 'Changed'}: ${shown} has ${branches} ${branches === 1 ? 'branch' : 'branches'}`;
    return place ? `${what}, and ${place} has no tests.` : `${what}, and no test reaches it.`;
  },
});

/** It decides as it did, and calls what it called: only values changed, a log came, or one call took another one's place. */
function isSlight(base: Declaration, now: Declaration): boolean {
  if (base.branches !== now.branches) return false;
  const [before, after] = [testedBy(base), testedBy(now)];
  if (before.size !== after.size || [...before].some((one) => !after.has(one))) return false;
  const [had, has] = [calledBy(base), calledBy(now)];
  const [lost, gained] = [[...had].filter((one) => !has.has(one)), [...has].filter((one) => !had.has(one))];
  return lost.length <= Math.min(1, gained.length) && gained.length <= 2;
}

/** Each once: `order?.id` and `order?.name` ask the same. */
function testedBy({ features }: Declaration): ReadonlySet<string> {
  return new Set(ofKind(features, 'tested').map(({ key }) => key));
}

/** What it calls, but for logs. */
function calledBy({ calls }: Declaration): ReadonlySet<string> {
  const isLog = (key: string) => /(?:^|\.)(?:console|log|logger|Logger|Sentry)\.\w+$/.test(key);
  return new Set(calls.filter(({ key }) => !isLog(key)).map(({ name }) => name));
}

/** `useHaptic`: what a hook does shows in the components that use it. */
function isHook({ name }: Declaration): boolean {
  return /^use[A-Z]/.test(name);
}

/** Fewer branches than these are read at a glance; what stands among markup is seen as well. */
const fewest = 2;
const fewestInMarkup = 3;

/** An alarm where code like it is tested; else, for what mostly renders, and for few branches, a hint: it would be told of nearly everything. */
function severityOf(path: string, now: Declaration, place: string | undefined, input: RuleInput): Severity | undefined {
  const isFew = now.logicBranches < (/\.[jt]sx$/.test(path) ? fewestInMarkup : fewest);
  return place || now.renders || isHook(now) || isFew || !isTestedBeside(path, input) ? 'hint' : undefined;
}

/** Where nothing is tested at all, one more untested change is no news. */
function placeWithoutTests(path: string, { reach }: RuleInput): string | undefined {
  if (!reach.hasTests) return 'this folder';
  return reach.hasTestsNear(path) ? undefined : `'${path.split('/').slice(0, 2).join('/')}'`;
}

/** A function with a branch that does more than choose what to render, in a file whose behaviour reaches a user. */
function isWorthATest(path: string, now: Declaration, input: RuleInput): boolean {
  if (now.kind !== 'function' && now.kind !== 'method' && !holdsFunction(now)) return false;
  return now.logicBranches > 0 && !isSetApart(path) && !isTooling(path) && !input.facts(path)?.generated;
}

function isUntested(path: string, now: Declaration, base: Declaration | undefined, input: RuleInput): boolean {
  return input.reach.testsOf(path).length === 0 && !isOnlyMoved(now, base, input.pairs);
}

function holdsFunction(now: Declaration): boolean {
  return (now.kind === 'variable' || now.kind === 'property') && now.statements.length > 0;
}

/** Nothing new in it: what was extracted from a declaration of the base, or what was left there, with no branch added. */
function isOnlyMoved(now: Declaration, base: Declaration | undefined, pairs: readonly DeclarationPair[]): boolean {
  const { added, callers } = callsIn(pairs);
  if (base) {
    const called = [...namesCalled(now)].flatMap((name) => added.get(name) ?? []);
    if (called.length === 0) return false;
    const before = new Set(base.shingles);
    const after = [now, ...called];
    return (
      after.reduce((sum, one) => sum + one.branches, 0) === base.branches &&
      containment([...new Set(after.flatMap((one) => one.shingles))], before) >= mostlyContained
    );
  }
  return (callers.get(now.name) ?? []).some(
    (before) => containment(now.shingles, new Set(before.shingles)) >= mostlyContained,
  );
}

interface Calls {
  /** New declarations, by name. */
  readonly added: ReadonlyMap<string, readonly Declaration[]>;
  /** Declarations as they were at the base, by the names of new ones that they call now. */
  readonly callers: ReadonlyMap<string, readonly Declaration[]>;
}

const known = new WeakMap<readonly DeclarationPair[], Calls>();

function callsIn(pairs: readonly DeclarationPair[]): Calls {
  const before = known.get(pairs);
  if (before) return before;
  const added = groupBy(
    pairs.flatMap((pair) => (pair.base || !pair.now ? [] : [pair.now])),
    ({ name }) => name,
  );
  const callers = new Map<string, Declaration[]>();
  for (const { base, now } of pairs) {
    for (const name of base && now && added.size > 0 ? namesCalled(now) : [])
      if (added.has(name)) callers.set(name, [...(callers.get(name) ?? []), base!]);
  }
  const calls = { added, callers };
  known.set(pairs, calls);
  return calls;
}

/** The seams of an extraction (parameters, the call, the return) are new tokens. */
const mostlyContained = 0.7;
