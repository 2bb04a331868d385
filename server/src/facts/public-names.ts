import type { EntryPoint } from './entry-points.ts';
import type { ExportFact } from './file-facts.ts';

/** The modules of a workspace at one side of a change. */
export interface Modules {
  resolve(fromPath: string, specifier: string): string | undefined;
  /** Undefined for files that are not there. */
  exportsOf(path: string): readonly ExportFact[] | undefined;
  readonly entries: readonly EntryPoint[];
}

/** Where an exported name is declared: a file of the workspace, or the one that passes it on from outside. */
export interface Origin {
  readonly path: string;
  readonly local: string;
}

/** The names that can be imported from a module, by name; `open` are those from outside the workspace that it passes on as a whole. */
export interface PublicNames {
  readonly names: ReadonlyMap<string, Origin>;
  readonly open: ReadonlySet<string>;
}

/** Follows re-exports. Answers are kept for as long as the function is. */
export function publicNames(modules: Modules): (path: string) => PublicNames {
  const known = new Map<string, PublicNames>();
  const of = (path: string): PublicNames => {
    const before = known.get(path);
    if (before) return before;
    const names = new Map<string, Origin>();
    const open = new Set<string>();
    const found = { names, open };
    // Modules may pass on each other's names: a circle adds nothing to what the others give.
    known.set(path, found);
    for (const one of modules.exportsOf(path) ?? []) {
      if (!one.from) {
        names.set(one.exported, { path, local: one.local ?? one.exported });
        continue;
      }
      const target = modules.resolve(path, one.from.specifier);
      if (one.exported !== '*') {
        const { imported } = one.from;
        const origin = target === undefined || imported === '*' ? undefined : of(target).names.get(imported);
        const passed = target === undefined ? { path, local: one.exported } : { path: target, local: imported };
        names.set(one.exported, origin ?? passed);
      } else if (target === undefined) open.add(one.from.specifier);
      else {
        const passed = of(target);
        for (const outside of passed.open) open.add(outside);
        for (const [name, origin] of passed.names) if (name !== 'default' && !names.has(name)) names.set(name, origin);
      }
    }
    return found;
  };
  return of;
}
