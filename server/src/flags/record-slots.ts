import type { TextRange } from '../core/text.ts';
import type { FileFacts, MemberUse, ReadSite } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { Policy } from '../policy/schema.ts';
import { spelled } from './camel-case.ts';
import { knownPackage, matchesOf } from './catalogue.ts';
import { covers } from './policy-reads.ts';
import { resolverOf } from './resolve.ts';
import type { Spelling } from './sdks/sdk.ts';

interface Sources {
  readonly graph: ModuleGraph;
  readonly policy: Policy;
  facts(path: string): FileFacts | undefined;
}

/** Where members of what a read site yields are flags. */
export interface RecordSlot {
  /** How members spell keys. */
  readonly spelling: Spelling;
  /** The members stand below this path of the result: `treatments`; '' for its own members. */
  readonly below: string;
  /** Whether a member by the name of this key would be a read. */
  takes(key: string): boolean;
}

/** The record that a read site yields; undefined where it yields none. */
export function recordSlot(site: ReadSite, path: string, { facts, graph, policy }: Sources): RecordSlot | undefined {
  const resolver = resolverOf({ get: facts }, graph, (specifier) => knownPackage(specifier) !== undefined);
  const shapes = matchesOf(site, path, resolver, policy).flatMap(({ shape }) => ('spelling' in shape ? [shape] : []));
  const [first] = shapes;
  if (first === undefined) return undefined;
  return {
    spelling: first.spelling,
    below: first.form === 'record' ? (first.record ?? '') : '',
    takes: (key) =>
      shapes.some(
        (one) => one.form === 'record' || one.members === undefined || covers(one.members, spelled(key, one.spelling)),
      ),
  };
}

/** The record whose member's name stands at a place of a file. */
export function recordOf({ start }: TextRange, path: string, sources: Sources): RecordSlot | undefined {
  const isThere = ({ nameRange, members = [] }: MemberUse): boolean =>
    nameRange.start === start || members.some(isThere);
  const site = sources.facts(path)?.reads.find(({ members }) => members.some(isThere));
  return site && recordSlot(site, path, sources);
}
