import { openCache, userCacheFolder } from './cache.ts';
import { openFiles } from './files.ts';
import { openGit } from './git.ts';
import type { Host } from './ports.ts';

/**
 * The world outside for one workspace folder, through Node and git.
 * @param root the folder's absolute path.
 * @param cacheFolder where facts are kept between runs, never in the workspace; the user's cache folder when left out.
 */
export function nodeHost(root: string, cacheFolder: string = userCacheFolder()): Host {
  const files = openFiles(root);
  return { files, git: openGit(root, files), cache: openCache(cacheFolder, root) };
}
