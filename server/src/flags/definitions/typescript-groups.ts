import type { FileFacts, GroupMember, NameFact } from '../../facts/file-facts.ts';
import type { RegistryFact } from '../../facts/registry-fact.ts';
import type { FlagDefinition } from '../flag.ts';
import { unknownState } from './format.ts';
import { readEntries } from './typescript-entries.ts';

const sources = {
  enum: 'typescript-enum',
  object: 'typescript-object',
  union: 'typescript-union',
} as const;

/** A group of strings: an enum, a constant object, or a union of literals. */
type Group = NameFact & { readonly kind: keyof typeof sources };

/** A registry of flags in TypeScript. */
export type Registry = Group | RegistryFact;

/**
 * The registries of a file: groups whose members are strings, and lists that say more (`RegistryFact`), which go before a group of
 * the same name. With a name, that one only (`*` for what it exports as functions). Without, an interface counts only where it
 * says what the flags are, and nothing else of the file does: others describe options and props.
 */
export function registriesOf(facts: FileFacts, name?: string): Registry[] {
  const lists = (facts.registries ?? []).filter((one) =>
    name === undefined ? one.kind !== 'functions' : one.name === name,
  );
  const told = new Set(lists.map((one) => one.name));
  const groups = facts.names.filter(
    (one): one is Group =>
      one.kind in sources && (name ?? one.name) === one.name && !told.has(one.name) && !!one.members?.length,
  );
  if (name !== undefined) return [...lists, ...groups];
  const values = [...lists.filter((one) => one.kind !== 'members'), ...groups];
  return values.length > 0 ? values : lists.filter((one) => flagsName.test(one.name) && isValues(one));
}

/** Booleans, and values beside them. */
function isValues({ partial, entries }: RegistryFact): boolean {
  return !partial && entries.every(({ type }) => type !== undefined) && entries.some(({ type }) => type === 'boolean');
}

const flagsName = /flags|features|toggles|experiments/i;

/** What is known to be flags whatever the policy says and code reads: declared to a vendor's SDK, or handed to its client. */
export function certainRegistriesOf(facts: FileFacts): Registry[] {
  return facts.registries?.filter((one) => one.certain) ?? [];
}

/** One definition for each key of a registry. A registry lists keys; what they yield is mostly decided elsewhere. */
export function readRegistry(path: string, registry: Registry): FlagDefinition[] {
  return 'entries' in registry ? readEntries(path, registry) : readGroup(path, registry);
}

function readGroup(path: string, registry: Group): FlagDefinition[] {
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
        ...(registry.partial ? { partial: true as const } : {}),
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
