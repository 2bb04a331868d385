import { contains } from '../core/text.ts';
import type { FlagRead } from '../flags/flag.ts';
import type { FilePlan } from './plan-file.ts';
import type { Seed } from './values/known.ts';
import type { SeedRefusal } from './values/seed.ts';

/** What stays as it is whatever could be done, each with the reason as a sentence: it is planned around. */
export interface Withheld {
  readonly files: ReadonlyMap<string, string>;
  /** By `placeOfRead`. */
  readonly reads: ReadonlyMap<string, string>;
  /** Files in which only what they read themselves is folded: nothing follows for them from elsewhere. */
  readonly apart?: ReadonlySet<string>;
}

/** One call may name several flags. */
export function placeOfRead({ path, range, keyRange }: FlagRead): string {
  return `${path}:${range.start}-${range.end}-${keyRange.start}`;
}

/** Plans a file without the reads that are withheld. They are refused, unless what stands around them goes. */
export function planWithout(
  withheld: Withheld | undefined,
  seeds: readonly Seed[],
  plan: (active: readonly Seed[]) => FilePlan,
): FilePlan {
  const staying = seeds.flatMap((seed): SeedRefusal[] => {
    const reason = withheld?.reads.get(placeOfRead(seed.read));
    return reason === undefined ? [] : [{ seed, reason }];
  });
  if (staying.length === 0) return plan(seeds);
  const made = plan(seeds.filter((seed) => staying.every((one) => one.seed !== seed)));
  const isGone = ({ read }: Seed): boolean => made.edits.some(({ range }) => contains(range, read.range));
  return { ...made, refused: [...made.refused, ...staying.filter(({ seed }) => !isGone(seed))] };
}
