import { sortEdits, type TextEdit } from '../../core/source-change.ts';
import type { TextRange } from '../../core/text.ts';
import { UserError } from '../../core/user-error.ts';
import type { FlagDefinition } from '../flag.ts';
import { notationOf, parseData } from './data-tree.ts';
import { formats } from './detect.ts';
import { rangeOf } from './json-tree.ts';
import { writtenKey } from './key-text.ts';

/**
 * Edits that give a definition another key, in the text that it was read from: the key itself, in the quotes that it has, and what
 * names it elsewhere in the file (prerequisites, parents, rows of other lists). For a registry in TypeScript the literal that holds the key.
 * @throws UserError when the file defines the new key already, or cannot hold it.
 */
export function renameDefinition(text: string, definition: FlagDefinition, newKey: string): TextEdit[] {
  const { path, key, registry, source } = definition;
  const isCode = registry !== undefined || source.startsWith('typescript');
  const notation = isCode ? 'typescript' : notationOf(path, text);
  const places = new Map<number, TextRange>([[definition.keyRange.start, definition.keyRange]]);
  const format = isCode ? undefined : formats.find((one) => one.id === source);
  if (format) {
    const { roots } = parseData(path, text);
    const document = roots.filter((root) => root.offset <= definition.range.start).at(-1);
    const siblings = document ? format.read(path, document) : [];
    if (siblings.some((one) => one.key === newKey)) throw new UserError(`${path} already defines '${newKey}'.`);
    for (const one of siblings) if (one.key === key) places.set(one.keyRange.start, one.keyRange);
    for (const one of (document && format.references?.(document)) ?? [])
      if (one.key === key) places.set(one.keyNode.offset, rangeOf(one.keyNode));
  }
  return sortEdits(
    [...places.values()].map((range) => ({
      range,
      newText: writtenKey(newKey, text[range.start] ?? '', notation),
      kind: 'rename',
      reason: `the flag '${key}' is renamed to '${newKey}'`,
    })),
  );
}
