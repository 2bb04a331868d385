import { definesFor, definitionTree } from '../../flags/definitions/definition-scope.ts';
import { generatedNames } from '../../flags/definitions/generated-names.ts';
import { sdkOf } from '../../flags/definitions/sdk-of-reader.ts';
import type { FlagDefinition, Inventory } from '../../flags/flag.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly key: string;
  readonly path: string;
  readonly at: number;
}

export default defineRule({
  id: 'flags/unused-definition',
  title: 'A flag that is defined and read nowhere',
  why: 'A definition that no code reads looks like a switch, but nothing happens when it is thrown. It clutters every list of flags, and the next reader has to find out that it is dead.',
  severity: 'info',
  scope: 'garden',
  *check({ inventory, mentioned }): Iterable<Evidence<Data>> {
    const places = placesOf(inventory);
    const candidates = [...inventory.flags.values()]
      .filter((flag) => flag.reads.length === 0)
      .flatMap((flag) => flag.definitions)
      .filter((one) => isCertain(one, inventory, places));
    if (candidates.length === 0) return;
    const words = mentioned([...new Set(candidates.flatMap(wordsOf))]);
    for (const one of candidates) {
      if (wordsOf(one).some((word) => words.has(word))) continue;
      yield {
        path: one.path,
        range: one.keyRange,
        subject: one.key,
        data: { key: one.key, path: one.path, at: one.keyRange.start },
      };
    }
  },
  message: ({ data: { key } }) => `Nothing reads the flag '${key}', and no other file mentions it.`,
  fixes: ({ data }) => [
    { id: 'delete-definition', title: `Delete the definition of '${data.key}'`, safe: false, data: { ...data } },
  ],
});

/** A file of definitions, or a registry: which SDKs read flags of it, and whether its own tree reads any. */
interface Place {
  readonly readers: Set<string>;
}

function placesOf(inventory: Inventory): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const flag of inventory.flags.values()) {
    for (const one of flag.definitions) {
      const place = places.get(placeOf(one)) ?? { readers: new Set<string>() };
      places.set(placeOf(one), place);
      for (const read of flag.reads) if (definesFor(one, read.path)) place.readers.add(sdkOf(read.reader));
    }
  }
  return places;
}

/**
 * A read whose key is computed may be a read of any flag of its kind: of an SDK that reads flags of the same file, or of any
 * SDK where nobody reads flags of the file. What tests and examples define counts only where their own tree reads flags.
 */
function isCertain(one: FlagDefinition, inventory: Inventory, places: ReadonlyMap<string, Place>): boolean {
  const readers = places.get(placeOf(one))?.readers ?? new Set();
  if (definitionTree(one.path) !== '' && readers.size === 0) return false;
  return !inventory.dynamicReads.some(
    (read) => definesFor(one, read.path) && (readers.size === 0 || readers.has(sdkOf(read.reader))),
  );
}

function placeOf(one: FlagDefinition): string {
  return `${one.path}\n${one.registry?.name ?? ''}`;
}

/**
 * Words that would betray a use: the key; for a registry also the member's name, and what takes the registry as a whole; for a
 * manifest the names of the accessors that are generated from it.
 */
function wordsOf({ key, source, registry }: FlagDefinition): string[] {
  if (registry) {
    const { name, member } = registry;
    const whole = ['values', 'keys', 'entries', 'enum', 'nativeEnum'].map((use) => `${use}(${name})`);
    return [key, member.slice(member.lastIndexOf('.') + 1), `...${name}`, ...whole];
  }
  return source === 'openfeature-manifest' ? [key, ...generatedNames(key)] : [key];
}
