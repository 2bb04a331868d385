import * as vscode from 'vscode';
import type { Server } from './language-client.ts';

/** How long a request stays silent before its progress is shown, in ms. */
const patience = 1000;

/** Asks the server; after a second a progress with Cancel appears. `undefined` when the user cancelled. */
export async function ask<Answer>(
  server: Server,
  title: string,
  method: string,
  params: unknown,
): Promise<Answer | undefined> {
  const source = new vscode.CancellationTokenSource();
  const answer = server.request<Answer>(method, params, source.token);
  const timer = setTimeout(() => showProgress(title, answer, source), patience);
  try {
    return await answer;
  } catch (error) {
    if (source.token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}

function showProgress(title: string, work: Promise<unknown>, source: vscode.CancellationTokenSource): void {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  void vscode.window.withProgress(options, async (_, token) => {
    token.onCancellationRequested(() => source.cancel());
    await work.catch(() => undefined);
  });
}
