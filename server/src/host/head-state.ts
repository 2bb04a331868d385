import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Repository } from './repository.ts';

/**
 * What `Git.headState` promises. Git replaces files by renaming, so that a moved branch shows in the time of the folder that holds it,
 * or in `packed-refs`.
 * @param where an opened repository, or a folder that may have become one meanwhile.
 */
export function headState(where: Repository | string): string {
  if (typeof where === 'string') return nearestGitFolder(where);
  const { gitFolder, commonFolder } = where;
  const files = [
    join(gitFolder, 'HEAD'),
    join(gitFolder, 'index'),
    join(commonFolder, 'packed-refs'),
    join(commonFolder, 'reftable', 'tables.list'),
  ];
  const folders = ['refs/heads', 'refs/remotes'].flatMap((folder) => foldersBelow(join(commonFolder, folder)));
  return [read(join(gitFolder, 'HEAD')), ...[...files, ...folders].map(stamp)].join('|');
}

function nearestGitFolder(folder: string): string {
  const git = join(folder, '.git');
  const found = stamp(git);
  if (found !== '') return `${git} ${found}`;
  const parent = dirname(resolve(folder));
  return parent === folder ? '' : nearestGitFolder(parent);
}

function foldersBelow(folder: string): string[] {
  try {
    const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [folder, ...below.flatMap((entry) => foldersBelow(join(folder, entry.name)))];
  } catch {
    return [];
  }
}

function stamp(path: string): string {
  try {
    const { mtimeMs, size } = statSync(path);
    return `${mtimeMs}:${size}`;
  } catch {
    return '';
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
