import { own } from '../../core/own.ts';
import type { ArgFact, FileFacts, ReadSite, WrapperFact } from '../../facts/file-facts.ts';
import type { ModuleGraph } from '../../facts/graph.ts';
import { isTestPath } from '../../facts/tests.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Resolver } from '../resolve.ts';
import { type Candidate, candidatesOf, type NamedWrapper } from './candidates.ts';
import type { InnerRead } from './inner-reads.ts';
import { placeId, type Reader, type ReaderShape } from './reader.ts';
import { reasonOf } from './reason.ts';
import { isExact, shapeOfReader } from './shape-of-reader.ts';
import { noTable, type ReaderTable, tableOf } from './table.ts';

export interface Inference {
  /** Sorted by path and name. */
  readonly readers: readonly Reader[];
  readonly table: ReaderTable;
  /** Shallow files that might tell more of how a reader is called. */
  readonly asked: ReadonlySet<string>;
}

interface Sources {
  readonly files: Pick<ReadonlyMap<string, FileFacts>, 'get'>;
  readonly graph: ModuleGraph;
  readonly policy: Policy;
}

/**
 * The functions of the workspace that read flags for their callers: those around a read whose key is a parameter of theirs, those
 * around a call of such a function, and so on, until there are no more. Which sites there are beyond those makes no difference.
 * @param paths files that may read a flag, sorted
 */
export function inferReaders(paths: readonly string[], sources: Sources, resolver: Resolver): Inference {
  const { files, graph, policy } = sources;
  if (!policy.flags.inference) return { readers: [], table: noTable, asked: new Set() };
  const candidates: Candidate[] = [];
  const named = new Map<WrapperFact, NamedWrapper>();
  const asked = new Set<string>();
  for (const path of paths) {
    const memo = candidatesOf(path, files, graph, policy, resolver);
    if (memo === undefined) continue;
    candidates.push(...memo.candidates);
    for (const [wrapper, one] of memo.named) named.set(wrapper, one);
    for (const one of memo.asked) asked.add(one);
  }
  const left = new Set(policy.flags.notReaders);
  const { result: readers, asked: more } = resolver.watch(() => closure({ candidates, named, files, resolver, left }));
  for (const one of more) asked.add(one);
  const isTest = (path: string) => isTestPath(path, policy.tests.files);
  return { readers, table: tableOf(readers, isTest), asked };
}

interface Work {
  readonly candidates: readonly Candidate[];
  readonly named: ReadonlyMap<WrapperFact, NamedWrapper>;
  readonly files: Sources['files'];
  readonly resolver: Resolver;
  /** Names of functions that the policy says are none. */
  readonly left: ReadonlySet<string>;
}

function closure(work: Work): Reader[] {
  const readers = new Map<string, Reader>();
  const byPlace = new Map<string, Reader>();
  let open = work.candidates;
  for (;;) {
    const rest: Candidate[] = [];
    const found: Reader[] = [];
    for (const candidate of open) {
      const reads = candidate.reads ?? readsThrough(candidate, byPlace);
      if (reads === undefined) rest.push(candidate);
      else for (const inner of reads.inner) found.push(...readerOf(candidate, inner, reads, work));
    }
    if (found.length === 0) return [...readers.values()].sort(byPathAndName);
    for (const reader of found) {
      const id = placeId(reader.inferred);
      const before = readers.get(id);
      const merged = before === undefined ? reader : both(before, reader);
      readers.set(id, merged);
      for (const place of merged.places)
        if (before || !byPlace.has(placeId(place))) byPlace.set(placeId(place), merged);
    }
    open = rest;
  }
}

/** A reader found once more. Where it reads another key than its first one, that stays a read of a key that nobody knows. */
function both(first: Reader, more: Reader): Reader {
  const [one, other] = [first.shape.key, more.shape.key];
  const isSame =
    one.kind === 'parameter' && other.kind === 'parameter'
      ? one.index === other.index && one.field === other.field
      : one.kind === other.kind;
  return isSame ? { ...first, inner: [...first.inner, ...more.inner] } : first;
}

interface Reads {
  readonly by: string;
  readonly inner: readonly InnerRead[];
  /** The reader in between, for the key that it takes. */
  readonly through?: Reader;
}

