import type { FileFacts, ReadSite } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { Policy } from '../policy/schema.ts';
import { knownPackage, matchReadSite } from './catalogue.ts';
import { resolverOf } from './resolve.ts';
import type { Spelling } from './sdks/sdk.ts';

interface Sources {
  readonly graph: ModuleGraph;
  readonly policy: Policy;
  facts(path: string): FileFacts | undefined;
}

/** How the record that a read site yields spells keys; undefined where it yields none. */
export function recordSpelling(site: ReadSite, path: string, { facts, graph, policy }: Sources): Spelling | undefined {
  const resolver = resolverOf({ get: facts }, graph, (specifier) => knownPackage(specifier) !== undefined);
  const shape = matchReadSite(site, path, resolver, policy)?.shape;
  return shape && 'spelling' in shape ? shape.spelling : undefined;
}
