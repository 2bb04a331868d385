// Where things are: the repository, and the cache that outlives node_modules and clones.
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Reports, logs and screenshots of the last run. */
export const artifacts = path.join(root, '.artifacts');

/** `$SWITCHYARD_CACHE`, `$XDG_CACHE_HOME/switchyard-dev` or `~/.cache/switchyard-dev`. */
export function cacheFolder(env = process.env) {
  if (env.SWITCHYARD_CACHE) return path.resolve(env.SWITCHYARD_CACHE);
  return path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'switchyard-dev');
}
