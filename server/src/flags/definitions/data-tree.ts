import type { Node } from 'jsonc-parser';
import { extname } from '../../core/paths.ts';
import type { TextRange } from '../../core/text.ts';
import { parseJson } from './json-tree.ts';
import { parseSplit } from './split-tree.ts';
import { parseYaml } from './yaml-tree.ts';

/** What a data file says: a tree for each of its documents (JSON has one at most), and where it is broken. */
export interface DataTree {
  readonly roots: readonly Node[];
  readonly errors: readonly { readonly range: TextRange; readonly sentence: string }[];
}

export type Notation = 'json' | 'yaml' | 'split';

/** How a data file is written: told by its ending, and by its first character where the ending says nothing. */
export function notationOf(path: string, text: string): Notation {
  const ending = extname(path).toLowerCase();
  if (ending === '.yaml' || ending === '.yml') return 'yaml';
  if (isSplitFile(path)) return 'split';
  if (ending.startsWith('.json')) return 'json';
  return /^\uFEFF?\s*([[{/]|$)/.test(text) ? 'json' : 'yaml';
}

/** A file of Split's localhost mode: `.split`, `flags.split`. */
export function isSplitFile(path: string): boolean {
  return /(^|\/)[^/]*\.split$/.test(path);
}

/** Parses tolerantly. Offsets of nodes are those of the text. @throws Error for YAML before its parser is loaded. */
export function parseData(path: string, text: string): DataTree {
  const notation = notationOf(path, text);
  return notation === 'yaml' ? parseYaml(text) : notation === 'split' ? parseSplit(text) : parseJson(text);
}
