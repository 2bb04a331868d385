import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { Policy } from '../policy/schema.ts';
import { spelled } from './camel-case.ts';
import { knownPackage } from './catalogue.ts';
import { collectDefinitions } from './definitions/collect.ts';
import type { DynamicRead, Flag, FlagDefinition, FlagRead, Inventory } from './flag.ts';
import { flagOf, whatIsDefined } from './health.ts';
import { type FileReads, readsOf } from './reads.ts';
import { type Place, type Resolver, resolverOf } from './resolve.ts';
import type { Spelling } from './sdks/sdk.ts';

export interface InventorySources {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly graph: ModuleGraph;
  readonly policy: Policy;
  /** Files that may define flags: JSON files that are recognised by their content, and those that the policy names. */
  readonly definitionFiles: Iterable<{ readonly path: string; readonly text: string }>;
  /**
   * Takes the facts of a file again, closely (`takeFacts(path, text, recipe, true)`). Asked for the few shallow files that a
   * client or a key passes through; the caller may keep the answer in place of the shallow facts.
   */
  readonly closer?: (path: string) => FileFacts | undefined;
}

/**
 * All flags of a workspace folder: reads told from facts, definitions from definition files and from registries that reads
 * take their keys from. Reads of files whose facts, and the facts they depend on, stayed the same are not told again.
 */
export function buildInventory(sources: InventorySources): Inventory {
  const { files, graph, policy } = sources;
  const resolver = resolverOf(files, graph, (specifier) => knownPackage(specifier) !== undefined, sources.closer);
  const perFile = readsByFile(files, graph, policy, resolver);
  const groups = new Map(perFile.flatMap((one) => one.groups).map((group) => [`${group.path}\n${group.name}`, group]));
  const usedGroups = [...groups.keys()].sort().map((key) => groups.get(key)!);
  const { definitions, problems } = collectDefinitions({
    definitionFiles: sources.definitionFiles,
    files: withGroups(files, usedGroups, resolver),
    usedGroups,
    policy,
  });
  const { reads, dynamicReads } = settle(perFile, definitions);
  return { flags: flagsOf(definitions, reads, problems, policy), dynamicReads, problems };
}

/** The facts with those that tell the groups: a file of which little was known may have been taken closely for one. */
function withGroups(
  files: ReadonlyMap<string, FileFacts>,
  groups: readonly Place[],
  resolver: Resolver,
): ReadonlyMap<string, FileFacts> {
  const closer = groups.flatMap(({ path }): [string, FileFacts][] => {
    const facts = resolver.factsOf(path);
    return facts === undefined || facts === files.get(path) ? [] : [[path, facts]];
  });
  return closer.length === 0 ? files : new Map([...files, ...closer]);
}

interface Memo {
  readonly resolve: ModuleGraph['resolve'];
  readonly policy: Policy;
  readonly seen: ReadonlyMap<string, FileFacts | undefined>;
  readonly reads: FileReads;
}

/** By the facts object: facts are immutable, and a file that changes gets new ones. */
const memos = new WeakMap<FileFacts, Map<string, Memo>>();

/** Reads of all files that have any, in the order of their paths. */
function readsByFile(
  files: ReadonlyMap<string, FileFacts>,
  graph: ModuleGraph,
  policy: Policy,
  resolver: Resolver,
): FileReads[] {
  const paths: string[] = [];
  for (const [path, facts] of files) if (facts.reads.length > 0) paths.push(path);
  return paths.sort().map((path) => {
    const facts = files.get(path)!;
    let byPath = memos.get(facts);
    const memo = byPath?.get(path);
    if (memo !== undefined && memo.resolve === graph.resolve && memo.policy === policy && isCurrent(memo, files))
      return memo.reads;
    const { result, seen } = resolver.watch(() => readsOf(path, facts, resolver, policy));
    if (byPath === undefined) {
      byPath = new Map();
      memos.set(facts, byPath);
    }
    byPath.set(path, { resolve: graph.resolve, policy, seen, reads: result });
    return result;
  });
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
  problems: Inventory['problems'],
  policy: Policy,
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
  const defined = whatIsDefined(definitions, reads, problems, policy);
  return new Map(
    [...byKey.keys()].sort().map((key) => {
      const entry = byKey.get(key)!;
      entry.reads.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.start - b.range.start));
      return [key, flagOf(key, entry.definitions, entry.reads, defined)];
    }),
  );
}
