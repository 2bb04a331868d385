import { parse } from 'jsonc-parser';
import { basename, dirname, join } from '../core/paths.ts';

/** A package of the workspace by its name: where it lies, and what it names as its entry points. */
export interface WorkspacePackage {
  readonly name: string;
  readonly folder: string;
  /** Paths from the workspace folder that may be the main entry, best first, as named by the package. */
  readonly entries: readonly string[];
  /** `exports` below the main entry: from the subpath (`./foo`, `./features/*`) to targets. */
  readonly subpaths: readonly { readonly subpath: string; readonly targets: readonly string[] }[];
  /** All that its package.json says. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** Packages by name, from the texts of package.json files by path. Broken files and nameless packages are left out. */
export function workspacePackages(configs: ReadonlyMap<string, string>): ReadonlyMap<string, WorkspacePackage> {
  const packages = new Map<string, WorkspacePackage>();
  for (const [path, text] of configs) {
    if (basename(path) !== 'package.json') continue;
    const read = packageOf(dirname(path), text);
    if (read !== undefined && !packages.has(read.name)) packages.set(read.name, read);
  }
  return packages;
}

function packageOf(folder: string, text: string): WorkspacePackage | undefined {
  const json = parse(text) as Record<string, unknown> | undefined;
  if (typeof json !== 'object' || json === null || typeof json.name !== 'string') return undefined;
  const exported = exportTargets(json.exports);
  const main = exported.find((entry) => entry.subpath === '.')?.targets ?? [];
  const named = [json.source, json.types, json.typings, json.module, json.main].filter(
    (entry): entry is string => typeof entry === 'string',
  );
  return {
    name: json.name,
    folder,
    manifest: json,
    entries: places(folder, [...main, ...named]),
    subpaths: exported
      .filter((entry) => entry.subpath !== '.')
      .map(({ subpath, targets }) => ({ subpath, targets: places(folder, targets) })),
  };
}

function places(folder: string, targets: readonly string[]): string[] {
  return [...new Set(targets.flatMap((target) => join(folder, target) ?? []))];
}

function exportTargets(exports: unknown): { subpath: string; targets: string[] }[] {
  if (typeof exports === 'string' || Array.isArray(exports)) return [{ subpath: '.', targets: leaves(exports) }];
  if (typeof exports !== 'object' || exports === null) return [];
  const entries = Object.entries(exports);
  if (!entries.some(([key]) => key.startsWith('.'))) return [{ subpath: '.', targets: leaves(exports) }];
  return entries.map(([subpath, target]) => ({ subpath, targets: leaves(target) }));
}

/** All files that conditions lead to, in the order in which they stand. */
function leaves(target: unknown): string[] {
  if (typeof target === 'string') return [target];
  if (typeof target !== 'object' || target === null) return [];
  return Object.values(target).flatMap(leaves);
}
