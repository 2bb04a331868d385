import type { ArgFact } from '../facts/file-facts.ts';
import type { Flag, FlagRead, FlagValue } from './flag.ts';

/**
 * The values that a person may want to keep when a flag is removed at one of its reads: the value for everybody first, then
 * what the definitions list, what the read falls back to and what the code compares it with. Only values that the read can yield;
 * empty where no value stands for it (`result.kind` is `other`, objects).
 */
export function valuesToKeep({ definitions, value }: Flag, read: FlagRead): readonly FlagValue[] {
  if (read.result.kind === 'other') return [];
  const listed = definitions.flatMap((one) => one.variations ?? []);
  const type = typeOf(
    definitions.map((one) => one.type),
    read,
  );
  const found = [
    value,
    ...listed.map((one) => one.value),
    ...(type === 'boolean' ? [true, false] : []),
    constantOf(read.default),
    ...(read.use?.compared ?? []).map(constantOf),
  ];
  const values = new Set(found.filter((one) => one !== undefined && (type === undefined || typeof one === type)));
  return [...values] as FlagValue[];
}

/** The same, over all reads of a flag; what the definitions list, where nothing reads it. */
export function valuesOf(flag: Flag): readonly FlagValue[] {
  const first = flag.value === undefined ? [] : [flag.value];
  const listed = flag.definitions.flatMap((one) => (one.variations ?? []).flatMap(({ value }) => value ?? []));
  const found = flag.reads.length === 0 ? listed : flag.reads.flatMap((read) => valuesToKeep(flag, read));
  return [...new Set([...first, ...found])];
}

/** What the read yields; a flag of which nothing is said is on or off. */
function typeOf(defined: readonly string[], { type, use, result }: FlagRead): string | undefined {
  if (type !== undefined) return type;
  // The name of a variant is a second value of the flag, beside on and off.
  if (result.kind === 'details' && result.field === 'name') return 'string';
  if (result.kind === 'component') return 'boolean';
  const [known, other] = new Set(defined.filter((one) => one !== 'unknown'));
  if (known !== undefined) return other === undefined ? known : undefined;
  return use?.compared === undefined ? 'boolean' : undefined;
}

function constantOf(fact: ArgFact | undefined): FlagValue | undefined {
  const value = fact?.value;
  return value?.kind === 'string' || value?.kind === 'boolean' || value?.kind === 'number' ? value.value : undefined;
}
