import * as vscode from 'vscode';
import type { ChangeFinding, FolderChange } from '../../../server/src/protocol/messages.ts';
import type { Server } from '../language-client.ts';
import type { OverviewStore } from '../overview.ts';
import { openCommand } from '../places.ts';
import { count, headline, verdictText } from '../words.ts';

type ChangedFile = FolderChange['files'][number];

type ChangeNode =
  | { kind: 'folder'; change: FolderChange }
  | { kind: 'file'; file: ChangedFile }
  | { kind: 'finding'; finding: ChangeFinding };

/** The view *This Change*: findings by file, by folder first where the window has several. */
export function createChangeView(server: Server, store: OverviewStore): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const view = vscode.window.createTreeView<ChangeNode>('switchyard.change', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => children(store.current?.change ?? [], node),
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
  };
  refresh();
  return vscode.Disposable.from(view, changed, store.onDidChange(refresh));
}

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

function children(folders: readonly FolderChange[], node: ChangeNode | undefined): ChangeNode[] {
  if (node === undefined && folders.length > 1) return folders.map((change) => ({ kind: 'folder', change }));
  if (node === undefined) return folders.flatMap(fileNodes);
  if (node.kind === 'folder') return fileNodes(node.change);
  if (node.kind === 'file') return node.file.findings.map((finding) => ({ kind: 'finding', finding }));
  return [];
}

function fileNodes({ files }: FolderChange): ChangeNode[] {
  return files.filter(({ findings }) => findings.length > 0).map((file) => ({ kind: 'file', file }));
}

function item(node: ChangeNode): vscode.TreeItem {
  if (node.kind === 'folder') return folderItem(node.change);
  return node.kind === 'file' ? fileItem(node.file) : findingItem(node.finding);
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

function fileItem({ uri, path }: ChangedFile): vscode.TreeItem {
  const slash = path.lastIndexOf('/');
  const row = new vscode.TreeItem(path.slice(slash + 1), vscode.TreeItemCollapsibleState.Expanded);
  row.id = uri;
  row.description = path.slice(0, Math.max(slash, 0));
  row.resourceUri = vscode.Uri.parse(uri);
  row.iconPath = vscode.ThemeIcon.File;
  row.tooltip = path;
  return row;
}

function findingItem(finding: ChangeFinding): vscode.TreeItem {
  const row = new vscode.TreeItem(headline(finding.message));
  const verdict = verdictText(finding);
  const line = `line ${finding.place.range.start.line + 1}`;
  row.description = `${verdict} · ${line}`;
  row.tooltip = `${finding.message}\n\n${verdict} · ${line} · ${finding.rule}`;
  row.iconPath = iconOf(finding);
  row.contextValue = `finding.${finding.verdict}`;
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
  if (verdict === 'suppressed') return suppressed;
  return verdict === 'open' ? severityIcons[severity] : controlled;
}

const suppressed = icon('circle-slash', 'disabledForeground');
const controlled = icon('pass', 'testing.iconPassed');
