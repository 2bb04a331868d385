import type { Node } from 'jsonc-parser';
import type { TextEdit } from '../../core/source-change.ts';
import { sortEdits } from '../../core/source-change.ts';
import { UserError } from '../../core/user-error.ts';
import type { FlagDefinition, FlagValue } from '../flag.ts';
import { notationOf, parseData } from './data-tree.ts';
import { newEntries } from './definition-template.ts';
import { tokensOf } from './entry-list.ts';
import { type Insertion, insertEntry } from './insert-entry.ts';
import { insertMember, insertUnionMember } from './insert-member.ts';
import { entriesOf, type JsonEntry } from './json-tree.ts';
import { writtenKey } from './key-text.ts';
import { lineBreakOf } from './text-lines.ts';
import { insertIntoYaml } from './yaml-insert.ts';

/** Where a new definition goes: a file of this format, beside these definitions of the same file (and registry). */
export interface DefinitionTarget {
  readonly source: string;
  readonly siblings: readonly FlagDefinition[];
}

/**
 * Edits that define a flag at the end of a file's definitions, in the style of its siblings. What people get stays what the
 * code falls back to today: `value` is the default at the read, and false where there is none.
 * @throws UserError when the file gives no place or no style for a new entry.
 */
export function addDefinition(target: DefinitionTarget, key: string, value: FlagValue, text: string): TextEdit[] {
  const reason = `define the flag '${key}'`;
  return sortEdits(
    insertionsFor(target, key, value, text).map(({ at, newText }) => ({
      range: { start: at, end: at },
      newText,
      kind: 'definition',
      reason,
    })),
  );
}

function insertionsFor(target: DefinitionTarget, key: string, value: FlagValue, text: string): Insertion[] {
  const sibling = target.siblings.at(-1);
  if (target.source === 'typescript-union' && sibling) return insertUnionMember(text, sibling, key);
  if (sibling?.registry) return insertMember(text, target.siblings, key);
  return insertData(target, key, value, text);
}

function insertData({ source, siblings }: DefinitionTarget, key: string, value: FlagValue, text: string): Insertion[] {
  const sibling = siblings.at(-1);
  const path = sibling?.path ?? 'flags.json';
  const notation = notationOf(path, text);
  if (notation === 'split') return insertLine(text, key, value);
  const { roots, errors } = parseData(path, text);
  // Of several documents, the one in which the siblings stand.
  const root = roots.findLast((one) => sibling === undefined || one.offset <= sibling.range.start);
  if (!root || errors.length > 0)
    throw new UserError(`The file of definitions is no valid ${notation.toUpperCase()}: mend it first.`);
  return newEntries(source, root, key, value).flatMap(({ container, key: name, values }) => {
    const last = container.children?.at(-1);
    const style = last?.type === 'property' ? last.children?.[1] : last;
    const ordered = values.map((one) => (typeof one === 'object' ? inOrderOf(style, one) : one));
    return notation === 'yaml'
      ? insertIntoYaml(text, container, name, ...ordered)
      : insertEntry(text, tokensOf(text), container, name, ...ordered);
  });
}

/** A line at the end of a `.split` file. */
function insertLine(text: string, key: string, value: FlagValue): Insertion[] {
  const treatment = typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
  const line = `${writtenKey(key, '', 'split')} ${writtenKey(treatment, '', 'split')}`;
  const isOpen = text !== '' && !text.endsWith('\n');
  return [{ at: text.length, newText: `${isOpen ? lineBreakOf(text) : ''}${line}${lineBreakOf(text)}` }];
}

/** The same fields, in the order in which a sibling has them. */
function inOrderOf(sibling: Node | undefined, value: Record<string, unknown>): Record<string, unknown> {
  const order = entriesOf(sibling).map((entry: JsonEntry) => entry.key);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => place(a) - place(b)));
}
