import { containment } from '../../change/likeness.ts';
import { count } from '../../core/count.ts';
import { wordsOfCode } from '../../core/words.ts';
import type { Assertion } from '../../facts/assertions.ts';
import type { TestCase } from '../../facts/test-cases.ts';
import { textNow } from '../comparing/compared.ts';
import { goneMembers, goneWords } from '../comparing/gone-words.ts';
import { rewrittenSnapshots } from '../comparing/inline-snapshots.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly title: string;
  readonly from: string;
  /** Undefined: gone. */
  readonly to: string | undefined;
  /** How many assertions are gone, and how many are left. */
  readonly gone: number;
  readonly left: number;
  /** How many other tests of the file hold less to be so. */
  readonly more: number;
  /** How many inline snapshots were written anew, and whether one of them holds nothing now. */
  readonly snapshots?: { readonly count: number; readonly emptied: boolean };
}

export default defineRule({
  id: 'tests/assert-weakened',
  title: 'Assertion weakened or removed',
  why: 'A test that holds less to be so passes more easily. An assertion is often loosened just where the change broke what it held.',
  severity: 'warning',
  scope: 'change',
  group: 'tests',
  *check(input): Iterable<Evidence<Data>> {
    for (const [path, tests] of weakenedByFile(input)) {
      // One finding a file: who loosens one assertion often loosens all of its kind.
      const [{ found, now }] = tests;
      const range = found.to?.range ?? now.nameRange;
      yield {
        path,
        range,
        subject: now.titles.join(' > '),
        severity: tests.every((one) => one.found.edited) ? 'hint' : found.slight ? 'info' : undefined,
        related: tests.slice(0, 5).map((one) => ({
          path,
          range: one.found.to?.range ?? one.now.nameRange,
          message: one.found.to ? 'It was' : 'The assertion that stood here',
          text: one.found.from.text,
        })),
        data: {
          title: now.titles.at(-1) ?? '',
          from: shown(found.from),
          to: found.to && shown(found.to),
          gone: found.gone,
          left: now.assertions.length,
          more: tests.length - 1,
        },
      };
    }
    yield* newSnapshots(input);
  },
  message: ({ data: { title, from, to, gone, left, more, snapshots } }) => {
    if (snapshots?.emptied) return `The snapshot in '${title}' held something, and holds nothing now.`;
    if (snapshots)
      return `${count(snapshots.count, 'snapshot')} written anew, and nothing else in these tests: they hold whatever the code does now.`;
    const others = more === 0 ? '' : ` The same goes for ${count(more, 'other test')} of this file.`;
    if (to) return `'${title}' asserted '${from}', and asserts only '${to}' now.${others}`;
    if (left === 0) return `'${title}' asserts nothing any more: it passes whatever happens.${others}`;
    const what = gone === 1 ? `an assertion ('${from}')` : `${gone} assertions ('${from}' among them)`;
    return `'${title}' lost ${what}, while the rest of it stays.${others}`;
  },
});

/** They change with the code, mostly by command: a hint to read them. */
function* newSnapshots(input: RuleInput): Iterable<Evidence<Data>> {
  for (const { path, test, from, range, count: all, emptied } of rewrittenSnapshots(input)) {
    const title = test.titles.at(-1) ?? '';
    yield {
      path,
      range,
      subject: test.titles.join(' > '),
      severity: emptied ? 'info' : 'hint',
      related: [{ path, range, message: 'It was', text: from.text }],
      data: { title, from: shown(from), to: undefined, gone: 0, left: 0, more: 0, snapshots: { count: all, emptied } },
    };
  }
}

interface Weakened {
  readonly found: Found;
  readonly now: TestCase;
}

/** By path, tests that hold less to be so, the worst first. */
function weakenedByFile(input: RuleInput): Map<string, [Weakened, ...Weakened[]]> {
  const files = new Map<string, [Weakened, ...Weakened[]]>();
  for (const { path, base, now } of input.tests) {
    if (!base || !now || now.kind === 'suite' || base.normal === now.normal || now.mark === 'skip') continue;
    const found = weakened(base, now, input) ?? fewer(base, now, path, input);
    if (!found) continue;
    const known = files.get(path);
    if (!known) files.set(path, [{ found, now }]);
    else if (known[0].found.slight && !found.slight) known.unshift({ found, now });
    else known.push({ found, now });
  }
  return files;
}

interface Found {
  readonly from: Assertion;
  readonly to?: Assertion;
  readonly gone: number;
  readonly slight: boolean;
  /** The test got other things, too: more than an assertion was cut out. */
  readonly edited?: boolean;
}

