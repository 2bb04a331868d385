import type { TextRange } from '../../core/text.ts';
import { definitionTree } from '../../flags/definitions/definition-scope.ts';
import type { Flag } from '../../flags/flag.ts';

/**
 * Where a flag's age is worth a word: at its definitions, and at its first read in each file, tests set apart. One place a file,
 * so that a much used flag does not shout.
 */
export function lifecyclePlaces(flag: Flag): { readonly path: string; readonly range: TextRange }[] {
  const places = new Map<string, { path: string; range: TextRange }>();
  for (const { path, keyRange } of flag.definitions)
    if (definitionTree(path) === '' && !places.has(path)) places.set(path, { path, range: keyRange });
  for (const { path, keyRange, inTest } of flag.reads)
    if (!inTest && !places.has(path)) places.set(path, { path, range: keyRange });
  return [...places.values()];
}
