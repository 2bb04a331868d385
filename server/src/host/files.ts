import { isUtf8 } from 'node:buffer';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CancellationToken } from '../core/cancellation.ts';
import { dirname } from '../core/paths.ts';
import { UserError } from '../core/user-error.ts';
import { compileGlobs } from './globs.ts';
import type { FileFilter, FileStat, Files, ListedFile } from './ports.ts';
import { openRepository } from './repository.ts';
import { fields, runGit } from './run-git.ts';
import { inSlices } from './slices.ts';
import { isAnalysedPath, isBesidePath, isMinified, isSourceName } from './source-files.ts';
import { ignoreRules, walk } from './walk.ts';
import { writeChanges } from './write.ts';

/** The files of a folder on disk. `root` is an absolute path. */
export function openFiles(root: string): Files {
  return {
    list: async (filter, token) => {
      checkFolder(root);
      return keep(root, await listPaths(root, token), filter, token);
    },
    listAmong: async (paths, filter, token) =>
      keep(root, await notIgnored(root, paths.filter(isAnalysedPath), token), filter, token),
    listBeside: async (filter, token) => {
      const listed = (await gitList(root, [], token))?.filter(isBesidePath) ?? (await walk(root, token, isBesidePath));
      return (await keep(root, listed, filter, token)).map(({ path }) => path);
    },
    stat: (path) => statFile(join(root, path)),
    read: (path) => readText(root, path),
    readAll: (paths, visit, token) => inSlices(paths, (path) => visit(path, readText(root, path)), token),
    write: (changes) => writeChanges(root, changes),
  };
}

/** @throws UserError with a sentence when a folder does not exist, is a file or cannot be read. */
export function checkFolder(root: string): void {
  try {
    readdirSync(root);
  } catch (error) {
    const why: Record<string, string> = {
      ENOENT: 'does not exist',
      ENOTDIR: 'is not a folder',
      EACCES: 'cannot be read: permission denied',
      EPERM: 'cannot be read: permission denied',
    };
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UserError(`${root} ${why[code] ?? `cannot be read: ${message}`}.`);
  }
}

async function listPaths(root: string, token: CancellationToken): Promise<string[]> {
  const listed = await gitList(root, [], token);
  return listed?.filter(isAnalysedPath) ?? walk(root, token);
}

/** Those of `paths` that no ignore file leaves out. */
async function notIgnored(root: string, paths: readonly string[], token: CancellationToken): Promise<string[]> {
  if (paths.length === 0) return [];
  // Beyond some hundred arguments a full listing is cheaper and fits every system's command line.
  const listed = await gitList(root, paths.length <= 200 ? paths : [], token);
  if (listed !== undefined) {
    const wanted = new Set(paths);
    return listed.filter((path) => wanted.has(path));
  }
  const isIgnored = ignoreRules(root);
  const isReached = (path: string): boolean => path === '' || (!isIgnored(`${path}/`) && isReached(dirname(path)));
  return paths.filter((path) => !isIgnored(path) && isReached(dirname(path)));
}

/** Tracked and untracked files below `root` that are not ignored; undefined outside git. */
async function gitList(
  root: string,
  paths: readonly string[],
  token: CancellationToken,
): Promise<string[] | undefined> {
  const repository = await openRepository(root, token);
  if (typeof repository === 'string') return undefined;
  const answer = await runGit(
    root,
    ['--literal-pathspecs', 'ls-files', '-co', '--exclude-standard', '-z', '--', ...paths],
    { token },
  );
  return answer.code === 0 ? [...new Set(fields(answer.stdout))] : undefined;
}

/** Stats, leaves out what is gone, no ordinary file, oversized or excluded, and sorts. */
async function keep(
  root: string,
  paths: readonly string[],
  filter: FileFilter,
  token: CancellationToken,
): Promise<ListedFile[]> {
  const isExcluded = compileGlobs(filter.exclude);
  const files: ListedFile[] = [];
  const add = (path: string) => {
    if (isExcluded(path)) return;
    const stat = statFile(join(root, path));
    if (stat !== undefined && stat.size <= filter.maxFileSizeKb * 1024) files.push({ path, ...stat });
  };
  await inSlices(paths, add, token);
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function statFile(file: string): FileStat | undefined {
  try {
    const stat = lstatSync(file, { throwIfNoEntry: false });
    return stat?.isFile() ? { mtimeMs: stat.mtimeMs, ctimeMs: stat.ctimeMs, size: stat.size } : undefined;
  } catch {
    return undefined;
  }
}

function readText(root: string, path: string): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(root, path));
  } catch {
    return undefined;
  }
  const text = decode(bytes);
  return text !== undefined && isSourceName(path) && isMinified(text) ? undefined : text;
}

/** UTF-8 with its byte order mark kept; undefined for anything else. */
export function decode(bytes: Buffer): string | undefined {
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : undefined;
}
