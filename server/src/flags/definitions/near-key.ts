import { distance } from 'fastest-levenshtein';

/**
 * Finds the known key that an unknown one was probably meant to be: equal but for case and separators, or at most two edits away (one
 * in a short key, three in a long one). Keys that differ in their numbers only (`flow-v1`, `flow-v2`) are different
 * flags, not slips. Answers are kept for the last few sets of known keys: they change less often than code does.
 */
export function nearKeys(known: Iterable<string>): (key: string) => string | undefined {
  const keys = [...new Set(known)];
  const name = keys.join('\n');
  const find = finders.get(name) ?? remembering(finderOf(keys));
  finders.delete(name);
  finders.set(name, find);
  if (finders.size > maxFinders) finders.delete(finders.keys().next().value!);
  return find;
}

type Finder = (key: string) => string | undefined;

const finders = new Map<string, Finder>();
const maxFinders = 8;

function remembering(find: Finder): Finder {
  const answers = new Map<string, string | undefined>();
  return (key) => {
    if (!answers.has(key)) answers.set(key, find(key));
    return answers.get(key);
  };
}

function finderOf(keys: readonly string[]): Finder {
  const byLength = new Map<number, { readonly key: string; readonly plain: string; readonly letters: string }[]>();
  for (const key of keys) {
    const plain = plainOf(key);
    const list = byLength.get(plain.length);
    const one = { key, plain, letters: withoutDigits(plain) };
    if (list) list.push(one);
    else byLength.set(plain.length, [one]);
  }
  return (key) => {
    const plain = plainOf(key);
    const letters = withoutDigits(plain);
    const limit = plain.length <= 4 ? 1 : plain.length < 20 ? 2 : 3;
    let best: { readonly key: string; readonly distance: number } | undefined;
    for (let length = plain.length - limit; length <= plain.length + limit; length++) {
      for (const other of byLength.get(length) ?? []) {
        if (other.key === key) continue;
        const apart = distance(plain, other.plain);
        if (apart > limit || (best && apart > best.distance)) continue;
        if (apart > 0 && letters === other.letters) continue;
        if (!best || apart < best.distance || other.key < best.key) best = { key: other.key, distance: apart };
      }
    }
    return best?.key;
  };
}

/**
 * True when two keys are so alike that one of them must be a slip, even where not all keys are known: equal but for case and
 * separators, or, in a key of some length, one letter too many, missing, wrong, or two that changed places.
 */
export function isSlip(key: string, known: string): boolean {
  const a = plainOf(key);
  const b = plainOf(known);
  if (a === b) return key !== known;
  if (Math.min(a.length, b.length) < 6 || withoutDigits(a) === withoutDigits(b)) return false;
  // A word more or less in its number is another flag: `gift-card`, `gift-cards`.
  if (`${a}s` === b || `${b}s` === a) return false;
  return distance(a, b) === 1 || isSwapped(a, b);
}

function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

function plainOf(key: string): string {
  return key.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function withoutDigits(plain: string): string {
  return plain.replace(/\p{N}+/gu, '#');
}
