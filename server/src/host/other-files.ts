import type { CancellationToken } from '../core/cancellation.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/**
 * Which of `words` stand in files that are not analysed: code in other languages, templates, scripts, configuration. Documentation,
 * lock files and what git ignores are left out. One `git grep`.
 * @throws GitUnavailable; Cancelled.
 */
export async function mentionedInOtherFiles(
  { root, filters }: Repository,
  words: readonly string[],
  token: CancellationToken,
): Promise<Set<string>> {
  const asked = words.filter((word) => word !== '' && !word.includes('\n'));
  if (asked.length === 0) return new Set();
  const how = ['-I', '-h', '-o', '-F', '--untracked', '--no-color', '--no-textconv', '-f', '-'];
  const found = new Set<string>();
  let rest = '';
  const answer = await runGit(root, ['grep', ...how, '--', '.', ...left.map((name) => `:(exclude,icase)${name}`)], {
    token,
    filters,
    input: `${asked.join('\n')}\n`,
    onOutput: (chunk) => {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop()!;
      for (const line of lines) found.add(line);
      return found.size < asked.length;
    },
  });
  // 1: nothing was found. Anything else, and nothing can be ruled out.
  const isAnswer = answer.code === 0 || answer.code === 1;
  return isAnswer || found.size >= asked.length ? found : new Set(asked);
}

/** Files that are analysed, and those that only speak of code. */
const left = [
  ...'ts tsx mts cts js jsx mjs cjs vue svelte astro json jsonc json5 yaml yml flagd'.split(' '),
  ...'md markdown rst adoc txt log svg lock csv snap po map'.split(' '),
].map((end) => `*.${end}`);
