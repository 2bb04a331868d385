import type { World } from '../fixes/fix.ts';
import { knownPackage, matchReadSite } from '../flags/catalogue.ts';
import type { FlagRead } from '../flags/flag.ts';
import { resolverOf } from '../flags/resolve.ts';
import type { Spelling } from '../flags/sdks/sdk.ts';

/** How the record that a member is taken from spells keys; undefined for reads that are no members of a record. */
export function spellingAt(read: FlagRead, { facts, graph, policy }: World): Spelling | undefined {
  const site = facts(read.path)?.reads.find((one) =>
    one.members.some(({ nameRange }) => nameRange.start === read.keyRange.start),
  );
  if (site === undefined) return undefined;
  const resolver = resolverOf({ get: facts }, graph, (specifier) => knownPackage(specifier) !== undefined);
  const shape = matchReadSite(site, read.path, resolver, policy)?.shape;
  return shape && 'spelling' in shape ? shape.spelling : undefined;
}
