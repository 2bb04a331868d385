import type { TextRange } from '../../core/text.ts';
import type { Assertion } from '../../facts/assertions.ts';
import type { TestCase } from '../../facts/test-cases.ts';
import type { RuleInput } from '../rule.ts';

/** Snapshots in a file of tests that were written anew, while nothing else of the tests changed. */
export interface Rewritten {
  readonly path: string;
  readonly test: TestCase;
  readonly count: number;
  /** One that holds nothing any more comes first. */
  readonly from: Assertion;
  readonly range: TextRange;
  readonly emptied: boolean;
}

/** By file, one each, where all that changed in its tests are inline snapshots. */
export function* rewrittenSnapshots(input: RuleInput): Iterable<Rewritten> {
  const paths = new Set(input.tests.map(({ path }) => path));
  for (const path of paths) {
    const file = input.change?.files.find((one) => one.path === path);
    const pairs = input.tests.filter((one) => one.path === path && (one.base ?? one.now)?.kind !== 'suite');
    const found = pairs.map(({ base, now }) => base && now && inTest(base, now, file?.base ?? '', file?.now ?? ''));
    const told = found.flatMap((one) => one ?? []);
    if (told.length === 0 || found.some((one) => !one)) continue;
    const first = told.find(({ from, to }) => isEmptied(from, to)) ?? told[0]!;
    const { test, from, to } = first;
    yield { path, test, from, range: to.range, count: told.length, emptied: isEmptied(from, to) };
  }
}

interface Pair {
  readonly test: TestCase;
  readonly from: Assertion;
  readonly to: Assertion;
}

/** Undefined where more of the test changed. */
function inTest(base: TestCase, now: TestCase, baseText: string, nowText: string): Pair[] | undefined {
  const [before, after] = [base.assertions.filter(isSnapshot), now.assertions.filter(isSnapshot)];
  if (before.length === 0 || before.length !== after.length) return undefined;
  if (masked(base, before, baseText) !== masked(now, after, nowText)) return undefined;
  return before.flatMap((from, i) => (from.text === after[i]!.text ? [] : [{ test: now, from, to: after[i]! }]));
}

function isSnapshot({ matcher }: Assertion): boolean {
  return /InlineSnapshot$/.test(matcher);
}

/** A test without what its snapshots hold, and without layout. */
function masked({ range }: TestCase, snapshots: readonly Assertion[], text: string): string {
  let [rest, end] = ['', range.start];
  for (const one of snapshots) {
    rest += `${text.slice(end, one.range.start)}${one.subject}|${one.matcher}`;
    end = one.range.end;
  }
  return (rest + text.slice(end, range.end)).replace(/\s+/g, '');
}

function isEmptied(from: Assertion, to: Assertion): boolean {
  return isNothing(to) && !isNothing(from);
}

/** A snapshot of nothing: `undefined`, an empty list, an empty text. */
function isNothing({ text }: Assertion): boolean {
  const held = /InlineSnapshot\(([\s\S]*)\)\s*$/.exec(text)?.[1] ?? '';
  return /^(?:undefined|null|NaN|(?:Array|Object)?\[\]|(?:Array|Object)?\{\}|"")?$/.test(
    held.replace(/[\s`;]|\\/g, ''),
  );
}
