import type { TextRange } from '../core/text.ts';
import type { ArgFact, FileFacts, MemberUse, ReadSite } from '../facts/file-facts.ts';
import { isTestFile } from '../facts/tests.ts';
import type { Policy } from '../policy/schema.ts';
import { matchReadSite, type ReadMatch } from './catalogue.ts';
import type { DynamicRead, FlagRead } from './flag.ts';
import type { Place, ResolvedKey, Resolver } from './resolve.ts';
import type { Spelling } from './sdks/sdk.ts';

/** The reads of one file, as far as they can be told without knowing the definitions. */
export interface FileReads {
  readonly reads: readonly FlagRead[];
  /** Reads from a record that spells keys its own way: which key is meant depends on the keys that there are. */
  readonly spelledReads: readonly SpelledRead[];
  readonly dynamic: readonly DynamicRead[];
  /** Groups whose members are the key of a read. */
  readonly groups: readonly Place[];
}

interface SpelledRead {
  readonly spelling: Spelling;
  /** Complete but for its key, which is as spelled. */
  readonly read: FlagRead;
}

/** Tells the reads of a file from its read sites. */
export function readsOf(path: string, facts: FileFacts, resolver: Resolver, policy: Policy): FileReads {
  const found: OpenReads = { reads: [], spelledReads: [], dynamic: [], groups: new Map() };
  const inTest = isTestFile(path, facts, policy.tests.files);
  for (const site of facts.reads) {
    const match = matchReadSite(site, path, resolver, policy);
    if (match !== undefined) addReads({ path, site, match, inTest, resolver }, found);
  }
  return { ...found, groups: [...found.groups.values()] };
}

interface OpenReads {
  readonly reads: FlagRead[];
  readonly spelledReads: SpelledRead[];
  readonly dynamic: DynamicRead[];
  readonly groups: Map<string, Place>;
}

interface Matched {
  readonly path: string;
  readonly site: ReadSite;
  readonly match: ReadMatch;
  readonly inTest: boolean;
  readonly resolver: Resolver;
}

function addReads(matched: Matched, found: OpenReads): void {
  const { site, match } = matched;
  const { shape } = match;
  if (shape.form === 'record') addRecord(matched, shape.spelling, found);
  else if (shape.form === 'component') {
    const fallback = shape.default === undefined ? undefined : site.props?.[shape.default];
    addKeyed(matched, site.props?.[shape.key], fallback, { kind: 'component' }, found);
  } else if (shape.form === 'call') {
    const fallback = shape.default === undefined ? undefined : site.args[shape.default];
    const async = shape.holder === 'promise';
    const result: FlagRead['result'] =
      shape.field === undefined ? { kind: 'value', async } : { kind: 'details', field: shape.field, async };
    addKeyed(matched, site.args[shape.key], fallback, result, found);
  }
}

function addKeyed(
  matched: Matched,
  argument: ArgFact | undefined,
  fallback: ArgFact | undefined,
  result: FlagRead['result'],
  found: OpenReads,
): void {
  const { path, site, match, resolver } = matched;
  const key = argument === undefined ? undefined : resolver.key(path, argument.value);
  if (key === undefined || argument === undefined) {
    found.dynamic.push({ path, range: site.range, reader: match.reader });
    return;
  }
  addGroup(key, found);
  found.reads.push({
    ...common(matched, site.range),
    key: key.value,
    keyRange: argument.range,
    result,
    ...(fallback === undefined ? {} : { default: fallback }),
  });
}

function addRecord(matched: Matched, spelling: Spelling, found: OpenReads): void {
  const { path, site, match, resolver } = matched;
  for (const member of site.members) {
    const key = member.computed === undefined ? { value: member.name } : resolver.key(path, member.computed);
    if (key === undefined) {
      found.dynamic.push({ path, range: member.range, reader: match.reader });
      continue;
    }
    addGroup(key, found);
    const read: FlagRead = {
      ...common(matched, member.range),
      key: key.value,
      keyRange: member.nameRange,
      result: resultOf(member),
    };
    if (spelling === 'as-is') found.reads.push(read);
    else found.spelledReads.push({ spelling, read });
  }
  if (site.escapes) found.dynamic.push({ path, range: site.range, reader: match.reader });
}

function addGroup({ group }: ResolvedKey, found: OpenReads): void {
  if (group !== undefined) found.groups.set(`${group.path}\n${group.name}`, group);
}

function resultOf(member: MemberUse): FlagRead['result'] {
  return member.form === 'binding' ? { kind: 'binding' } : { kind: 'value', async: false };
}

function common(
  { path, match, inTest }: Matched,
  range: TextRange,
): Pick<FlagRead, 'path' | 'range' | 'reader' | 'inTest' | 'type'> {
  const type = 'type' in match.shape ? match.shape.type : 'any';
  return { path, range, reader: match.reader, inTest, ...(type === 'any' ? {} : { type }) };
}
