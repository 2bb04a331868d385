import { applyEdits, type FileChange, offsetAfter } from '../core/source-change.ts';
import { LineMap, lineMaps, type TextRange } from '../core/text.ts';

/** Where a span lies for a person: lines and columns from 1. */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Turns paths and ranges into places; the lines of each file are counted once. */
export function placer(text: (path: string) => string | undefined): (path: string, range: TextRange) => Span {
  const linesOf = lineMaps(text);
  return (path, range) => {
    const lines = linesOf(path);
    const [start, end] = [lines.position(range.start), lines.position(range.end)];
    return {
      file: path,
      line: start.line + 1,
      column: start.column + 1,
      endLine: end.line + 1,
      endColumn: end.column + 1,
    };
  };
}

/** `file:line:column`, as terminals and editors understand it. */
export function at({ file, line, column }: Pick<Span, 'file' | 'line' | 'column'>): string {
  return `${file}:${line}:${column}`;
}

/** The line, from 1, on which an offset of the old text stands once a file is changed. */
export function lineAfter(change: FileChange, offset: number): number {
  const after = applyEdits(change.before ?? '', change.edits);
  return new LineMap(after).position(offsetAfter(change.edits, offset)).line + 1;
}
