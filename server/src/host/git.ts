import type { CancellationToken } from '../core/cancellation.ts';
import { findBase } from './base.ts';
import { decode } from './files.ts';
import { firstMentions } from './first-mention.ts';
import { compileGlobs } from './globs.ts';
import { headState } from './head-state.ts';
import { historyOf } from './history.ts';
import { mentionedInOtherFiles } from './other-files.ts';
import type { ChangedPath, FileFilter, Files, Git, Staged } from './ports.ts';
import { type MovedText, matchRenames } from './renames.ts';
import { openRepository, type Repository } from './repository.ts';
import { fields, GitUnavailable, runGit } from './run-git.ts';
import { isAnalysedPath } from './source-files.ts';
import { riskTrailers } from './trailers.ts';

/**
 * Git, for one folder: its repository is looked up anew for each base, so that `git init` and the like are noticed.
 * @param cacheFolder where answers that take long are kept between runs
 */
export function openGit(root: string, files: Files, cacheFolder: string): Git {
  let repository: Repository | string | undefined;
  const opened = async (token: CancellationToken) => {
    repository ??= await openRepository(root, token);
    return typeof repository === 'string' ? undefined : repository;
  };
  return {
    findBase: async (wanted, token) => {
      repository = await openRepository(root, token);
      if (typeof repository !== 'string') return findBase(repository, wanted, token);
      return { kind: 'none', why: repository };
    },
    changedFiles: async (commit, filter, token) => {
      const there = await opened(token);
      return there === undefined ? [] : changedFiles(there, files, commit, filter, token);
    },
    readBase: async (commit, paths, token) => {
      const there = await opened(token);
      return there === undefined ? new Map() : readBase(there, commit, paths, token);
    },
    staged: async (token) => {
      const there = await opened(token);
      return there === undefined ? { texts: new Map(), untracked: new Set() } : stagedState(there, token);
    },
    riskTrailers: async (commit, token) => {
      const there = await opened(token);
      return there === undefined ? [] : riskTrailers(there, commit, token);
    },
    history: async (commit, token) => {
      try {
        const there = await opened(token);
        return there === undefined ? undefined : await historyOf(there, commit, cacheFolder, token);
      } catch (error) {
        if (error instanceof GitUnavailable) return undefined;
        throw error;
      }
    },
    firstMentions: async (keys, token) => {
      try {
        const there = await opened(token);
        return there === undefined ? new Map() : await firstMentions(there, keys, cacheFolder, token);
      } catch (error) {
        // Ages are a help: without them nothing is wrong.
        if (error instanceof GitUnavailable) return new Map();
        throw error;
      }
    },
    mentionedInOtherFiles: async (words, token) => {
      try {
        const there = await opened(token);
        return there === undefined ? new Set() : await mentionedInOtherFiles(there, words, token);
      } catch (error) {
        if (error instanceof GitUnavailable) return new Set(words);
        throw error;
      }
    },
    headState: () => (typeof repository === 'object' ? headState(repository) : headState(root)),
  };
}

