import type { ReaderShape } from './reader.ts';

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/**
 * Why a function is a reader, as a clause: `returns LaunchDarkly variation(...) with its first parameter as the key`.
 * @param through the reader that it calls, where it does not read by itself
 */
export function reasonOf({ key, result, renders, reads }: ReaderShape, through: string | undefined): string {
  const what = through === undefined ? `${reads}(...)` : `${through}(...), which reads ${reads},`;
  const how = result.kind !== 'other' ? 'returns' : renders ? 'renders its children by' : 'goes by';
  if (key.kind === 'fixed') return `${how} ${what} with the key '${key.value}' and does nothing else`;
  const parameter = `its ${ordinals[key.index] ?? `${key.index + 1}th`} parameter`;
  const from = key.field === undefined ? parameter : `the field '${key.field}' of ${parameter}`;
  if (key.within === undefined) return `${how} ${what} with ${from} as the key`;
  return `${how} ${what} with the member of ${key.within.path.join('.')} that ${from} names as the key`;
}
