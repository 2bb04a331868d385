import type { ChangedFile } from '../../change/change.ts';
import { habitsOf } from '../comparing/habits.ts';
import { isSetApart } from '../comparing/set-apart.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly lines: number;
  readonly files: number;
  readonly usual: number;
}

export default defineRule({
  id: 'risk/change-too-large',
  title: 'Change far larger than is usual here',
  why: 'The larger a change, the less of it is looked at, and the harder it is to take back. Reviews of large changes find fewer faults in each line.',
  // Who made a large change knows it: it weighs in the verdict, and is no alarm.
  severity: 'hint',
  scope: 'change',
  group: 'size',
  *check(input): Iterable<Evidence<Data>> {
    const usual = input.history && habitsOf(input.history).large;
    if (usual === undefined) return;
    const sizes = sizesOf(input);
    const lines = [...sizes.values()].reduce((sum, one) => sum + one, 0);
    if (lines < fewest || lines < farAbove * usual) return;
    const largest = [...sizes].sort((a, b) => b[1] - a[1]).map(([path]) => path);
    const place = largest.flatMap((path) => input.pairs.find((one) => one.path === path && one.now) ?? [])[0];
    if (!place?.now) return;
    yield {
      path: place.path,
      range: place.now.nameRange,
      subject: 'change',
      declaration: place.now,
      data: { lines, files: sizes.size, usual },
    };
  },
  message: ({ data: { lines, files, usual } }) =>
    `This change adds and removes ${lines} lines of code in ${files} ${files === 1 ? 'file' : 'files'}; 19 of 20 commits here stay below ${usual}. Parts of it may go first.`,
});

/** Lines below which no change is large, and how far above the usual ones it has to be. */
const fewest = 400;
const farAbove = 2;

/**
 * By path, lines that were added or removed: blank ones and those that only moved, within a file or between files, are left out, as are
 * tests, generated files and the like.
 */
function sizesOf(input: RuleInput): Map<string, number> {
  const files = (input.change?.files ?? []).filter(
    ({ path, test }) => !test && !isSetApart(path) && !input.facts(path)?.generated,
  );
  const counts = files.map((file) => ({ file, balance: balanceOf(file) }));
  const total = new Map<string, number>();
  for (const { balance } of counts) for (const [line, by] of balance) total.set(line, (total.get(line) ?? 0) + by);
  const sizes = new Map<string, number>();
  for (const { file, balance } of counts) {
    let size = 0;
    for (const [line, by] of balance) {
      // What one file lost and another gained has moved.
      const left = total.get(line) ?? 0;
      if (Math.sign(left) !== Math.sign(by)) continue;
      const own = Math.min(Math.abs(by), Math.abs(left));
      total.set(line, left - Math.sign(by) * own);
      size += own;
    }
    if (size > 0) sizes.set(file.path, size);
  }
  return sizes;
}

const balances = new WeakMap<ChangedFile, ReadonlyMap<string, number>>();

/** By line without its indentation: how much more often it stands in the file now than at the base, or less. */
function balanceOf(file: ChangedFile): ReadonlyMap<string, number> {
  const known = balances.get(file) ?? tellBalance(file);
  balances.set(file, known);
  return known;
}

function tellBalance({ base = '', now = '' }: ChangedFile): ReadonlyMap<string, number> {
  const balance = new Map<string, number>();
  const add = (text: string, by: number) => {
    for (const line of text.split('\n')) {
      const trimmed = line.trim();
      if (trimmed !== '') balance.set(trimmed, (balance.get(trimmed) ?? 0) + by);
    }
  };
  add(now, 1);
  add(base, -1);
  for (const [line, by] of balance) if (by === 0) balance.delete(line);
  return balance;
}