/** An assertion about the same thing that now rules out less. */
function weakened(base: TestCase, now: TestCase, input: RuleInput): Found | undefined {
  const [before, after] = differing(base.assertions, now.assertions);
  for (const from of before) {
    const same = after.filter((one) => one.subject === from.subject);
    const to = same.find((one) => rulesOutLess(from, one));
    if (!to || same.some((one) => one !== to && !rulesOutLess(from, one)) || isOpposite(from, to)) continue;
    if (after.some((one) => one.subject.startsWith(`${from.subject}.`) && !rulesOutLess(from, one))) continue;
    if (wordsOfCode(from.text).some((word) => goneWords(input).has(word))) continue;
    const slight = (from.strength ?? 0) - (to.strength ?? 0) < 2 || from.matcher === to.matcher;
    return { from, to, gone: 1, slight };
  }
  return undefined;
}

/** Nothing was there, and something is now: the other way round, not less. */
function isOpposite(from: Assertion, to: Assertion): boolean {
  return nothing.test(from.matcher) && /^(?:toBeDefined|toBeTruthy|not\..*|exists?|isOk|ok|truthy)$/.test(to.matcher);
}

const nothing =
  /^(?:toBeUndefined|toBeNull|toBeFalsy|toBeNaN|undefined|null|falsy|notOk|not\.(?:toBeDefined|exist|ok))$/;

function rulesOutLess(from: Assertion, to: Assertion): boolean {
  if (from.matcher === to.matcher && from.strength === to.strength) return to.open > from.open && isFixed(from, to);
  return from.strength !== undefined && to.strength !== undefined && to.strength < from.strength;
}

/** Only some of its expected values were opened, and nothing else: not an object with other members. */
function isFixed(from: Assertion, to: Assertion): boolean {
  return from.open === 0 && Math.abs(from.text.split(/[,:]/).length - to.text.split(/[,:]/).length) <= 1;
}

/** Assertions that are gone from a test that got nothing new: one that was rewritten holds other things to be so. */
function fewer(base: TestCase, now: TestCase, path: string, input: RuleInput): Found | undefined {
  const [before, after] = differing(base.assertions, now.assertions);
  const gone = before.length - after.length;
  if (gone <= 0 || after.length > 0 || gainsCheck(base, now)) return undefined;
  if (now.shingles.length > 0 && containment(now.shingles, new Set(base.shingles)) < mostlyContained) return undefined;
  const words = goneWords(input);
  const text = textNow(input, path) ?? '';
  const lost = before.filter(
    (one) => !wordsOfCode(one.text).some((word) => words.has(word)) && !standsElsewhere(one, now, text, base, input),
  );
  const [from] = lost;
  const known = new Set(base.words);
  const edited =
    now.assertions.length > 0 &&
    (now.words.some((one) => !known.has(one)) ||
      losesStep(base, now, before) ||
      lost.every((one) => isOfGone(one, input)));
  return from && { from, gone: lost.length, slight: now.assertions.length > 0, edited };
}

/** Words that stood outside of its assertions are gone as well: a step, a mock, an argument. */
function losesStep(base: TestCase, now: TestCase, lost: readonly Assertion[]): boolean {
  const left = new Set([...now.words, ...lost.flatMap((one) => wordsOfCode(one.text))]);
  return base.words.some((one) => !left.has(one));
}

/** It spoke of a member that a type or an object of the code has no more. */
function isOfGone({ subject }: Assertion, input: RuleInput): boolean {
  const member = /\.([\w$]+)$/.exec(subject)?.[1];
  return member !== undefined && goneMembers(input).has(member);
}

/** Where an assertion was cut out, its neighbours make new token windows. */
const mostlyContained = 0.75;

/** What is on one side only, each counted once. */
function differing(base: readonly Assertion[], now: readonly Assertion[]): [Assertion[], Assertion[]] {
  return [without(base, now), without(now, base)];
}

function without(some: readonly Assertion[], others: readonly Assertion[]): Assertion[] {
  const left = others.map(keyOf);
  return some.filter((one) => {
    const at = left.indexOf(keyOf(one));
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

function keyOf({ text }: Assertion): string {
  return text
    .replace(/\s+/g, '')
    .replace(/,(?=[)\]}])/g, '')
    .replace(/["`]/g, "'");
}

/** A new helper or step may hold it now. */
function gainsCheck(base: TestCase, now: TestCase): boolean {
  const known = new Set(base.words);
  return now.words.some(
    (one) => !known.has(one) && /^(?:expect|assert|verify|check|ensure|should|validate)/i.test(one),
  );
}

/** The same stands in another test of the change that did not have it, or in the file outside of what it was counted in. */
function standsElsewhere(one: Assertion, now: TestCase, text: string, base: TestCase, input: RuleInput): boolean {
  const key = keyOf(one);
  const has = (test: TestCase | undefined) => test?.assertions.some((other) => keyOf(other) === key) ?? false;
  if (input.tests.some((pair) => pair.now !== now && pair.base !== base && has(pair.now) && !has(pair.base)))
    return true;
  return now.table && text.includes(one.subject);
}

function shown({ text }: Assertion): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 70 ? line : `${line.slice(0, 67)}...`;
}
