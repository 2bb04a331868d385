import * as vscode from 'vscode';
import type { Server } from './language-client.ts';
import type { OverviewStore } from './overview.ts';
import { count } from './words.ts';

/** The status bar item: how many risks of this change are open, or what the server is doing. */
export function createStatus(server: Server, store: OverviewStore): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('switchyard.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Switchyard';
  const show = () => {
    const look = statusOf(server, store);
    if (look === undefined) return item.hide();
    item.text = look.text;
    item.tooltip = look.tooltip;
    item.command = look.command ?? 'switchyard.change.focus';
    item.backgroundColor = look.alarm ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    item.show();
  };
  show();
  return vscode.Disposable.from(item, server.onDidChangeState(show), store.onDidChange(show));
}

interface Look {
  text: string;
  tooltip: string;
  command?: string;
  alarm?: boolean;
}

function statusOf(server: Server, store: OverviewStore): Look | undefined {
  if (server.state === 'off' || !vscode.workspace.workspaceFolders?.length) return undefined;
  if (server.state === 'stopped')
    return {
      text: '$(error) Switchyard: stopped',
      tooltip: 'The server has stopped. Click to restart it.',
      command: 'switchyard.restartServer',
      alarm: true,
    };
  const change = store.current?.change;
  if (server.state === 'starting' || change === undefined)
    return { text: '$(sync~spin) Switchyard: starting', tooltip: 'Reading the folder.' };
  const open = change.reduce((sum, folder) => sum + folder.open, 0);
  const against = change.map((folder) => folder.base ?? folder.why ?? '').filter((text) => text !== '');
  const tooltip = [
    open === 0 ? 'Nothing in this change is an open risk.' : 'Risks of this change without a flag, a tag or a test.',
    ...new Set(against),
  ].join('\n');
  if (open === 0) return { text: '$(check) Switchyard: ready', tooltip };
  return { text: `$(warning) Switchyard: ${count(open, 'open risk')}`, tooltip };
}
