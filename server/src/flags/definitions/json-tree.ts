import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { TextRange } from '../../core/text.ts';
import type { FlagValue } from '../flag.ts';

/** What a JSON text says: its tree (comments and trailing commas are tolerated) and where it is broken. */
export interface JsonTree {
  readonly root: Node | undefined;
  readonly errors: readonly { readonly range: TextRange; readonly sentence: string }[];
}

/** Parses tolerantly: a broken text still yields what can be told of it. */
export function parseJson(text: string): JsonTree {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return { root, errors: errors.map((error) => ({ range: errorRange(error, text), sentence: sentence(error) })) };
}

export function rangeOf(node: Node): TextRange {
  return { start: node.offset, end: node.offset + node.length };
}

/** An entry of an object: its key, its value and the whole property. */
export interface JsonEntry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
  readonly property: Node;
}

/** The entries of an object, in order; none for anything else. Properties that lack a value are left out. */
export function entriesOf(node: Node | undefined): JsonEntry[] {
  if (node?.type !== 'object') return [];
  const entries: JsonEntry[] = [];
  for (const property of node.children ?? []) {
    const [keyNode, value] = property.children ?? [];
    if (keyNode && value) entries.push({ key: String(keyNode.value), keyNode, value, property });
  }
  return entries;
}

export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

/** The value of a property; the last one where it is doubled, as JSON.parse does. */
export function field(node: Node | undefined, name: string): Node | undefined {
  return entriesOf(node).findLast((entry) => entry.key === name)?.value;
}

export function stringField(node: Node | undefined, name: string): string | undefined {
  const value = field(node, name);
  return value?.type === 'string' ? (value.value as string) : undefined;
}

export function booleanField(node: Node | undefined, name: string): boolean | undefined {
  const value = field(node, name);
  return value?.type === 'boolean' ? (value.value as boolean) : undefined;
}

/** A boolean, string or number; undefined for what a flag cannot be compared with. */
export function scalar(node: Node | undefined): FlagValue | undefined {
  return node?.type === 'boolean' || node?.type === 'string' || node?.type === 'number' ? node.value : undefined;
}

/** True for a missing value, and for an array or object without entries. */
export function isEmpty(node: Node | undefined): boolean {
  return node === undefined || ((node.type === 'array' || node.type === 'object') && !node.children?.length);
}

function errorRange(error: ParseError, text: string): TextRange {
  const start = Math.min(error.offset, text.length);
  return { start, end: Math.min(start + error.length, text.length) };
}

function sentence(error: ParseError): string {
  const name = printParseErrorCode(error.error);
  return sentences[name] ?? name;
}

const sentences: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a property name in double quotes is expected here',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a colon is expected here',
  CommaExpected: 'a comma is expected here',
  CloseBraceExpected: 'a closing brace is expected here',
  CloseBracketExpected: 'a closing bracket is expected here',
  EndOfFileExpected: 'the end of the file is expected here',
  InvalidSymbol: 'this is no JSON value',
  UnexpectedEndOfString: 'this string does not end',
  UnexpectedEndOfComment: 'this comment does not end',
};
