import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CancellationToken } from '../core/cancellation.ts';
import { hashText } from '../core/hash.ts';
import type { History, PastCommit } from '../core/history.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';
import { writeKept } from './write-kept.ts';

/** Commits that are looked at, and fewer than which say nothing. */
const most = 500;
const fewest = 50;
/**
 * Milliseconds. Measured on 18,000 commits of a large monorepo: 1.2 s of work for 500 commits, a third of that for most. Far more than that is
 * allowed: what is found must not depend on what else a machine does.
 */
const timeLimitMs = 20_000;

/**
 * The last commits up to `commit`, with what they touched. Kept on disk for that commit. Undefined for a young repository.
 * @throws GitUnavailable where git cannot tell or takes too long; Cancelled.
 */
export async function historyOf(
  { root, shallow, filters }: Repository,
  commit: string,
  cacheFolder: string,
  token: CancellationToken,
): Promise<History | undefined> {
  const file = join(cacheFolder, `history-${hashText(root)}.json`);
  const kept = read(file, root, commit);
  if (kept) return kept;
  const how = [
    '--no-merges',
    '--no-renames',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--relative',
    '--numstat',
  ];
  const args = ['log', ...how, '-n', String(most), '--format=%x00%cs%x09%s', commit, '--', ...sources];
  const { code, stdout } = await runGit(root, args, { token, filters, timeLimitMs });
  if (code !== 0) return undefined;
  const all = stdout.toString('utf8').split('\0').slice(1).map(pastCommit);
  // In a shallow clone the oldest commit holds everything that came before it.
  const commits = shallow && all.length < most ? all.slice(0, -1) : all;
  if (commits.length < fewest) return undefined;
  const history: History = { commits };
  writeKept(file, cacheFolder, { format, root, commit, history });
  return history;
}

const sources = 'ts tsx mts cts js jsx mjs cjs vue svelte astro'.split(' ').map((end) => `*.${end}`);

/** A commit that touches more files is a sweep: which ones does not matter. */
const mostFiles = 200;

function pastCommit(text: string): PastCommit {
  const [head = '', ...lines] = text.split('\n');
  const [date = '', ...subject] = head.split('\t');
  const files = lines.flatMap((line) => {
    const [added, deleted, path] = line.split('\t');
    // Binary files have no numbers, and names in quotes hold what no source file is called.
    if (!path || path.startsWith('"') || added === '-') return [];
    return [{ path, lines: Number(added) + Number(deleted) }];
  });
  return { date, fix: isFix(subject.join('\t')), files: files.slice(0, mostFiles) };
}

/** A subject that speaks of mending behaviour, and not of mending what surrounds code. */
export function isFix(subject: string): boolean {
  if (/^(?:revert|hotfix)\b/i.test(subject)) return true;
  const mends = /\b(?:fix(?:e[sd]|ing)?|bug(?:s|fix(?:es)?)?|hot-?fix|regressions?)\b/i.test(subject);
  return (
    mends &&
    !/\b(?:typos?|lint\w*|format\w*|tests?|e2e|ci|docs?|types?|deps?|dependenc\w+|build|styles?|spelling|wording)\b/i.test(
      subject,
    )
  );
}

/** Raised when the shape of what is kept, or its meaning, changes. */
const format = 1;

interface Kept {
  readonly format: number;
  readonly root: string;
  readonly commit: string;
  readonly history: History;
}

function read(file: string, root: string, commit: string): History | undefined {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
    const fits = kept.format === format && kept.root === root && kept.commit === commit;
    return fits && Array.isArray(kept.history.commits) ? kept.history : undefined;
  } catch {
    return undefined;
  }
}
