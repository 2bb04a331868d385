import * as vscode from 'vscode';
import { methods } from '../../../server/src/protocol/messages.ts';
import { ask } from '../ask.ts';
import type { Parts } from './parts.ts';

const scheme = 'switchyard-review';
const page = vscode.Uri.from({ scheme, path: '/Review of This Change.md' });

/** *Review This Change*: the state of this change as a Markdown page that is never dirty. Returns what registers it. */
export function createReview({ server }: Parts): {
  show(): Promise<void>;
  copy(): Promise<string | undefined>;
  provider: vscode.Disposable;
} {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let text = '';
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => text,
  });
  return {
    provider: vscode.Disposable.from(provider, changed),
    async show() {
      const answer = await ask<string>(server, 'Reviewing this change', methods.review, { plain: false });
      if (answer === undefined) return;
      text = answer;
      changed.fire(page);
      const document = await vscode.workspace.openTextDocument(page);
      await vscode.window.showTextDocument(document, { preview: false });
    },
    /** Onto the clipboard, with places that mean the same on every machine. */
    async copy() {
      const report = await ask<string>(server, 'Reviewing this change', methods.review, { plain: true });
      if (report === undefined) return undefined;
      await vscode.env.clipboard.writeText(report);
      void vscode.window.showInformationMessage('The review is on the clipboard, as Markdown for a pull request.');
      return report;
    },
  };
}
