import { structuredPatch } from 'diff';

/** A run of lines that differ, in the text before and in the text after. Lines count from 0, the end is not part of it. */
export interface ChangedLines {
  readonly before: { readonly start: number; readonly end: number };
  readonly after: { readonly start: number; readonly end: number };
}

/** Where two texts differ, from the top. */
export function changedLines(before: string, after: string): ChangedLines[] {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: 0 });
  return hunks.map(({ oldStart, oldLines, newStart, newLines }) => ({
    before: span(oldStart, oldLines),
    after: span(newStart, newLines),
  }));
}

function span(start: number, lines: number): { start: number; end: number } {
  return { start: start - 1, end: start - 1 + lines };
}
