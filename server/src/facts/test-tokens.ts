import { hashText } from '../core/hash.ts';

const token =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|[\w$]+|=>|[^\s\w$]/g;

const windowLength = 5;

/** Tokens of code without comments, layout, quotes, and the commas and semicolons that formatters add. */
export function tokensOfText(text: string): string[] {
  const found: string[] = [];
  for (const [one] of text.matchAll(token)) {
    if (one.startsWith('//') || one.startsWith('/*') || one === ';') continue;
    if (/^[)\]}]$/.test(one) && found.at(-1) === ',') found.pop();
    found.push(/^["']/.test(one) ? `'${one.slice(1, -1)}'` : one);
  }
  return found;
}

/** A text told by its tokens: a hash of all, and hashes of their windows. */
export function shinglesOfText(text: string): { readonly normal: string; readonly shingles: readonly number[] } {
  const tokens = tokensOfText(text);
  const hashes = tokens.map(hashOf);
  const windows = new Set<number>();
  for (let i = 0; i + windowLength <= hashes.length; i++) {
    let mixed = 17;
    for (let j = i; j < i + windowLength; j++) mixed = Math.imul(mixed ^ hashes[j]!, 0x01000193) ^ (mixed >>> 15);
    windows.add(mixed);
  }
  return { normal: tokens.length === 0 ? '' : hashText(tokens.join(' ')), shingles: [...windows] };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
