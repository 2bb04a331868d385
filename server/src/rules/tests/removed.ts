import type { ChangedFile } from '../../change/change.ts';
import { containment } from '../../change/likeness.ts';
import type { TestPair } from '../../change/match-tests.ts';
import { basename, dirname } from '../../core/paths.ts';
import type { TextRange } from '../../core/text.ts';
import { wordsOfCode } from '../../core/words.ts';
import type { TestCase } from '../../facts/test-cases.ts';
import { textNow } from '../comparing/compared.ts';
import { goneWords } from '../comparing/gone-words.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly path: string;
  readonly titles: readonly string[];
  /** At the base. */
  readonly ranges: readonly TextRange[];
  /** Where the whole file is gone: its path, and that of what it tested. */
  readonly file: string | undefined;
  readonly subject: string | undefined;
}

export default defineRule({
  id: 'tests/removed',
  title: 'Test removed while what it tested stays',
  why: 'A test that fails is removed faster than it is understood. What it held to be so is now free to break.',
  severity: 'warning',
  scope: 'change',
  group: 'tests',
  *check(input): Iterable<Evidence<Data>> {
    const byFile = new Map<string, TestPair[]>();
    for (const pair of input.tests) byFile.set(pair.path, [...(byFile.get(pair.path) ?? []), pair]);
    for (const [path, pairs] of byFile) {
      const removed = removedTests(pairs, input);
      if (removed.length === 0) continue;
      const text = textNow(input, path);
      const subject = text === undefined ? subjectOf(path, input) : undefined;
      if (text === undefined && subject === undefined) continue;
      const place = subject ?? path;
      const range = subject ? firstLine(input, subject) : anchorIn(text!, removed[0]!, pairs, input);
      const baseText = input.change?.files.find((one) => one.path === path)?.base ?? '';
      yield {
        path: place,
        range,
        subject: path,
        related: removed.slice(0, 5).map(({ range: at }) => ({
          path: place,
          range,
          message: 'The test that stood here',
          text: baseText.slice(at.start, at.end),
        })),
        data: {
          path,
          titles: removed.map(({ titles }) => titles.at(-1) ?? ''),
          ranges: removed.map((one) => one.range),
          file: subject && path,
          subject,
        },
      };
    }
  },
  message: ({ data: { titles, file, subject } }) => {
    if (file) return `Its tests are gone with '${file}' (${titles.length}), while '${subject}' still stands.`;
    const [first, second] = titles;
    if (titles.length === 1) return `The test '${first}' is gone, while what it tested still stands.`;
    const more = titles.length > 2 ? ` and ${titles.length - 2} more` : '';
    return `The tests '${first}'${more ? ',' : ' and'} '${second}'${more} are gone, while what they tested still stands.`;
  },
  // One is brought back as all that is gone is.
  fixes: ({ data: { path, titles, ranges, file } }) =>
    file || titles.length < 2
      ? []
      : [{ id: 'restore', title: `Restore ${titles.length} tests`, safe: false, data: { path, ranges } }],
});

/** Cases that stand nowhere any more: neither rewritten, nor merged into others, nor without a subject. */
function removedTests(pairs: readonly TestPair[], input: RuleInput): TestCase[] {
  const gone = pairs.flatMap(({ base, now }) => (base?.kind === 'case' && !now && ran(base) ? [base] : []));
  if (gone.length === 0) return [];
  const words = goneWords(input);
  const fresh = input.tests.flatMap(({ base, now, path }) =>
    now?.kind === 'case' && (!base || base.normal !== now.normal) ? [{ test: now, isNew: !base, path }] : [],
  );
  const path = pairs[0]!.path;
  const setUp = goneSetUp(path, gone, input);
  const left = gone.filter(
    (one) =>
      !one.words.some((word) => words.has(word) || setUp.has(word)) &&
      !isMerged(one, fresh) &&
      !isNamedStill(one, input),
  );
  // A test that was written anew has nothing in common with the old one but its place.
  const written = fresh.filter((one) => one.isNew && one.path === path).length;
  return left.length > 0 && written >= gone.length ? [] : left.slice(0, Math.max(0, gone.length - written));
}

/** Words that the rest of the test file lost too: of a helper, a mock, an argument that no test gives any more. */
function goneSetUp(path: string, gone: readonly TestCase[], { change }: RuleInput): ReadonlySet<string> {
  const file = change?.files.find((one) => one.path === path);
  if (file?.base === undefined || file.now === undefined) return new Set();
  const asked = gone.map(({ range }) => `${range.start}-${range.end}`).join();
  const known = setUps.get(file);
  if (known?.asked === asked) return known.words;
  let rest = file.base;
  for (const { range } of gone.toReversed()) rest = rest.slice(0, range.start) + rest.slice(range.end);
  const now = new Set(wordsOfCode(file.now));
  const words = new Set(wordsOfCode(rest.replace(/^import\b[^;]*?from.*$/gm, '')).filter((word) => !now.has(word)));
  setUps.set(file, { asked, words });
  return words;
}

