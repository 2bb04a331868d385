import * as vscode from 'vscode';
import { methods } from '../../../server/src/protocol/messages.ts';
import { ask } from '../ask.ts';
import type { Parts } from './parts.ts';

/** *Copy Flag Report*: the flags as Markdown, for an issue or a pull request. Returns it. */
export async function copyFlagReport({ server }: Parts): Promise<string | undefined> {
  const report = await ask<string>(server, 'Writing the flag report', methods.flagReport, undefined);
  if (report === undefined) return undefined;
  await vscode.env.clipboard.writeText(report);
  void vscode.window.showInformationMessage('The flag report is on the clipboard, as Markdown.');
  return report;
}
