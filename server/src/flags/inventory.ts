import { hashText } from '../core/hash.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { Policy } from '../policy/schema.ts';
import { spelled } from './camel-case.ts';
import { knownPackage } from './catalogue.ts';
import { type DeclaredFlags, declaredFlags } from './declared-flags.ts';
import { collectDefinitions } from './definitions/collect.ts';
import { orphanReads } from './definitions/orphan-reads.ts';
import type { DynamicRead, Flag, FlagDefinition, FlagRead, Inventory } from './flag.ts';
import { flagOf } from './health.ts';
import { inferReaders } from './inference/infer.ts';
import { namesGiven, ownNames } from './inference/names.ts';
import { placeId, type Reader } from './inference/reader.ts';
import { type AskedTable, askedOf, type ReaderTable } from './inference/table.ts';
import { type FlagModules, flagModules } from './module-users.ts';
import { type FileReads, readsOf } from './reads.ts';
import { type Place, type Resolver, resolverOf } from './resolve.ts';
import type { Spelling } from './sdks/sdk.ts';
import { unusedEntries } from './unused-entries.ts';

/** What reads are told from. */
export interface ReadSources {
  readonly files: ReadonlyMap<string, FileFacts>;
  /** Paths of the files that may read a flag, where the caller keeps them; all files are looked through otherwise. */
  readonly readers?: ReadonlySet<string>;
  readonly graph: ModuleGraph;
  readonly policy: Policy;
}

export interface InventorySources extends ReadSources {
  /** Files that may define flags: JSON files that are recognised by their content, and those that the policy names. */
  readonly definitionFiles: Iterable<{ readonly path: string; readonly text: string }>;
  /** YYYY-MM-DD: what flags expire by. Without, none does. */
  readonly today?: string;
}

/**
 * All flags of a workspace folder: reads told from facts, definitions from definition files and from registries that reads
 * take their keys from. Reads of files whose facts, and the facts they depend on, stayed the same are not told again.
 */
export function buildInventory(sources: InventorySources): Inventory {
  const { files, policy } = sources;
  const told = readsByFile(sources);
  const perFile = told.memos.map((memo) => memo.reads);
  const readers = told.readers.map((reader) => reader.inferred);
  const keyTypes = told.readers.flatMap((reader) => reader.types);
  const groups = new Map(
    [...perFile.flatMap((one) => one.groups), ...keyTypes].map((group) => [`${group.path}\n${group.name}`, group]),
  );
  const usedGroups = [...groups.keys()].sort().map((key) => groups.get(key)!);
  const { definitions, problems } = collectDefinitions({
    definitionFiles: sources.definitionFiles,
    files,
    usedGroups,
    policy,
  });
  const { reads, dynamicReads } = settle(perFile, definitions);
  const unused = unusedEntries(policy, new Set(perFile.flatMap((one) => one.entries)));
  const orphans = orphanReads({ definitions, reads, problems, policy });
  return {
    flags: flagsOf(definitions, reads, orphans, sources),
    readers,
    dynamicReads,
    orphans,
    problems: [...problems, ...unused],
  };
}

/** What facts lack for all reads to be told. */
export interface FactsToTake {
  /**
   * Shallow files that a client, a key or a reader may pass through, sorted: take their facts again, closely
   * (`takeFacts(path, text, recipe, true)`), and ask again, until there are none. Each round goes one import further.
   */
  readonly closely: readonly string[];
  /**
   * Names by which functions are called that were found to read flags. A recipe without one of them misses reads: take the facts
   * of the files that hold such a name again, with it, and ask again, until there are none.
   */
  readonly names: ReadonlySet<string>;
  /** Other names that a file gives to such functions: they count as well. */
  namesGiven(path: string): readonly string[];
  /** While it stays the same, files with the same facts give the same names. */
  readonly readers: string;
}

export function factsToTake(sources: ReadSources): FactsToTake {
  const { files } = sources;
  const { memos, asked, readers, table, declared, resolver, modules } = readsByFile(sources);
  const reads = (place: Place) => table.at(place) !== undefined || declared.has(place);
  return {
    closely: [...new Set([...asked, ...modules.users, ...memos.flatMap((memo) => [...memo.asked])])].sort(),
    names: new Set([...ownNames(readers), ...declared.names]),
    namesGiven(path) {
      const facts = readers.length === 0 && declared.names.size === 0 ? undefined : files.get(path);
      return facts === undefined ? [] : namesGiven(path, facts, reads, resolver);
    },
    readers: hashText(`${readers.flatMap(({ places }) => places.map(placeId)).join('\n')}\n${declared.signature}`),
  };
}

export function filesToTakeClosely(sources: ReadSources): readonly string[] {
  return factsToTake(sources).closely;
}

interface Memo {
  readonly resolve: ModuleGraph['resolve'];
  readonly policy: Policy;
  /** The readers that its calls lead to. */
  readonly readers: AskedTable;
  /** The flags that code declares by name. */
  readonly declared: string;
  /** How modules whose functions are flags are passed on. */
  readonly modules: string;
  readonly seen: ReadonlyMap<string, FileFacts | undefined>;
  /** Those of the files seen that might tell more. */
  readonly asked: ReadonlySet<string>;
  readonly reads: FileReads;
}

