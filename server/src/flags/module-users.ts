import { join } from '../core/paths.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { Policy } from '../policy/schema.ts';

const endings = ['', ...['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'd.ts'].map((ending) => `.${ending}`)];

/**
 * Shallow files behind whose imports stands a module whose functions are flags, through barrels too: their facts do not tell
 * which functions they use.
 */
export function usersOfModules(
  files: ReadonlyMap<string, FileFacts>,
  graph: ModuleGraph,
  { flags }: Policy,
): readonly string[] {
  const open = flags.reads.flatMap(({ module }) => (module === undefined ? [] : (fileOf(module, files) ?? [])));
  const seen = new Set(open);
  const shallow: string[] = [];
  for (let path = open.pop(); path !== undefined; path = open.pop())
    for (const user of graph.importersOf(path)) {
      if (seen.has(user)) continue;
      seen.add(user);
      const facts = files.get(user);
      if (facts?.shallow) shallow.push(user);
      if (facts?.exports.some(({ from }) => from !== undefined && graph.resolve(user, from.specifier) === path))
        open.push(user);
    }
  return shallow;
}

/** The file that a policy means by `src/features`, `./src/features.ts` or `src/features/index`. */
function fileOf(module: string, files: ReadonlyMap<string, FileFacts>): string | undefined {
  const path = join('', module);
  if (path === undefined) return undefined;
  return [path, `${path}/index`]
    .flatMap((stem) => endings.map((ending) => stem + ending))
    .find((one) => files.has(one));
}
