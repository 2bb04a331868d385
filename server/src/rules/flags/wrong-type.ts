import type { Related } from '../../core/finding.ts';
import type { TextRange } from '../../core/text.ts';
import type { ArgFact } from '../../facts/file-facts.ts';
import { definesFor } from '../../flags/definitions/definition-scope.ts';
import { sdkOf } from '../../flags/definitions/sdk-of-reader.ts';
import type { FlagDefinition, FlagRead, FlagValue } from '../../flags/flag.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly key: string;
  readonly wrong:
    | { readonly kind: 'read'; readonly read: string; readonly defined: string }
    | { readonly kind: 'compared'; readonly value: FlagValue; readonly known: readonly FlagValue[] };
}

export default defineRule({
  id: 'flags/wrong-type',
  title: 'A flag that is read as another type than it has, or compared with a value that it never yields',
  why: 'An SDK answers a read of the wrong type with the default, whatever the flag says. A comparison with a variation that does not exist never holds: its branch is dead.',
  severity: 'warning',
  scope: 'broken',
  *check({ inventory }): Iterable<Evidence<Data>> {
    for (const { key, definitions, reads } of inventory.flags.values()) {
      for (const read of reads) {
        if (read.inTest) continue;
        const speaking = definitions.filter((one) => definesFor(one, read.path));
        const type = typeOf(speaking);
        if (type === undefined) continue;
        const related = relatedTo(key, speaking);
        if (isStrict(read) && read.type !== undefined && read.type !== type) {
          const wrong = { kind: 'read' as const, read: read.type, defined: type };
          yield { path: read.path, range: read.keyRange, subject: key, data: { key, wrong }, related };
          continue;
        }
        for (const { range, value, known } of impossible(read, speaking, type))
          yield {
            path: read.path,
            range,
            subject: key,
            data: { key, wrong: { kind: 'compared', value, known } },
            related,
          };
      }
    }
  },
  message: ({ data: { key, wrong } }) =>
    wrong.kind === 'read'
      ? `'${key}' is a ${wrong.defined} flag, but read as a ${wrong.read}: the read yields its default.`
      : `'${key}' never yields ${shown(wrong.value)}: it is ${listed(wrong.known)}.`,
});

/** The type that every definition which tells one agrees on. */
function typeOf(definitions: readonly FlagDefinition[]): FlagDefinition['type'] | undefined {
  const types = new Set(definitions.map((one) => one.type).filter((type) => type !== 'unknown'));
  return types.size === 1 ? [...types][0] : undefined;
}

/** SDKs that answer a read of another type with the default. Others take any value that holds for true, or convert. */
const strictSdks = new Set(['LaunchDarkly', 'OpenFeature', 'Eppo', 'Flipt', 'DevCycle']);

function isStrict({ reader, result }: FlagRead): boolean {
  return strictSdks.has(sdkOf(reader)) && result.kind !== 'other' && result.kind !== 'component';
}

/**
 * Constants that the flag's value is compared with and never is: neither a variation of any definition, nor the default of the
 * read. Only where every definition lists its variations (or its type does), and the default is known.
 */
function impossible(
  read: FlagRead,
  definitions: readonly FlagDefinition[],
  type: FlagDefinition['type'],
): { readonly range: TextRange; readonly value: FlagValue; readonly known: readonly FlagValue[] }[] {
  const compared = read.use?.compared ?? [];
  if (compared.length === 0 || !yieldsValue(read)) return [];
  const known = valuesOf(definitions, type);
  const fallback = read.default === undefined ? undefined : literal(read.default);
  if (known === undefined || (read.default !== undefined && fallback === undefined)) return [];
  const all = new Set([...known, ...(fallback === undefined ? [] : [fallback])]);
  return compared.flatMap((one) => {
    const value = literal(one);
    return value === undefined || all.has(value) ? [] : [{ range: one.range, value, known: [...all] }];
  });
}

/** What is compared is the value as the definition has it: no name of a variant, no treatment of a service that adds its own. */
function yieldsValue({ result, reader }: FlagRead): boolean {
  if (!strictSdks.has(sdkOf(reader)) && !reader.startsWith('policy')) return false;
  return (
    result.kind === 'value' || result.kind === 'binding' || (result.kind === 'details' && result.field === 'value')
  );
}

function valuesOf(definitions: readonly FlagDefinition[], type: FlagDefinition['type']): FlagValue[] | undefined {
  if (type === 'boolean') return [true, false];
  const telling = definitions.filter((one) => one.type !== 'unknown');
  const values = telling.flatMap((one) => one.variations?.map((variation) => variation.value) ?? [undefined]);
  return values.every((value) => value !== undefined) ? values : undefined;
}

function literal({ value }: ArgFact): FlagValue | undefined {
  return value.kind === 'boolean' || value.kind === 'string' || value.kind === 'number' ? value.value : undefined;
}

function relatedTo(key: string, definitions: readonly FlagDefinition[]): Related[] {
  const one = definitions.find((definition) => definition.type !== 'unknown');
  return one ? [{ path: one.path, range: one.keyRange, message: `'${key}' is defined here` }] : [];
}

function shown(value: FlagValue): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function listed(values: readonly FlagValue[]): string {
  const words = values.map(shown);
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
