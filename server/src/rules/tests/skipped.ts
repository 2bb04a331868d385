import type { TestPair } from '../../change/match-tests.ts';
import { contains } from '../../core/text.ts';
import type { TestCase } from '../../facts/test-cases.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly title: string;
  readonly isSuite: boolean;
  readonly mark: NonNullable<TestCase['mark']>;
  readonly markText: string;
}

export default defineRule({
  id: 'tests/skipped',
  title: 'Test switched off, or the only one left on',
  why: 'A test that does not run says nothing, and looks like one that passes. With `only`, all the others of its file are silent.',
  severity: 'warning',
  scope: 'change',
  group: 'tests',
  *check(input): Iterable<Evidence<Data>> {
    for (const { path, base, now } of newlyMarked(input)) {
      const { mark, markText = '', titles, nameRange, explained } = now;
      yield {
        path,
        range: nameRange,
        subject: titles.join(' > '),
        severity: explained && mark !== 'only' ? 'info' : undefined,
        related: base ? [{ path, range: nameRange, message: 'It ran before', text: base.titles.at(-1) ?? '' }] : [],
        data: { title: titles.at(-1) ?? '', isSuite: now.kind === 'suite', mark, markText },
      };
    }
  },
  message: ({ data: { title, isSuite, mark, markText } }) => {
    const what = isSuite ? `The tests of '${title}'` : `The test '${title}'`;
    const verb = isSuite ? 'are' : 'is';
    if (mark === 'only') return `${what} ${verb} marked '${markText}': no other test of this file runs.`;
    if (mark === 'todo') return `${what} ${verb} no more than a title now ('${markText}').`;
    return `${what} ${verb} switched off by '${markText}': what ${isSuite ? 'they say' : 'it says'} is no longer checked.`;
  },
});

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
