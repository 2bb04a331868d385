import type { MemberUse } from '../facts/file-facts.ts';
import type { ReadResult } from './flag.ts';
import { addDynamic, addRead, type Matched, type OpenReads } from './open-reads.ts';
import { useOfRead } from './read-use.ts';
import type { ResolvedKey } from './resolve.ts';
import type { Holder, Spelling } from './sdks/sdk.ts';

/** How the members of a record hold the values of flags. A promise of the record is awaited before members are taken. */
interface Record {
  readonly spelling: Spelling;
  readonly field?: string | undefined;
  readonly holder?: Holder | undefined;
  /** Only these keys; all members are flags when left out. */
  readonly keys?: ReadonlyMap<string, ResolvedKey>;
}

/** Members of a record as reads: `flags.x`, `flags['x']`, `flags[Flag.X]`, `const { x } = flags`. */
export function addMembers(matched: Matched, members: readonly MemberUse[], record: Record, found: OpenReads): void {
  const { path, resolver } = matched;
  for (const member of members) {
    if (member.set) continue;
    const key = member.computed === undefined ? { value: member.name } : resolver.key(path, member.computed);
    if (key === undefined) addDynamic(matched, found, member.range);
    else if (record.keys === undefined || record.keys.has(key.value)) {
      const result = resultOf(member, record);
      addRead(
        matched,
        {
          key,
          keyRange: member.nameRange,
          range: member.range,
          result,
          default: member.default,
          use: useOfRead(member, result),
          spelling: record.spelling,
        },
        found,
      );
    }
  }
}

/** Members further in: those of `treatments` in `result.treatments.x`. `''` for the members themselves. */
export function membersBelow(members: readonly MemberUse[], path: string): readonly MemberUse[] {
  if (path === '') return members;
  return path
    .split('.')
    .reduce(
      (level: readonly MemberUse[], name) =>
        level.filter((member) => member.name === name).flatMap((member) => member.members ?? []),
      members,
    );
}

function resultOf(member: MemberUse, { field, holder }: Record): ReadResult {
  const held = heldBy(holder);
  if (held !== undefined) return held;
  if (member.form === 'binding') return { kind: 'binding', ...(field === undefined ? {} : { field }) };
  return field === undefined ? { kind: 'value', async: false } : { kind: 'details', field, async: false };
}

/** What holds a value so that nothing can be put in its place; undefined where the value itself, or a promise of it, stands. */
export function heldBy(holder: Holder | undefined): ReadResult | undefined {
  if (holder === 'observable')
    return { kind: 'other', how: 'It yields an observable, whose value is known only where somebody subscribes to it' };
  if (holder === 'store')
    return { kind: 'other', how: 'It yields a store, whose value is known only where somebody subscribes to it' };
  return undefined;
}
