import type { Node } from 'jsonc-parser';
import type { Alias, Document, YAMLError, YAMLMap, YAMLSeq, Node as YamlNode } from 'yaml';
import type { TextRange } from '../../core/text.ts';
import { UserError } from '../../core/user-error.ts';
import type { DataTree } from './data-tree.ts';
import type { AmbiguousNode } from './json-tree.ts';
import { yamlParser } from './yaml-parser.ts';

/**
 * Parses YAML 1.2, with any number of documents, into trees of the shape that jsonc-parser makes of JSON, so that one reader serves
 * both. An alias stands where it is used, with the content of its anchor; what a merge key (`<<`) brings in counts where it is
 * written. A key is always a string. Plain words that YAML 1.1 takes for booleans (`on`, `no`) are strings marked `ambiguous`.
 * Tolerant: a broken text still yields what can be told of it.
 */
export function parseYaml(text: string): DataTree {
  const yaml = yamlParser();
  const documents = yaml.parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent', stringKeys: false });
  const list: readonly Document.Parsed[] = 'empty' in documents ? [] : documents;
  const errors = list.flatMap((one) =>
    one.errors.map((error) => ({ range: rangeOf(error, text), sentence: say(error) })),
  );
  const roots: Node[] = [];
  for (const document of list) {
    const state: Reading = { text, yaml, anchors: new Map(), errors };
    if (document.contents) roots.push(nodeOf(document.contents, state));
  }
  return { roots, errors: errors.sort((a, b) => a.range.start - b.range.start) };
}

/** A node under construction. */
type Draft = { -readonly [Field in keyof AmbiguousNode]: AmbiguousNode[Field] };

interface Reading {
  readonly text: string;
  readonly yaml: ReturnType<typeof yamlParser>;
  /** The last node with the name, in the order of the text. */
  readonly anchors: Map<string, Node>;
  readonly errors: { range: TextRange; sentence: string }[];
}

function nodeOf(node: YamlNode, state: Reading): Node {
  const { yaml, anchors } = state;
  if (yaml.isAlias(node)) return aliasOf(node, state);
  // Named only when it is complete: an anchor that contains itself is no data.
  const made = yaml.isMap(node)
    ? mapOf(node, state)
    : yaml.isSeq(node)
      ? sequenceOf(node, state)
      : scalarOf(node, state);
  if (node.anchor !== undefined) anchors.set(node.anchor, made);
  return made;
}

function aliasOf(alias: Alias, { anchors, errors }: Reading): Node {
  const [start, end] = alias.range!;
  const target = anchors.get(alias.source);
  if (!target) errors.push({ range: { start, end }, sentence: `no anchor '${alias.source}' stands above this alias` });
  return { ...(target ?? { type: 'null', value: null }), offset: start, length: end - start };
}

function mapOf(map: YAMLMap, state: Reading): Node {
  const made: Draft = { type: 'object', offset: map.range![0], length: map.range![1] - map.range![0], children: [] };
  const merged: Node[] = [];
  for (const { key, value } of map.items) {
    const keyNode = nodeOf(key as YamlNode, state);
    const valueNode = value ? nodeOf(value as YamlNode, state) : nothingAt(keyNode.offset + keyNode.length);
    const name =
      keyNode.type === 'object' || keyNode.type === 'array'
        ? state.text.slice(keyNode.offset, endOf(keyNode))
        : String(keyNode.value);
    if (name === '<<') merged.push(...propertiesOf(valueNode));
    made.children!.push(propertyOf(made, { ...keyNode, type: 'string', value: name }, valueNode));
  }
  shorten(made, map.flow);
  const own = new Set(made.children!.map(nameOf));
  for (const property of merged) {
    if (own.has(nameOf(property))) continue;
    own.add(nameOf(property));
    made.children!.push(property);
  }
  return made;
}

function sequenceOf(sequence: YAMLSeq, state: Reading): Node {
  const [start, end] = sequence.range!;
  const made: Draft = { type: 'array', offset: start, length: end - start, children: [] };
  for (const item of sequence.items as YamlNode[]) {
    const child = item ? nodeOf(item, state) : nothingAt(start);
    (child as Draft).parent = made;
    made.children!.push(child);
  }
  shorten(made, sequence.flow);
  return made;
}

