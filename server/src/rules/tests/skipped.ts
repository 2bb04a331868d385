import type { TestPair } from '../../change/match-tests.ts';
import { contains } from '../../core/text.ts';
import type { TestCase } from '../../facts/test-cases.ts';
import { toldOnce } from '../comparing/told-once.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly title: string;
  readonly isSuite: boolean;
  readonly mark: NonNullable<TestCase['mark']>;
  readonly markText: string;
  /** How many more of the file are marked so. */
  readonly beside?: number;
}

export default defineRule({
  id: 'tests/skipped',
  title: 'Test switched off, or the only one left on',
  why: 'A test that does not run says nothing, and looks like one that passes. With `only`, all the others of its file are silent.',
  severity: 'warning',
  scope: 'change',
  group: 'tests',
  // Who switches off one test of a file mostly does so with several, for one reason.
  check: (input) =>
    toldOnce(switchedOff(input), {
      input,
      id: 'tests/skipped',
      group: 'tests',
      most: 1,
      causeOf: ({ path, data: { mark } }) => `${mark} ${path}`,
    }),
  message: ({ data: { title, isSuite, mark, markText, beside = 0 } }) => {
    const others = beside === 0 ? '' : ` So ${beside === 1 ? 'is' : 'are'} ${beside} more of this file.`;
    const what = isSuite ? `The tests of '${title}'` : `The test '${title}'`;
    const verb = isSuite ? 'are' : 'is';
    if (mark === 'only') return `${what} ${verb} marked '${markText}': no other test of this file runs.${others}`;
    if (mark === 'todo') return `${what} ${verb} no more than a title now ('${markText}').${others}`;
    return `${what} ${verb} switched off by '${markText}': what ${isSuite ? 'they say' : 'it says'} is no longer checked.${others}`;
  },
});

function* switchedOff(input: RuleInput): Iterable<Evidence<Data>> {
  for (const one of newlyMarked(input)) {
    const { path, base, now } = one;
    const { mark, markText = '', titles, nameRange, explained } = now;
    const isMeant = (explained && mark !== 'only') || isHarmless(one, input);
    yield {
      path,
      range: nameRange,
      subject: titles.join(' > '),
      severity: isMeant ? 'hint' : undefined,
      related: base ? [{ path, range: nameRange, message: 'It ran before', text: base.titles.at(-1) ?? '' }] : [],
      data: { title: titles.at(-1) ?? '', isSuite: now.kind === 'suite', mark, markText },
    };
  }
}

/** A test that was born switched off took nothing away, and the only one of its file silences no other. */
function isHarmless({ path, base, now }: Marked, input: RuleInput): boolean {
  if (now.mark !== 'only') return base === undefined;
  const cases = input.testFile(path)?.now?.cases ?? [];
  return cases.filter(({ kind }) => kind === 'case').length === 1;
}

type Marked = TestPair & { readonly now: TestCase & { readonly mark: NonNullable<TestCase['mark']> } };

/** A new test that is only planned takes nothing away. What stands in a suite that is told is told with it. */
function* newlyMarked({ tests }: RuleInput): Iterable<Marked> {
  const told: { path: string; test: TestCase }[] = [];
  for (const pair of tests) {
    const { path, base, now } = pair;
    if (!now?.mark || base?.mark === now.mark || (base?.mark === 'todo' && now.mark === 'skip')) continue;
    if (now.mark === 'todo' && !base) continue;
    if (told.some((one) => one.path === path && contains(one.test.range, now.range))) continue;
    told.push({ path, test: now });
    yield pair as Marked;
  }
}
