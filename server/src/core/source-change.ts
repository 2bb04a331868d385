import type { TextRange } from './text.ts';
import type { TypeVerdict } from './type-report.ts';

/** Why an edit is made. */
export type EditKind = 'fold' | 'cleanup' | 'definition' | 'rename' | 'wrap' | 'tag' | 'test' | 'policy' | 'restore';

/** The groups in which a preview shows edits: what happens to tests stands apart. */
export type EditGroup = Exclude<EditKind, 'test'> | 'tests';

/** @param inTest whether the file is a test */
export function groupOf(kind: EditKind, inTest: boolean): EditGroup {
  if (kind === 'test') return 'tests';
  return inTest && (kind === 'fold' || kind === 'cleanup') ? 'tests' : kind;
}

/** Replaces a span of one file's text. `reason` is a short sentence for a person. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
  readonly kind: EditKind;
  readonly reason: string;
}

/**
 * What happens to one file. Edits do not overlap, are sorted, and refer to `before`, the text they were computed from:
 * whoever applies them refuses when the text has moved on. A created file has `before === undefined`; a deleted file has
 * `deleted: true`.
 */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly edits: readonly TextEdit[];
  readonly deleted?: true;
  /** Why it is deleted, as a short sentence for a person. */
  readonly reason?: string;
}

/** A place that was left as it was because it could not be changed with certainty. */
export interface Refusal {
  readonly path: string;
  readonly range: TextRange;
  /** What stood in the way and what a person should do, as one sentence. */
  readonly reason: string;
}

/** A change over many files: the one value that editor, command line and agent tool apply. */
export interface SourceChange {
  readonly title: string;
  readonly files: readonly FileChange[];
  readonly refused: readonly Refusal[];
  /** What the type checker says of it, where it was asked. */
  readonly types?: TypeVerdict;
  /** Where the cursor goes afterwards, as an offset into the changed text. */
  readonly cursor?: { readonly path: string; readonly offset: number };
}

/** True when nothing was refused. */
export function isComplete(change: SourceChange): boolean {
  return change.refused.length === 0;
}

/** The text of a file after its edits. @throws when edits overlap or leave the text: an impossible state. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let out = '';
  let at = 0;
  for (const edit of sortEdits(edits)) {
    if (edit.range.start < at || edit.range.end > text.length)
      throw new Error(`edit at ${edit.range.start} overlaps another or leaves the text: ${edit.reason}`);
    out += text.slice(at, edit.range.start) + edit.newText;
    at = edit.range.end;
  }
  return out + text.slice(at);
}

export function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  return edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.range.start - b.edit.range.start || a.edit.range.end - b.edit.range.end || a.index - b.index)
    .map(({ edit }) => edit);
}

/** The new text of a changed file; `undefined` when the file is deleted. */
export function changedText(file: FileChange): string | undefined {
  return file.deleted ? undefined : applyEdits(file.before ?? '', file.edits);
}

/** Where an offset of the old text stands once edits are made; one inside an edit keeps its distance from the edit's start. */
export function offsetAfter(edits: readonly TextEdit[], offset: number): number {
  return edits
    .filter((edit) => edit.range.end <= offset)
    .reduce((sum, { range, newText }) => sum + newText.length - (range.end - range.start), offset);
}

/** The inverse of `offsetAfter`: where an offset of the changed text stood; one inside of what was written, at the edit's start. */
export function offsetBefore(edits: readonly TextEdit[], offset: number): number {
  let shift = 0;
  for (const { range, newText } of sortEdits(edits)) {
    const start = range.start + shift;
    if (offset < start) break;
    if (offset < start + newText.length) return range.start;
    shift += newText.length - (range.end - range.start);
  }
  return offset - shift;
}
