import { distance } from 'fastest-levenshtein';

/**
 * Finds the known key that an unknown one was probably meant to be: equal but for case and separators, or at most two edits (one
 * in a short key) or a quarter of its length away. Keys that differ in their numbers only (`flow-v1`, `flow-v2`) are different
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
    const limit = plain.length <= 4 ? 1 : Math.max(2, Math.floor(plain.length / 4));
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

function plainOf(key: string): string {
  return key.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function withoutDigits(plain: string): string {
  return plain.replace(/\p{N}+/gu, '#');
}
