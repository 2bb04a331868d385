import type { Node } from 'jsonc-parser';
import type { DataTree } from './data-tree.ts';

/**
 * Parses a `.split` file (Split's localhost mode, javascript-commons src/sync/offline/splitsParser/splitsParserFromFile.ts): a feature and its treatment a
 * line; a line that starts with `#` is a comment. The tree is an object from features to treatments. Split leaves out lines of another
 * shape: here they are errors.
 */
export function parseSplit(text: string): DataTree {
  const root: Node = { type: 'object', offset: 0, length: text.length, children: [] };
  const errors: { range: { start: number; end: number }; sentence: string }[] = [];
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const columns = [...line[0].matchAll(/[^\s\uFEFF]+/g)].map((column) => ({
      type: 'string' as const,
      value: column[0],
      offset: line.index + column.index,
      length: column[0].length,
    }));
    const [key, value, ...more] = columns;
    if (!key || key.value.startsWith('#')) continue;
    if (!value || more.length > 0) {
      const range = { start: key.offset, end: columns.at(-1)!.offset + columns.at(-1)!.length };
      errors.push({ range, sentence: 'a feature and its treatment, and nothing else, are expected on a line' });
      continue;
    }
    const length = value.offset + value.length - key.offset;
    root.children!.push({ type: 'property', offset: key.offset, length, children: [key, value], parent: root });
  }
  return { roots: [root], errors };
}
