import type { TextEdit } from '../../core/source-change.ts';
import { sortEdits } from '../../core/source-change.ts';
import type { TextRange } from '../../core/text.ts';
import type { FlagDefinition } from '../flag.ts';
import { type EntryList, type ListEntry, listAround, tokensOf } from './entry-list.ts';
import { field, itemsOf, parseJson, rangeOf, stringField } from './json-tree.ts';
import { type Cut, removeEntries } from './remove-entries.ts';
import { removeUnionMembers } from './remove-members.ts';

/** Edits that take a definition out of its file: `removeDefinitions` for one. */
export function removeDefinition(definition: FlagDefinition, text: string): TextEdit[] {
  return removeDefinitions([definition], text);
}

/**
 * Edits that take definitions out of their file, whose text they were read from: each entry with its separator, its own lines
 * and the comment directly above; for an Unleash export also the rows of other lists that belong to it. Edits are sorted and
 * do not overlap, so neighbours have to be removed in one call.
 */
export function removeDefinitions(definitions: readonly FlagDefinition[], text: string): TextEdit[] {
  const keys = [...new Set(definitions.map((one) => one.key))].map((key) => `'${key}'`).join(', ');
  const reason = definitions.length === 1 ? `the flag ${keys} goes` : `the flags ${keys} go`;
  const cuts = [...cutEntries(definitions, text), ...cutMembers(definitions, text)];
  return sortEdits(
    cuts.map(({ start, end, newText = '' }) => ({ range: { start, end }, newText, kind: 'definition', reason })),
  );
}

function cutEntries(definitions: readonly FlagDefinition[], text: string): Cut[] {
  const entries = definitions.filter((one) => one.source !== 'typescript-union');
  const spans = entries.map((one) => (one.registry ? shifted(one, text) : one.range));
  const unleash = new Set(entries.filter((one) => one.source === 'unleash-export').map((one) => one.key));
  if (unleash.size > 0) spans.push(...rowsOf(unleash, text));
  if (spans.length === 0) return [];
  const tokens = tokensOf(text, scope(entries, text));
  const lists = new Map<number, { list: EntryList; removed: Set<ListEntry> }>();
  for (const [index, own] of spans.entries()) {
    // The key's field lies in the record that is the entry.
    const record = entries[index]?.registry?.records ? listAround(text, tokens, own.start) : undefined;
    const span = record ? { start: record.open - 1, end: record.close + 1 } : own;
    const list = listAround(text, tokens, span.start);
    const entry = list?.entries.find((one) => one.start <= span.start && span.end <= one.end);
    if (!list || !entry) continue;
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

/** Rows of an Unleash export that belong to features: environments, strategies, tags, links and their own dependencies. */
function rowsOf(features: ReadonlySet<string>, text: string): TextRange[] {
  const { root } = parseJson(text);
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['featureEnvironments', ['featureName', 'name']],
    ['featureStrategies', ['featureName']],
    ['featureTags', ['featureName']],
    ['dependencies', ['feature']],
    ['links', ['feature']],
  ];
  return lists.flatMap(([list, names]) =>
    itemsOf(field(root, list))
      .filter((row) => {
        const feature = names.map((name) => stringField(row, name)).find((name) => name !== undefined);
        return feature !== undefined && features.has(feature);
      })
      .map(rangeOf),
  );
}
