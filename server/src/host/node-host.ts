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
  return { files, git: openGit(root, files, cacheFolder), cache: openCache(cacheFolder, root), today };
}

function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
