import * as vscode from 'vscode';
import { registerCommands } from './commands/register.ts';
import { createServer, type Server } from './language-client.ts';
import { createLastRemoval } from './last-removal.ts';
import { createOverviewStore } from './overview.ts';
import { createStatus } from './status.ts';
import { createChangeView } from './views/change-view.ts';
import { createFlagsView } from './views/flags-view.ts';

let running: Server | undefined;

/** Called once by the editor, on start or when a file of ours is opened. */
export function activate(context: vscode.ExtensionContext): void {
  const server = createServer(context);
  const store = createOverviewStore(server);
  const lastRemoval = createLastRemoval();
  context.subscriptions.push(
    server,
    store,
    lastRemoval,
    registerCommands({ server, store, lastRemoval }),
    createChangeView(server, store, context.workspaceState),
    createFlagsView(server, store, context.workspaceState),
    createStatus(server, store),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('switchyard.enable')) void (isEnabled() ? server.start() : server.stop());
    }),
    // The server is told at its start whether the workspace is trusted.
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (server.state !== 'off') void server.restart();
    }),
  );
  running = server;
  // Not awaited: the editor counts the time of activation, and views and commands work while the server starts.
  if (isEnabled()) void server.start();
}

/** Called when the window closes; waits until the server has ended. */
export async function deactivate(): Promise<void> {
  await running?.stop();
}

function isEnabled(): boolean {
  return vscode.workspace.getConfiguration('switchyard').get('enable', true);
}
