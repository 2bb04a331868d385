import type { TextEdit } from '../../core/source-change.ts';
import { sortEdits } from '../../core/source-change.ts';
import type { TextRange } from '../../core/text.ts';
import { UserError } from '../../core/user-error.ts';
import type { FlagDefinition } from '../flag.ts';
import { notationOf, parseData } from './data-tree.ts';
import { formats } from './detect.ts';
import { type EntryList, type ListEntry, listAround, tokensOf } from './entry-list.ts';
import { rangeOf } from './json-tree.ts';
import { isDeclaration, removeDeclarations } from './remove-declarations.ts';
import { type Cut, removeEntries } from './remove-entries.ts';
import { removeUnionMembers } from './remove-members.ts';
import { lineStartOf, nextLineOf } from './text-lines.ts';
import { removeFromYaml } from './yaml-remove.ts';

/** Edits that take a definition out of its file: `removeDefinitions` for one. */
export function removeDefinition(definition: FlagDefinition, text: string): TextEdit[] {
  return removeDefinitions([definition], text);
}

/**
 * Edits that take definitions out of their file, whose text they were read from: each entry with its separator, its own lines
 * and the comment directly above, and rows of other lists that belong to it (Unleash). Edits are sorted and do not overlap, so
 * neighbours have to be removed in one call.
 * @throws UserError when another flag of the file depends on one that goes, or the rest of a YAML file builds on it.
 */
export function removeDefinitions(definitions: readonly FlagDefinition[], text: string): TextEdit[] {
  const keys = [...new Set(definitions.map((one) => one.key))].map((key) => `'${key}'`).join(', ');
  const reason = definitions.length === 1 ? `the flag ${keys} goes` : `the flags ${keys} go`;
  const cuts = [
    ...cutEntries(definitions, text),
    ...cutMembers(definitions, text),
    ...cutDeclarations(definitions, text),
  ];
  return sortEdits(
    cuts.map(({ start, end, newText = '' }) => ({ range: { start, end }, newText, kind: 'definition', reason })),
  );
}

function cutEntries(definitions: readonly FlagDefinition[], text: string): Cut[] {
  const entries = definitions.filter((one) => one.source !== 'typescript-union' && !isDeclaration(one.source));
  const spans = entries.map((one) => (one.registry ? shifted(one, text) : one.range));
  spans.push(...rowsOf(entries, text, spans));
  if (spans.length === 0) return [];
  const { path, registry } = entries[0]!;
  const notation = registry ? 'json' : notationOf(path, text);
  if (entries.some((one) => one.source === 'gitlab')) throw new UserError(wholeFile(path));
  if (notation === 'yaml') return removeFromYaml(text, spans);
  if (notation === 'split')
    return spans.map(({ start, end }) => ({ start: lineStartOf(text, start), end: nextLineOf(text, end) }));
  const tokens = tokensOf(text, scope(entries, text));
  const lists = new Map<number, { list: EntryList; removed: Set<ListEntry> }>();
  for (const [index, own] of spans.entries()) {
    // The key's field lies in the record that is the entry.
    const record = entries[index]?.registry?.records ? listAround(text, tokens, own.start) : undefined;
    const span = record ? { start: record.open - 1, end: record.close + 1 } : own;
    const list = listAround(text, tokens, span.start);
    const entry = list?.entries.find((one) => one.start <= span.start && span.end <= one.end);
    if (!list || !entry) {
      // A registry's member may be gone with another one.
      if (registry) continue;
      throw new UserError(wholeFile(path));
    }
    const known = lists.get(list.open) ?? { list, removed: new Set() };
    lists.set(list.open, known);
    known.removed.add(known.list.entries.find((one) => one.start === entry.start)!);
  }
  return [...lists.values()].flatMap(({ list, removed }) => removeEntries(text, tokens, list, removed));
}

function cutMembers(definitions: readonly FlagDefinition[], text: string): Cut[] {
  const unions = new Map<number, { range: TextRange; starts: Set<number> }>();
  for (const { source, registry, range } of definitions) {
    if (source !== 'typescript-union' || !registry) continue;
    const known = unions.get(registry.range.start) ?? { range: registry.range, starts: new Set() };
    unions.set(registry.range.start, known);
    known.starts.add(range.start);
  }
  return [...unions.values()].flatMap(({ range, starts }) =>
    removeUnionMembers(text, tokensOf(text, range), range, starts),
  );
}

function cutDeclarations(definitions: readonly FlagDefinition[], text: string): Cut[] {
  const own = definitions.filter((one) => isDeclaration(one.source));
  if (own.length === 0) return [];
  const whole = { start: 0, end: text.length };
  return removeDeclarations(
    text,
    own.map(({ source, range, registry }) => ({
      range,
      bounds: (source === 'typescript-members' && registry?.range) || whole,
    })),
  );
}

/** The span of one or more declarations; JSON is taken whole. */
function scope(definitions: readonly FlagDefinition[], text: string): TextRange {
  const ranges = definitions.flatMap((one) => (one.registry ? [one.registry.range] : []));
  if (ranges.length === 0) return { start: 0, end: text.length };
  return { start: Math.min(...ranges.map((one) => one.start)), end: Math.max(...ranges.map((one) => one.end)) };
}

/** An entry without comments that its range may start with. */
function shifted(definition: FlagDefinition, text: string): TextRange {
  const first = tokensOf(text, definition.range).find((token) => token.kind !== 'comment');
  return { start: first?.start ?? definition.range.start, end: definition.range.end };
}

/**
 * Rows of other lists that belong to the flags: of an Unleash export their environments, strategies, tags and links.
 * @throws UserError when a flag that stays depends on one of them.
 */
function rowsOf(definitions: readonly FlagDefinition[], text: string, going: readonly TextRange[]): TextRange[] {
  const keys = new Set(definitions.map((one) => one.key));
  const [first] = definitions;
  const format = formats.find((one) => one.id === first?.source);
  if (!first || !format?.references) return [];
  const references = parseData(first.path, text)
    .roots.flatMap((root) => format.references!(root))
    .filter(({ key }) => keys.has(key));
  const rows = references.flatMap(({ row }) => (row ? [rangeOf(row)] : []));
  const dependent = references.find(
    ({ row, keyNode }) => !row && ![...going, ...rows].some((one) => contains(one, rangeOf(keyNode))),
  );
  if (dependent)
    throw new UserError(`Another flag of ${first.path} depends on '${dependent.key}': change that one first.`);
  const seen = new Set<number>();
  return rows.filter((row) => !seen.has(row.start) && seen.add(row.start));
}

/** A flag a file: there is nothing to take it out of. */
function wholeFile(path: string): string {
  return `${path} is the definition of one flag, from end to end: delete the file.`;
}

function contains(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
