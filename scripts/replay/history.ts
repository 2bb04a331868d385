import type { Checkout } from './repository.ts';

export interface SourceCommit {
  readonly commit: string;
  readonly subject: string;
  /** What it says below its subject. */
  readonly body: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** The source files that it changes. */
  readonly files: readonly string[];
}

const sources = ['*.ts', '*.tsx', '*.mts', '*.cts', '*.js', '*.jsx', '*.mjs', '*.cjs'];
const week = 7 * 24 * 3600;
const mends = /\b(?:fix(?:es|ed)?|revert(?:s|ed)?|hotfix|bug|regression)\b/i;

/** Commits with one parent that change source files, newest first, at most 3,000 back. */
export function sourceCommits({ git }: Checkout): SourceCommit[] {
  const format = '--format=%x01%H%x02%P%x02%ct%x02%s%x02%b%x02';
  return git('log', '--no-merges', '--max-count=3000', '--name-only', format, 'HEAD', '--', ...sources)
    .split('\x01')
    .flatMap((record) => {
      const [commit = '', parents = '', time = '', subject = '', body = '', files = ''] = record.split('\x02');
      if (!/^[0-9a-f]+$/.test(parents)) return [];
      return [{ commit, subject, body, time: Number(time), files: files.split('\n').filter(Boolean) }];
    });
}

/** Lines added and deleted in source files; undefined where the repository lacks one of them. */
export function sizeOf({ git }: Checkout, commit: string): number | undefined {
  try {
    return git('diff', '--numstat', `${commit}^`, commit, '--', ...sources)
      .split('\n')
      .reduce((sum, line) => {
        const [added = '', deleted = ''] = line.split('\t');
        return sum + (Number(added) || 0) + (Number(deleted) || 0);
      }, 0);
  } catch {
    return undefined;
  }
}

/** Those of `commits` that a later commit reverts by name, or whose lines a commit that says *fix* changes again, within a week. */
export function mendedCommits(
  checkout: Checkout,
  commits: readonly SourceCommit[],
  history: readonly SourceCommit[],
): Set<string> {
  const mended = new Set<string>();
  for (const later of history) {
    const near = commits.filter(({ time }) => later.time > time && later.time - time <= week);
    for (const one of near) if (later.body.includes(`This reverts commit ${one.commit}`)) mended.add(one.commit);
    if (!mends.test(later.subject)) continue;
    for (const one of near) {
      const shared = one.files.filter((file) => later.files.includes(file));
      if (!mended.has(one.commit) && shared.length > 0 && changesAgain(checkout, later.commit, shared, one.commit))
        mended.add(one.commit);
    }
  }
  return mended;
}

/** Whether a commit changes or deletes lines that another one wrote, as `git blame` tells. */
function changesAgain({ git }: Checkout, commit: string, files: readonly string[], written: string): boolean {
  let file = '';
  try {
    for (const line of git('diff', '-U0', '--no-renames', `${commit}^`, commit, '--', ...files).split('\n')) {
      if (line.startsWith('--- a/')) file = line.slice(6);
      const hunk = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
      const length = Number(hunk?.[2] ?? 1);
      if (!hunk || length === 0) continue;
      const range = `${hunk[1]},+${length}`;
      if (git('blame', '-l', '-s', '-L', range, `${commit}^`, '--', file).includes(written.slice(0, 39))) return true;
    }
  } catch {
    // What a mirror lacks cannot be blamed.
  }
  return false;
}
