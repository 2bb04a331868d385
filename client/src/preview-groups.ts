import * as vscode from 'vscode';

/** Texts that the refactor preview opens to show what files will be. */
const previewScheme = 'vscode-bulkeditpreview-editor';

/** How long the preview takes to unfold its tree, in ms: grouping it earlier makes it stumble over its own rows. */
const settle = 250;

/** Runs what opens a refactor preview, and groups the preview by kind of edit once it is there: by itself it groups by file. */
export async function groupedPreview<T>(open: () => Thenable<T>): Promise<T> {
  const listener = vscode.workspace.onDidOpenTextDocument(({ uri }) => {
    if (uri.scheme !== previewScheme) return;
    listener.dispose();
    setTimeout(
      () => vscode.commands.executeCommand('refactorPreview.groupByType').then(undefined, () => undefined),
      settle,
    );
  });
  try {
    return await open();
  } finally {
    listener.dispose();
  }
}
