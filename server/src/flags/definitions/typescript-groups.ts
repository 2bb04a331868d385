import type { FileFacts, NameFact } from '../../facts/file-facts.ts';
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

/** One definition for each member of a registry. A registry lists keys; what they yield is decided elsewhere. */
export function readRegistry(path: string, registry: Registry): FlagDefinition[] {
  return (registry.members ?? []).map((member) => ({
    key: member.value,
    path,
    keyRange: member.valueRange,
    range: member.range,
    source: sources[registry.kind],
    registry: { name: registry.name, member: member.name, range: registry.range },
    type: 'unknown',
    state: unknownState,
  }));
}
