import * as vscode from 'vscode';
import type { Place, RefusedPlace } from '../../server/src/protocol/messages.ts';
import { count } from './words.ts';
import { rangeOf } from './workspace-edit.ts';

/** Opens the file of a place and selects it. */
export async function reveal(place: Place, preserveFocus = false): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(place.uri));
  return vscode.window.showTextDocument(document, {
    selection: rangeOf(place.range),
    preserveFocus,
    preview: preserveFocus,
  });
}

/** Opens the editor's own peek at places, from a place in an open file. */
export async function peek(uri: string, from: Place['range']['start'], places: readonly Place[]): Promise<void> {
  const locations = places.map((place) => new vscode.Location(vscode.Uri.parse(place.uri), rangeOf(place.range)));
  const position = new vscode.Position(from.line, from.character);
  await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), position, locations);
}

/** The command of a tree item that opens a place on click. */
export function openCommand(place: Place): vscode.Command {
  const target = vscode.Uri.parse(place.uri);
  return { command: 'vscode.open', title: 'Open', arguments: [target, { selection: rangeOf(place.range) }] };
}

/** Tells that places were left as they were, and lists them with their reasons when asked. */
export async function offerRefused(places: readonly RefusedPlace[], sentence: string): Promise<void> {
  const button = `Show ${count(places.length, 'Place')}`;
  if ((await vscode.window.showWarningMessage(sentence, button)) === button) await pickRefused(places);
}

/** `2 places were left as they were, each with its reason.` */
export function leftAsTheyWere(n: number): string {
  return n === 1
    ? '1 place was left as it was, with its reason.'
    : `${n} places were left as they were, each with its reason.`;
}

/** Lists places that were left; walking through the list shows each in the editor. It stays while another place is looked at. */
export async function pickRefused(places: readonly RefusedPlace[], title = 'Left as they were'): Promise<void> {
  const items = places.map((place) => ({
    label: `${place.path}:${place.range.start.line + 1}`,
    detail: place.reason,
    place,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Pick a place to open it; the arrow keys show each',
    matchOnDetail: true,
    onDidSelectItem: (item) => reveal((item as (typeof items)[number]).place, true),
  });
  if (picked) await reveal(picked.place);
}
