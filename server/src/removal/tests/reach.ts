import type { RemovalInput } from '../remove-flags.ts';

/** Whether a test file reaches, through what it imports, code that reads flags besides those that are removed. */
export function reachesOtherFlags(path: string, removed: ReadonlySet<string>, input: RemovalInput): boolean {
  const others = new Set<string>();
  for (const [key, { reads }] of input.inventory.flags)
    if (!removed.has(key)) for (const read of reads) others.add(read.path);
  for (const read of input.inventory.dynamicReads) others.add(read.path);
  for (const { path: reader } of input.inventory.readers) others.delete(reader);
  const seen = new Set([path]);
  for (const from of seen)
    for (const { specifier, typeOnly } of input.facts(from)?.imports ?? []) {
      const to = typeOnly ? undefined : input.graph?.resolve(from, specifier);
      if (to === undefined || seen.has(to)) continue;
      if (others.has(to)) return true;
      seen.add(to);
    }
  return false;
}
