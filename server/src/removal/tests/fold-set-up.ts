import type { Source } from '../source.ts';
import { bare, type Seed } from '../values/known.ts';
import type { Seeding } from '../values/seed.ts';
import type { SetUp } from './set-up.ts';

export const nothingSetUp: SetUp = {
  leaving: new Map(),
  cuts: [],
  never: new Map(),
  looks: [],
  cases: [],
  isEmptied: false,
  refused: [],
};

/** What a plan says of the test file that it is for. */
export function lookedAt({ looks, cases, isEmptied }: SetUp): Pick<SetUp, 'looks' | 'cases' | 'isEmptied'> {
  return { looks, cases, isEmptied };
}

/** All set-up stays, because the file does not hold without it. */
export function leftSetUp(setUp: SetUp): SetUp {
  const node = setUp.leaving.keys().next().value;
  const range = node ? { start: node.getStart(), end: node.end } : { start: 0, end: 0 };
  const reason =
    'What this sets up cannot be taken out by itself; look which tests are about the flag, and take it out by hand.';
  return { ...nothingSetUp, refused: setUp.refused, looks: [{ range, reason }] };
}

/** The reads that are left to fold: neither those that go with their case, nor those that a test is about. */
export function withoutSetUp(source: Source, seeds: readonly Seed[], { leaving, refused }: SetUp): readonly Seed[] {
  const nodes = [...leaving.keys()];
  const stays = new Set(refused.map(({ seed }) => seed));
  const goes = ({ read: { range } }: Seed): boolean =>
    nodes.some((one) => one.getStart(source.file) <= range.start && range.end <= one.end);
  return seeds.filter((seed) => !stays.has(seed) && !goes(seed));
}

/** Comparisons of mocks with the key are known as well: they never hold. */
export function withComparisons(source: Source, seeding: Seeding, { never }: SetUp): Seeding {
  if (never.size === 0) return seeding;
  const expressions = new Map(seeding.expressions);
  for (const [node, { flag, value }] of never) {
    const range = { start: node.getStart(source.file), end: node.end };
    const read: Seed['read'] = {
      key: flag.key,
      path: source.path,
      range,
      keyRange: range,
      reader: 'test set-up',
      result: { kind: 'value', async: false },
      inTest: true,
    };
    expressions.set(node, { value, packing: bare, seeds: [{ read, keep: flag.keep, inSetUp: true }] });
  }
  return { ...seeding, expressions };
}
