import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  CreateFile,
  DeleteFile,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import {
  type EditGroup,
  type FileChange,
  groupOf,
  type Refusal,
  type SourceChange,
  type TextEdit,
} from '../core/source-change.ts';
import { LineMap } from '../core/text.ts';
import { needsYourLook } from '../protocol/messages.ts';
import { lineMapOf, type Places, toRange } from './convert.ts';

type DocumentChange = TextDocumentEdit | CreateFile | DeleteFile;

/**
 * A source change as a workspace edit: versioned, each edit annotated with its group and its reason. With `confirm`, for all
 * edits or for some, the editor shows its refactor preview.
 */
export function toWorkspaceEdit(
  change: SourceChange,
  places: Places,
  confirm: boolean | ((edit: TextEdit) => boolean),
): WorkspaceEdit {
  const annotations = new Annotations();
  const documentChanges = change.files.flatMap((file) => changesOf(file, places, confirm, annotations));
  return { documentChanges, changeAnnotations: annotations.all };
}

/**
 * The same, with the places that were refused as edits that change nothing: a preview lists them beside the others, each with its
 * reason, unticked.
 */
export function toPreviewEdit(change: SourceChange, places: Places): WorkspaceEdit {
  const annotations = new Annotations();
  const documentChanges = change.files.flatMap((file) => changesOf(file, places, true, annotations));
  const reasons = [...new Set(change.refused.map((one) => one.reason))];
  for (const refusal of change.refused) {
    const edits = change.files.find(({ path }) => path === refusal.path);
    if (edits?.deleted || edits?.edits.some(({ range }) => isInside(refusal, range))) continue;
    const label = lookLabel(reasons.indexOf(refusal.reason));
    documentChanges.push(lookAt(refusal, places, annotations.idOf(label, refusal.reason, true)));
  }
  return { documentChanges, changeAnnotations: annotations.all };
}

function changesOf(
  file: FileChange,
  places: Places,
  confirm: boolean | ((edit: TextEdit) => boolean),
  annotations: Annotations,
): DocumentChange[] {
  const { path, before, edits, deleted, reason } = file;
  const uri = places.uri(path);
  if (deleted) {
    const label = places.isTest(path) ? labels.tests : labels.cleanup;
    const annotationId = annotations.idOf(
      label,
      `deletes ${path}: ${reason ?? 'it is not needed any more'}`,
      !!confirm,
    );
    return [{ kind: 'delete', uri, annotationId }];
  }
  const lines = new LineMap(before ?? '');
  const annotated = edits.map((edit): AnnotatedTextEdit => {
    const label = before === undefined ? 'Create file' : labels[groupOf(edit.kind, places.isTest(path))];
    const asks = typeof confirm === 'boolean' ? confirm : confirm(edit);
    return {
      range: toRange(edit.range, lines),
      newText: edit.newText,
      annotationId: annotations.idOf(label, edit.reason, asks),
    };
  });
  if (before !== undefined) return [{ textDocument: { uri, version: places.version(path) }, edits: annotated }];
  const annotationId = annotations.idOf('Create file', edits[0]?.reason ?? path, confirm === true);
  return [
    { kind: 'create', uri, options: { ignoreIfExists: false }, annotationId },
    { textDocument: { uri, version: null }, edits: annotated },
  ];
}

/** VS Code groups by label, and shows the description of a group's first edit only: each reason has a group of its own. */
function lookLabel(index: number): string {
  return index === 0 ? needsYourLook : `${needsYourLook} (${index + 1})`;
}

function lookAt({ path, range }: Refusal, places: Places, annotationId: string): TextDocumentEdit {
  const { start } = toRange(range, lineMapOf(path, places));
  return {
    textDocument: { uri: places.uri(path), version: places.version(path) },
    edits: [{ range: { start, end: start }, newText: '', annotationId }],
  };
}

/** An edit inside of another one cannot be applied, though it changes nothing. */
function isInside({ range: { start } }: Refusal, range: TextEdit['range']): boolean {
  return range.start < start && start < range.end;
}

/** The annotations of one workspace edit, each once. */
class Annotations {
  readonly all: Record<string, ChangeAnnotation> = {};

  idOf(label: string, description: string, needsConfirmation: boolean): string {
    const id = `${label}: ${description}`;
    this.all[id] ??= { label, description, needsConfirmation };
    return id;
  }
}

const labels: Readonly<Record<EditGroup, string>> = {
  fold: 'Fold',
  cleanup: 'Clean up',
  tests: 'Tests',
  definition: 'Definition',
  rename: 'Rename the flag',
  wrap: 'Wrap in a flag',
  tag: 'Add a delivery tag',
  policy: 'Change the policy',
  restore: 'Bring back what stood here',
};
