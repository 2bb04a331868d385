import { groupBy } from '../../core/group-by.ts';
import { basename, dirname } from '../../core/paths.ts';
import type { Policy } from '../../policy/schema.ts';
import type { FlagDefinition, FlagRead, Inventory } from '../flag.ts';
import { definesFor, speaksFor } from './definition-scope.ts';
import { entryMatcher } from './detect.ts';
import { isSlip, nearKeys } from './near-key.ts';
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
 * - its SDK reads keys that are defined here, in this part of the workspace: at least one, or nearly, and most of them; else the
 *   rest is defined elsewhere;
 * - around it there is a list that is complete (see `listsAllFlags`), or a key that it must be a slip of.
 */
export function orphanReads(known: KnownFlags): ReadonlyMap<FlagRead, Orphan> {
  const orphans = new Map<FlagRead, Orphan>();
  const byKey = groupBy(known.definitions, (one) => one.key);
  const isKnown = (read: FlagRead) => (byKey.get(read.key) ?? []).some((one) => definesFor(one, read.path));
  const judged = known.reads.filter((read) => !read.inTest);
  const unknown = judged.filter((read) => !isKnown(read));
  if (unknown.length === 0 || known.definitions.length === 0) return orphans;
  const mayBeDefined = new Set(known.problems.flatMap((problem) => problem.mayDefine ?? []));
  const coverage = coverageOf(judged, isKnown, [...byKey.keys()]);
  const sdksByPlace = sdksOfPlaces(judged, byKey);
  const lists = new Map(known.definitions.map((one) => [one, listsAllFlags(one, sdksByPlace, known.policy)] as const));
  const complete = new Set(known.definitions.filter((one) => lists.get(one)));
  const named = known.definitions.some((one) => lists.get(one) === 'named');
  const surroundings = surroundingsOf(known.definitions, complete, sdksByPlace);
  for (const read of unknown) {
    const covered = coverage(read);
    if (mayBeDefined.has(read.key) || covered === 'none') continue;
    const { lists, nearest, target } = surroundings(read);
    const near = nearest(read.key);
    const isComplete = lists.length > 0 && (covered === 'most' || named);
    if (isComplete || (near && isSlip(read.key, near.key)))
      orphans.set(read, { near, target: target(sdkOf(read.reader)) });
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

/** An SDK that reads this many keys that are not known here has flags elsewhere: at its vendor. */
const enoughToTell = 3;

/** How many of the keys that an SDK reads in a part of the workspace are known here. */
type Coverage = 'none' | 'some' | 'most';

function coverageOf(
  reads: readonly FlagRead[],
  isKnown: (read: FlagRead) => boolean,
  defined: readonly string[],
): (read: FlagRead) => Coverage {
  const near = nearKeys(defined);
  const groupOf = (read: FlagRead) => `${partOf(read.path)}\n${sdkOf(read.reader)}`;
  const found = new Map<string, Coverage>();
  for (const [group, own] of groupBy(reads, groupOf)) {
    const known = new Set(own.filter(isKnown).map((read) => read.key));
    const unknown = [...new Set(own.filter((read) => !isKnown(read)).map((read) => read.key))];
    const isNear = unknown.some((key) => isSlip(key, near(key) ?? ''));
    const few = unknown.length < enoughToTell;
    const isMost = known.size > 0 && (few || unknown.length <= known.size);
    found.set(group, isMost ? 'most' : known.size > 0 || isNear || few ? 'some' : 'none');
  }
  return (read) => found.get(groupOf(read)) ?? 'none';
}

/** A package of a workspace of several, by the folders that they usually stand in; each may have flags of its own. */
function partOf(path: string): string {
  return /^(?:apps|packages|services|libs|modules|projects|plugins)\/[^/]+(?=\/)/.exec(path)?.[0] ?? '';
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
 * What the policy names lists all flags, unless some are hidden (a spread). So does a file some of whose flags are read, or whose name says what it is; another
 * file may be anybody's data. A registry in TypeScript that was only found through its use lists the keys that go through it.
 */
function listsAllFlags(definition: FlagDefinition, sdksByPlace: SdksByPlace, policy: Policy): boolean | 'named' {
  const { path, registry } = definition;
  const named = policy.flags.definitions.some(
    (entry) =>
      (entry.name === undefined || registry === undefined || entry.name === registry.name) && entryMatcher(entry)(path),
  );
  if (registry?.partial) return false;
  if (named) return 'named';
  if (registry) return false;
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