const setUps = new WeakMap<ChangedFile, { readonly asked: string; readonly words: ReadonlySet<string> }>();

/** A test that did not run is no loss. */
function ran({ mark }: TestCase): boolean {
  return mark !== 'skip' && mark !== 'todo';
}

interface Fresh {
  readonly test: TestCase;
  readonly isNew: boolean;
}

/** Most of it, or its title, stands in a test that is new or changed: in a row of a table, in a longer test. */
function isMerged(gone: TestCase, fresh: readonly Fresh[]): boolean {
  const title = wordsOfCode(gone.titles.at(-1) ?? '');
  return fresh.some(({ test }) => {
    const merged = containment(gone.shingles, setOf(test.shingles));
    if (merged >= 0.6) return true;
    if (!test.table) return false;
    return merged >= 0.25 || share(title, new Set(test.words)) >= 0.5;
  });
}

const sets = new WeakMap<readonly number[], ReadonlySet<number>>();

function setOf(shingles: readonly number[]): ReadonlySet<number> {
  const known = sets.get(shingles) ?? new Set(shingles);
  sets.set(shingles, known);
  return known;
}

function share(some: readonly string[], words: ReadonlySet<string>): number {
  return some.length === 0 ? 0 : some.filter((one) => words.has(one)).length / some.length;
}

/** Its title stands in the changed test files as often as before: under another word for a test, or in a comment that says where it went. */
function isNamedStill({ titles }: TestCase, input: RuleInput): boolean {
  const title = titles.at(-1) ?? '';
  if (title.length < 8) return false;
  const count = (text = '') => withoutSwitchedOff(text).split(title).length - 1;
  const tests = (input.change?.files ?? []).filter((one) => one.test);
  const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);
  return sum(tests.map((one) => count(one.now))) >= sum(tests.map((one) => count(one.base)));
}

/** A test that was made a comment is as good as gone. */
function withoutSwitchedOff(text: string): string {
  return text
    .replace(/^[ \t]*\/\/[^\n]*\b(?:it|test|specify)(?:\.\w+)*\s*\([^\n]*$/gm, '')
    .replace(/\/\*[\s\S]*?\*\//g, (comment) =>
      /\b(?:it|test|specify)(?:\.\w+)*\s*\(\s*['"`]/.test(comment) ? '' : comment,
    );
}

/** What a deleted test file tested, by its name: beside it or above it, unless other new tests reach it. */
function subjectOf(path: string, input: RuleInput): string | undefined {
  const match = /^(.+?)[._-](?:test|spec)\.([cm]?[jt]sx?)$/.exec(basename(path));
  const name = match?.[1] ?? basename(path).replace(/\.[cm]?[jt]sx?$/, '');
  const folder = dirname(path);
  const folders = [folder, folder.replace(/\/?(?:__tests__|tests?)$/, '')];
  for (const one of new Set(folders))
    for (const end of ['ts', 'tsx', 'js', 'jsx', 'mts', 'cts', 'mjs', 'cjs']) {
      const subject = `${one === '' ? '' : `${one}/`}${name}.${end}`;
      if (subject !== path && input.facts(subject)) return isTestedAnew(subject, input) ? undefined : subject;
    }
  return undefined;
}

/** A test that is new in this change reaches it. */
function isTestedAnew(subject: string, { change, reach }: RuleInput): boolean {
  const tests = new Set(reach.testsOf(subject));
  return (change?.files ?? []).some((one) => one.test && one.base === undefined && tests.has(one.path));
}

function firstLine(input: RuleInput, path: string): TextRange {
  const text = textNow(input, path);
  const found = text === undefined ? undefined : /\S[^\r\n]*/.exec(text);
  // The text of a file that did not change is not at hand.
  return found ? { start: found.index, end: found.index + found[0].length } : { start: 0, end: 1 };
}

/** The test that follows in the file, else the one before it, else the first line. */
function anchorIn(text: string, removed: TestCase, pairs: readonly TestPair[], input: RuleInput): TextRange {
  const file = input.testFile(pairs[0]!.path);
  const now = file?.now?.cases ?? [];
  const base = file?.base?.cases ?? [];
  const at = base.findIndex((one) => one.range.start === removed.range.start);
  const counterpart = (one: TestCase) =>
    now.find((other) => other.kind === one.kind && other.titles.join('\n') === one.titles.join('\n'));
  for (const one of [...base.slice(at + 1), ...base.slice(0, Math.max(0, at)).reverse()]) {
    const found = counterpart(one);
    if (found) return found.nameRange;
  }
  const line = /\S[^\r\n]*/.exec(text);
  return line ? { start: line.index, end: line.index + line[0].length } : { start: 0, end: 0 };
}