/** What a call reads that leads to a reader. */
function readsThrough({ site, targets }: Candidate, byPlace: ReadonlyMap<string, Reader>): Reads | undefined {
  const through = targets.map((place) => byPlace.get(placeId(place))).find((reader) => reader !== undefined);
  if (through === undefined) return undefined;
  const { shape } = through;
  const key = keyArgument(site, shape);
  if (site.wrapper === undefined || key === undefined) return { by: shape.reads, inner: [], through };
  const fallback = shape.default === undefined ? undefined : site.args[shape.default];
  const inner: InnerRead = {
    wrapper: site.wrapper,
    key,
    range: site.range,
    result: site.form === 'jsx' ? { kind: 'component' } : shape.result,
    awaited: site.awaited,
    inverted: shape.inverted === true,
    type: shape.type,
    ...(fallback && { default: fallback }),
    ...(shape.spelling && { spelling: shape.spelling }),
    ...(shape.members && { members: shape.members }),
  };
  return { by: shape.reads, inner: [inner], through };
}

/** The argument, prop or field that is the key of a call of a reader; a fixed key stands in the callee's name. */
export function keyArgument(site: ReadSite, { key }: ReaderShape): ArgFact | undefined {
  if (key.kind === 'fixed') return { range: site.nameRange, value: { kind: 'string', value: key.value } };
  const fields = key.field?.split('.') ?? [];
  if (site.form !== 'jsx') return fieldOf(site.args[key.index], fields);
  const [prop, ...rest] = fields;
  return key.index === 0 && prop !== undefined ? fieldOf(own(site.props, prop), rest) : undefined;
}

/** A field of what an argument holds: of an object that is written there, of a constant, or of what a parameter hands on. */
function fieldOf(argument: ArgFact | undefined, fields: readonly string[]): ArgFact | undefined {
  const [first, ...rest] = fields;
  if (argument === undefined || first === undefined) return argument;
  const { value } = argument;
  if (value.kind === 'fields') return fieldOf(own(value.fields, first), rest);
  if (value.kind === 'name') return { ...argument, value: { ...value, path: [...value.path, ...fields] } };
  if (value.kind !== 'parameter' || value.within !== undefined) return { ...argument, value: { kind: 'dynamic' } };
  const field = [...(value.field === undefined ? [] : [value.field]), ...fields].join('.');
  return { ...argument, value: { ...value, field } };
}

function readerOf({ path, site }: Candidate, inner: InnerRead, reads: Reads, work: Work): Reader[] {
  const { wrapper, range } = inner;
  const { files, resolver, named, left } = work;
  if (left.has(wrapper.name) || left.has(wrapper.name.replace(/^.*[.>]/, ''))) return [];
  const key = keyOf(path, inner, reads, resolver);
  if (key?.kind === 'fixed' && site.form === 'jsx') return [];
  const { places, types } = named.get(wrapper)!;
  if (key === undefined) return [];
  const shape = shapeOfReader(inner, key, reads.by);
  const inferred = {
    path,
    name: wrapper.name,
    exact: isExact(shape),
    nameRange: wrapper.nameRange,
    key: key.kind === 'fixed' ? -1 : key.index,
    ...(key.kind === 'parameter' && key.field !== undefined && { keyField: key.field }),
    reads: shape.reads,
    reason: reasonOf(shape, reads.through?.inferred.name),
  };
  const hides = key.kind === 'parameter' || files.get(path)?.generated === true;
  return [
    {
      shape,
      inferred,
      places,
      inner: hides ? [range, inner.key.range, site.range, ...(inner.listed ?? [])] : [],
      types: key.kind === 'parameter' ? (types[key.index] ?? []) : [],
    },
  ];
}

/** A parameter of the function, or a key that it has fixed, where it does nothing else than to read it. */
function keyOf(path: string, inner: InnerRead, { through }: Reads, resolver: Resolver): ReaderShape['key'] | undefined {
  const { value } = inner.key;
  const of = through?.shape.key.kind === 'parameter' ? through.shape.key : undefined;
  if (value.kind === 'parameter') {
    // Which member of a group of the other function's file the parameter names is not followed further.
    return of?.within === undefined ? value : undefined;
  }
  if (inner.wrapper.only !== true || of?.within !== undefined) return undefined;
  const key = resolver.key(path, value);
  return key && { kind: 'fixed', written: { path, range: inner.key.range }, ...key };
}

function byPathAndName({ inferred: a }: Reader, { inferred: b }: Reader): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
