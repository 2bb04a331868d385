import * as vscode from 'vscode';
import type { RefusedPlace } from '../../server/src/protocol/messages.ts';
import { movedRange } from './moved-places.ts';

/** Places of open files that follow the text as it is edited. */
export interface PlacesLeft extends vscode.Disposable {
  readonly all: readonly RefusedPlace[];
  add(places: readonly RefusedPlace[]): void;
}

export function followPlaces(places: readonly RefusedPlace[]): PlacesLeft {
  let all = places;
  const listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const uri = document.uri.toString();
    // All changes of an event are told in the text before it: the last one first, none moves another.
    const changes = [...contentChanges].sort((a, b) => b.rangeOffset - a.rangeOffset);
    all = all.map((place) => {
      if (vscode.Uri.parse(place.uri).toString() !== uri) return place;
      return { ...place, range: changes.reduce(movedRange, place.range) };
    });
  });
  return {
    get all() {
      return all;
    },
    add(more) {
      all = [...all, ...more];
    },
    dispose: () => listener.dispose(),
  };
}
