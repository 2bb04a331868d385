import type { ChangedFile } from '../../change/change.ts';
import { wordsOfCode } from '../../core/words.ts';
import type { RuleInput } from '../rule.ts';

const known = new WeakMap<RuleInput, ReadonlySet<string>>();

/**
 * Words that a file of code (tests set apart) has no more in this change: names of what is gone, renamed or moved. A test that
 * speaks of one of them had to change with it.
 */
export function goneWords(input: RuleInput): ReadonlySet<string> {
  const before = known.get(input);
  if (before) return before;
  const gone = new Set<string>();
  for (const file of [...(input.change?.files ?? []), ...(input.change?.others ?? [])]) {
    if (!file.test) for (const word of goneFrom(file)) gone.add(word);
  }
  known.set(input, gone);
  return gone;
}

const ofFiles = new WeakMap<ChangedFile, readonly string[]>();

function goneFrom(file: ChangedFile): readonly string[] {
  const before = ofFiles.get(file);
  if (before) return before;
  const now = new Set(file.base === undefined ? [] : wordsOfCode(withoutComments(file.now)));
  const gone = wordsOfCode(withoutComments(file.base)).filter((word) => !now.has(word) && !everyday.has(word));
  ofFiles.set(file, gone);
  return gone;
}

const membersOf = new WeakMap<RuleInput, ReadonlySet<string>>();

/** Names that a changed file of code (tests set apart) gives to fewer members of types and objects than it did. */
export function goneMembers(input: RuleInput): ReadonlySet<string> {
  const before = membersOf.get(input);
  if (before) return before;
  const gone = new Set<string>();
  for (const { base, now, test } of input.change?.files ?? []) {
    if (test || base === undefined || now === undefined) continue;
    const left = membersIn(now);
    for (const [name, count] of membersIn(base)) if (count > (left.get(name) ?? 0)) gone.add(name);
  }
  membersOf.set(input, gone);
  return gone;
}

function membersIn(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, name = ''] of text.matchAll(/^\s*(?:(?:readonly|public|private|protected)\s+)*([\w$]+)\??\s*:/gm))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Words of the language and of tests: that a file lost the last one of them says nothing. */
const everyday = new Set(
  (
    'async await break case catch class const continue default delete describe else enum expect export extends false finally for from ' +
    'function import interface length name null number object Object private Promise public readonly return static string super switch ' +
    'test this throw Error error true type typeof undefined value void while with yield then data have should when that toBe toEqual'
  ).split(' '),
);

/** Comments that stand on lines of their own: what they say is prose. */
function withoutComments(text = ''): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
