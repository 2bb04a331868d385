import * as vscode from 'vscode';
import type { PlacesLeft } from './places-left.ts';
import { type DoneRemoval, placeName, removalPage } from './removal-page.ts';
import { rangeOf } from './workspace-edit.ts';

const scheme = 'switchyard-removal';
const uri = vscode.Uri.from({ scheme, path: '/Removal Summary.md' });

/** The last removal of this window: what it did and left, as a page whose places open with a click. */
export interface LastRemoval extends vscode.Disposable {
  keep(done: DoneRemoval, left: PlacesLeft): void;
  show(): Promise<void>;
}

export function createLastRemoval(): LastRemoval {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const lensesChanged = new vscode.EventEmitter<void>();
  let last: { readonly done: DoneRemoval; readonly left: PlacesLeft } | undefined;
  const page = () => removalPage(last?.done ?? { names: 'nothing yet', flags: [] }, last?.left.all ?? []);
  const rewrite = () => {
    changed.fire(uri);
    lensesChanged.fire();
  };
  const headings = () => [...page().headings];
  const registered = vscode.Disposable.from(
    changed,
    lensesChanged,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => page().text,
    }),
    vscode.languages.registerCodeLensProvider(
      { scheme },
      {
        onDidChangeCodeLenses: lensesChanged.event,
        provideCodeLenses: () =>
          headings().map(([line, { uri: target, range }]) => {
            const title = 'Open this place';
            return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
              title,
              command: 'switchyard.reveal',
              arguments: [target, range],
            });
          }),
      },
    ),
    vscode.languages.registerDocumentLinkProvider(
      { scheme },
      {
        provideDocumentLinks: () =>
          headings().map(([line, place]) => {
            const { start } = rangeOf(place.range);
            const fragment = `L${start.line + 1},${start.character + 1}`;
            const span = new vscode.Range(line, 3, line, 3 + placeName(place).length);
            return new vscode.DocumentLink(span, vscode.Uri.parse(place.uri).with({ fragment }));
          }),
      },
    ),
  );
  return {
    keep(done, left) {
      last?.left.dispose();
      last = { done, left };
      rewrite();
    },
    async show() {
      if (last === undefined) {
        void vscode.window.showInformationMessage('No flag was removed in this window yet: run “Clean Up Flags...”.');
        return;
      }
      // Places move with the edits of a person: the page is written anew each time.
      rewrite();
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.Active });
    },
    dispose() {
      last?.left.dispose();
      registered.dispose();
    },
  };
}
