import type { FileVersion } from '../core/snapshot.ts';
import type { FileSearch } from '../rules/rule.ts';

/** What was found in a file, by word: the same object stands for a file until its content changes. */
const found = new WeakMap<FileVersion, Map<string, boolean>>();

export function fileSearch(files: ReadonlyMap<string, FileVersion>): FileSearch {
  return {
    paths: () => files.keys(),
    naming: (word) => [...files.values()].filter((file) => names(file, word)).map(({ path }) => path),
  };
}

function names(file: FileVersion, word: string): boolean {
  const known = found.get(file) ?? new Map<string, boolean>();
  found.set(file, known);
  const before = known.get(word);
  if (before !== undefined) return before;
  const text = file.text() ?? '';
  const is = text.includes(word) && new RegExp(`(?<![\\w$])${word.replace(/[^\w]/g, '\\$&')}(?![\\w$])`).test(text);
  known.set(word, is);
  return is;
}
