import { basename, dirname } from '../../core/paths.ts';
import type { Policy } from '../../policy/schema.ts';
import type { FlagDefinition, FlagRead, Inventory } from '../flag.ts';
import { definesFor, speaksFor } from './definition-scope.ts';
import { entryMatcher } from './detect.ts';
import { nearKeys } from './near-key.ts';
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
  const surroundings = surroundingsOf(known.definitions, complete, sdksByPlace);
  for (const read of unknown) {
    if (mayBeDefined.has(read.key) || !covered.has(sdkOf(read.reader))) continue;
    const { lists, nearest, target } = surroundings(read);
    const near = nearest(read.key);
    if (lists.length > 0 || near) orphans.set(read, { near, target: target(sdkOf(read.reader)) });
  }
  return orphans;
}

/** The definitions that can say something of keys in a folder. */
interface Surroundings {
  /** Those of them that stand in complete lists. */
  readonly lists: readonly FlagDefinition[];
  nearest(key: string): FlagDefinition | undefined;
  /** A definition of the file (or registry) for a new flag of an SDK. */
  target(sdk: string): FlagDefinition | undefined;
}

/** What surrounds a read depends on its folder only, and is the same for most folders. */
function surroundingsOf(
  all: readonly FlagDefinition[],
  complete: ReadonlySet<FlagDefinition>,
  sdksByPlace: SdksByPlace,
): (read: FlagRead) => Surroundings {
  const byPath = groupBy(all, (one) => one.path);
  const byFolder = new Map<string, Surroundings>();
  const byPaths = new Map<string, Surroundings>();
  return (read) => {
    const folder = dirname(read.path);
    const known = byFolder.get(folder);
    if (known) return known;
    const paths = [...byPath].filter(([, [first]]) => speaksFor(first!, read)).map(([path]) => path);
    const name = paths.join('\n');
    const made =
      byPaths.get(name) ??
      surroundingsWith(
        paths.flatMap((path) => byPath.get(path)!),
        complete,
        sdksByPlace,
      );
    byPaths.set(name, made);
    byFolder.set(folder, made);
    return made;
  };
}

function surroundingsWith(
  definitions: readonly FlagDefinition[],
  complete: ReadonlySet<FlagDefinition>,
  sdksByPlace: SdksByPlace,
): Surroundings {
  const byKey = new Map(definitions.map((one) => [one.key, one]));
  const near = nearKeys(byKey.keys());
  const lists = definitions.filter((one) => complete.has(one));
  const places = [...groupBy(lists.length > 0 ? lists : definitions, placeOf)];
  const targets = new Map<string, FlagDefinition | undefined>();
  return {
    lists,
    nearest: (key) => byKey.get(near(key) ?? ''),
    target(sdk) {
      if (!targets.has(sdk)) targets.set(sdk, targetOf(sdk, places, sdksByPlace));
      return targets.get(sdk);
    },
  };
}

/** An SDK that reads this many keys, none of which is known here, has its flags elsewhere: at its vendor. */
const enoughToTell = 3;

function coveredSdks(
  reads: readonly FlagRead[],
  isKnown: (read: FlagRead) => boolean,
  defined: readonly string[],
): Set<string> {
  const covered = new Set<string>();
  const near = nearKeys(defined);
  for (const [sdk, own] of groupBy(reads, (read) => sdkOf(read.reader))) {
    const unknown = [...new Set(own.filter((read) => !isKnown(read)).map((read) => read.key))];
    if (own.some(isKnown) || unknown.length < enoughToTell || unknown.some((key) => near(key) !== undefined))
      covered.add(sdk);
  }
  return covered;
}

/** The SDKs that read flags of a file or registry: one entry a read. */
type SdksByPlace = ReadonlyMap<string, readonly string[]>;

function sdksOfPlaces(reads: readonly FlagRead[], byKey: ReadonlyMap<string, readonly FlagDefinition[]>): SdksByPlace {
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
function listsAllFlags(definition: FlagDefinition, sdksByPlace: SdksByPlace, policy: Policy): boolean {
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

/** Where most flags of the SDK are read from, else the largest place. */
function targetOf(
  sdk: string,
  places: readonly (readonly [string, readonly FlagDefinition[]])[],
  sdksByPlace: SdksByPlace,
): FlagDefinition | undefined {
  const rated = places.map(([place, own]) => ({
    sample: own[0]!,
    shared: (sdksByPlace.get(place) ?? []).filter((one) => one === sdk).length,
    count: own.length,
  }));
  return rated.sort((a, b) => b.shared - a.shared || b.count - a.count)[0]?.sample;
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
