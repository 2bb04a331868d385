import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { CancellationToken } from '../core/cancellation.ts';
import { changedText, type SourceChange } from '../core/source-change.ts';
import { LineMap } from '../core/text.ts';
import { verdictClause } from '../core/type-report.ts';
import { UserError } from '../core/user-error.ts';
import type { Plan, RemovalRequest, SuggestKeyRequest, WrapRequest } from '../protocol/messages.ts';
import type { Settings } from '../protocol/settings.ts';
import { changeReport } from '../session/change-report.ts';
import type { TypeCheckWish } from '../session/type-check.ts';
import { lineMapOf, toRange, toTextRange } from './convert.ts';
import { type Folder, locate, placesOf, uriOf } from './folder.ts';
import { toPreviewEdit, toWorkspaceEdit } from './workspace-edit.ts';

/** The removal of flags of one folder, as one edit for the refactor preview. */
export async function planRemoval(...asked: RemovalArguments): Promise<Plan> {
  const { folder, change } = await removalOf(...asked);
  return planOf(folder, change, true);
}

/** The same for other tools. */
export async function removalJson(...asked: RemovalArguments): Promise<string> {
  const { folder, change } = await removalOf(...asked);
  const places = placesOf(folder, await folder.session.analyse());
  return `${JSON.stringify(changeReport(change, places, false), null, 2)}\n`;
}

type RemovalArguments = [
  folders: ReadonlyMap<string, Folder>,
  request: RemovalRequest,
  settings: Settings,
  token: CancellationToken,
];

async function removalOf(...[folders, request, settings, token]: RemovalArguments) {
  const folder = folders.get(request.folder.replace(/\/$/, ''));
  if (!folder) throw new UserError('That folder is no longer open.');
  return { folder, change: await folder.session.removeFlags(request.flags, token, typeCheckWish(settings)) };
}

/** Whether types are checked before and after a removal, as the settings want it. */
export function typeCheckWish({ typeCheck }: Settings): TypeCheckWish {
  return typeCheck ? {} : { skip: 'the setting switchyard.typeCheck is off' };
}

/** Wrapping a place in a flag: one file, so it is applied at once and the cursor goes to the key. */
export async function planWrap(
  folders: Iterable<Folder>,
  request: WrapRequest,
  token: CancellationToken,
): Promise<Plan> {
  const { folder, path } = located(folders, request.uri);
  const analysis = await folder.session.analyse(token);
  const places = placesOf(folder, analysis);
  if (places.version(path) !== request.version)
    throw new ResponseError(LSPErrorCodes.ContentModified, 'The file changed meanwhile. Try again.');
  const range = toTextRange(request.range, lineMapOf(path, places));
  return planOf(folder, await folder.session.wrap(path, range, request.key, token), false);
}

export async function suggestKey(
  folders: Iterable<Folder>,
  request: SuggestKeyRequest,
  token: CancellationToken,
): Promise<string> {
  const { folder, path } = located(folders, request.uri);
  const analysis = await folder.session.analyse(token);
  const range = toTextRange(request.range, lineMapOf(path, placesOf(folder, analysis)));
  return folder.session.suggestKey(path, range, token);
}

/** A source change of a folder, as the client applies it. */
export async function planOf(folder: Folder, change: SourceChange, confirm: boolean): Promise<Plan> {
  const places = placesOf(folder, await folder.session.analyse());
  return {
    title: change.title,
    complete: change.refused.length === 0,
    edit: confirm ? toPreviewEdit(change, places) : toWorkspaceEdit(change, places, false),
    files: change.files.length,
    edits: change.files.reduce((sum, file) => sum + file.edits.length, 0),
    refused: change.refused.map(({ path, range, reason }) => {
      return { uri: uriOf(folder, path), path, range: toRange(range, lineMapOf(path, places)), reason };
    }),
    ...(change.types && { types: verdictClause(change.types) }),
    ...(change.cursor && { cursor: cursorPlace(folder, change, change.cursor) }),
  };
}

function cursorPlace(folder: Folder, change: SourceChange, cursor: NonNullable<SourceChange['cursor']>) {
  const file = change.files.find((one) => one.path === cursor.path);
  const lines = new LineMap(file ? (changedText(file) ?? '') : '');
  return { uri: uriOf(folder, cursor.path), range: toRange({ start: cursor.offset, end: cursor.offset }, lines) };
}

function located(folders: Iterable<Folder>, uri: string): { folder: Folder; path: string } {
  const found = locate(folders, uri);
  if (!found) throw new UserError('This file is in no folder of the workspace: open its folder first.');
  return found;
}
