import { resolve } from 'node:path';
import type { CancellationToken } from '../core/cancellation.ts';
import { fields, GitUnavailable, runGit } from './run-git.ts';

/** Where a folder stands in a git repository. */
export interface Repository {
  /** The workspace folder: commands run here, paths are relative to it. */
  readonly root: string;
  /** The folder as seen from the top of the work tree: `''`, or `packages/app/`. */
  readonly prefix: string;
  /** Of this work tree (HEAD, index), and of the repository (branches). */
  readonly gitFolder: string;
  readonly commonFolder: string;
  readonly shallow: boolean;
  /** Filter drivers that the configuration names (`lfs`). */
  readonly filters: readonly string[];
}

/** Who asks at the same time gets the same answer. */
const asked = new Map<string, Promise<Repository | string>>();

/** @returns a sentence where there is no repository to work with. */
export function openRepository(root: string, token: CancellationToken): Promise<Repository | string> {
  const pending = asked.get(root);
  if (pending !== undefined) return pending;
  const answer = lookUp(root, token).finally(() => asked.delete(root));
  asked.set(root, answer);
  return answer;
}

async function lookUp(root: string, token: CancellationToken): Promise<Repository | string> {
  try {
    const questions = [
      '--is-inside-work-tree',
      '--absolute-git-dir',
      '--git-common-dir',
      '--is-shallow-repository',
      '--show-prefix',
    ];
    const [answer, filters] = await Promise.all([
      runGit(root, ['rev-parse', ...questions], { token }),
      filterDrivers(root, token),
    ]);
    if (answer.code !== 0) return refusal(answer.stderr, root);
    const [inside, gitFolder, commonFolder, shallow, prefix] = answer.stdout.toString('utf8').split('\n');
    if (inside !== 'true') return 'this folder is inside a git folder, not in a work tree';
    if (prefix && (await isIgnoredFolder(root, token))) return 'git ignores this folder';
    if (filters.some((name) => name.includes('='))) return 'git has a filter here that cannot be switched off';
    return {
      root,
      prefix: prefix ?? '',
      gitFolder: gitFolder!,
      commonFolder: resolve(root, commonFolder!),
      shallow: shallow === 'true',
      filters,
    };
  } catch (error) {
    if (error instanceof GitUnavailable) return error.message;
    throw error;
  }
}

function refusal(stderr: string, root: string): string {
  if (/dubious ownership|unsafe repository/.test(stderr))
    return `git does not trust this folder, because somebody else owns it; run: git config --global --add safe.directory ${root}`;
  if (/not a git repository/i.test(stderr)) return 'this folder is not in a git repository';
  return `git cannot read this folder: ${
    stderr
      .trim()
      .split('\n')[0]
      ?.replace(/^fatal: /, '') ?? 'no reason given'
  }`;
}

/** A folder that an outer repository ignores has no history of its own: it is treated as if there were no git. */
async function isIgnoredFolder(root: string, token: CancellationToken): Promise<boolean> {
  if ((await runGit(root, ['check-ignore', '-q', '--', root], { token })).code !== 0) return false;
  return (await runGit(root, ['ls-files', '-c', '-z'], { token })).stdout.length === 0;
}

async function filterDrivers(root: string, token: CancellationToken): Promise<string[]> {
  const pattern = '^filter\\..*\\.(clean|smudge|process)$';
  const names = fields(
    (await runGit(root, ['config', '-z', '--name-only', '--get-regexp', pattern], { token })).stdout,
  );
  return [...new Set(names.map((name) => name.slice('filter.'.length, name.lastIndexOf('.'))))];
}
