import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { isTestPath } from '../../server/src/facts/tests.ts';

/** A clone of its own, so that nothing is written into the repository that is replayed. */
export interface Checkout {
  readonly folder: string;
  git(...args: string[]): string;
}

export function checkoutOf(repository: string, folder: string): Checkout {
  if (!fs.existsSync(folder)) {
    fs.mkdirSync(path.dirname(folder), { recursive: true });
    execFileSync('git', ['clone', '--quiet', '--shared', '--no-checkout', repository, folder]);
  }
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false', ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, GIT_LFS_SKIP_SMUDGE: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  return { folder, git };
}

/** Puts the work tree where the commit began. */
export function goToParent({ git }: Checkout, commit: string): void {
  git('checkout', '--quiet', '--force', '--detach', `${commit}^`);
  git('clean', '-dfq');
}

/** The text of a file at a commit, or undefined where there is none. */
export function textAt({ git }: Checkout, commit: string, file: string): string | undefined {
  try {
    return git('show', `${commit}:${file}`);
  } catch {
    return undefined;
  }
}

export function textNow({ folder }: Checkout, file: string): string | undefined {
  const full = path.join(folder, file);
  return fs.existsSync(full) ? fs.readFileSync(full, 'utf8') : undefined;
}

export function filesChangedBy({ git }: Checkout, commit: string): string[] {
  return lines(git('diff', '--name-only', '--no-renames', `${commit}^`, commit));
}

export function filesChangedNow({ git }: Checkout): string[] {
  return lines(git('diff', '--name-only', '--no-renames', 'HEAD')).filter((file) => file !== 'switchyard.jsonc');
}

function lines(text: string): string[] {
  return text.split('\n').filter(Boolean);
}

/** Code that runs for users: no tests, stories, mocks, documents or generated files. */
export function isProduction(file: string): boolean {
  if (!/\.[cm]?[jt]sx?$/.test(file) || isTestPath(file)) return false;
  return !/(?:^|[/._-])(?:stories|story|storybook|mocks?|fixtures?|snapshots?|generated|test-?utils?|testing|docs|cypress|playwright|spec|tests?)(?:[/._-]|$)/i.test(
    file,
  );
}
