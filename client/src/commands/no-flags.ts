import * as vscode from 'vscode';

/** What a person can do where nothing was found. */
export async function sayNoFlags(): Promise<void> {
  const detect = 'Detect Flag Shapes...';
  const choice = await vscode.window.showInformationMessage(
    'No flags were found here. If this code reads flags in its own way, that way can be looked for.',
    detect,
  );
  if (choice === detect) await vscode.commands.executeCommand('switchyard.detectShapes');
}
