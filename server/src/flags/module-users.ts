import { join } from '../core/paths.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { Policy } from '../policy/schema.ts';

const endings = ['', ...['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'd.ts'].map((ending) => `.${ending}`)];

/** How the modules whose functions are flags are reached. */
export interface FlagModules {
  /** Whether what a file imports by a specifier may come from a module, as the policy writes it. */
  carries(path: string, specifier: string, module: string): boolean;
  /**
   * Shallow files behind whose imports stands such a module, through barrels too: their facts do not tell which functions they
   * use.
   */
  readonly users: readonly string[];
  /** Differs where other files pass the modules on. */
  readonly signature: string;
}

/** Follows the modules that the policy names to the files that import them, and to those that pass them on. */
export function flagModules(files: ReadonlyMap<string, FileFacts>, graph: ModuleGraph, { flags }: Policy): FlagModules {
  const modules = [...new Set(flags.reads.flatMap(({ module }) => (module === undefined ? [] : [module])))];
  const carriers = new Map<string, ReadonlySet<string>>();
  const users = new Set<string>();
  for (const module of modules) carriers.set(module, carriersOf(module, files, graph, users));
  return {
    carries(path, specifier, module) {
      if (specifier === module) return true;
      const file = graph.resolve(path, specifier);
      return file !== undefined && carriers.get(module)?.has(file) === true;
    },
    users: [...users],
    signature: [...carriers.values()].flatMap((one) => ['', ...[...one].sort()]).join('\n'),
  };
}

/** The file of a module, and those that export something of it; adds shallow files that import one of them to `users`. */
function carriersOf(
  module: string,
  files: ReadonlyMap<string, FileFacts>,
  graph: ModuleGraph,
  users: Set<string>,
): ReadonlySet<string> {
  const start = fileOf(module, files);
  const carriers = new Set(start === undefined ? [] : [start]);
  // What is added on the way is looked at too.
  for (const path of carriers)
    for (const user of graph.importersOf(path)) {
      const facts = files.get(user);
      if (facts?.shallow) users.add(user);
      if (facts?.exports.some(({ from }) => from !== undefined && graph.resolve(user, from.specifier) === path))
        carriers.add(user);
    }
  return carriers;
}

/** The file that a policy means by `src/features`, `./src/features.ts` or `src/features/index`. */
function fileOf(module: string, files: ReadonlyMap<string, FileFacts>): string | undefined {
  const path = join('', module);
  if (path === undefined) return undefined;
  return [path, `${path}/index`]
    .flatMap((stem) => endings.map((ending) => stem + ending))
    .find((one) => files.has(one));
}
