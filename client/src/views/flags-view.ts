import * as vscode from 'vscode';
import type { FlagHealth, FlagView, FolderFlags, Place } from '../../../server/src/protocol/messages.ts';
import type { OverviewStore } from '../overview.ts';
import { openCommand } from '../places.ts';
import { flagDescription, formatValue, healthNames } from '../words.ts';

type SourcePlace = Place & { path: string };

type FlagNode =
  | { kind: 'folder'; flags: FolderFlags }
  | { kind: 'health'; folder: string; health: FlagHealth; flags: FlagView[] }
  | { kind: 'flag'; folder: string; flag: FlagView }
  | { kind: 'definition'; place: FlagView['definitions'][number] }
  | { kind: 'read'; place: FlagView['reads'][number] }
  | { kind: 'dynamic'; folder: string; reads: FolderFlags['dynamicReads'] };

/** The view *Flags*: by health, then key, then definitions and reads; by folder first where the window has several. */
export function createFlagsView(store: OverviewStore): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const view = vscode.window.createTreeView<FlagNode>('switchyard.flags', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => children(store.current?.flags ?? [], node),
      getTreeItem: item,
    },
  });
  return vscode.Disposable.from(
    view,
    changed,
    store.onDidChange(() => changed.fire(undefined)),
  );
}

function children(folders: readonly FolderFlags[], node: FlagNode | undefined): FlagNode[] {
  if (node === undefined && folders.length > 1) return folders.map((flags) => ({ kind: 'folder', flags }));
  if (node === undefined) return folders.flatMap(groups);
  switch (node.kind) {
    case 'folder':
      return groups(node.flags);
    case 'health':
      return node.flags.map((flag) => ({ kind: 'flag', folder: node.folder, flag }));
    case 'flag':
      return [
        ...node.flag.definitions.map((place) => ({ kind: 'definition' as const, place })),
        ...node.flag.reads.map((place) => ({ kind: 'read' as const, place })),
      ];
    case 'dynamic':
      return node.reads.map((place) => ({ kind: 'read', place }));
    default:
      return [];
  }
}

function groups({ folder, flags, dynamicReads }: FolderFlags): FlagNode[] {
  const found: FlagNode[] = [];
  for (const health of Object.keys(healthNames) as FlagHealth[]) {
    const members = flags.filter((flag) => flag.health === health);
    if (members.length > 0) found.push({ kind: 'health', folder, health, flags: members });
  }
  if (dynamicReads.length > 0) found.push({ kind: 'dynamic', folder, reads: dynamicReads });
  return found;
}

function item(node: FlagNode): vscode.TreeItem {
  switch (node.kind) {
    case 'folder':
      return groupItem(node.flags.name, node.flags.folder, node.flags.flags.length, 'folder', true);
    case 'health':
      return groupItem(
        healthNames[node.health],
        `${node.folder}#${node.health}`,
        node.flags.length,
        healthIcons[node.health],
        true,
      );
    case 'dynamic':
      return dynamicItem(node.folder, node.reads.length);
    case 'flag':
      return flagItem(node.folder, node.flag);
    case 'definition':
      return placeItem(node.place, 'key', `defined · ${node.place.source}`);
    case 'read':
      return placeItem(node.place, 'eye', node.place.reader);
  }
}

function groupItem(label: string, id: string, count: number, icon: string, open: boolean): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const row = new vscode.TreeItem(label, open ? Expanded : Collapsed);
  row.id = id;
  row.description = String(count);
  row.iconPath = new vscode.ThemeIcon(icon);
  return row;
}

function dynamicItem(folder: string, count: number): vscode.TreeItem {
  const row = groupItem('Reads with a computed key', `${folder}#dynamic`, count, 'symbol-variable', false);
  row.tooltip = 'The key of these reads is not written in the code, so that they may read any flag.';
  return row;
}

function flagItem(folder: string, flag: FlagView): vscode.TreeItem {
  const row = new vscode.TreeItem(flag.key, vscode.TreeItemCollapsibleState.Collapsed);
  row.id = `${folder}#flag#${flag.key}`;
  row.description = flagDescription(flag);
  row.tooltip = flagTooltip(flag);
  row.iconPath = new vscode.ThemeIcon('milestone');
  row.contextValue = 'flag';
  return row;
}

function flagTooltip(flag: FlagView): string {
  const facts = [
    flag.value === undefined ? undefined : `Value: ${formatValue(flag.value)}`,
    flag.owner && `Owner: ${flag.owner}`,
    flag.created && `Created: ${flag.created}`,
    flag.expires && `Expires: ${flag.expires}`,
  ].filter(Boolean);
  return [`${flag.key}: ${flag.reason}`, ...(facts.length > 0 ? ['', ...facts] : [])].join('\n');
}

function placeItem(place: SourcePlace, icon: string, words: string): vscode.TreeItem {
  const name = place.path.slice(place.path.lastIndexOf('/') + 1);
  const row = new vscode.TreeItem(`${name}:${place.range.start.line + 1}`);
  row.description = words;
  row.tooltip = `${place.path}:${place.range.start.line + 1}\n${words}`;
  row.iconPath = new vscode.ThemeIcon(icon);
  row.command = openCommand(place);
  return row;
}

const healthIcons: Readonly<Record<FlagHealth, string>> = {
  'orphan-read': 'error',
  unused: 'circle-slash',
  constant: 'lock',
  expired: 'calendar',
  stale: 'history',
  live: 'pulse',
  unknown: 'question',
};
