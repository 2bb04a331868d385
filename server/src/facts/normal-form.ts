import type { ts } from 'ts-morph';
import { hashText } from '../core/hash.ts';
import type { Bindings } from './bindings.ts';
import { type NormalToken, normalTokens, type Skip } from './normal-tokens.ts';

/** A piece of code in normal form: two pieces that differ only in what no machine notices have the same. */
export interface NormalForm {
  readonly normal: string;
  readonly shape: string;
  readonly names: readonly string[];
  readonly shingles: readonly number[];
  /** Hashes of the watched nodes, all locals alike, so that they do not depend on what stands before them. */
  readonly parts: ReadonlyMap<ts.Node, string>;
}

const windowLength = 5;
const nothing: Skip = { has: () => false };

/** The normal form of one or more nodes; see `Declaration` for its parts. */
export function normalForm(
  roots: readonly ts.Node[],
  bindings: Bindings,
  skip: Skip,
  watched: readonly ts.Node[] = [],
): NormalForm {
  const { tokens, spans } = normalTokens(roots, bindings, skip, new Set(watched));
  const numbers = new Map<string, number>();
  let text = '';
  for (const token of tokens) {
    if (token.name === undefined) {
      text += `${token.text} `;
      continue;
    }
    const number = numbers.get(token.name) ?? numbers.size;
    numbers.set(token.name, number);
    text += `#${number} `;
  }
  const shape = hashText(text);
  const names = [...numbers.keys()];
  const parts = new Map<ts.Node, string>();
  for (const [node, { from, to }] of spans) parts.set(node, hashText(tokens.slice(from, to).map(loose).join(' ')));
  return { shape, names, normal: hashText(`${shape} ${names.join(' ')}`), shingles: shinglesOf(tokens), parts };
}

/** The normal form as text with all locals as `_`, for short pieces: a callee, a condition. */
export function normalText(node: ts.Node, bindings: Bindings): string {
  return normalTokens([node], bindings, nothing).tokens.map(loose).join(' ');
}

function loose(token: NormalToken): string {
  return token.name ?? (token.local ? '_' : token.text);
}

function shinglesOf(tokens: readonly NormalToken[]): number[] {
  if (tokens.length === 0) return [];
  const hashes = tokens.map((token) => hashToken(loose(token)));
  const windows = new Set<number>();
  for (let i = 0; i <= Math.max(0, hashes.length - windowLength); i++) {
    let mixed = 17;
    for (let j = i; j < Math.min(i + windowLength, hashes.length); j++)
      mixed = Math.imul(mixed ^ hashes[j]!, 0x01000193) ^ (mixed >>> 15);
    windows.add(mixed);
  }
  return [...windows];
}

/** FNV-1a, 32 bits. */
function hashToken(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