/** By the facts object: facts are immutable, and a file that changes gets new ones. */
const memos = new WeakMap<FileFacts, Map<string, Memo>>();

interface Told {
  readonly memos: readonly Memo[];
  readonly readers: readonly Reader[];
  readonly table: ReaderTable;
  readonly declared: DeclaredFlags;
  readonly resolver: Resolver;
  readonly modules: FlagModules;
  /** Shallow files that might tell more of how a reader is called. */
  readonly asked: ReadonlySet<string>;
}

/** Reads of all files that have any, in the order of their paths. */
function readsByFile(sources: ReadSources): Told {
  const { files, readers: paths, graph } = sources;
  const modules = flagModules(files, graph, sources.policy);
  const { carries } = modules;
  const resolver = { ...resolverOf(files, graph, (specifier) => knownPackage(specifier) !== undefined), carries };
  const sorted = paths ? [...paths] : [...files].flatMap(([path, facts]) => (facts.reads.length > 0 ? [path] : []));
  sorted.sort();
  const { table, asked, readers } = inferReaders(sorted, sources, resolver);
  const declared = declaredFlags(sorted, sources, resolver);
  const told = sorted.map((path) => memoOf(path, files.get(path)!, resolver, table, declared, modules, sources));
  return { memos: told, readers, table, declared, resolver, modules, asked };
}

function memoOf(
  path: string,
  facts: FileFacts,
  resolver: Resolver,
  table: ReaderTable,
  declared: DeclaredFlags,
  modules: FlagModules,
  sources: ReadSources,
): Memo {
  const { files, graph, policy } = sources;
  let byPath = memos.get(facts);
  const known = byPath?.get(path);
  if (
    known?.resolve === graph.resolve &&
    known.policy === policy &&
    known.declared === declared.signature &&
    known.modules === modules.signature &&
    isCurrent(known, files) &&
    known.readers.isSame(table)
  )
    return known;
  const readers = askedOf(table);
  const { result, seen, asked } = resolver.watch(() => readsOf(path, facts, resolver, policy, readers.table, declared));
  const memo: Memo = {
    resolve: graph.resolve,
    policy,
    readers,
    declared: declared.signature,
    modules: modules.signature,
    seen,
    asked,
    reads: result,
  };
  if (byPath === undefined) {
    byPath = new Map();
    memos.set(facts, byPath);
  }
  byPath.set(path, memo);
  return memo;
}

function isCurrent(memo: Memo, files: ReadonlyMap<string, FileFacts>): boolean {
  for (const [path, facts] of memo.seen) if (files.get(path) !== facts) return false;
  return true;
}

/** Gives reads from records that spell keys their own way the key that they mean. */
function settle(
  perFile: readonly FileReads[],
  definitions: readonly FlagDefinition[],
): { readonly reads: FlagRead[]; readonly dynamicReads: DynamicRead[] } {
  const keysBySpelling = spellings(definitions);
  const reads: FlagRead[] = [];
  const dynamicReads: DynamicRead[] = [];
  for (const one of perFile) {
    const settled: FlagRead[] = [];
    const dynamic = [...one.dynamic];
    for (const { read, spelling } of one.spelledReads) {
      // A name that no key is spelled like is the key itself: the record was told to keep keys as they are.
      const keys = spelled(read.key, spelling) === read.key ? (keysBySpelling(spelling).get(read.key) ?? []) : [];
      if (keys.length > 1) dynamic.push({ path: read.path, range: read.range, reader: read.reader });
      else settled.push(keys[0] === undefined ? read : { ...read, key: keys[0] });
    }
    for (const list of [one.reads, settled]) reads.push(...list);
    dynamicReads.push(...dynamic.sort((a, b) => a.range.start - b.range.start));
  }
  return { reads, dynamicReads };
}

/** Keys of definitions by how a record spells them. */
function spellings(
  definitions: readonly FlagDefinition[],
): (spelling: Spelling) => ReadonlyMap<string, readonly string[]> {
  const made = new Map<Spelling, Map<string, string[]>>();
  return (spelling) => {
    let index = made.get(spelling);
    if (index === undefined) {
      index = new Map();
      for (const key of new Set(definitions.map((definition) => definition.key))) {
        const name = spelled(key, spelling);
        const list = index.get(name);
        if (list === undefined) index.set(name, [key]);
        else list.push(key);
      }
      made.set(spelling, index);
    }
    return index;
  };
}

function flagsOf(
  definitions: readonly FlagDefinition[],
  reads: readonly FlagRead[],
  orphans: Inventory['orphans'],
  by: { readonly policy: Policy; readonly today?: string },
): ReadonlyMap<string, Flag> {
  const byKey = new Map<string, { definitions: FlagDefinition[]; reads: FlagRead[] }>();
  const at = (key: string) => {
    let entry = byKey.get(key);
    if (entry === undefined) {
      entry = { definitions: [], reads: [] };
      byKey.set(key, entry);
    }
    return entry;
  };
  for (const definition of definitions) at(definition.key).definitions.push(definition);
  for (const read of reads) at(read.key).reads.push(read);
  return new Map(
    [...byKey.keys()].sort().map((key) => {
      const entry = byKey.get(key)!;
      entry.reads.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.start - b.range.start));
      return [key, flagOf(key, entry.definitions, entry.reads, orphans, by)];
    }),
  );
}
