import { dirname, join } from '../core/paths.ts';
import { aliasTargets } from './framework-aliases.ts';
import { type PathMapping, pathMappings } from './tsconfig-paths.ts';
import { type WorkspacePackage, workspacePackages } from './workspace-packages.ts';

/** Where specifiers lead; valid for one set of paths and configs. */
export interface ModuleResolution {
  resolve(fromPath: string, specifier: string): string | undefined;
}

/**
 * Resolution in memory, over the set of a workspace's paths: relative specifiers, `paths` and `baseUrl` of the nearest
 * config, `#imports` left out, packages of the workspace by name, and aliases of frameworks. Answers are kept by folder and specifier.
 */
export function moduleResolution(
  has: (path: string) => boolean,
  configs: ReadonlyMap<string, string>,
): ModuleResolution {
  const mappings = pathMappings(configs);
  const packages = workspacePackages(configs);
  const mappingByFolder = new Map<string, PathMapping | undefined>();
  const answers = new Map<string, Map<string, string | undefined>>();

  function mappingFor(folder: string): PathMapping | undefined {
    const known = mappingByFolder.get(folder);
    if (known !== undefined || mappingByFolder.has(folder)) return known;
    const found = mappings.get(folder) ?? (folder === '' ? undefined : mappingFor(dirname(folder)));
    mappingByFolder.set(folder, found);
    return found;
  }

  function find(folder: string, specifier: string): string | undefined {
    if (specifier === '.' || specifier === '..' || specifier.startsWith('./') || specifier.startsWith('../')) {
      const path = join(folder, specifier);
      return path === undefined ? undefined : fileAt(path, has);
    }
    if (specifier.startsWith('/') || specifier.startsWith('node:') || /^[a-z]+:/.test(specifier)) return undefined;
    const mapping = mappingFor(folder);
    const found =
      (mapping === undefined ? undefined : mapped(mapping, specifier, has)) ?? packaged(packages, specifier, has);
    return found ?? aliased(folder, specifier);
  }

  function aliased(folder: string, specifier: string): string | undefined {
    for (const path of aliasTargets(folder, specifier, (one) => configs.has(`${one}/package.json`))) {
      const found = fileAt(path, has);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  return {
    resolve(fromPath, specifier) {
      const folder = dirname(fromPath);
      let known = answers.get(folder);
      if (known === undefined) {
        known = new Map();
        answers.set(folder, known);
      }
      let answer = known.get(specifier);
      if (answer === undefined && !known.has(specifier)) {
        answer = find(folder, withoutQuery(specifier));
        known.set(specifier, answer);
      }
      return answer;
    },
  };
}

/** Bundlers' suffixes (`./icon.ts?raw`) lead to the same file. */
function withoutQuery(specifier: string): string {
  const query = specifier.indexOf('?');
  return query > 0 ? specifier.slice(0, query) : specifier;
}

const endings = ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs'];

/** The file at a path that may lack its ending, may name the emitted file, or may be a folder with an index file. */
function fileAt(path: string, has: (path: string) => boolean): string | undefined {
  const emitted = /\.([mc]?)js(x?)$/.exec(path);
  if (emitted !== null) {
    const stem = path.slice(0, emitted.index);
    const source = [`${stem}.${emitted[1]}ts${emitted[2]}`, `${stem}.${emitted[1]}ts`, `${stem}.tsx`].find(has);
    if (source !== undefined) return source;
  }
  if (path !== '' && has(path)) return path;
  for (const ending of endings) if (path !== '' && has(path + ending)) return path + ending;
  const index = path === '' ? 'index' : `${path}/index`;
  for (const ending of endings) if (has(index + ending)) return index + ending;
  return undefined;
}

function mapped(mapping: PathMapping, specifier: string, has: (path: string) => boolean): string | undefined {
  for (const { prefix, suffix, targets } of mapping.patterns) {
    const matches =
      suffix === undefined
        ? specifier === prefix
        : specifier.length >= prefix.length + suffix.length &&
          specifier.startsWith(prefix) &&
          specifier.endsWith(suffix);
    if (!matches) continue;
    const star = suffix === undefined ? '' : specifier.slice(prefix.length, specifier.length - suffix.length);
    for (const target of targets) {
      const found = fileAt(
        target.replace('*', () => star),
        has,
      );
      if (found !== undefined) return found;
    }
  }
  if (mapping.baseUrl === undefined) return undefined;
  const path = join(mapping.baseUrl, specifier);
  return path === undefined ? undefined : fileAt(path, has);
}

function packaged(
  packages: ReadonlyMap<string, WorkspacePackage>,
  specifier: string,
  has: (path: string) => boolean,
): string | undefined {
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  const found = packages.get(name);
  if (found === undefined) return undefined;
  const rest = specifier.slice(name.length + 1);
  const candidates = rest === '' ? mainEntries(found) : subpathEntries(found, rest);
  for (const candidate of candidates) {
    const file = sourceOf(found.folder, candidate, has);
    if (file !== undefined) return file;
  }
  return undefined;
}

function mainEntries(found: WorkspacePackage): string[] {
  return [...found.entries, under(found.folder, 'src/index'), under(found.folder, 'index'), under(found.folder, 'src')];
}

function subpathEntries(found: WorkspacePackage, rest: string): string[] {
  const named = found.subpaths.flatMap(({ subpath, targets }) => {
    const star = subpath.indexOf('*');
    if (star < 0) return subpath === `./${rest}` ? targets : [];
    const before = subpath.slice(2, star);
    const after = subpath.slice(star + 1);
    if (!rest.startsWith(before) || !rest.endsWith(after) || rest.length < before.length + after.length) return [];
    const middle = rest.slice(before.length, rest.length - after.length);
    return targets.map((target) => target.replaceAll('*', () => middle));
  });
  return [...named, under(found.folder, rest), under(found.folder, `src/${rest}`), under(found.folder, `lib/${rest}`)];
}

function under(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

const builtFolder = /^(?:dist|build|lib|out|esm|cjs|es|types|typings|module)\//;

/**
 * A package names what it builds; where that is not in the workspace, the source that it is built from is looked for: `src/index.ts` for
 * `dist/esm/index.js`, `types/index.d.ts` or `index.mjs`.
 */
export function sourceOf(folder: string, entry: string, has: (path: string) => boolean): string | undefined {
  const inside = folder === '' ? entry : entry.slice(folder.length + 1);
  const stem = (path: string): string => path.replace(/\.d\.[mc]?ts$|\.[mc]?[jt]sx?$/, '');
  const inSource = (path: string) => fileAt(under(folder, `src/${stem(path)}`), has);
  if (builtFolder.test(inside)) {
    const built = inside.replace(builtFolder, '');
    const source = inSource(built) ?? (built.includes('/') ? inSource(built.replace(/^[^/]+\//, '')) : undefined);
    if (source !== undefined) return source;
  }
  const named = fileAt(entry, has) ?? fileAt(stem(entry), has);
  return named ?? (inside.includes('/') ? undefined : inSource(inside));
}
