import {
  changedText,
  type EditGroup,
  type FileChange,
  groupOf,
  isComplete,
  type SourceChange,
  sortEdits,
} from '../core/source-change.ts';
import type { TypeVerdict } from '../core/type-report.ts';
import { lineAfter, placer, type Span } from './places.ts';

/** A source change as JSON, for other tools: the command line prints it, the editor copies it. Its schema is `docs/schema/remove.json`. */
export interface ChangeReport {
  readonly version: 1;
  readonly title: string;
  readonly complete: boolean;
  readonly types: (Omit<TypeVerdict, 'skipped'> & { readonly skipped: string | null }) | null;
  readonly written: boolean;
  readonly files: readonly {
    readonly file: string;
    readonly action: 'changed' | 'created' | 'deleted';
    /** Of what is deleted. */
    readonly group: EditGroup | null;
    readonly reason: string | null;
  }[];
  readonly edits: readonly (Span & {
    readonly kind: string;
    readonly group: EditGroup;
    readonly reason: string;
    readonly newText: string;
  })[];
  readonly refused: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
}

/** What a report asks of the files that a change is about. */
export interface ReportedFiles {
  text(path: string): string | undefined;
  isTest(path: string): boolean;
}

/** @param written whether the files on disk were changed: lines of refused places are those of the disk */
export function changeReport(change: SourceChange, { text, isTest }: ReportedFiles, written: boolean): ChangeReport {
  const files = [...change.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const place = placer((path) => files.find((file) => file.path === path)?.before ?? text(path));
  const line = (path: string, offset: number) => {
    const file = files.find((one) => one.path === path);
    if (written && file !== undefined && !file.deleted) return lineAfter(file, offset);
    return place(path, { start: offset, end: offset }).line;
  };
  const refused = change.refused.map(({ path, range, reason }) => ({
    file: path,
    line: line(path, range.start),
    reason,
  }));
  return {
    version: 1,
    title: change.title,
    complete: isComplete(change),
    types: change.types ? { ...change.types, skipped: change.types.skipped ?? null } : null,
    written,
    files: files.map((file) => fileReport(file, isTest(file.path))),
    edits: files.flatMap((file) =>
      sortEdits(file.edits).map(({ kind, reason, range, newText }) => ({
        kind,
        group: groupOf(kind, isTest(file.path)),
        reason,
        ...place(file.path, range),
        newText,
      })),
    ),
    refused: refused.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)),
  };
}

function fileReport(file: FileChange, inTest: boolean): ChangeReport['files'][number] {
  const { path, before, deleted, reason = null } = file;
  const action = before === undefined ? 'created' : changedText(file) === undefined ? 'deleted' : 'changed';
  return { file: path, action, group: deleted ? groupOf('cleanup', inTest) : null, reason };
}
