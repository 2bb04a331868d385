import type { Place } from '../../server/src/protocol/messages.ts';

type Range = Place['range'];
type Position = Range['start'];

/** Where a range stands after a text was changed elsewhere; one inside of the change goes to its start. */
export function movedRange({ start, end }: Range, change: { readonly range: Range; readonly text: string }): Range {
  return { start: movedPosition(start, change), end: movedPosition(end, change) };
}

function movedPosition(at: Position, { range, text }: { readonly range: Range; readonly text: string }): Position {
  const { start, end } = range;
  if (isBefore(at, end)) return isBefore(at, start) ? at : start;
  const lines = text.split(/\r\n|\r|\n/);
  const line = at.line + lines.length - 1 - (end.line - start.line);
  if (at.line !== end.line) return { line, character: at.character };
  const from = lines.length === 1 ? start.character : 0;
  return { line, character: at.character - end.character + from + lines.at(-1)!.length };
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
