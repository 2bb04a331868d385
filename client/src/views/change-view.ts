import * as vscode from 'vscode';
import type { ChangeFinding, FolderChange } from '../../../server/src/protocol/messages.ts';
import type { Server } from '../language-client.ts';
import type { OverviewStore } from '../overview.ts';
import { openCommand } from '../places.ts';
import { count, headline, readinessNames, verdictText } from '../words.ts';
import { type ChangeNode, type Grouping, nodesOf } from './change-tree.ts';

/** The view *This Change*: the verdict, open findings by file or by what they are about, and what is under control by what. */
export function createChangeView(server: Server, store: OverviewStore, memory: vscode.Memento): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  let grouping = memory.get<Grouping>(groupingKey, 'file');
  const view = vscode.window.createTreeView<ChangeNode>('switchyard.change', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => nodesOf(store.current?.change ?? [], grouping, node),
      getTreeItem: item,
    },
  });
  const refresh = () => {
    changed.fire(undefined);
    const folders = store.current?.change ?? [];
    const open = folders.reduce((sum, folder) => sum + folder.open, 0);
    view.badge = open === 0 ? undefined : { value: open, tooltip: count(open, 'open risk') };
    view.description = folders.length === 1 ? since(folders[0]!) : undefined;
    void vscode.commands.executeCommand('setContext', 'switchyard.changeState', emptyState(server, store));
    void vscode.commands.executeCommand('setContext', 'switchyard.changeGrouping', grouping);
  };
  const groupBy = (to: Grouping) => () => {
    grouping = to;
    void memory.update(groupingKey, to);
    refresh();
  };
  refresh();
  return vscode.Disposable.from(
    view,
    changed,
    store.onDidChange(refresh),
    vscode.commands.registerCommand('switchyard.change.groupByFile', groupBy('file')),
    vscode.commands.registerCommand('switchyard.change.groupByKind', groupBy('kind')),
  );
}

const groupingKey = 'change.grouping';

/** What the change is counted from, short enough for the view's title. */
function since({ base }: FolderChange): string {
  return base === undefined ? '' : `since ${base.replace(/^merge base with /, '')}`;
}

/** Which text an empty view shows; see `viewsWelcome` in package.json. */
function emptyState({ state }: Server, { current }: OverviewStore): string {
  if (state === 'off' || state === 'stopped') return state;
  if (current === undefined) return 'starting';
  return current.change.every((folder) => folder.base === undefined) ? 'no-base' : 'clean';
}

function item(node: ChangeNode): vscode.TreeItem {
  if (node.kind === 'folder') return folderItem(node.change);
  if (node.kind === 'verdict') return verdictItem(node.change);
  if (node.kind === 'file') return fileItem(node.uri, node.path);
  return node.kind === 'part' ? partItem(node) : findingItem(node.finding, node.inFile);
}

function folderItem(change: FolderChange): vscode.TreeItem {
  const empty = change.files.every(({ findings }) => findings.length === 0);
  const row = new vscode.TreeItem(
    change.name,
    empty ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Expanded,
  );
  row.id = change.folder;
  row.description =
    change.base === undefined ? change.why : change.open === 0 ? 'nothing open' : count(change.open, 'open risk');
  row.tooltip = change.base ?? change.why;
  row.iconPath = vscode.ThemeIcon.Folder;
  return row;
}

/** What to do with the change, in a word, with its heaviest reasons behind it; a click opens the report. */
function verdictItem({ folder, verdict, open }: FolderChange): vscode.TreeItem {
  const { state, reasons } = verdict!;
  const row = new vscode.TreeItem(readinessNames[state]);
  row.id = `${folder} verdict`;
  row.description = open === 0 ? 'nothing open' : count(open, 'open risk');
  row.iconPath = readinessIcons[state];
  const lines = reasons.map(({ message }) => `- ${message}`);
  row.tooltip = new vscode.MarkdownString(
    [`**${readinessNames[state]}**`, ...(lines.length > 0 ? ['', 'What weighs most:', '', ...lines] : [])].join('\n'),
  );
  row.contextValue = 'verdict';
  row.command = { command: 'switchyard.reviewChange', title: 'Review This Change' };
  return row;
}

function fileItem(uri: string, path: string): vscode.TreeItem {
  const slash = path.lastIndexOf('/');
  const row = new vscode.TreeItem(path.slice(slash + 1), vscode.TreeItemCollapsibleState.Expanded);
  row.id = uri;
  row.description = path.slice(0, Math.max(slash, 0));
  row.resourceUri = vscode.Uri.parse(uri);
  row.iconPath = vscode.ThemeIcon.File;
  row.tooltip = path;
  return row;
}

function partItem({ id, part, findings, quiet }: Extract<ChangeNode, { kind: 'part' }>): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const row = new vscode.TreeItem(part, quiet ? Collapsed : Expanded);
  row.id = id;
  row.description = String(findings.length);
  if (quiet) row.iconPath = iconOf(findings[0]!);
  return row;
}

/** @param inFile whether the row stands below its file */
function findingItem(finding: ChangeFinding, inFile: boolean): vscode.TreeItem {
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const row = new vscode.TreeItem(headline(finding.message), finding.beneath.length > 0 ? Collapsed : None);
  const verdict = verdictText(finding);
  const line = `line ${finding.place.range.start.line + 1}`;
  const file = vscode.Uri.parse(finding.place.uri).path.replace(/^.*\//, '');
  row.description = `${verdict} · ${inFile ? line : `${file}, ${line}`}`;
  row.tooltip = [
    finding.message,
    '',
    `${verdict} · ${line} · ${finding.rule}`,
    ...(finding.weight === undefined ? [] : [`weighs ${finding.weight}`]),
    ...(finding.owner === undefined ? [] : [`to be looked at by ${finding.owner}`]),
  ].join('\n');
  row.iconPath = iconOf(finding);
  row.contextValue = `finding.${finding.verdict}${finding.compares ? '.compares' : ''}`;
  row.command = openCommand(finding.place);
  return row;
}

const icon = (id: string, color: string) => new vscode.ThemeIcon(id, new vscode.ThemeColor(color));

const severityIcons = {
  error: icon('error', 'problemsErrorIcon.foreground'),
  warning: icon('warning', 'problemsWarningIcon.foreground'),
  info: icon('info', 'problemsInfoIcon.foreground'),
  hint: icon('lightbulb', 'editorLightBulb.foreground'),
};

function iconOf({ verdict, severity }: ChangeFinding): vscode.ThemeIcon {
  if (verdict === 'suppressed') return icon('circle-slash', 'disabledForeground');
  return verdict === 'open' ? severityIcons[severity] : controlledIcon;
}

const controlledIcon = icon('pass', 'testing.iconPassed');

const readinessIcons = {
  ready: controlledIcon,
  'needs-a-look': icon('eye', 'problemsWarningIcon.foreground'),
  'not-ready': icon('stop-circle', 'problemsErrorIcon.foreground'),
};