async function changedFiles(
  repository: Repository,
  files: Files,
  commit: string,
  filter: FileFilter,
  token: CancellationToken,
): Promise<ChangedPath[]> {
  const { modified, gone, added } = await compare(repository, commit, filter, token);
  const nowTexts = readable(files, added, filter);
  const baseTexts =
    gone.size > 0 && nowTexts.length > 0
      ? await readBase(repository, commit, [...gone], token)
      : new Map<string, string>();
  const renames = matchRenames(
    [...baseTexts].map(([path, text]) => ({ path, text })),
    nowTexts,
  );
  const renamed = new Set(renames.values());
  const changes: ChangedPath[] = [
    ...readable(files, modified, filter).map(({ path }) => ({ path, basePath: path, status: 'modified' as const })),
    ...[...gone]
      .filter((path) => !renamed.has(path))
      .map((path) => ({ path, basePath: path, status: 'deleted' as const })),
    ...nowTexts.map(({ path }) => {
      const basePath = renames.get(path);
      return {
        path,
        basePath: basePath ?? path,
        status: basePath === undefined ? ('added' as const) : ('renamed' as const),
      };
    }),
  ];
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Those that have a text to analyse: a file that grew too large, or is a link now, did not change for us, nor is it gone. */
function readable(files: Files, paths: Iterable<string>, filter: FileFilter): MovedText[] {
  return [...paths].flatMap((path) => {
    const size = files.stat(path)?.size ?? Number.POSITIVE_INFINITY;
    const text = size <= filter.maxFileSizeKb * 1024 ? files.read(path) : undefined;
    return text === undefined ? [] : [{ path, text }];
  });
}

/** Tells base from working tree by name: the index is looked through, so that staged and unstaged are one. */
async function compare(repository: Repository, commit: string, filter: FileFilter, token: CancellationToken) {
  const { root, filters } = repository;
  const isExcluded = compileGlobs(filter.exclude);
  const isWanted = (path: string) => isAnalysedPath(path) && !isExcluded(path);
  const how = ['--name-status', '-z', '--no-renames', '--relative', '--no-ext-diff', '--no-textconv', '--no-color'];
  const [diff, untracked] = await Promise.all([
    runGit(root, ['diff', ...how, '--ignore-submodules=all', commit, '--'], { token, filters }),
    runGit(root, ['ls-files', '-o', '--exclude-standard', '-z'], { token }),
  ]);
  if (diff.code !== 0 || untracked.code !== 0)
    throw new GitUnavailable(
      `git cannot compare with ${commit.slice(0, 7)}: ${(diff.stderr || untracked.stderr).trim()}`,
    );
  const modified = new Set<string>();
  const gone = new Set<string>();
  const added = new Set<string>();
  const listed = fields(diff.stdout);
  for (let at = 0; at + 1 < listed.length; at += 2) {
    const [status, path] = [listed[at]!, listed[at + 1]!];
    if (isWanted(path)) (status === 'A' ? added : status === 'D' ? gone : modified).add(path);
  }
  for (const path of fields(untracked.stdout).filter(isWanted)) {
    // Taken out of the index, but still there: not gone.
    if (gone.delete(path)) modified.add(path);
    else added.add(path);
  }
  return { modified, gone, added };
}

async function stagedState(repository: Repository, token: CancellationToken): Promise<Staged> {
  const { root } = repository;
  const list = async (...args: string[]) => {
    const { stdout } = await runGit(root, [...args, '-z', '--', '.'], { token });
    return fields(stdout).filter(isAnalysedPath);
  };
  const other = await list('diff', '--name-only', '--relative', '--no-ext-diff', '--no-renames');
  const untracked = await list('ls-files', '--others', '--exclude-standard');
  return { texts: await readBase(repository, '', other, token), untracked: new Set(untracked) };
}

async function readBase(
  repository: Repository,
  commit: string,
  paths: readonly string[],
  token: CancellationToken,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  // A name with a line break cannot be asked for in a batch; it is treated as if it had not been there.
  const asked = paths.filter((path) => !path.includes('\n'));
  if (asked.length === 0) return texts;
  const input = asked.map((path) => `${commit}:${repository.prefix}${path}\n`).join('');
  const { stdout } = await runGit(repository.root, ['cat-file', '--batch'], { token, input });
  let at = 0;
  for (const path of asked) {
    const line = stdout.indexOf(10, at);
    if (line < 0) break;
    const header = stdout.toString('utf8', at, line);
    at = line + 1;
    const blob = /^[0-9a-f]+ (\w+) (\d+)$/.exec(header);
    if (blob === null) continue; // "... missing"
    const size = Number(blob[2]);
    const text = blob[1] === 'blob' ? decode(stdout.subarray(at, at + size)) : undefined;
    if (text !== undefined && !isLargeFilePointer(text)) texts.set(path, text);
    at += size + 1;
  }
  return texts;
}

/** What git keeps instead of the text when git-lfs holds it: see the pointer format in git-lfs/docs/spec.md. */
function isLargeFilePointer(text: string): boolean {
  return text.startsWith('version https://git-lfs.github.com/spec/');
}
