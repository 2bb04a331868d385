import { contains, type TextRange } from '../../core/text.ts';
import type { Decision } from '../../facts/file-facts.ts';
import { decisionsOf, readsByFile } from '../../flags/decisions.ts';
import type { FlagRead } from '../../flags/flag.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  /** Outermost first. */
  readonly keys: readonly string[];
  readonly most: number;
}

export default defineRule({
  id: 'flags/nested',
  title: 'Code that too many flags decide together',
  why: 'Each flag doubles the ways in which the code can run. What stands behind four of them is one way in sixteen, which nobody tests and nobody sees in production until the flags happen to stand that way.',
  severity: 'info',
  scope: 'garden',
  *check({ inventory, policy }): Iterable<Evidence<Data>> {
    const most = policy.flags.maxNesting;
    for (const [path, reads] of readsByFile(inventory.flags.values())) {
      if (new Set(reads.map((read) => read.key)).size <= most) continue;
      for (const { key, by, around } of innermost(reads, most)) {
        yield {
          path,
          range: by,
          subject: key,
          data: { keys: [...around.map((one) => one.key), key], most },
          related: around.map((one) => ({ path, range: one.by, message: `'${one.key}' is decided here` })),
        };
      }
    }
  },
  message: ({ data: { keys, most } }) =>
    `${keys.length} flags decide together what runs here (the policy allows ${most}): ${keys.map((key) => `'${key}'`).join(', ')}.`,
});

interface Decided extends Decision {
  readonly key: string;
}

interface Deep {
  readonly key: string;
  readonly by: TextRange;
  /** The decisions of other flags around it, outermost first, one a flag. */
  readonly around: readonly Decided[];
}

/** Places that are tested behind too many other flags, and that decide over no such place themselves. */
function innermost(reads: readonly FlagRead[], most: number): Deep[] {
  const all: Decided[] = reads.flatMap((read) => decisionsOf(read).map((one) => ({ ...one, key: read.key })));
  const deep = new Map<number, Deep>();
  for (const { key, by } of all) {
    const around = outerFlags(all, by, key);
    if (around.length >= most) deep.set(by.start, { key, by, around });
  }
  const decidesOver = (one: Deep, other: Deep): boolean =>
    all.some((each) => each.by.start === one.by.start && contains(each.range, other.by));
  const places = [...deep.values()];
  return places.filter((one) => !places.some((other) => other !== one && decidesOver(one, other)));
}

function outerFlags(all: readonly Decided[], by: TextRange, own: string): Decided[] {
  const around = new Map<string, Decided>();
  for (const one of all)
    if (one.key !== own && !around.has(one.key) && contains(one.range, by) && !isAlternative(one, by))
      around.set(one.key, one);
  return [...around.values()].sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
}

/** In `a || !b` the flags stand side by side: the second is asked where the first is off, but no code is nested. */
function isAlternative({ side, range }: Decided, by: TextRange): boolean {
  const more = range.end - range.start - (by.end - by.start);
  return side === 'off' && more <= '!()'.length;
}
