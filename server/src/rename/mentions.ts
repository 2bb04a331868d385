import { isSourcePath } from '../core/snapshot.ts';
import type { FileChange, TextEdit } from '../core/source-change.ts';
import type { TextRange } from '../core/text.ts';
import type { World } from '../fixes/fix.ts';
import { spelled } from '../flags/camel-case.ts';
import { occurrencesOf } from '../flags/symbols.ts';
import { isName } from './read-edit.ts';

/**
 * Places that hold the key and of which nothing is known, with the edits that would change them: mocks in tests, defaults, comments,
 * strings of the same text that mean something else, and what stands in generated files. A key that is a plain word of the
 * language counts only where it is quoted; one that nobody writes by chance counts wherever it stands.
 */
export function mentionsOf(key: string, to: string, changed: readonly FileChange[], world: World): FileChange[] {
  const known = knownPlaces(key, changed, world);
  const wanted = wordsFor(key, to, world);
  return world.paths.flatMap((path): FileChange[] => {
    const text = world.text(path);
    if (text === undefined) return [];
    const own = known.get(path) ?? [];
    const edits = wanted.flatMap((one) => (text.includes(one.word) ? editsOf(path, text, one, own) : []));
    edits.sort((a, b) => a.range.start - b.range.start);
    return edits.length === 0 ? [] : [{ path, before: text, edits }];
  });
}

interface Word {
  readonly word: string;
  readonly to: string;
  readonly pattern: RegExp;
}

/** The key, and the names by which records call it. */
function wordsFor(key: string, to: string, world: World): Word[] {
  const words = new Map([[key, to]]);
  for (const { spelling } of world.inventory.flags.get(key)?.reads ?? [])
    if (spelling !== undefined) words.set(spelled(key, spelling), spelled(to, spelling));
  return [...words].map(([word, to]) => ({ word, to, pattern: patternOf(word) }));
}

function patternOf(word: string): RegExp {
  const escaped = word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const isTelling = /[\p{L}\p{N}][-_.:/][\p{L}\p{N}]|\p{Ll}\p{Lu}|\p{L}\p{N}/u.test(word);
  return isTelling
    ? new RegExp(`(?<![\\w$-])${escaped}(?![\\w$-])`, 'g')
    : new RegExp(`(?<=(['"\`]))${escaped}(?=\\1)`, 'g');
}

function editsOf(path: string, text: string, { word, to, pattern }: Word, own: readonly TextRange[]): TextEdit[] {
  return [...text.matchAll(pattern)].flatMap((match): TextEdit[] => {
    const range = { start: match.index, end: match.index + word.length };
    if (own.some((one) => one.start <= range.end && range.start <= one.end)) return [];
    // A name in code can only become a name.
    const isBare = isSourcePath(path) && isName(word) && !/['"`]/.test(text[range.start - 1] ?? '');
    if (isBare && !isName(to)) return [];
    return [{ range, newText: to, kind: 'rename', reason: 'the same text, not known to be the flag' }];
  });
}

function knownPlaces(key: string, changed: readonly FileChange[], world: World): Map<string, TextRange[]> {
  const known = new Map<string, TextRange[]>();
  const add = (path: string, ranges: readonly TextRange[]) => known.set(path, [...(known.get(path) ?? []), ...ranges]);
  for (const { path, edits } of changed)
    add(
      path,
      edits.map((one) => one.range),
    );
  for (const { path, range } of occurrencesOf(world, key)) add(path, [range]);
  return known;
}
