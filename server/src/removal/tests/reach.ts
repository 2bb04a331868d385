import type { RemovalInput } from '../remove-flags.ts';

/** The files that a test reaches through its imports. */
export function reachedFiles(path: string, { graph }: RemovalInput): Set<string> {
  const seen = new Set([path]);
  for (const from of seen) for (const to of graph?.importsOf(from) ?? []) seen.add(to);
  seen.delete(path);
  return seen;
}

/** Keys of the flags that these files read; '' for a read whose key is not known. */
export function flagsReadIn(paths: Iterable<string>, input: RemovalInput): Set<string> {
  const keys = keysByPath(input);
  return new Set([...paths].flatMap((path) => [...(keys.get(path) ?? [])]));
}

const known = new WeakMap<RemovalInput['inventory'], ReadonlyMap<string, ReadonlySet<string>>>();

function keysByPath({ inventory }: RemovalInput): ReadonlyMap<string, ReadonlySet<string>> {
  const before = known.get(inventory);
  if (before) return before;
  const keys = new Map<string, Set<string>>();
  const add = (path: string, key: string): void => {
    const list = keys.get(path);
    if (list) list.add(key);
    else keys.set(path, new Set([key]));
  };
  for (const [key, { reads }] of inventory.flags) for (const read of reads) add(read.path, key);
  const readers = new Set(inventory.readers.map(({ path }) => path));
  // The functions that read flags do so under any key.
  for (const { path } of inventory.dynamicReads) if (!readers.has(path)) add(path, '');
  known.set(inventory, keys);
  return keys;
}
