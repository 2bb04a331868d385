import type { Plan } from '../../server/src/protocol/messages.ts';

/** The parts of a protocol WorkspaceEdit that the client looks into. */
export interface ProtocolEdit {
  changeAnnotations?: Record<string, { label: string; needsConfirmation?: boolean; description?: string }>;
  documentChanges?: DocumentChange[];
}

interface DocumentChange {
  /** `create`, `rename` or `delete`; absent for an edit of a text. */
  kind?: string;
  /** The file that is created or deleted. */
  uri?: string;
  options?: { ignoreIfNotExists?: boolean };
  annotationId?: string;
  textDocument?: { uri: string; version: number | null };
  edits?: { annotationId?: string }[];
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

/** The same edit, applied at once. */
export function withoutPreview(edit: ProtocolEdit): ProtocolEdit {
  const annotations = Object.entries(edit.changeAnnotations ?? {});
  return {
    ...edit,
    changeAnnotations: Object.fromEntries(annotations.map(([id, one]) => [id, { ...one, needsConfirmation: false }])),
  };
}

/**
 * The same edit, shown in the editor's refactor preview with every part ticked. VS Code unticks each part that needs
 * confirmation, so that *Apply* would do nothing; and it has no other way to ask for a preview. So only one part asks: the
 * deletion of a file that does not exist, which the preview leaves out and which does nothing.
 */
export function withPreview(edit: ProtocolEdit): ProtocolEdit {
  const ticked = withoutPreview(edit);
  const some = ticked.documentChanges?.map((change) => change.textDocument?.uri ?? change.uri).find(Boolean);
  if (some === undefined) return edit;
  const label = 'Show the preview';
  return {
    changeAnnotations: { ...ticked.changeAnnotations, [label]: { label, needsConfirmation: true } },
    documentChanges: [
      ...(ticked.documentChanges ?? []),
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

function prefixAnnotations(edit: ProtocolEdit, prefix: string): ProtocolEdit {
  const rename = <T extends { annotationId?: string }>(one: T): T =>
    one.annotationId === undefined ? one : { ...one, annotationId: prefix + one.annotationId };
  const annotations = Object.entries(edit.changeAnnotations ?? {});
  return {
    changeAnnotations: Object.fromEntries(annotations.map(([id, one]) => [prefix + id, one])),
    documentChanges: edit.documentChanges?.map((change) => ({ ...rename(change), edits: change.edits?.map(rename) })),
  };
}
