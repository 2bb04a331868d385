import type { FileFacts, GroupMember, NameFact } from '../../facts/file-facts.ts';
import type { FlagDefinition } from '../flag.ts';
import { unknownState } from './format.ts';

const sources = {
  enum: 'typescript-enum',
  object: 'typescript-object',
  union: 'typescript-union',
} as const;

/** A registry of flag keys in TypeScript: an enum, a constant object, or a union of literals. */
export type Registry = NameFact & { readonly kind: keyof typeof sources };

/** The registries of a file: groups whose members are strings. With a name, that one only. */
export function registriesOf(facts: FileFacts, name?: string): Registry[] {
  return facts.names.filter(
    (one): one is Registry => one.kind in sources && (name === undefined || one.name === name) && !!one.members?.length,
  );
}

/** One definition for each key of a registry. A registry lists keys; what they yield is decided elsewhere. */
export function readRegistry(path: string, registry: Registry): FlagDefinition[] {
  const members = registry.members ?? [];
  const keyField = keyFieldOf(members);
  return members
    .filter((member) => keyField === undefined || lastName(member.name) === keyField)
    .map((member) => ({
      key: member.value,
      path,
      keyRange: member.valueRange,
      range: member.range,
      source: sources[registry.kind],
      registry: {
        name: registry.name,
        member: keyField === undefined ? member.name : member.name.slice(0, -keyField.length - 1),
        range: registry.range,
        ...(keyField === undefined ? {} : { records: true as const }),
      },
      type: 'unknown',
      state: unknownState,
    }));
}

/** The field that holds the key where every entry is a record: `NEW: { flag: 'new', defaultValue: 'OFF' }`. */
function keyFieldOf(members: readonly GroupMember[]): string | undefined {
  const entries = new Set(members.map((member) => parentName(member.name)));
  if (entries.has('')) return undefined;
  return keyFields.find((field) => {
    const holders = members.filter((member) => lastName(member.name) === field);
    return holders.length === entries.size;
  });
}

const keyFields = ['key', 'flag', 'flagKey', 'flagName', 'id', 'name'];

function lastName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function parentName(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}
