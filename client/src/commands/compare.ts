import * as vscode from 'vscode';
import { type BaseText, type CompareArguments, methods } from '../../../server/src/protocol/messages.ts';
import { ask } from '../ask.ts';
import { rangeOf } from '../workspace-edit.ts';
import type { Parts } from './parts.ts';

const scheme = 'switchyard-base';

/** *Compare with Base*: a file as it was at the base beside what it is now, at a place of it. Returns what registers it. */
export function createComparison({ server }: Parts): {
  show(...place: Partial<CompareArguments>): Promise<void>;
  provider: vscode.Disposable;
} {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const texts = new Map<string, string>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
  return {
    provider: vscode.Disposable.from(provider, changed),
    async show(uri = vscode.window.activeTextEditor?.document.uri.toString(), range = undefined) {
      if (uri === undefined) throw new Error('Open a file first: it is what is compared.');
      const now = vscode.Uri.parse(uri);
      const answer = await ask<BaseText>(server, 'Looking up the base', methods.baseText, { uri });
      if (answer === undefined) return;
      const before = vscode.Uri.from({ scheme, path: `/${answer.path}`, query: uri });
      texts.set(before.toString(), answer.text ?? '');
      changed.fire(before);
      const title = `${now.path.replace(/^.*\//, '')} (${answer.base} and now)`;
      const selection = range && rangeOf(range);
      await vscode.commands.executeCommand('vscode.diff', before, now, title, { selection, preview: true });
    },
  };
}
