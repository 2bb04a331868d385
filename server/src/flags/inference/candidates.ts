import type { FileFacts, MemberUse, ModuleSymbol, ReadSite, WrapperFact } from '../../facts/file-facts.ts';
import type { ModuleGraph } from '../../facts/graph.ts';
import type { Policy } from '../../policy/schema.ts';
import { matchesOf } from '../catalogue.ts';
import type { Place, Resolver } from '../resolve.ts';
import { type InnerRead, innerReads } from './inner-reads.ts';
import { lastName } from './reader.ts';

/** A site in a function that may be a reader: one that reads a flag by itself, or a call that may lead to a reader. */
export interface Candidate {
  readonly path: string;
  readonly site: ReadSite;
  /** Of a site that reads by itself. */
  readonly reads?: { readonly by: string; readonly inner: readonly InnerRead[] };
  /** Where the callee of another one leads. */
  readonly targets: readonly Place[];
}

interface Memo {
  readonly resolve: ModuleGraph['resolve'];
  readonly policy: Policy;
  readonly seen: ReadonlyMap<string, FileFacts | undefined>;
  readonly asked: ReadonlySet<string>;
  readonly candidates: readonly Candidate[];
  /** By which names each function around them is called, and the types of its parameters. */
  readonly named: ReadonlyMap<WrapperFact, NamedWrapper>;
}

export interface NamedWrapper {
  readonly places: readonly Place[];
  readonly types: readonly (readonly Place[])[];
}

const memos = new WeakMap<FileFacts, Map<string, Memo>>();

/** The candidates of a file; told again only when the file, or one that it was looked through, has other facts. */
export function candidatesOf(
  path: string,
  files: Pick<ReadonlyMap<string, FileFacts>, 'get'>,
  graph: ModuleGraph,
  policy: Policy,
  resolver: Resolver,
): Memo | undefined {
  const facts = files.get(path);
  if (facts === undefined || !mayWrap(facts)) return undefined;
  let byPath = memos.get(facts);
  const known = byPath?.get(path);
  if (known?.resolve === graph.resolve && known.policy === policy && isCurrent(known, files)) return known;
  const { result, seen, asked } = resolver.watch(() => look(path, facts, policy, resolver));
  const memo: Memo = { resolve: graph.resolve, policy, seen, asked, ...result };
  if (byPath === undefined) {
    byPath = new Map();
    memos.set(facts, byPath);
  }
  byPath.set(path, memo);
  return memo;
}

function isCurrent(memo: Memo, files: Pick<ReadonlyMap<string, FileFacts>, 'get'>): boolean {
  for (const [path, facts] of memo.seen) if (files.get(path) !== facts) return false;
  return true;
}

const wrapping = new WeakMap<FileFacts, boolean>();

function mayWrap(facts: FileFacts): boolean {
  let may = wrapping.get(facts);
  if (may === undefined) {
    may = facts.reads.some((site) => wrappersOf(site).length > 0);
    wrapping.set(facts, may);
  }
  return may;
}

function wrappersOf({ wrapper, members }: ReadSite): WrapperFact[] {
  const inner = wrappersOfMembers(members);
  return wrapper === undefined ? inner : [wrapper, ...inner];
}

/** A record of flags may stand in a member: `result.treatments[name]`. */
function wrappersOfMembers(members: readonly MemberUse[]): WrapperFact[] {
  return members.flatMap(({ wrapper, members: below = [] }) => [
    ...(wrapper === undefined ? [] : [wrapper]),
    ...wrappersOfMembers(below),
  ]);
}

function look(path: string, facts: FileFacts, policy: Policy, resolver: Resolver): Pick<Memo, 'candidates' | 'named'> {
  const candidates: Candidate[] = [];
  const named = new Map<WrapperFact, NamedWrapper>();
  for (const site of facts.reads) {
    const wrappers = wrappersOf(site);
    if (wrappers.length === 0) continue;
    const matches = matchesOf(site, path, resolver, policy);
    const [match] = matches;
    if (match === undefined && site.wrapper === undefined) continue;
    const reads = match && { by: match.reader, inner: matches.flatMap((one) => innerReads(site, one)) };
    candidates.push({ path, site, ...(reads && { reads }), targets: match ? [] : targetsOf(site, path, resolver) });
    for (const wrapper of wrappers) named.set(wrapper, namedWrapper(wrapper, path, resolver));
  }
  return { candidates, named };
}

/** The places that a callee leads to. */
export function targetsOf(site: ReadSite, path: string, resolver: Resolver): Place[] {
  const bare = site.receiver === '';
  const symbols = [
    ...(site.callee ?? []),
    ...site.origins.map((one) => (bare ? one : { ...one, path: [...(one.path ?? []), site.name] })),
  ];
  return followed(symbols, path, resolver);
}

function namedWrapper(wrapper: WrapperFact, path: string, resolver: Resolver): NamedWrapper {
  const own: Place = { path, name: wrapper.name };
  const also = followed(wrapper.also ?? [], path, resolver);
  const typed = followed(wrapper.typed ?? [], path, resolver).filter(speaksOfFlags);
  return {
    places: [own, ...also, ...typed],
    types: wrapper.parameterTypes.map((symbols) => followed(symbols, path, resolver)),
  };
}

function followed(symbols: readonly ModuleSymbol[], path: string, resolver: Resolver): Place[] {
  return symbols.flatMap((symbol) => resolver.follow(path, symbol).targets);
}

/**
 * Others may implement the same type: a call of its member leads here only where the type is about flags by its name, or by that of its
 * member or file.
 */
function speaksOfFlags(place: Place): boolean {
  const file = place.path.slice(place.path.lastIndexOf('/') + 1);
  return (
    lastName(place) !== undefined &&
    /flag|feature|toggle|experiment|variation|rollout|launch/i.test(`${file} ${place.name}`)
  );
}