function scalarOf(node: YamlNode, { text }: Reading): AmbiguousNode {
  const [start, end] = node.range!;
  const value: unknown = 'value' in node ? node.value : null;
  const type = typeof value;
  // A block scalar ends with its text, not with the line break behind.
  const place = { offset: start, length: text.slice(start, end).trimEnd().length };
  if (type === 'boolean' || type === 'string' || (type === 'number' && Number.isFinite(value))) {
    const plain = 'type' in node && node.type === 'PLAIN' && /^(y|n|yes|no|on|off)$/i.test(text.slice(start, end));
    return { ...place, type: type as 'boolean', value, ...(plain && { ambiguous: true as const }) };
  }
  if (value === null) return { ...place, type: 'null', value };
  return { ...place, type: 'string', value: text.slice(start, end) };
}

/** The properties that a merge key brings in: of a map, or of several, the first of which wins. */
function propertiesOf(merged: Node): readonly Node[] {
  if (merged.type === 'array') return (merged.children ?? []).flatMap(propertiesOf);
  return merged.type === 'object' ? (merged.children ?? []).filter((one) => nameOf(one) !== '<<') : [];
}

function propertyOf(parent: Node, keyNode: Node, valueNode: Node): Node {
  const end = Math.max(endOf(keyNode), endOf(valueNode));
  const property: Draft = { type: 'property', offset: keyNode.offset, length: end - keyNode.offset, parent };
  (keyNode as Draft).parent = property;
  (valueNode as Draft).parent = property;
  property.children = [keyNode, valueNode];
  return property;
}

function nameOf(property: Node): unknown {
  return property.children?.[0]?.value;
}

function nothingAt(offset: number): Node {
  return { type: 'null', value: null, offset, length: 0 };
}

function endOf(node: Node): number {
  return node.offset + node.length;
}

/** A block collection ends with its last entry, not with the line breaks or comments behind. */
function shorten(node: Draft, isFlow: boolean | undefined): void {
  const last = node.children?.at(-1);
  if (!isFlow && last) node.length = endOf(last) - node.offset;
}

function rangeOf(error: YAMLError, text: string): TextRange {
  const start = Math.min(error.pos[0], text.length);
  return { start, end: Math.min(Math.max(error.pos[1], start), text.length) };
}

function say(error: YAMLError): string {
  return sentences[error.code] ?? error.message.split('\n', 1)[0]!.replace(/[.:]$/, '');
}

const sentences: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  BAD_ALIAS: 'this alias cannot be used so',
  BAD_INDENT: 'this line is not indented like its neighbours',
  BAD_SCALAR_START: 'a plain value cannot start with this character',
  BLOCK_AS_IMPLICIT_KEY: 'a key and its value are expected on a line of their own',
  BLOCK_IN_FLOW: 'indented YAML cannot stand inside of brackets',
  DUPLICATE_KEY: 'this key stands here a second time',
  KEY_OVER_1024_CHARS: 'this key is too long',
  MISSING_CHAR: 'a closing quote, bracket or comma is missing here',
  MULTILINE_IMPLICIT_KEY: 'a key has to stand on one line, with a colon behind it',
  MULTIPLE_ANCHORS: 'this value has two anchors',
  TAB_AS_INDENT: 'YAML cannot be indented with tabs',
  UNEXPECTED_TOKEN: 'this is not expected here',
};

/**
 * What a tree says as plain data, without the nodes that are left out; for comparing one text with another.
 * @throws UserError when aliases of aliases make it larger than any file of flags
 */
export function dataOf(node: Node, without?: ReadonlySet<Node>, budget = { nodes: 1_000_000 }): unknown {
  if (--budget.nodes < 0) throw new UserError('The file builds on too many aliases: change it by hand.');
  const children = (node.children ?? []).filter((child) => !without?.has(child));
  if (node.type === 'array') return children.map((child) => dataOf(child, without, budget));
  if (node.type !== 'object') return node.value;
  return children.map((property) => {
    const [key, value] = property.children ?? [];
    return [key?.value, value && dataOf(value, without, budget)];
  });
}
