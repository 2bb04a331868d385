import { sourceOf } from './module-resolution.ts';
import { type WorkspacePackage, workspacePackages } from './workspace-packages.ts';

/** A file that a published package offers to who installs it. */
export interface EntryPoint {
  /** As it is imported: `@shop/cart`, `@shop/cart/testing`. */
  readonly specifier: string;
  /** The source that it is built from. */
  readonly path: string;
  /** Of its package. */
  readonly version: string;
}

/**
 * The entry points of the packages of a workspace that are published. Subpaths with `*` are left out: what they offer is not listed
 * anywhere.
 * @param has whether a path is a file of the workspace
 * @param configs texts of package.json files, and others, by path
 */
export function entryPoints(configs: ReadonlyMap<string, string>, has: (path: string) => boolean): EntryPoint[] {
  return [...workspacePackages(configs).values()].flatMap((one) => (isPublished(one) ? entriesOf(one, has) : []));
}

/** Not private, with a version; and what it names is built, unless it says how it is published. */
function isPublished({ manifest, entries, subpaths }: WorkspacePackage): boolean {
  const { version } = manifest;
  if (String(manifest.private) === 'true' || typeof version !== 'string' || version === '0.0.0') return false;
  const targets = [...entries, ...subpaths.flatMap((one) => one.targets)];
  if (targets.length === 0) return false;
  return manifest.publishConfig !== undefined || targets.some((one) => !/(?<!\.d)\.[cm]?tsx?$/.test(one));
}

function entriesOf(one: WorkspacePackage, has: (path: string) => boolean): EntryPoint[] {
  const version = String(one.manifest.version);
  const entry = (specifier: string, targets: readonly string[]): EntryPoint[] => {
    for (const target of targets) {
      const path = sourceOf(one.folder, target, has);
      if (path !== undefined) return [{ specifier, path, version }];
    }
    return [];
  };
  return [
    ...entry(one.name, one.entries),
    ...one.subpaths.flatMap(({ subpath, targets }) =>
      subpath.includes('*') ? [] : entry(`${one.name}${subpath.slice(1)}`, targets),
    ),
  ];
}
