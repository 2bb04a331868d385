import * as vscode from 'vscode';
import { needsYourLook, type Place } from '../../server/src/protocol/messages.ts';
import type { EditAnnotation, ProtocolEdit } from './edit-plan.ts';

/** An edit of the protocol as one of the editor: its annotations are what the refactor preview groups by, each group with an icon. */
export function toWorkspaceEdit({ documentChanges = [], changeAnnotations = {} }: ProtocolEdit): vscode.WorkspaceEdit {
  const out = new vscode.WorkspaceEdit();
  const metadataOf = (id: string | undefined) => {
    const annotation = id === undefined ? undefined : changeAnnotations[id];
    return annotation && metadata(annotation);
  };
  for (const { kind, uri, options, annotationId, textDocument, edits } of documentChanges) {
    if (kind === 'delete' && uri) out.deleteFile(vscode.Uri.parse(uri), options, metadataOf(annotationId));
    if (kind === 'create' && uri) out.createFile(vscode.Uri.parse(uri), options, metadataOf(annotationId));
    if (!textDocument) continue;
    const target = vscode.Uri.parse(textDocument.uri);
    for (const { range, newText, annotationId: id } of edits ?? [])
      out.replace(target, rangeOf(range), newText, metadataOf(id));
  }
  return out;
}

export function rangeOf({ start, end }: Place['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function metadata({
  label,
  description,
  needsConfirmation = false,
}: EditAnnotation): vscode.WorkspaceEditEntryMetadata {
  const icon = label.startsWith(needsYourLook) ? 'eye' : icons[label];
  return { label, description, needsConfirmation, ...(icon && { iconPath: new vscode.ThemeIcon(icon) }) };
}

const icons: Readonly<Record<string, string>> = {
  Fold: 'git-merge',
  'Clean up': 'trash',
  Tests: 'beaker',
  Definition: 'key',
};
