import { basename } from '../../core/paths.ts';
import type { Policy } from '../../policy/schema.ts';
import type { FlagDefinition, FlagRead, Inventory } from '../flag.ts';
import { definesFor, speaksFor } from './definition-scope.ts';
import { entryMatcher } from './detect.ts';
import { nearKey } from './near-key.ts';
import { sdkOf } from './sdk-of-reader.ts';

/** What is known around a read whose key no definition knows. */
export interface Orphan {
  /** The definition that was probably meant. */
  readonly near: FlagDefinition | undefined;
  /** A definition of the file or registry where the key would be defined. */
  readonly target: FlagDefinition | undefined;
}

export interface KnownFlags {
  readonly definitions: readonly FlagDefinition[];
  readonly reads: readonly FlagRead[];
  readonly problems: Inventory['problems'];
  readonly policy: Policy;
}

/**
 * Reads of keys that no definition knows, where definitions can tell. Without definitions flags live at a vendor, and
 * definitions of something else say nothing; so a read is only an orphan when
 * - it stands outside tests, and no broken definition file may define its key;
 * - its SDK reads at least one key that is defined here (or nearly), or too few to tell;
 * - around it there is a list that is complete (see `listsAllFlags`), or a key that is nearly the same.
 */
export function orphanReads(known: KnownFlags): ReadonlyMap<FlagRead, Orphan> {
  const orphans = new Map<FlagRead, Orphan>();
  const byKey = groupBy(known.definitions, (one) => one.key);
  const isKnown = (read: FlagRead) => (byKey.get(read.key) ?? []).some((one) => definesFor(one, read.path));
  const judged = known.reads.filter((read) => !read.inTest);
  const unknown = judged.filter((read) => !isKnown(read));
  if (unknown.length === 0 || known.definitions.length === 0) return orphans;
  const mayBeDefined = new Set(known.problems.flatMap((problem) => problem.mayDefine ?? []));
  const covered = coveredSdks(judged, isKnown, [...byKey.keys()]);
  const sdksByPlace = sdksOfPlaces(judged, byKey);
  const complete = new Set(known.definitions.filter((one) => listsAllFlags(one, sdksByPlace, known.policy)));
  for (const read of unknown) {
    if (mayBeDefined.has(read.key) || !covered.has(sdkOf(read.reader))) continue;
    const around = known.definitions.filter((one) => speaksFor(one, read));
    const nearest = nearKey(
      read.key,
      around.map((one) => one.key),
    );
    const near = around.find((one) => one.key === nearest);
    const lists = around.filter((one) => complete.has(one));
    if (lists.length === 0 && !near) continue;
    orphans.set(read, { near, target: targetOf(read, lists.length > 0 ? lists : around, sdksByPlace) });
  }
  return orphans;
}

/** An SDK that reads this many keys, none of which is known here, has its flags elsewhere: at its vendor. */
const enoughToTell = 3;

function coveredSdks(
  reads: readonly FlagRead[],
  isKnown: (read: FlagRead) => boolean,
  defined: readonly string[],
): Set<string> {
  const covered = new Set<string>();
  for (const [sdk, own] of groupBy(reads, (read) => sdkOf(read.reader))) {
    const unknown = [...new Set(own.filter((read) => !isKnown(read)).map((read) => read.key))];
    if (
      own.some(isKnown) ||
      unknown.length < enoughToTell ||
      unknown.some((key) => nearKey(key, defined) !== undefined)
    )
      covered.add(sdk);
  }
  return covered;
}

/** The SDKs that read flags of a file or registry. */
function sdksOfPlaces(
  reads: readonly FlagRead[],
  byKey: ReadonlyMap<string, readonly FlagDefinition[]>,
): ReadonlyMap<string, readonly string[]> {
  const sdks = new Map<string, string[]>();
  for (const read of reads) {
    for (const one of byKey.get(read.key) ?? []) {
      if (!definesFor(one, read.path)) continue;
      const list = sdks.get(placeOf(one));
      if (list) list.push(sdkOf(read.reader));
      else sdks.set(placeOf(one), [sdkOf(read.reader)]);
    }
  }
  return sdks;
}

/**
 * What the policy names lists all flags. So does a file some of whose flags are read, or whose name says what it is; another
 * file may be anybody's data. A registry in TypeScript that was only found through its use lists the keys that go through it.
 */
function listsAllFlags(
  definition: FlagDefinition,
  sdksByPlace: ReadonlyMap<string, readonly string[]>,
  policy: Policy,
): boolean {
  const { path, registry } = definition;
  const named = policy.flags.definitions.some(
    (entry) =>
      (entry.name === undefined || registry === undefined || entry.name === registry.name) && entryMatcher(entry)(path),
  );
  if (named || registry) return named;
  return (
    sdksByPlace.has(placeOf(definition)) || /flag|feature|toggle|unleash|openfeature|manifest/i.test(basename(path))
  );
}

/** The file (or registry) for a new definition: where most flags of the same SDK are read from, else the largest one. */
function targetOf(
  read: FlagRead,
  definitions: readonly FlagDefinition[],
  sdksByPlace: ReadonlyMap<string, readonly string[]>,
): FlagDefinition | undefined {
  const sdk = sdkOf(read.reader);
  const places = [...groupBy(definitions, placeOf)].map(([place, own]) => ({
    sample: own[0]!,
    shared: (sdksByPlace.get(place) ?? []).filter((one) => one === sdk).length,
    count: own.length,
  }));
  return places.sort((a, b) => b.shared - a.shared || b.count - a.count)[0]?.sample;
}

function placeOf(one: FlagDefinition): string {
  return `${one.path}\n${one.registry?.name ?? ''}`;
}

function groupBy<T>(all: readonly T[], nameOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(nameOf(one));
    if (group) group.push(one);
    else groups.set(nameOf(one), [one]);
  }
  return groups;
}
