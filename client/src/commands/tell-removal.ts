import * as vscode from 'vscode';
import type { PlacesLeft } from '../places-left.ts';
import type { DoneRemoval } from '../removal-page.ts';
import { count } from '../words.ts';
import type { Parts } from './parts.ts';
import { namesOf, type Removal, removalWords } from './removal.ts';

/** Says whether a removal is complete, and leads to its summary where it is not. */
export async function tellRemoved({ lastRemoval }: Parts, done: DoneRemoval, left: PlacesLeft): Promise<void> {
  lastRemoval.keep(done, left);
  const { names, types } = done;
  const { length } = left.all;
  const checked = types === undefined ? '' : `; ${types}`;
  if (length === 0) {
    void vscode.window.showInformationMessage(`Removed ${names}: complete, nothing of it is left${checked}.`);
    return;
  }
  const show = `Show ${count(length, 'Place')}`;
  const sentence = `Removed ${names} in part: ${count(length, 'place')} ${needs(length)} your look${checked}.`;
  if ((await vscode.window.showWarningMessage(sentence, show)) === show) await lastRemoval.show();
}

/** Says that nothing could be changed, and leads to the places that stood in the way. */
export async function tellNothing(
  { lastRemoval }: Parts,
  removals: readonly Removal[],
  left: PlacesLeft,
): Promise<void> {
  const names = namesOf(removals);
  const { length } = left.all;
  lastRemoval.keep({ names, flags: removals.map(removalWords), ended: 'nothing' }, left);
  if (length === 0) {
    void vscode.window.showInformationMessage(`There is nothing of ${names} to remove.`);
    return;
  }
  const show = `Show ${count(length, 'Place')}`;
  const sentence = `Nothing was changed, because ${count(length, 'place')} of ${names} ${needs(length)} your look first.`;
  if ((await vscode.window.showWarningMessage(sentence, show)) === show) await lastRemoval.show();
}

function needs(n: number): string {
  return n === 1 ? 'needs' : 'need';
}
