import { getLocation, type JSONPath, type Location } from 'jsonc-parser';
import { LineMap, type TextRange } from '../../core/text.ts';
import type { FlagDefinition } from '../flag.ts';

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
  const lines = new LineMap(text);
  const lineStart = (at: number) => lines.lineStart(lines.position(at).line);
  const before = /^(.*?)(["']?)([^\s"':]*)$/.exec(text.slice(lineStart(offset), offset));
  if (!before) return undefined;
  const alike = definitions.slice(0, 20).some(({ keyRange }) => {
    const lead = text.slice(lineStart(keyRange.start), keyRange.start).replace(/["']$/, '');
    return lead === before[1];
  });
  if (!alike) return undefined;
  const after = /^[^\s"':]*/.exec(text.slice(offset))![0];
  return { range: { start: offset - before[3]!.length, end: offset + after.length }, bare: false };
}
