import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fdir } from 'fdir';
import ignore, { type Ignore } from 'ignore';
import { type CancellationToken, Cancelled } from '../core/cancellation.ts';
import { dirname } from '../core/paths.ts';
import { isAnalysedPath, isForeignFolder } from './source-files.ts';

/**
 * Lists a folder that git does not look after: files that `isWanted` (by default those that are analysed), unsorted. `.gitignore` files are heeded at every
 * level, links are not followed, folders that cannot be read are passed over.
 */
export async function walk(
  root: string,
  token: CancellationToken,
  isWanted: (path: string) => boolean = isAnalysedPath,
): Promise<string[]> {
  const abort = new AbortController();
  const isIgnored = ignoreRules(root);
  const below = (path: string) =>
    path
      .slice(root.length)
      .split(sep)
      .join('/')
      .replace(/^\/+|\/+$/g, '');
  const paths = await new fdir()
    .withFullPaths()
    .withAbortSignal(abort.signal)
    .exclude((name, path) => {
      if (token.isCancellationRequested) abort.abort();
      const folder = below(path);
      return isForeignFolder(name, dirname(folder).split('/').includes('src')) || isIgnored(`${folder}/`);
    })
    .filter((path) => isWanted(below(path)) && !isIgnored(below(path)))
    .crawl(root)
    .withPromise();
  if (token.isCancellationRequested) throw new Cancelled();
  return paths.map(below);
}

/**
 * Tells whether the `.gitignore` files of a folder tree ignore a path (a folder ends with a slash). Parents are asked on their own: a
 * walk never enters an ignored folder.
 */
export function ignoreRules(root: string): (path: string) => boolean {
  const byFolder = new Map<string, Ignore | undefined>();
  const rulesOf = (folder: string) => {
    if (!byFolder.has(folder)) byFolder.set(folder, readRules(join(root, folder, '.gitignore')));
    return byFolder.get(folder);
  };
  return (path) => {
    for (let folder = dirname(path.replace(/\/$/, '')); ; folder = dirname(folder)) {
      const verdict = rulesOf(folder)?.test(folder === '' ? path : path.slice(folder.length + 1));
      if (verdict?.ignored) return true;
      if (verdict?.unignored || folder === '') return false;
    }
  };
}

function readRules(file: string): Ignore | undefined {
  try {
    return ignore().add(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
