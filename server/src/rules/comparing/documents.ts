import type { Node } from 'jsonc-parser';
import type { ChangedFile } from '../../change/change.ts';
import type { TextRange } from '../../core/text.ts';
import { parseData } from '../../flags/definitions/data-tree.ts';
import { entriesOf, field, itemsOf } from '../../flags/definitions/json-tree.ts';
import type { RuleInput } from '../rule.ts';
import { isSetApart } from './set-apart.ts';

/** A changed JSON or YAML file: the trees of its documents at base and now, with offsets of the text they come from. */
export interface ComparedDocuments {
  readonly path: string;
  readonly base: readonly Node[];
  readonly now: readonly Node[];
  readonly baseText: string;
  readonly nowText: string;
}

/** What is handed to others as a start is not how things run here. */
const given = /(?:^|\/)(?:boilerplates?|scaffold(?:ing|s)?|skeletons?)\//i;

/**
 * Changed data files that stood before and still stand, and that can be read on both sides: a text that is broken (templates of
 * charts, say) says nothing. Each text is parsed once, whichever rules ask.
 * @param isWanted told by the path and the text at the base
 */
export function* comparedDocuments(
  input: RuleInput,
  isWanted: (path: string, base: string) => boolean,
): Iterable<ComparedDocuments> {
  for (const file of input.change?.others ?? []) {
    const { path, base, now } = file;
    if (base === undefined || now === undefined || isSetApart(path) || given.test(path) || !isWanted(path, base))
      continue;
    const found = documentsOf(file, base, now);
    if (found) yield found;
  }
}

const kept = new WeakMap<ChangedFile, ComparedDocuments | undefined>();

function documentsOf(file: ChangedFile, baseText: string, nowText: string): ComparedDocuments | undefined {
  if (kept.has(file)) return kept.get(file);
  const base = parseData(file.basePath, baseText);
  const now = parseData(file.path, nowText);
  const isBroken = base.errors.length > 0 || now.errors.length > 0;
  const found = isBroken ? undefined : { path: file.path, base: base.roots, now: now.roots, baseText, nowText };
  kept.set(file, found);
  return found;
}

/** The value below some keys; undefined where one of them is missing. */
export function at(node: Node | undefined, ...keys: readonly string[]): Node | undefined {
  return keys.reduce((inner, key) => field(inner, key), node);
}

/** The key and value of a property, for pointing at it. */
export function propertyRange(node: Node | undefined, key: string): TextRange | undefined {
  const entry = entriesOf(node).findLast((one) => one.key === key);
  return entry && { start: entry.keyNode.offset, end: entry.value.offset + entry.value.length };
}

/** The key alone. */
export function keyRange(node: Node | undefined, key: string): TextRange | undefined {
  const entry = entriesOf(node).findLast((one) => one.key === key);
  return entry && { start: entry.keyNode.offset, end: entry.keyNode.offset + entry.keyNode.length };
}

/** Elements of a list by the name that a field gives them. */
export function byName(list: Node | undefined, name = 'name'): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  for (const one of itemsOf(list)) {
    const value = field(one, name)?.value;
    if (typeof value === 'string' && !found.has(value)) found.set(value, one);
  }
  return found;
}

/** The first line of a range: a place to point at. */
export function firstLine(text: string, { start, end }: TextRange): TextRange {
  const stop = text.slice(start, end).search(/[\r\n]/);
  return { start, end: stop < 0 ? end : start + stop };
}
