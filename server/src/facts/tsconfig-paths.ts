import { parse } from 'jsonc-parser';
import { basename, dirname, join } from '../core/paths.ts';

/** What of a tsconfig or jsconfig concerns specifiers. Folders are relative to the workspace. */
export interface PathMapping {
  /** Where specifiers that are no relative path are looked for; undefined without `baseUrl`. */
  readonly baseUrl: string | undefined;
  /** In the order in which they are tried: exact ones first, then by the length of what stands before `*`. */
  readonly patterns: readonly {
    readonly prefix: string;
    readonly suffix: string | undefined;
    readonly targets: readonly string[];
  }[];
}

/**
 * The mapping of each folder that has a tsconfig.json or jsconfig.json (or another tsconfig.*.json with paths), with
 * relative `extends` followed inside the workspace. Broken configs count as empty.
 * @param configs texts by path
 */
export function pathMappings(configs: ReadonlyMap<string, string>): ReadonlyMap<string, PathMapping> {
  const mappings = new Map<string, PathMapping>();
  const paths = [...configs.keys()].filter((path) => /^(?:ts|js)config(?:\..+)?\.json$/.test(basename(path)));
  // `tsconfig.json` speaks for its folder before `jsconfig.json` and before `tsconfig.app.json`.
  paths.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  for (const path of paths) {
    const folder = dirname(path);
    const mapping = mappingOf(path, configs, 0);
    if (mapping === undefined) continue;
    const known = mappings.get(folder);
    if (known === undefined) mappings.set(folder, mapping);
    else if (known.patterns.length === 0 && known.baseUrl === undefined) mappings.set(folder, mapping);
  }
  return mappings;
}

function rank(path: string): number {
  const name = basename(path);
  return name === 'tsconfig.json' ? 0 : name === 'jsconfig.json' ? 1 : 2;
}

interface Config {
  readonly extends?: string | readonly string[];
  readonly compilerOptions?: {
    readonly baseUrl?: string;
    readonly paths?: Readonly<Record<string, readonly string[]>>;
  };
}

function mappingOf(path: string, configs: ReadonlyMap<string, string>, depth: number): PathMapping | undefined {
  const text = configs.get(path);
  if (text === undefined || depth > 8) return undefined;
  const config = parse(text, [], { allowTrailingComma: true }) as Config | undefined;
  if (typeof config !== 'object' || config === null) return undefined;
  const parents =
    typeof config.extends === 'string' ? [config.extends] : Array.isArray(config.extends) ? config.extends : [];
  let inherited: PathMapping | undefined;
  for (const parent of parents) {
    const parentPath = typeof parent === 'string' ? extendedPath(dirname(path), parent, configs) : undefined;
    const mapping = parentPath === undefined ? undefined : mappingOf(parentPath, configs, depth + 1);
    if (mapping !== undefined)
      inherited = {
        baseUrl: mapping.baseUrl ?? inherited?.baseUrl,
        patterns: mapping.patterns.length > 0 ? mapping.patterns : (inherited?.patterns ?? []),
      };
  }
  const options = config.compilerOptions;
  const baseUrl = typeof options?.baseUrl === 'string' ? join(dirname(path), options.baseUrl) : undefined;
  const base = baseUrl ?? inherited?.baseUrl;
  const patterns = patternsOf(options?.paths, baseUrl ?? (inherited?.baseUrl || dirname(path)));
  return { baseUrl: base, patterns: patterns ?? inherited?.patterns ?? [] };
}

function extendedPath(folder: string, target: string, configs: ReadonlyMap<string, string>): string | undefined {
  if (!target.startsWith('.')) return undefined;
  const path = join(folder, target);
  if (path === undefined) return undefined;
  return [path, `${path}.json`, `${path}/tsconfig.json`].find((candidate) => configs.has(candidate));
}

function patternsOf(paths: unknown, base: string): PathMapping['patterns'] | undefined {
  if (typeof paths !== 'object' || paths === null) return undefined;
  const patterns = Object.entries(paths).flatMap(([pattern, targets]) => {
    const star = pattern.indexOf('*');
    const resolved = (Array.isArray(targets) ? targets : []).flatMap((target) => {
      const path = typeof target === 'string' ? join(base, target) : undefined;
      return path === undefined ? [] : [path];
    });
    return [
      star < 0
        ? { prefix: pattern, suffix: undefined, targets: resolved }
        : { prefix: pattern.slice(0, star), suffix: pattern.slice(star + 1), targets: resolved },
    ];
  });
  return patterns.sort(
    (a, b) => Number(a.suffix !== undefined) - Number(b.suffix !== undefined) || b.prefix.length - a.prefix.length,
  );
}
