import * as vscode from 'vscode';

/** The folder of the window, or the one that a person picks. `undefined` when there is none, which is told, or none was picked. */
export async function pickFolder(question: string): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void vscode.window.showInformationMessage('Open a folder first: the policy lives at its root.');
    return undefined;
  }
  if (folders.length === 1) return folders[0];
  return vscode.window.showWorkspaceFolderPick({ placeHolder: question });
}
