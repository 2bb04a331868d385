import { wordsOfCode } from '../../core/words.ts';
import type { RuleInput } from '../rule.ts';

const known = new WeakMap<RuleInput, ReadonlySet<string>>();

/**
 * Words of code (tests set apart) that the change took away from everywhere that it touches: names of what is gone. A test that
 * speaks of one of them had to change with it.
 */
export function goneWords(input: RuleInput): ReadonlySet<string> {
  const before = known.get(input);
  if (before) return before;
  const gone = new Set<string>();
  const now = new Set<string>();
  for (const file of [...(input.change?.files ?? []), ...(input.change?.others ?? [])]) {
    if (file.test || file.base === file.now) continue;
    for (const word of wordsOfCode(withoutComments(file.base))) gone.add(word);
    for (const word of wordsOfCode(withoutComments(file.now))) now.add(word);
  }
  for (const word of now) gone.delete(word);
  known.set(input, gone);
  return gone;
}

/** Comments that stand on lines of their own: what they say is prose. */
function withoutComments(text = ''): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
