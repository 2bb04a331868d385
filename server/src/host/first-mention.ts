import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CancellationToken } from '../core/cancellation.ts';
import { hashText } from '../core/hash.ts';
import { mentionFinder } from './mention-finder.ts';
import type { FirstMention } from './ports.ts';
import type { Repository } from './repository.ts';
import { GitUnavailable, runGit } from './run-git.ts';
import { writeKept } from './write-kept.ts';

/**
 * The first commit of HEAD's history whose added lines mention each key, below the repository's folder. One `git log` streams
 * through the whole history for keys that were never asked for; afterwards only through what HEAD gained, for keys that
 * were not found. Kept on disk by HEAD. Keys that no commit mentions, or only the oldest commits of a shallow clone, have no entry.
 */
export async function firstMentions(
  repository: Repository,
  keys: readonly string[],
  cacheFolder: string,
  token: CancellationToken,
): Promise<Map<string, FirstMention>> {
  const head = await headOf(repository, token);
  if (head === undefined || keys.length === 0) return new Map();
  const file = join(cacheFolder, `mentions-${hashText(repository.root)}.json`);
  const known = await upToDate(read(file, repository.root), head, repository, token);
  const unasked = keys.filter((key) => !known.has(key));
  if (unasked.length > 0) {
    const found = await search(repository, unasked, [head], token);
    for (const key of unasked) known.set(key, found.get(key) ?? null);
    writeKept(file, cacheFolder, { format, root: repository.root, head, found: [...known] });
  }
  return new Map(
    keys.flatMap((key) => {
      const one = known.get(key);
      return one ? [[key, one] as const] : [];
    }),
  );
}

/** Raised when the shape of what is kept, or the meaning of a mention, changes. */
const format = 1;

interface Kept {
  readonly format: number;
  readonly root: string;
  readonly head: string;
  /** `null` for keys that were looked for and not found. */
  readonly found: readonly (readonly [string, FirstMention | null])[];
}

/** What is known as of HEAD: where it moved on, keys that had not been found are looked for in what came; a rewritten history starts anew. */
async function upToDate(
  kept: Kept | undefined,
  head: string,
  repository: Repository,
  token: CancellationToken,
): Promise<Map<string, FirstMention | null>> {
  if (kept === undefined) return new Map();
  const known = new Map(kept.found);
  if (kept.head === head) return known;
  const follows = await runGit(repository.root, ['merge-base', '--is-ancestor', kept.head, head], { token });
  if (follows.code !== 0) return new Map();
  const missing = [...known].filter(([, one]) => one === null).map(([key]) => key);
  if (missing.length === 0) return known;
  const found = await search(repository, missing, [head, `^${kept.head}`], token);
  for (const [key, one] of found) known.set(key, one);
  return known;
}

/** @throws GitUnavailable; Cancelled. */
async function search(
  { root, shallow, filters }: Repository,
  keys: readonly string[],
  range: readonly string[],
  token: CancellationToken,
): Promise<Map<string, FirstMention>> {
  const finder = mentionFinder(keys);
  const how = [
    '--no-merges',
    '--no-renames',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--relative',
    '-p',
    '-U0',
  ];
  const args = ['log', ...how, '--date-order', '--reverse', `--format=${finder.format}`, ...range, '--'];
  const answer = await runGit(root, [...args, ...searched], {
    token,
    filters,
    timeLimitMs: 300_000,
    onOutput: (chunk) => finder.take(chunk),
  });
  if (answer.code !== 0 && !finder.isDone())
    throw new GitUnavailable(`git cannot look through the history: ${answer.stderr.trim().split('\n')[0] ?? ''}`);
  const found = finder.found();
  // In a shallow clone the oldest commits hold everything that came before them.
  if (shallow) for (const [key, { commit }] of found) if (finder.isRoot(commit)) found.delete(key);
  return found;
}

/** Code and data that may name a flag; what tools write is left out. */
const searched = [
  ...'ts tsx mts cts js jsx mjs cjs vue svelte astro json jsonc json5 yaml yml flagd split'
    .split(' ')
    .map((end) => `*.${end}`),
  ...['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', '.min.js'].map((end) => `:(exclude)*${end}`),
];

async function headOf({ root }: Repository, token: CancellationToken): Promise<string | undefined> {
  const answer = await runGit(root, ['rev-parse', '--verify', '-q', 'HEAD'], { token });
  return answer.code === 0 ? answer.stdout.toString('latin1').trim() : undefined;
}

function read(file: string, root: string): Kept | undefined {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
    return kept.format === format && kept.root === root && Array.isArray(kept.found) ? kept : undefined;
  } catch {
    return undefined;
  }
}
