import * as vscode from 'vscode';
import { methods } from '../../../server/src/protocol/messages.ts';
import { ask } from '../ask.ts';
import type { Parts } from './parts.ts';
import { pickFolder } from './pick-folder.ts';

/** *Open Policy*: the folder's `switchyard.jsonc`; where there is none, a commented one is written first. */
export async function openPolicy({ server }: Parts): Promise<void> {
  const folder = await pickFolder('The policy of which folder?');
  if (folder === undefined) return;
  let file = vscode.Uri.joinPath(folder.uri, 'switchyard.jsonc');
  if (!(await exists(file))) {
    const request = { folder: folder.uri.toString() };
    const policy = await ask<{ path: string; text: string }>(server, 'Writing a policy', methods.newPolicy, request);
    if (policy === undefined) return;
    file = vscode.Uri.joinPath(folder.uri, policy.path);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(policy.text));
  }
  await vscode.window.showTextDocument(file, { preview: false });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
