import type { ImportFact } from '../../facts/file-facts.ts';
import { takeFacts } from '../../facts/take-facts.ts';
import type { RemovalInput } from '../remove-flags.ts';

/** What one file takes of a module of the folder. */
export interface ModuleUse {
  readonly module: string;
  readonly by: string;
  readonly specifier: string;
  /** The exported name that is taken; `*` for the whole module (or any of its names); empty where the module is only run. */
  readonly imported: string;
  /** The name under which the file passes it on; `*` for all names under their own. */
  readonly exported?: string;
}

/** The uses of modules of the folder that a text makes, type imports included. */
export function usesInText(path: string, text: string, input: RemovalInput): ModuleUse[] {
  return usesOf(path, takeFacts(path, text, nothingButImports).imports, input);
}

/** The same for a file as it is now. */
export function usesNow(path: string, input: RemovalInput): ModuleUse[] {
  return usesOf(path, input.facts(path)?.imports ?? [], input);
}

/** Every use, by module. Resolves all imports of the folder: for questions about everybody. */
export function usesByModule(input: RemovalInput): ReadonlyMap<string, readonly ModuleUse[]> {
  const all = new Map<string, ModuleUse[]>();
  for (const path of input.paths)
    for (const use of usesNow(path, input)) {
      const list = all.get(use.module);
      if (list) list.push(use);
      else all.set(use.module, [use]);
    }
  return all;
}

function usesOf(by: string, imports: readonly ImportFact[], { graph }: RemovalInput): ModuleUse[] {
  return imports.flatMap((one): ModuleUse[] => {
    const { specifier, bindings } = one;
    const module = graph?.resolve(by, specifier);
    if (module === undefined) return [];
    const use = { module, by, specifier };
    if (one.kind === 'export' && bindings.length === 0) return [{ ...use, imported: '*', exported: '*' }];
    if (one.kind === 'export') return bindings.map(({ imported, local }) => ({ ...use, imported, exported: local }));
    if (takesAnything(one)) return [{ ...use, imported: '*' }];
    return bindings.length === 0 ? [{ ...use, imported: '' }] : bindings.map(({ imported }) => ({ ...use, imported }));
  });
}

/** `import('./types').Shape`, and what a callback takes of `import('./page')`, is not told: it may be anything. */
function takesAnything({ kind, typeOnly, bindings }: ImportFact): boolean {
  return kind === 'dynamic' || (bindings.length === 0 && (kind === 'require' || typeOnly));
}

const none: ReadonlySet<string> = new Set();
const nothingButImports = { id: '', names: none, properties: none, defines: [], packages: none };
