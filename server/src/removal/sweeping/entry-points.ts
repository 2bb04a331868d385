import { basename, dirname } from '../../core/paths.ts';
import type { RemovalInput } from '../remove-flags.ts';

/**
 * Tells which files are used by somebody whom no import names: entry points of packages, pages and configuration that a
 * framework finds by their place. Such files and what they export stay.
 */
export function entryPoints(input: RemovalInput): (path: string) => boolean {
  const packages = new Map(
    input.paths
      .filter((path) => basename(path) === 'package.json')
      .map((path) => [dirname(path), input.text(path) ?? ''] as const),
  );
  const packageOf = (path: string): string | undefined => {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      if (packages.has(folder)) return folder;
      if (folder === '' || folder === '.') return packages.has('') ? '' : undefined;
    }
  };
  return (path) => {
    if (byName.test(path)) return true;
    const folder = packageOf(path);
    if (folder === undefined) return false;
    const within = folder === '' || folder === '.' ? path : path.slice(folder.length + 1);
    if (/^(?:(?:src|lib|source)\/)?(?:index|main)\.[cm]?[jt]sx?$/.test(within)) return true;
    const text = packages.get(folder)!;
    if (byPlace.test(within) && frameworks.test(text)) return true;
    return openToAll(text) || text.includes(within.replace(/\.[cm]?[jt]sx?$/, ''));
  };
}

/** Configuration, stories and declarations. */
const byName = /\.(?:config|stories|story|d|setup|worker)\.[cm]?[jt]sx?$|(?:^|\/)\.[\w-]+\//;

/** Pages, routes and start-up files, which frameworks find by their place. */
const byPlace =
  /(?:^|\/)(?:pages|routes|api|layouts|plugins)\/|(?:^|\/)app\/(?:.*\/)?[\w-]+\.[cm]?[jt]sx?$|(?:^|\/)\+[\w.]+$|(?:^|\/)(?:middleware|instrumentation|proxy|service-?worker|sw)\.[cm]?[jt]sx?$/;
const frameworks =
  /"(?:next|nuxt|astro|gatsby|expo-router|@remix-run\/[\w-]+|@react-router\/[\w-]+|@sveltejs\/kit|@redwoodjs\/[\w-]+|@tanstack\/[\w-]*(?:start|router)[\w-]*|@analogjs\/[\w-]+|@nestjs\/[\w-]+|fastify|@fastify\/autoload|@umijs\/[\w-]+|umi)"/;

/** `"exports": { "./*": ... }`: any file may be imported from outside. */
function openToAll(packageJson: string): boolean {
  try {
    const { exports } = JSON.parse(packageJson) as { exports?: unknown };
    return exports !== undefined && JSON.stringify(exports).includes('*');
  } catch {
    return true;
  }
}
