import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { TextRange } from '../../core/text.ts';
import type { FlagValue } from '../flag.ts';
import type { DataTree } from './data-tree.ts';

/** Parses tolerantly: comments and trailing commas are fine, and a broken text still yields what can be told of it. */
export function parseJson(text: string): DataTree {
  const errors: ParseError[] = [];
  // A byte order mark is no part of JSON.
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true });
  return {
    roots: root ? [root] : [],
    errors: errors.map((error) => ({ range: errorRange(error, text), sentence: sentence(error) })),
  };
}

/** A node of YAML whose plain word (`on`, `no`) means a boolean to parsers of YAML 1.1. */
export interface AmbiguousNode extends Node {
  ambiguous?: true;
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

/** A flag in a file: its key and where that stands, the entry that would go with it, and the value that describes it. */
export interface FlagNode {
  readonly key: string;
  readonly keyNode: Node;
  /** The property of a map, or the element of a list. */
  readonly entry: Node;
  readonly node: Node;
}

/** The flags of a map: `{ key: flag }`. */
export function flagsOfMap(map: Node | undefined): FlagNode[] {
  return entriesOf(map)
    .filter(({ key }) => key !== '')
    .map(({ key, keyNode, property, value }) => ({ key, keyNode, entry: property, node: value }));
}

/** The flags of a list whose elements carry their key in a field: `[{ key }]`. */
export function flagsOfList(list: Node | undefined, name: string): FlagNode[] {
  return itemsOf(list).flatMap((node) => {
    const keyNode = field(node, name);
    const key = keyNode?.type === 'string' ? (keyNode.value as string) : '';
    return keyNode && key !== '' ? [{ key, keyNode, entry: node, node }] : [];
  });
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

export function numberField(node: Node | undefined, name: string): number | undefined {
  const value = field(node, name);
  return value?.type === 'number' ? (value.value as number) : undefined;
}

export function booleanField(node: Node | undefined, name: string): boolean | undefined {
  const value = field(node, name);
  return value?.type === 'boolean' ? (value.value as boolean) : undefined;
}

/** A boolean, string or number; undefined for what a flag cannot be compared with, and for what parsers read differently. */
export function scalar(node: AmbiguousNode | undefined): FlagValue | undefined {
  if (node?.ambiguous) return undefined;
  return node?.type === 'boolean' || node?.type === 'string' || node?.type === 'number' ? node.value : undefined;
}

/** True for a missing value, for null (as some writers have it), and for an array or object without entries. */
export function isEmpty(node: Node | undefined): boolean {
  return (
    node === undefined ||
    node.type === 'null' ||
    ((node.type === 'array' || node.type === 'object') && !node.children?.length)
  );
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
