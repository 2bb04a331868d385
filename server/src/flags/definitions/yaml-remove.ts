import type { Node } from 'jsonc-parser';
import type { TextRange } from '../../core/text.ts';
import { UserError } from '../../core/user-error.ts';
import { applyCuts, type Cut, merged, removeEntries } from './remove-entries.ts';
import { indentOf, lineEndOf, lineStartOf, nextLineOf, startsLine } from './text-lines.ts';
import { entryAt, flowList, type YamlEntry, type YamlList } from './yaml-entries.ts';
import { dataOf, parseYaml } from './yaml-tree.ts';

/**
 * Takes entries out of YAML, by the spans of their nodes: each with its own lines, the comments directly above it and those inside of it;
 * in flow style as in JSON. A map or list that loses all of its entries becomes `{}` or `[]`.
 * @throws UserError when what is left would say something else, because it refers to an entry by an anchor.
 */
export function removeFromYaml(text: string, spans: readonly TextRange[]): Cut[] {
  const { roots, errors } = parseYaml(text);
  if (errors.length > 0) throw new UserError('The file of definitions is no valid YAML: mend it first.');
  const lists = new Map<Node, { list: YamlList; removed: Set<YamlEntry> }>();
  for (const span of spans) {
    const found = entryAt(text, roots, span);
    if (!found) continue;
    const known = lists.get(found.list.node) ?? { list: found.list, removed: new Set<YamlEntry>() };
    lists.set(found.list.node, known);
    known.removed.add(known.list.entries.find((one) => one.node === found.entry.node)!);
  }
  const cuts = [...lists.values()].flatMap(({ list, removed }) => cutFrom(text, list, removed));
  const gone = new Set([...lists.values()].flatMap(({ removed }) => [...removed].map((one) => one.node)));
  const after = parseYaml(applyCuts(text, cuts));
  const expected = JSON.stringify(roots.map((root) => dataOf(root, gone)));
  if (after.errors.length > 0 || JSON.stringify(after.roots.map((root) => dataOf(root))) !== expected)
    throw new UserError('The rest of the file builds on this entry by an anchor or merge key: take it out by hand.');
  return cuts;
}

function cutFrom(text: string, list: YamlList, removed: ReadonlySet<YamlEntry>): Cut[] {
  if (list.isFlow) {
    const flow = flowList(text, list);
    const entries = flow.list.entries.filter((_, index) => removed.has(list.entries[index]!));
    return removeEntries(text, flow.tokens, flow.list, new Set(entries));
  }
  if (removed.size === list.entries.length) return emptied(text, list);
  const cuts = list.entries.flatMap((entry, index) => {
    if (!removed.has(entry)) return [];
    if (startsLine(text, entry.start)) return [linesOf(text, list, index)];
    // The first entry of a map behind a dash: the next one moves up.
    const next = list.entries.slice(index + 1).find((one) => !removed.has(one));
    return next ? [{ start: entry.start, end: next.start }] : [{ start: entry.start, end: entry.end }];
  });
  return merged(cuts);
}

/** The lines of an entry, with the comments above and inside, and the empty line above a paragraph that goes. */
function linesOf(text: string, list: YamlList, index: number): Cut {
  const entry = list.entries[index]!;
  const floor = index > 0 ? nextLineOf(text, list.entries[index - 1]!.end) : headOf(text, list);
  let start = lineStartOf(text, entry.start);
  const column = indentOf(text, entry.start).length;
  // A comment that is indented further belongs to the entry before.
  const explains = (line: string) => line.trimStart().startsWith('#') && line.search(/\S/) <= column;
  while (start > floor && explains(text.slice(lineStartOf(text, start - 1), start)))
    start = lineStartOf(text, start - 1);
  let end = nextLineOf(text, entry.end);
  for (;;) {
    const comment = /^([ \t]*)#/.exec(text.slice(end, lineEndOf(text, end)));
    if (!comment || comment[1]!.length <= column) break;
    end = nextLineOf(text, end);
  }
  const above = start > floor ? lineStartOf(text, start - 1) : start;
  const isParagraph = above < start && text.slice(above, start).trim() === '';
  const below = text.slice(end, nextLineOf(text, end)).trim() === '';
  if (below && start <= floor && index < list.entries.length - 1) return { start, end: nextLineOf(text, end) };
  const isLast = index === list.entries.length - 1;
  return { start: isParagraph && (below || isLast) ? above : start, end };
}

/** Where the lines of the first entry may begin: behind the line of its parent; at the top of a document its comments stay. */
function headOf(text: string, { node, entries }: YamlList): number {
  const owner = node.parent;
  if (!owner) return lineStartOf(text, entries[0]!.start);
  const key = owner.type === 'property' ? owner.children![0]! : owner;
  return nextLineOf(text, owner.type === 'property' ? key.offset + key.length : key.offset);
}

/** All entries go: `flags: {}`. */
function emptied(text: string, list: YamlList): Cut[] {
  const brackets = list.node.type === 'array' ? '[]' : '{}';
  const owner = list.node.parent;
  const first = list.entries[0]!;
  if (!startsLine(text, first.start)) return [{ start: first.start, end: list.entries.at(-1)!.end, newText: brackets }];
  const lines = merged(list.entries.map((_, index) => linesOf(text, list, index)));
  if (owner?.type !== 'property') {
    const [start, ...others] = lines;
    const lineBreak = text.slice(start!.start, start!.end).endsWith('\n') ? '\n' : '';
    return [{ ...start!, newText: `${indentOf(text, first.start)}${brackets}${lineBreak}` }, ...others];
  }
  const key = owner.children![0]!;
  const behind = key.offset + key.length;
  const colon = behind + /^\s*:(?:[ \t]*[&!][^\s]+)*/.exec(text.slice(behind))![0].length;
  return [{ start: colon, end: colon, newText: ` ${brackets}` }, ...lines];
}
