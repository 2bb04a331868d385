import { count } from '../core/count.ts';
import { UserError } from '../core/user-error.ts';
import { nearKeys } from '../flags/definitions/near-key.ts';
import type { Flag, FlagHealth, Inventory } from '../flags/flag.ts';
import { daysBetween } from '../flags/lifecycle.ts';
import type { Analysis } from './analysis.ts';
import { healthReason } from './health.ts';

/** A flag as lists show it. */
export interface FlagRow {
  readonly flag: Flag;
  /** Why it has its health, as one sentence. */
  readonly reason: string;
  readonly age: FlagAge | undefined;
  /** Reads outside tests, and in them. */
  readonly reads: number;
  readonly testReads: number;
  /** Files with a read or a definition, sorted. */
  readonly files: readonly string[];
}

export interface FlagAge {
  /** YYYY-MM-DD. */
  readonly since: string;
  /** Whole days until the day of the snapshot. */
  readonly days: number;
  /** Who says so: `policy`, the path of a definition, or `git`, where the key was first mentioned then. */
  readonly from: string;
}

export const healths = [
  'orphan-read',
  'constant',
  'expired',
  'stale',
  'unused',
  'live',
  'unknown',
] as const satisfies FlagHealth[];

export const sortings = ['health', 'key', 'age', 'reads', 'owner'] as const;
export type Sorting = (typeof sortings)[number];

export interface RowQuery {
  /** Only these; all when empty. */
  readonly health?: readonly FlagHealth[];
  /** Only those of this owner, whatever the case; `none` for flags without one. */
  readonly owner?: string;
  readonly sort?: Sorting;
  /** When keys were first mentioned, as far as git was asked: ISO dates by key. */
  readonly mentions?: ReadonlyMap<string, string>;
}

/** The flags that a person asked for, in the order that they asked for. */
export function flagRows(
  { inventory, snapshot }: Pick<Analysis, 'inventory' | 'snapshot'>,
  query: RowQuery = {},
): FlagRow[] {
  const { health = [], owner, sort = 'health', mentions } = query;
  return [...inventory.flags.values()]
    .filter((flag) => health.length === 0 || health.includes(flag.health))
    .filter((flag) => owner === undefined || (flag.lifecycle.owner ?? 'none').toLowerCase() === owner.toLowerCase())
    .map((flag) => rowOf(flag, snapshot.today, mentions?.get(flag.key)))
    .sort(orders[sort]);
}

/** @throws UserError with the nearest key when there is no such flag */
export function flagNamed(inventory: Inventory, key: string): Flag {
  const flag = inventory.flags.get(key);
  if (flag) return flag;
  const near = nearKeys(inventory.flags.keys())(key);
  const hint = near === undefined ? " 'switchyard flags' lists those that are known." : ` Did you mean '${near}'?`;
  throw new UserError(`No flag '${key}' is read or defined here.${hint}`);
}

/** @param mentioned when git first knew the key, as YYYY-MM-DD */
export function rowOf(flag: Flag, today: string, mentioned?: string): FlagRow {
  const { created, from } = flag.lifecycle;
  const since = created ?? mentioned;
  const testReads = flag.reads.filter((read) => read.inTest).length;
  return {
    flag,
    reason: healthReason(flag),
    age:
      since === undefined
        ? undefined
        : { since, days: daysBetween(since, today), from: created === undefined ? 'git' : (from.created ?? 'policy') },
    reads: flag.reads.length - testReads,
    testReads,
    files: [...new Set([...flag.definitions, ...flag.reads].map((one) => one.path))].sort(),
  };
}

/** `4 days`, `3 months`, `2 years`. */
export function ageWords(days: number): string {
  if (days < 60) return count(days, 'day');
  return days < 730 ? count(Math.floor(days / 30.44), 'month') : count(Math.floor(days / 365.25), 'year');
}

const byKey = (a: FlagRow, b: FlagRow): number => (a.flag.key < b.flag.key ? -1 : 1);

const orders: Readonly<Record<Sorting, (a: FlagRow, b: FlagRow) => number>> = {
  key: byKey,
  health: (a, b) => healths.indexOf(a.flag.health) - healths.indexOf(b.flag.health) || byKey(a, b),
  age: (a, b) => (b.age?.days ?? -1) - (a.age?.days ?? -1) || byKey(a, b),
  reads: (a, b) => b.reads - a.reads || byKey(a, b),
  owner: (a, b) => compareOwners(a.flag.lifecycle.owner, b.flag.lifecycle.owner) || byKey(a, b),
};

/** Those without an owner last. */
function compareOwners(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  return a < b ? -1 : 1;
}
