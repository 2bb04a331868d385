import type { FileFacts, ModuleSymbol } from '../../facts/file-facts.ts';
import type { Place, Resolver } from '../resolve.ts';
import { lastName, type Reader } from './reader.ts';

/** The names by which readers are called where nobody renames them. */
export function ownNames(readers: readonly Reader[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { places } of readers)
    for (const place of places) {
      const name = lastName(place);
      if (name !== undefined && name !== 'default') names.add(name);
    }
  return names;
}

/**
 * Other names that one file gives to readers: to a default import, to what it exports or passes on, to a constant. They are told from
 * that file and from where its names lead.
 */
export function namesGiven(
  path: string,
  facts: FileFacts,
  reads: (place: Place) => boolean,
  resolver: Resolver,
): string[] {
  const isReader = (symbol: ModuleSymbol) => resolver.follow(path, symbol).targets.some(reads);
  const names: string[] = [];
  for (const { specifier, bindings } of facts.imports)
    for (const { imported, local } of bindings)
      if ((imported === 'default' || imported === '*') && isReader({ specifier, imported })) names.push(local);
  for (const { exported, local, from } of facts.exports) {
    if (exported === 'default' || exported === '*' || exported === 'export=') continue;
    if (from !== undefined) {
      if (from.imported !== exported && from.imported !== '*' && isReader(from)) names.push(exported);
    } else if (local !== undefined && local !== exported && isReader({ specifier: '', imported: local }))
      names.push(exported);
  }
  for (const { name, origins = [] } of facts.names) {
    const last = lastName({ path, name });
    const isRenamed = (one: ModuleSymbol) => (one.path?.at(-1) ?? one.imported) !== last;
    if (last !== undefined && origins.some((one) => isRenamed(one) && isReader(one))) names.push(last);
  }
  return names;
}
