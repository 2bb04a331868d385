import type { TextRange } from '../core/text.ts';
import type { FileFacts, ReadSite } from '../facts/file-facts.ts';
import { isTestFile } from '../facts/tests.ts';
import type { Policy } from '../policy/schema.ts';
import { addCall } from './call-reads.ts';
import { matchesOf } from './catalogue.ts';
import { type DeclaredFlags, declaredMethods, noDeclaredFlags } from './declared-flags.ts';
import type { DynamicRead, FlagRead } from './flag.ts';
import { noTable, type ReaderTable } from './inference/table.ts';
import { addThrough, outsideOfReaders } from './inference/through.ts';
import { addDynamic, addRead, type Matched, type OpenReads, type SpelledRead } from './open-reads.ts';
import { addMembers, heldBy, membersBelow } from './record-reads.ts';
import type { Place, Resolver } from './resolve.ts';
import type { ComponentShape, DirectiveShape, RecordShape } from './sdks/sdk.ts';
import { addShape, isPlaceShape } from './shape-reads.ts';

/** The reads of one file, as far as they can be told without knowing the definitions. */
export interface FileReads {
  readonly reads: readonly FlagRead[];
  /** Reads from a record that spells keys its own way: which key is meant depends on the keys that there are. */
  readonly spelledReads: readonly SpelledRead[];
  readonly dynamic: readonly DynamicRead[];
  /** Groups whose members are the key of a read. */
  readonly groups: readonly Place[];
  /** Entries of the policy that told something, by their index. */
  readonly entries: readonly number[];
}

/**
 * Tells the reads of a file from its read sites.
 * @param table functions of the workspace that read flags for their callers
 * @param declared flags that code declares by name
 */
export function readsOf(
  path: string,
  facts: FileFacts,
  resolver: Resolver,
  policy: Policy,
  table: ReaderTable = noTable,
  declared: DeclaredFlags = noDeclaredFlags,
): FileReads {
  const found: OpenReads = { reads: [], spelledReads: [], dynamic: [], groups: new Map() };
  const entries = new Set<number>();
  const inTest = isTestFile(path, facts, policy.tests.files);
  for (const site of facts.reads) {
    const matches = matchesOf(site, path, resolver, policy);
    const base = { path, site, inTest, resolver, declared };
    if (matches.length === 0 && !addDeclared(base, found)) addThrough(base, table, found);
    for (const match of matches) {
      const before = told(found);
      addReads({ ...base, match }, found);
      if (match.entry !== undefined && told(found) > before) entries.add(match.entry);
    }
  }
  const { reads, dynamic } = outsideOfReaders(found, path, table);
  return { ...found, reads, dynamic, groups: [...found.groups.values()], entries: [...entries] };
}

function told({ reads, spelledReads, dynamic }: OpenReads): number {
  return reads.length + spelledReads.length + dynamic.length;
}

function addReads(matched: Matched, found: OpenReads): void {
  const { shape } = matched.match;
  if (shape.form === 'record') addRecord(matched, shape, found);
  else if (shape.form === 'component') addComponent(matched, shape, found);
  else if (shape.form === 'directive') addDirective(matched, shape, found);
  else if (shape.form === 'call') addCall(matched, shape, found);
  else if (isPlaceShape(shape)) addShape(matched, shape, found);
}

function addDirective(matched: Matched, shape: DirectiveShape, found: OpenReads): void {
  const { path, site, resolver } = matched;
  const place = site.props?.[site.name];
  const key = place && resolver.key(path, place.value);
  if (key === undefined || place === undefined) addDynamic(matched, found, place?.range);
  else
    addRead(
      matched,
      {
        key,
        keyRange: place.range,
        result: { kind: 'other', how: 'An Angular template shows a part by it' },
        default: shape.default === undefined ? undefined : site.props?.[shape.default],
      },
      found,
    );
}

/** Adds the read of a call of a flag that code declares by name; false where the site calls none. */
function addDeclared(base: Omit<Matched, 'match'>, found: OpenReads): boolean {
  const { site, path, resolver, declared } = base;
  const flag = declared.names.size > 0 ? declared.called(site, path, resolver) : undefined;
  if (flag === undefined) return false;
  const { key, shape, sdk } = flag;
  const held = heldBy(shape.holder);
  addRead(
    { ...base, match: { shape, reader: `${sdk} ${site.name}` } },
    {
      key,
      keyRange: flagName(site),
      result: held ?? { kind: 'value', async: shape.holder === 'promise' },
      use: site.use,
    },
    found,
  );
  return true;
}

/** The name of a declared flag where it is called, or a method of it. */
function flagName({ name, nameRange, range, receiver }: ReadSite): TextRange {
  return declaredMethods.has(name) ? { start: range.start, end: range.start + receiver.length } : nameRange;
}

function addRecord(matched: Matched, { spelling, record = '', field, holder }: RecordShape, found: OpenReads): void {
  const { site } = matched;
  addMembers(matched, membersBelow(site.members, record), { spelling, field, holder }, found);
  if (site.escapes) addDynamic(matched, found);
}

function addComponent(matched: Matched, shape: ComponentShape, found: OpenReads): void {
  const { path, site, resolver } = matched;
  const prop = site.props?.[shape.key];
  const several =
    shape.keys === 'array' && prop?.value.kind === 'fields' ? Object.values(prop.value.fields) : undefined;
  for (const place of several ?? [prop]) {
    const key = place && resolver.key(path, place.value);
    if (key === undefined || place === undefined) {
      addDynamic(matched, found, place?.range);
      continue;
    }
    addRead(
      matched,
      {
        key,
        keyRange: place.range,
        // It hands several flags to its children, which tell by themselves what is on.
        result:
          shape.keys === undefined
            ? { kind: 'component' }
            : { kind: 'other', how: 'The element hands the flag to its children' },
        default: shape.default === undefined ? undefined : site.props?.[shape.default],
      },
      found,
    );
  }
}
