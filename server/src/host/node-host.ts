import { openCache, userCacheFolder } from './cache.ts';
import { openComparedCache } from './compared-cache.ts';
import { openFiles } from './files.ts';
import { openGit } from './git.ts';
import type { Host } from './ports.ts';
import { openTypeChecker } from './type-checker.ts';

/**
 * The world outside for one workspace folder, through Node and git.
 * @param root the folder's absolute path.
 * @param cacheFolder where facts are kept between runs, never in the workspace; the user's cache folder when left out.
 * @param types how types are checked; not at all when left out.
 */
export function nodeHost(root: string, cacheFolder: string = userCacheFolder(), types?: TypeCheckOptions): Host {
  const files = openFiles(root);
  return {
    files,
    git: openGit(root, files, cacheFolder),
    cache: openCache(cacheFolder, root),
    // The build names itself; from source nothing is kept.
    compared: openComparedCache(cacheFolder, root, process.env.SWITCHYARD_PROGRAM),
    ...(types && { types: openTypeChecker(root, types.entry, types.trusted) }),
    today,
  };
}

export interface TypeCheckOptions {
  /** The entry point that heeds `typeCheckArgument`. */
  readonly entry: string;
  /** Whether the workspace's own TypeScript may be run. */
  readonly trusted: boolean;
}

function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
