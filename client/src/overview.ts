import * as vscode from 'vscode';
import { methods, type Overview } from '../../server/src/protocol/messages.ts';
import type { Server } from './language-client.ts';

/** The last overview that the server gave: what both views and the status bar show. */
export interface OverviewStore extends vscode.Disposable {
  readonly current: Overview | undefined;
  readonly onDidChange: vscode.Event<void>;
}

/** How long changes are gathered before the server is asked again, in ms. */
const settle = 150;

/** Keeps an overview that follows the server: asked again after changes, one request at a time. */
export function createOverviewStore(server: Server): OverviewStore {
  const changed = new vscode.EventEmitter<void>();
  const tokens = new vscode.CancellationTokenSource();
  let current: Overview | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let again = false;

  const ask = async () => {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    again = false;
    try {
      current = await server.request<Overview>(methods.overview, undefined, tokens.token);
      changed.fire();
    } catch (error) {
      server.log.debug(`No overview: ${error}`);
    }
    asking = false;
    if (again) schedule();
  };

  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, settle);
  };

  const listeners = [
    server.onDidChangeFindings(schedule),
    server.onDidChangeState((state) => {
      if (state === 'running') schedule();
      if (state === 'off' || state === 'stopped') current = undefined;
      changed.fire();
    }),
  ];
  return {
    get current() {
      return current;
    },
    onDidChange: changed.event,
    dispose() {
      clearTimeout(timer);
      tokens.cancel();
      for (const listener of listeners) listener.dispose();
      changed.dispose();
    },
  };
}
