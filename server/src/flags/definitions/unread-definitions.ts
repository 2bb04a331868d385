import type { FlagDefinition, Inventory } from '../flag.ts';
import { lifeOf } from '../health.ts';
import { definesFor, definitionTree } from './definition-scope.ts';
import { generatedNames } from './generated-names.ts';
import { sdkOf } from './sdk-of-reader.ts';

/** Definitions whose keys nothing reads. */
export interface Unread {
  /** No read was found, none whose key is computed may be one, and nothing else mentions the key, in whatever language. */
  readonly unmentioned: ReadonlySet<FlagDefinition>;
  /** Those of them that can only be left over: others of their file are in use. */
  readonly unused: ReadonlySet<FlagDefinition>;
}

/** @param mentioned which words stand anywhere outside the definitions that carry them; asked for candidates only */
export function unreadDefinitions(
  inventory: Inventory,
  mentioned: (words: readonly string[]) => ReadonlySet<string>,
): Unread {
  const places = placesOf(inventory);
  const candidates = [...inventory.flags.values()]
    .filter((flag) => flag.reads.length === 0)
    .flatMap((flag) => flag.definitions)
    .filter((one) => isCertain(one, inventory, places));
  if (candidates.length === 0) return { unmentioned: new Set(), unused: new Set() };
  // Of a file whose flags no read names, something else must name one: it may be for another program altogether.
  const silent = new Set(candidates.map(placeOf).filter((place) => places.get(place)!.readers.size === 0));
  const all = [...silent].flatMap((place) => places.get(place)!.definitions);
  const words = mentioned([...new Set([...candidates, ...all].flatMap(wordsOf))]);
  const isMentioned = (one: FlagDefinition) => wordsOf(one).some((word) => words.has(word));
  const alive = new Set(all.filter(isMentioned).map(placeOf));
  const unmentioned = candidates.filter((one) => !isMentioned(one));
  const unused = unmentioned.filter((one) => !silent.has(placeOf(one)) || alive.has(placeOf(one)));
  return { unmentioned: new Set(unmentioned), unused: new Set(unused) };
}

/** The inventory where a flag is only called unused when nothing mentions it. */
export function withoutDoubt(inventory: Inventory, { unmentioned }: Unread): Inventory {
  const inDoubt = [...inventory.flags.values()].filter(
    (flag) => flag.health === 'unused' && !flag.definitions.some((one) => unmentioned.has(one)),
  );
  if (inDoubt.length === 0) return inventory;
  const flags = new Map(inventory.flags);
  for (const flag of inDoubt) flags.set(flag.key, { ...flag, health: lifeOf(flag.staleness) ?? 'unknown' });
  return { ...inventory, flags };
}

/** A file of definitions, or a registry: its flags, and which SDKs read some of them. */
interface Place {
  readonly definitions: FlagDefinition[];
  readonly readers: Set<string>;
}

function placesOf(inventory: Inventory): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const flag of inventory.flags.values()) {
    for (const one of flag.definitions) {
      const place = places.get(placeOf(one)) ?? { definitions: [], readers: new Set<string>() };
      places.set(placeOf(one), place);
      place.definitions.push(one);
      for (const read of flag.reads) if (definesFor(one, read.path)) place.readers.add(sdkOf(read.reader));
    }
  }
  return places;
}

/**
 * A read whose key is computed may be a read of any flag of its kind: of an SDK that reads flags of the same file, or of any
 * SDK where nobody reads flags of the file. What tests and examples define counts only where their own tree reads flags, and a
 * registry in code only where something is read from it: else it is not known how its flags are read.
 */
function isCertain(one: FlagDefinition, inventory: Inventory, places: ReadonlyMap<string, Place>): boolean {
  const readers = places.get(placeOf(one))?.readers ?? new Set();
  if ((definitionTree(one.path) !== '' || one.registry) && readers.size === 0) return false;
  return !inventory.dynamicReads.some(
    (read) => definesFor(one, read.path) && (readers.size === 0 || readers.has(sdkOf(read.reader))),
  );
}

/** Flags that are declared one by one belong together by their file. */
function placeOf({ path, source, registry }: FlagDefinition): string {
  return `${path}\n${source === 'typescript-flag' ? '' : (registry?.name ?? '')}`;
}

/**
 * Words that would betray a use: the key; for a registry also the member's name, and what takes the registry as a whole; for a
 * manifest the names of the accessors that are generated from it.
 */
function wordsOf({ key, source, registry }: FlagDefinition): string[] {
  if (!registry) return source === 'openfeature-manifest' ? [key, ...generatedNames(key)] : [key];
  const { name, member } = registry;
  if (source === 'typescript-functions') return [key];
  if (source === 'typescript-flag') return [key, name.slice(name.lastIndexOf('.') + 1)];
  const own = source === 'typescript-array' ? [key] : [key, member.slice(member.lastIndexOf('.') + 1)];
  return [...own, ...wholeUses(name, source)];
}

/** What takes a registry as a whole: `Object.values(FLAGS)`, `{ ...FLAGS }`, `FLAGS[name]`, `send(FLAGS)`, `FLAGS.map(...)`. */
function wholeUses(name: string, source: string): string[] {
  const calls = source === 'typescript-array' ? listMethods.map((method) => `${name}.${method}`) : [];
  const around = [
    `(${name})`,
    `(${name},`,
    `...${name}`,
    `of ${name})`,
    `in ${name})`,
    `= ${name};`,
    `: ${name},`,
    `${name}[`,
  ];
  return [...calls, ...around];
}

const listMethods =
  'map forEach filter reduce some every find flatMap includes indexOf join entries values keys slice concat'.split(' ');
