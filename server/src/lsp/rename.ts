import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  type TextDocumentPositionParams,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { type FileChange, type SourceChange, sortEdits } from '../core/source-change.ts';
import { flagAt, isNameOfCode, type Occurrence } from '../flags/symbols.ts';
import { methods } from '../protocol/messages.ts';
import { refusedPlaces } from './code-actions.ts';
import { toRange } from './convert.ts';
import { type FileAt, fileAt, offsetIn, spanOf } from './file-at.ts';
import type { Folder } from './folder.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

/** The key at a place, when it can be renamed. Nothing where the code has a name of its own that its language renames. */
export async function prepareRename(
  folders: Iterable<Folder>,
  params: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<PrepareRenameResult | null> {
  const at = await keyAt(folders, params, token);
  if (!at) return null;
  const { file, symbol } = at;
  const reason = await file.folder.session.whyNotRename(symbol.key, token);
  if (reason !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, reason);
  return { range: toRange(spanOf(symbol, file.places), file.linesOf(file.path)), placeholder: symbol.key };
}

/**
 * The key changed everywhere. With change annotations, texts that are equal to the key but not known to be the flag come along
 * unticked in the editor's preview.
 */
export async function rename(
  connection: Connection,
  folders: Iterable<Folder>,
  params: RenameParams,
  token: CancellationToken,
  annotations: boolean,
): Promise<WorkspaceEdit | null> {
  const at = await keyAt(folders, params, token);
  if (!at) return null;
  const { file, symbol } = at;
  const { change, mentions } = await file.folder.session.renameKey(symbol.key, params.newName, token);
  if (change.refused.length > 0)
    void connection.sendNotification(methods.left, {
      places: refusedPlaces(file.folder, change, file.places.text),
    });
  const asked = new Set(mentions.flatMap((one) => one.edits));
  const all: SourceChange = annotations ? { ...change, files: together([...change.files, ...mentions]) } : change;
  const edit = toWorkspaceEdit(all, file.places, (one) => asked.has(one));
  return annotations ? edit : withoutAnnotations(edit);
}

/** Constants and functions have a name of their own, which the language renames; everything else is the key as written. */
async function keyAt(
  folders: Iterable<Folder>,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<{ file: FileAt; symbol: Occurrence } | undefined> {
  const file = await fileAt(folders, textDocument.uri, token);
  const symbol = file && flagAt(file.survey.world, file.path, offsetIn(file, position));
  if (!symbol || symbol.role === 'reader') return undefined;
  if (symbol.named || (symbol.role === 'read' && isNameOfCode(symbol.read, file.survey.world))) return undefined;
  return { file, symbol };
}

function together(files: readonly FileChange[]): FileChange[] {
  const byPath = new Map<string, FileChange>();
  for (const file of files) {
    const known = byPath.get(file.path);
    byPath.set(file.path, known ? { ...known, edits: sortEdits([...known.edits, ...file.edits]) } : file);
  }
  return [...byPath.values()];
}

function withoutAnnotations(edit: WorkspaceEdit): WorkspaceEdit {
  const changes: NonNullable<WorkspaceEdit['changes']> = {};
  for (const one of edit.documentChanges ?? [])
    if ('edits' in one)
      changes[one.textDocument.uri] = one.edits.flatMap((each) =>
        'newText' in each ? [{ range: each.range, newText: each.newText }] : [],
      );
  return { changes };
}
