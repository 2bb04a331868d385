import { needsYourLook, type Place, type Plan } from '../../server/src/protocol/messages.ts';

/** A WorkspaceEdit of the protocol, as the server's plans have it. */
export interface ProtocolEdit {
  changeAnnotations?: Record<string, EditAnnotation>;
  documentChanges?: DocumentChange[];
}

export interface EditAnnotation {
  label: string;
  needsConfirmation?: boolean;
  description?: string;
}

export interface DocumentChange {
  /** `create`, `rename` or `delete`; absent for an edit of a text. */
  kind?: string;
  /** The file that is created or deleted. */
  uri?: string;
  options?: { ignoreIfNotExists?: boolean; ignoreIfExists?: boolean };
  annotationId?: string;
  textDocument?: { uri: string; version: number | null };
  edits?: { range: Place['range']; newText: string; annotationId?: string }[];
}

/** Several plans as one, so that they are previewed, applied and undone together. Annotations keep apart. */
export function mergePlans(plans: readonly Plan[]): Plan {
  const [first, ...others] = plans;
  if (first === undefined) throw new Error('there is no plan to merge');
  if (others.length === 0) return first;
  const edits = plans.map((plan, index) => prefixAnnotations(plan.edit as ProtocolEdit, `${index}:`));
  const edit: ProtocolEdit = {
    changeAnnotations: Object.assign({}, ...edits.map((one) => one.changeAnnotations)),
    documentChanges: edits.flatMap((one) => one.documentChanges ?? []),
  };
  const types = [...new Set(plans.flatMap((plan) => plan.types ?? []))].join('; ');
  return {
    title: first.title,
    complete: plans.every((plan) => plan.complete),
    edit,
    files: plans.reduce((sum, plan) => sum + plan.files, 0),
    edits: plans.reduce((sum, plan) => sum + plan.edits, 0),
    refused: plans.flatMap((plan) => plan.refused),
    ...(types !== '' && { types }),
    cursor: first.cursor,
  };
}

/** True when some part of the edit asks to be confirmed. */
export function asksConfirmation(edit: ProtocolEdit): boolean {
  return Object.values(edit.changeAnnotations ?? {}).some((one) => one.needsConfirmation);
}

/** The same edit, applied at once: without what only a preview shows. */
export function withoutPreview(edit: ProtocolEdit): ProtocolEdit {
  const isShownOnly = (id: string | undefined) => id !== undefined && isLook(edit.changeAnnotations?.[id]);
  const documentChanges = (edit.documentChanges ?? []).flatMap((change) => {
    const edits = change.edits?.filter((one) => !isShownOnly(one.annotationId));
    return change.edits?.length && edits?.length === 0 ? [] : [{ ...change, ...(edits && { edits }) }];
  });
  return { documentChanges, changeAnnotations: ticked(edit) };
}

/**
 * The same edit, shown in the editor's refactor preview with every part ticked but those that only ask for a look. VS Code unticks
 * each part that needs confirmation, so that *Apply* would do nothing; and it has no other way to ask for a preview. So only
 * one part asks for certain: the deletion of a file that does not exist, which the preview leaves out and which does nothing.
 */
export function withPreview(edit: ProtocolEdit): ProtocolEdit {
  const some = edit.documentChanges?.map((change) => change.textDocument?.uri ?? change.uri).find(Boolean);
  if (some === undefined) return edit;
  const label = 'Show the preview';
  return {
    changeAnnotations: { ...ticked(edit), [label]: { label, needsConfirmation: true } },
    documentChanges: [
      ...(edit.documentChanges ?? []),
      { kind: 'delete', uri: `${some}.no-such-file`, options: { ignoreIfNotExists: true }, annotationId: label },
    ],
  };
}

/** URIs of documents that moved on since the edit was computed; `versionOf` is undefined for closed documents. */
export function staleDocuments(edit: ProtocolEdit, versionOf: (uri: string) => number | undefined): string[] {
  return (edit.documentChanges ?? [])
    .map((change) => change.textDocument)
    .filter((document) => document !== undefined)
    .filter(({ uri, version }) => version !== null && (versionOf(uri) ?? version) !== version)
    .map(({ uri }) => uri);
}

/** URIs of all files that the edit changes, creates or deletes. */
export function filesOf(edit: ProtocolEdit): string[] {
  const uris = (edit.documentChanges ?? []).map((change) => change.textDocument?.uri ?? change.uri);
  return [...new Set(uris.filter((uri) => uri !== undefined))];
}

function isLook(annotation: EditAnnotation | undefined): boolean {
  return annotation?.label.startsWith(needsYourLook) === true;
}

function ticked(edit: ProtocolEdit): Record<string, EditAnnotation> {
  const annotations = Object.entries(edit.changeAnnotations ?? {});
  return Object.fromEntries(annotations.map(([id, one]) => [id, { ...one, needsConfirmation: isLook(one) }]));
}

function prefixAnnotations(edit: ProtocolEdit, prefix: string): ProtocolEdit {
  const rename = <T extends { annotationId?: string }>(one: T): T =>
    one.annotationId === undefined ? one : { ...one, annotationId: prefix + one.annotationId };
  const annotations = Object.entries(edit.changeAnnotations ?? {});
  return {
    changeAnnotations: Object.fromEntries(annotations.map(([id, one]) => [prefix + id, one])),
    documentChanges: edit.documentChanges?.map((change) => ({ ...rename(change), edits: change.edits?.map(rename) })),
  };
}
