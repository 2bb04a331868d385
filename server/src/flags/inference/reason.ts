import type { ReaderShape } from './reader.ts';

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Why a function is a reader, as a clause: `returns LaunchDarkly variation(key, ...) with its first parameter as the key`. */
export function reasonOf({ key, result, renders }: ReaderShape, called: string, by: string): string {
  const reads = by.endsWith(` ${called}`) || by === called ? `${by}(...)` : `${called}(...), ${by},`;
  const how = result.kind !== 'other' ? 'returns' : renders ? 'renders its children by' : 'goes by';
  if (key.kind === 'fixed') return `${how} ${reads} with the key '${key.value}' and does nothing else`;
  const parameter = `its ${ordinals[key.index] ?? `${key.index + 1}th`} parameter`;
  const from = key.field === undefined ? parameter : `the field '${key.field}' of ${parameter}`;
  if (key.within === undefined) return `${how} ${reads} with ${from} as the key`;
  return `${how} ${reads} with the member of ${key.within.path.join('.')} that ${from} names as the key`;
}
