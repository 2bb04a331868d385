import type { FileFacts } from '../../facts/file-facts.ts';
import type { ModuleGraph } from '../../facts/graph.ts';
import { lastName, type Reader } from './reader.ts';

/**
 * The names by which a reader may be called: its own, those under which it is exported or passed on, and those that importers
 * of a default export give it.
 */
export function calledNames(
  { places }: Pick<Reader, 'places'>,
  files: Pick<ReadonlyMap<string, FileFacts>, 'get'>,
  graph: ModuleGraph,
): ReadonlySet<string> {
  const names = new Set<string>();
  const visited = new Set<string>();
  for (const place of places) {
    const last = lastName(place);
    if (last === undefined) continue;
    if (last !== 'default') names.add(last);
    if (!/^[\w$]+$/.test(place.name)) continue;
    for (const { exported, local } of files.get(place.path)?.exports ?? [])
      if (local === place.name) passedOn(place.path, exported, { names, visited, files, graph });
  }
  return names;
}

interface Search {
  readonly names: Set<string>;
  readonly visited: Set<string>;
  readonly files: Pick<ReadonlyMap<string, FileFacts>, 'get'>;
  readonly graph: ModuleGraph;
}

function passedOn(path: string, exported: string, search: Search): void {
  const { names, visited, files, graph } = search;
  const step = `${path}\n${exported}`;
  if (visited.has(step) || visited.size > 500) return;
  visited.add(step);
  const isNamed = exported !== 'default' && exported !== 'export=';
  if (isNamed) names.add(exported);
  for (const importer of graph.importersOf(path)) {
    const facts = files.get(importer);
    if (facts === undefined) continue;
    const leadsHere = (specifier: string) => graph.resolve(importer, specifier) === path;
    if (!isNamed)
      for (const { specifier, bindings } of facts.imports)
        for (const { imported, local } of bindings)
          if ((imported === 'default' || imported === '*') && leadsHere(specifier)) names.add(local);
    for (const { exported: outer, from } of facts.exports)
      if (from !== undefined && leadsHere(from.specifier)) {
        if (from.imported === exported) passedOn(importer, outer, search);
        else if (from.imported === '*' && outer === '*' && isNamed) passedOn(importer, exported, search);
      }
  }
}
