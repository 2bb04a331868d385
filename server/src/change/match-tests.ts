import type { TestCase, TestCases } from '../facts/test-cases.ts';
import { likeness } from './likeness.ts';

/** A changed test file's facts at base and now; undefined on the side on which it does not exist. */
export interface ComparedTests {
  readonly path: string;
  readonly basePath: string;
  readonly base: TestCases | undefined;
  readonly now: TestCases | undefined;
}

/** A test or suite of base and now. One side is undefined for a removed or an added one. */
export interface TestPair {
  /** For a removed one, the path of the file that held it, or that this file is called now. */
  readonly path: string;
  readonly basePath: string;
  readonly base: TestCase | undefined;
  readonly now: TestCase | undefined;
}

/** Below these, two tests of one file, or of two files, are no longer the same one; less of it is asked of equal titles. */
const alike = 0.6;
const alikeElsewhere = 0.75;
const alikeByTitle = 0.3;

interface Side {
  readonly file: ComparedTests;
  readonly test: TestCase;
}

/**
 * Base against now as tests: those that changed, were added or were removed, in the order of files and places. Matched by their
 * titles with those around them, then by their own title, then by likeness within the file, then across files.
 */
export function matchTests(files: readonly ComparedTests[]): TestPair[] {
  const matched = files.map(matchedIn);
  const removed = matched.flatMap((one) => one.removed);
  const added = matched.flatMap((one) => one.added);
  const across = byLikeness(removed, added, alikeElsewhere);
  return [
    ...matched.flatMap((one) => one.changed),
    ...across.filter(({ base, now }) => isChanged(base.test, now.test)),
    ...removed.map((base) => ({ base, now: undefined })),
    ...added.map((now) => ({ base: undefined, now })),
  ]
    .map(({ base, now }: { base: Side | undefined; now: Side | undefined }) => ({
      path: (now ?? base)!.file.path,
      basePath: (base ?? now)!.file.basePath,
      base: base?.test,
      now: now?.test,
    }))
    .sort((a, b) => compare(a.path, b.path) || startOf(a) - startOf(b));
}

interface Matched {
  readonly file: ComparedTests;
  readonly changed: readonly { base: Side; now: Side }[];
  /** Without a counterpart in the file. */
  readonly removed: readonly Side[];
  readonly added: readonly Side[];
}

const known = new WeakMap<TestCases, Matched>();

/** What a file tells by itself; the same object as long as both texts are the same. */
function matchedIn(file: ComparedTests): Matched {
  const key = (file.now ?? file.base)!;
  const before = known.get(key);
  const isSame =
    before?.file.base === file.base && before?.file.path === file.path && before.file.basePath === file.basePath;
  if (before && isSame) return before;
  const base = (file.base?.cases ?? []).map((test) => ({ file, test }));
  const now = (file.now?.cases ?? []).map((test) => ({ file, test }));
  const pairs = [
    ...byKey(base, now, ({ test }) => [test.kind, ...test.titles].join('\n')),
    ...byKey(base, now, ({ test }) => `${test.kind}\n${test.titles.at(-1)}`),
    ...byLikeness(base, now, alike),
  ];
  const changed = pairs.filter((one) => isChanged(one.base.test, one.now.test));
  const matched = { file, changed, removed: base, added: now };
  known.set(key, matched);
  return matched;
}

function isChanged(base: TestCase, now: TestCase): boolean {
  return base.normal !== now.normal || base.mark !== now.mark;
}

/** Pairs what has an equal key, in order; takes what it pairs out of both lists. */
function byKey(base: Side[], now: Side[], keyOf: (side: Side) => string): { base: Side; now: Side }[] {
  const waiting = new Map<string, Side[]>();
  for (const one of now) {
    const key = keyOf(one);
    const list = waiting.get(key);
    if (list) list.push(one);
    else waiting.set(key, [one]);
  }
  const pairs = base.flatMap((one) => {
    const other = waiting.get(keyOf(one))?.shift();
    return other ? [{ base: one, now: other }] : [];
  });
  takeOut(base, now, pairs);
  return pairs;
}

/** Pairs cases the most alike first; takes what it pairs out of both lists. */
function byLikeness(base: Side[], now: Side[], least: number): { base: Side; now: Side }[] {
  const candidates: { base: Side; now: Side; score: number }[] = [];
  const isCase = ({ test }: Side) => test.kind === 'case' && test.shingles.length > 0;
  const others = now.filter(isCase);
  for (const one of others.length === 0 ? [] : base.filter(isCase))
    for (const other of others) {
      const [few, many] = [one.test.shingles.length, other.test.shingles.length].sort((a, b) => a - b) as [
        number,
        number,
      ];
      const sameTitle = one.test.titles.at(-1) === other.test.titles.at(-1);
      const wanted = sameTitle ? alikeByTitle : least;
      if (few / many < wanted) continue;
      const score = likeness(one.test, other.test);
      if (score >= wanted) candidates.push({ base: one, now: other, score: score + (sameTitle ? 0.5 : 0) });
    }
  const taken = new Set<Side>();
  const pairs = candidates
    .sort((a, b) => b.score - a.score)
    .filter((one) => {
      if (taken.has(one.base) || taken.has(one.now)) return false;
      taken.add(one.base).add(one.now);
      return true;
    });
  takeOut(base, now, pairs);
  return pairs;
}

function takeOut(base: Side[], now: Side[], pairs: readonly { base: Side; now: Side }[]): void {
  const gone = new Set(pairs.flatMap((one) => [one.base, one.now]));
  for (const list of [base, now]) list.splice(0, list.length, ...list.filter((one) => !gone.has(one)));
}

function startOf({ base, now }: TestPair): number {
  return (now ?? base)!.range.start;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
