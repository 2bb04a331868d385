import type { ReadSite } from '../facts/file-facts.ts';
import type { Policy } from '../policy/schema.ts';
import { knownPackage, matchReadSite } from './catalogue.ts';
import type { FlagRead } from './flag.ts';
import { resolverOf } from './resolve.ts';
import type { Spelling } from './sdks/sdk.ts';
import type { SymbolSources } from './symbols.ts';

export interface SpellingSources extends SymbolSources {
  readonly policy: Policy;
}

/** How the record that a member is taken from spells keys; undefined for reads that are no members of a record. */
export function spellingAt(read: FlagRead, sources: SpellingSources): Spelling | undefined {
  const site = sources
    .facts(read.path)
    ?.reads.find((one) => one.members.some(({ nameRange }) => nameRange.start === read.keyRange.start));
  return site && recordSpelling(site, read.path, sources);
}

/** How the record that a read site yields spells keys; undefined where it yields none. */
export function recordSpelling(
  site: ReadSite,
  path: string,
  { facts, graph, policy }: SpellingSources,
): Spelling | undefined {
  const resolver = resolverOf({ get: facts }, graph, (specifier) => knownPackage(specifier) !== undefined);
  const shape = matchReadSite(site, path, resolver, policy)?.shape;
  return shape && 'spelling' in shape ? shape.spelling : undefined;
}
