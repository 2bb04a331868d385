import type { ts } from 'ts-morph';
import { hashText } from '../core/hash.ts';
import type { Bindings } from './bindings.ts';
import { type NormalToken, normalTokens, type Skip } from './normal-tokens.ts';

/** A piece of code in normal form: two pieces that differ only in what no machine notices have the same. */
export interface NormalForm {
  readonly normal: string;
  readonly shape: string;
  readonly names: readonly string[];
  readonly shingles: readonly string[];
}

const windowLength = 5;
const nothing: Skip = { has: () => false };

/** The normal form of one or more nodes; see `Declaration` for its parts. */
export function normalForm(roots: readonly ts.Node[], bindings: Bindings, skip: Skip): NormalForm {
  const tokens = normalTokens(roots, bindings, skip);
  const numbers = new Map<string, number>();
  const numbered = (name: string) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return `#${number}`;
  };
  const shape = hashText(
    tokens.map((token) => (token.name === undefined ? token.text : numbered(token.name))).join(' '),
  );
  const names = [...numbers.keys()];
  return { shape, names, normal: hashText(`${shape} ${names.join(' ')}`), shingles: shinglesOf(tokens.map(loose)) };
}

/** The normal form as text with all locals as `_`, for short pieces: a callee, a condition. */
export function normalText(node: ts.Node, bindings: Bindings): string {
  return normalTokens([node], bindings, nothing).map(loose).join(' ');
}

/** Hash of one piece with all locals alike, so that it does not depend on what stands before it. */
export function looseHash(node: ts.Node, bindings: Bindings, skip: Skip): string {
  return hashText(normalTokens([node], bindings, skip).map(loose).join(' '));
}

function loose(token: NormalToken): string {
  return token.name ?? (token.local ? '_' : token.text);
}

function shinglesOf(tokens: readonly string[]): string[] {
  if (tokens.length === 0) return [];
  const windows = new Set<string>();
  for (let i = 0; i <= Math.max(0, tokens.length - windowLength); i++)
    windows.add(hashText(tokens.slice(i, i + windowLength).join(' ')));
  return [...windows];
}
