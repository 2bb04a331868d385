import type { Node } from 'jsonc-parser';
import type { TextRange } from '../../core/text.ts';
import type { EntryList, ListEntry, Token } from './entry-list.ts';
import { lineStartOf } from './text-lines.ts';

/** A map or list of YAML, in block or flow style, with the spans of its entries as they stand in the text. */
export interface YamlList {
  readonly node: Node;
  readonly isFlow: boolean;
  /** In order; of a block list with the dash. What a merge key brings in is no entry. */
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry extends TextRange {
  readonly node: Node;
}

/** A map or list with its entries. An alias has none: they stand elsewhere. */
export function yamlList(text: string, node: Node): YamlList {
  const isFlow = /[[{]/.test(text[node.offset] ?? '');
  const entries: YamlEntry[] = [];
  let from = isFlow ? node.offset + 1 : lineStartOf(text, node.offset);
  if (!isFlow && text.slice(from, node.offset).trim() !== '') from = node.offset;
  for (const child of ownChildren(node)) {
    const start = Math.min(contentAfter(text, from), child.offset);
    const end = child.offset + child.length;
    entries.push({ node: child, start, end });
    from = end;
  }
  return { node, isFlow, entries };
}

/** The list and the entry whose node has exactly this span; the outer one where two do. */
export function entryAt(
  text: string,
  roots: readonly Node[],
  span: TextRange,
): { list: YamlList; entry: YamlEntry } | undefined {
  for (const root of roots) {
    const holder = holderOf(root, span);
    if (!holder) continue;
    const list = yamlList(text, holder);
    const entry = list.entries.find(({ node }) => node.offset === span.start && node.offset + node.length === span.end);
    if (entry) return { list, entry };
  }
  return undefined;
}

/** A flow collection as the bracketed, comma-separated list that it is. */
export function flowList(text: string, { node, entries }: YamlList): { list: EntryList; tokens: Token[] } {
  const close = node.offset + node.length - 1;
  const tokens: Token[] = [{ kind: 'punctuation', start: node.offset, end: node.offset + 1 }];
  const listed: ListEntry[] = [];
  let at = node.offset + 1;
  for (const [index, entry] of entries.entries()) {
    tokens.push(...triviaTokens(text, at, entry.start), { kind: 'word', start: entry.start, end: entry.end });
    const next = entries[index + 1]?.start ?? close;
    const comma = triviaTokens(text, entry.end, next).find((token) => token.kind === 'punctuation')?.start;
    listed.push({ start: entry.start, end: entry.end, comma });
    at = entry.end;
  }
  tokens.push(...triviaTokens(text, at, close), { kind: 'punctuation', start: close, end: close + 1 });
  return { list: { open: node.offset + 1, close, entries: listed }, tokens };
}

/** Comments and commas between entries. */
function triviaTokens(text: string, start: number, end: number): Token[] {
  return [...text.slice(start, end).matchAll(/#[^\r\n]*|,/g)].map((match) => ({
    kind: match[0] === ',' ? 'punctuation' : 'comment',
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
}

/** The first offset from here that is no white space, comma or comment. */
function contentAfter(text: string, from: number): number {
  return from + /^(?:[\s,\uFEFF]|(?<=^|[\s,])#[^\r\n]*)*/.exec(text.slice(from))![0].length;
}

function holderOf(node: Node, span: TextRange): Node | undefined {
  for (const child of ownChildren(node)) {
    if (child.offset > span.start || child.offset + child.length < span.end) continue;
    if (child.offset === span.start && child.offset + child.length === span.end && node.type !== 'property')
      return node;
    const inner = holderOf(child, span);
    if (inner) return inner;
  }
  return undefined;
}

/** Children that stand inside of the node: those of an anchor or of a merged map belong to it. */
export function ownChildren(node: Node): readonly Node[] {
  return (node.children ?? []).filter((child) => child.parent === node);
}
