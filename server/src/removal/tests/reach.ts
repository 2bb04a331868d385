import type { RemovalInput } from '../remove-flags.ts';

/** Keys of the flags that the code reads which a file reaches through its imports; '' for a read whose key is not known. */
export function reachedFlags(path: string, input: RemovalInput): Set<string> {
  const keys = keysByPath(input);
  const reached = new Set<string>();
  const seen = new Set([path]);
  for (const from of seen)
    for (const { specifier, typeOnly } of input.facts(from)?.imports ?? []) {
      const to = typeOnly ? undefined : input.graph?.resolve(from, specifier);
      if (to === undefined || seen.has(to)) continue;
      seen.add(to);
      for (const key of keys.get(to) ?? []) reached.add(key);
    }
  return reached;
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
