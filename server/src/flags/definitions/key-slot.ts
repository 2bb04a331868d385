import { getLocation, type JSONPath, type Location } from 'jsonc-parser';
import type { TextRange } from '../../core/text.ts';
import type { FlagDefinition } from '../flag.ts';
import { lineStartOf } from './text-lines.ts';

/** A place where a key may be typed. */
export interface KeySlot {
  /** What the key replaces. */
  readonly range: TextRange;
  /** The key has to bring its quotes along. */
  readonly bare: boolean;
}

/** Where a key of a definition file may be typed, told from where the keys that it has stand; undefined elsewhere. */
export function definitionSlot(
  path: string,
  text: string,
  offset: number,
  definitions: readonly FlagDefinition[],
): KeySlot | undefined {
  if (/\.ya?ml$/i.test(path)) return yamlSlot(text, offset, definitions);
  for (const { keyRange } of definitions.slice(0, 20)) {
    const known = getLocation(text, keyRange.start + 1);
    const slot = jsonSlot(text, offset, known.path, known.isAtPropertyKey);
    if (slot) return slot;
  }
  return undefined;
}

/** A place of a definition that names one of its variations, and the definition. */
export interface VariationSlot extends KeySlot {
  readonly definition: FlagDefinition;
}

/** Fields of flagd, Flipt and Azure that name a variation of their flag. */
const variationFields = ['defaultVariant', 'variant', 'default_when_enabled', 'default_when_disabled'];

/** Where a definition file names a variation: `"defaultVariant": ""`; undefined elsewhere. */
export function variationSlot(
  path: string,
  text: string,
  offset: number,
  definitions: readonly FlagDefinition[],
): VariationSlot | undefined {
  const before = definitions.filter(({ range }) => range.start <= offset);
  const definition = before.sort((a, b) => b.range.start - a.range.start)[0];
  if (!definition?.variations?.some(({ name }) => name !== undefined)) return undefined;
  const slot = /\.ya?ml$/i.test(path) ? yamlValue(text, offset) : jsonValue(text, offset, definition.range);
  return slot && { ...slot, definition };
}

function jsonValue(text: string, offset: number, entry: TextRange): KeySlot | undefined {
  const here = getLocation(text, offset);
  const field = here.path.at(-1);
  if (offset > entry.end || here.isAtPropertyKey || typeof field !== 'string' || !variationFields.includes(field))
    return undefined;
  return slotAt(here, offset);
}

function yamlValue(text: string, offset: number): KeySlot | undefined {
  const before = /^\s*(?:- )?(\w+): +(["']?)([^\s"'#]*)$/.exec(text.slice(lineStartOf(text, offset), offset));
  if (!before || !variationFields.includes(before[1]!)) return undefined;
  const after = /^[^\s"'#]*/.exec(text.slice(offset))![0];
  return { range: { start: offset - before[3]!.length, end: offset + after.length }, bare: before[2] === '' };
}

/** The name of a property of the object at `container`. */
export function propertySlot(text: string, offset: number, container: JSONPath): KeySlot | undefined {
  return jsonSlot(text, offset, [...container, ''], true);
}

function jsonSlot(text: string, offset: number, path: JSONPath, asName: boolean): KeySlot | undefined {
  const here = getLocation(text, offset);
  if (here.isAtPropertyKey !== asName || here.path.length !== path.length) return undefined;
  const last = path.length - 1;
  const alike = path.every((segment, index) => {
    if (index === last && asName) return true;
    return segment === here.path[index] || (typeof segment === 'number' && typeof here.path[index] === 'number');
  });
  return alike ? slotAt(here, offset) : undefined;
}

function slotAt({ previousNode: node }: Location, offset: number): KeySlot | undefined {
  if (!node || node.offset > offset || offset > node.offset + node.length)
    return { range: { start: offset, end: offset }, bare: true };
  if (node.type !== 'string' && node.type !== 'property') return undefined;
  const end = node.offset + node.length;
  // A string that does not end reaches to the line's end.
  return { range: { start: node.offset + 1, end: Math.max(node.offset + 1, end - 1) }, bare: false };
}

/** A line that begins as the line of another key does: `  `, `  - name: `. */
function yamlSlot(text: string, offset: number, definitions: readonly FlagDefinition[]): KeySlot | undefined {
  const before = /^(.*?)(["']?)([^\s"':]*)$/.exec(text.slice(lineStartOf(text, offset), offset));
  if (!before) return undefined;
  const alike = definitions.slice(0, 20).some(({ keyRange }) => {
    const lead = text.slice(lineStartOf(text, keyRange.start), keyRange.start).replace(/["']$/, '');
    return lead === before[1];
  });
  if (!alike) return undefined;
  const after = /^[^\s"':]*/.exec(text.slice(offset))![0];
  return { range: { start: offset - before[3]!.length, end: offset + after.length }, bare: false };
}
