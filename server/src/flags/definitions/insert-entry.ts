import type { Node } from 'jsonc-parser';
import { UserError } from '../../core/user-error.ts';
import { type EntryList, listAt, type Token } from './entry-list.ts';
import { rangeOf } from './json-tree.ts';
import { indentOf, lineBreakOf, lineEndOf, startsLine } from './text-lines.ts';

/** Text that is put in at an offset. */
export interface Insertion {
  readonly at: number;
  readonly newText: string;
}

/**
 * Puts values at the end of an object (under a key) or of an array, laid out as the last entry is: on lines of their own or
 * behind it, expanded or on one line, with a comma behind the last one only where there is one now.
 */
export function insertEntry(
  text: string,
  tokens: readonly Token[],
  container: Node,
  key: string | undefined,
  ...values: readonly unknown[]
): Insertion[] {
  const open = tokens.findIndex((token) => token.start === container.offset);
  const list = open < 0 ? undefined : listAt(text, tokens, open);
  if (!list) throw new UserError('The brackets of the file do not match: mend it first.');
  return values.length === 0 ? [] : insertInto(text, tokens, container, list, key, values);
}

/** The same for a bracketed list that is known already, as in YAML's flow style. */
export function insertInto(
  text: string,
  tokens: readonly Token[],
  container: Node,
  list: EntryList,
  key: string | undefined,
  values: readonly unknown[],
): Insertion[] {
  const last = container.children?.at(-1);
  if (!last) return insertFirst(text, container, list, key, values);
  const range = rangeOf(last);
  const sample = text.slice(range.start, range.end);
  const ownLine = startsLine(text, range.start);
  const indent = indentOf(text, range.start);
  const layout: Layout = {
    expanded: ownLine && sample.includes('\n'),
    spaced: /[:,] /.test(sample),
    indent,
    unit: unitOf(indent, indentOf(text, container.offset)),
    lineBreak: lineBreakOf(text),
  };
  const separator = ownLine ? layout.lineBreak + indent : layout.spaced ? ' ' : '';
  return appendTo(
    text,
    tokens,
    list,
    values.map((value) => entryText(key, value, layout)),
    separator,
  );
}

/** Appends entries to a list that has some; also used for members of an enum or object in TypeScript. */
export function appendTo(
  text: string,
  tokens: readonly Token[],
  list: EntryList,
  entries: readonly string[],
  separator: string,
): Insertion[] {
  const last = list.entries.at(-1)!;
  const tail = last.comma === undefined ? last.end : last.comma + 1;
  // A comment behind the last entry belongs to it.
  const behind = tokens.find((token) => token.start >= tail);
  const remark =
    separator.includes('\n') && behind?.kind === 'comment' && behind.start < lineEndOf(text, tail) ? behind.end : tail;
  const added = separator + entries.join(`,${separator}`);
  if (last.comma !== undefined) return [{ at: remark, newText: `${added},` }];
  return remark === tail
    ? [{ at: tail, newText: `,${added}` }]
    : [
        { at: tail, newText: ',' },
        { at: remark, newText: added },
      ];
}

interface Layout {
  readonly expanded: boolean;
  readonly spaced: boolean;
  readonly indent: string;
  readonly unit: string;
  readonly lineBreak: string;
}

function entryText(key: string | undefined, value: unknown, layout: Layout): string {
  const name = key === undefined ? '' : `${JSON.stringify(key)}:${layout.spaced || layout.expanded ? ' ' : ''}`;
  if (!layout.expanded) return name + (layout.spaced ? oneLine(value) : JSON.stringify(value));
  const lines = JSON.stringify(value, undefined, layout.unit).split('\n');
  return name + lines.join(layout.lineBreak + layout.indent);
}

/** `{ "a": 1, "b": { "c": true } }` */
function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${oneLine(one)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** The first entry of an empty container: on lines of its own, unless the whole file is one line. */
function insertFirst(
  text: string,
  container: Node,
  list: EntryList,
  key: string | undefined,
  values: readonly unknown[],
): Insertion[] {
  const outer = indentOf(text, container.offset);
  const lineBreak = lineBreakOf(text);
  const lines = text.trimEnd().includes('\n');
  const layout: Layout = {
    expanded: lines,
    spaced: text.includes('": '),
    indent: outer + unitOf(outer, ''),
    unit: unitOf(outer, ''),
    lineBreak,
  };
  const separator = lines ? lineBreak + layout.indent : '';
  const entries = values.map((value) => entryText(key, value, layout)).join(`,${separator}`);
  const rest = text.slice(list.open, list.close);
  if (rest.trim() !== '') return [{ at: list.open, newText: separator + entries }];
  const closes = rest.includes('\n') ? '' : lines ? lineBreak + outer : '';
  return [{ at: list.open, newText: separator + entries + closes }];
}

/** The step from a container's indentation to that of its entries. */
function unitOf(inner: string, outer: string): string {
  const step = inner.startsWith(outer) ? inner.slice(outer.length) : inner;
  return step === '' ? '  ' : step;
}
