import * as vscode from 'vscode';
import {
  type FlagAges,
  type FlagHealth,
  type FlagView,
  type FolderFlags,
  methods,
  type Place,
} from '../../../server/src/protocol/messages.ts';
import { ask } from '../ask.ts';
import type { Server } from '../language-client.ts';
import type { OverviewStore } from '../overview.ts';
import { openCommand } from '../places.ts';
import { ageWords, count, flagDescription, formatValue } from '../words.ts';
import { deadWeight, type FlagNode, type FlagOrder, flagNodes, orderWords, usualOrder } from './flag-tree.ts';

type SourcePlace = Place & { path: string };

const viewId = 'switchyard.flags';
const orderKey = 'switchyard.flagOrder';

/** The view *Flags*: grouped, sorted and filtered as the person likes; that is remembered for the workspace, the filter apart. */
export function createFlagsView(server: Server, store: OverviewStore, memory: vscode.Memento): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  let order: FlagOrder = { ...usualOrder, ...memory.get<Partial<FlagOrder>>(orderKey), filter: '' };
  let ages: FlagAges = {};
  const folders = () => (store.current?.flags ?? []).map((one) => withAges(one, ages[one.folder]));
  const view = vscode.window.createTreeView<FlagNode>(viewId, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => flagNodes(folders(), order, node),
      getTreeItem: item,
    },
  });
  const show = () => {
    const words = orderWords(order);
    view.description = words;
    const dead = deadWeight(folders()).length;
    view.badge = dead === 0 ? undefined : { value: dead, tooltip: `${count(dead, 'flag')} to clean up or to mend` };
    const none = order.filter !== '' && flagNodes(folders(), order).length === 0;
    view.message = none ? `No flag has "${order.filter}" in its key, owner, description or files.` : undefined;
    void vscode.commands.executeCommand('setContext', 'switchyard.flagsFiltered', order.filter !== '');
    changed.fire(undefined);
  };
  const reorder = (change: Partial<FlagOrder>) => {
    order = { ...order, ...change };
    void memory.update(orderKey, { group: order.group, sort: order.sort });
    show();
  };
  const commands: Record<string, () => unknown> = {
    'switchyard.flags.filter': async () => {
      const filter = await vscode.window.showInputBox({
        title: 'Filter Flags',
        prompt: 'Words in the key, owner, description or files of a flag',
        value: order.filter,
      });
      if (filter !== undefined) reorder({ filter: filter.trim() });
    },
    'switchyard.flags.clearFilter': () => reorder({ filter: '' }),
    'switchyard.flags.group': async () => {
      const group = await pick('Group Flags By', groupings, order.group);
      if (group) reorder({ group });
    },
    'switchyard.flags.sort': async () => {
      const sort = await pick('Sort Flags By', sortings, order.sort);
      if (sort) reorder({ sort });
      if (sort === 'age') await askAges();
    },
  };
  /** Git is asked when ages are wanted: it takes seconds the first time. */
  const askAges = async () => {
    const asked = ask<FlagAges>(server, 'Asking git how old the flags are', methods.flagAges, undefined);
    ages = (await vscode.window.withProgress({ location: { viewId } }, () => asked)) ?? ages;
    show();
  };
  show();
  return vscode.Disposable.from(
    view,
    changed,
    store.onDidChange(show),
    server.onDidChangeState((state) => {
      if (state === 'running' && order.sort === 'age') void askAges().catch(() => undefined);
    }),
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run)),
  );
}

/** A flag whose age the policy or a definition tells keeps that one. */
function withAges(folder: FolderFlags, ages: Record<string, number> | undefined): FolderFlags {
  if (ages === undefined) return folder;
  return { ...folder, flags: folder.flags.map((flag) => ({ age: ages[flag.key], ...flag })) };
}

const groupings: Readonly<Record<FlagOrder['group'], string>> = {
  health: 'Health',
  owner: 'Owner',
  file: 'File',
  none: 'Nothing: one list',
};

const sortings: Readonly<Record<FlagOrder['sort'], string>> = {
  key: 'Key',
  age: 'Age, oldest first',
  reads: 'Reads, most read first',
};

async function pick<Name extends string>(
  title: string,
  names: Readonly<Record<Name, string>>,
  current: Name,
): Promise<Name | undefined> {
  const items = (Object.keys(names) as Name[]).map((name) => ({
    label: names[name],
    ...(name === current && { description: 'as it is now' }),
    name,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.name;
}

function item(node: FlagNode): vscode.TreeItem {
  switch (node.kind) {
    case 'folder':
      return groupItem(node.flags.name, node.flags.folder, node.flags.flags.length, 'folder', true);
    case 'group': {
      const icon =
        node.health === undefined ? (node.id.startsWith('owner:') ? 'person' : 'file') : healthIcons[node.health];
      return groupItem(node.title, `${node.folder}#${node.id}`, node.flags.length, icon, true);
    }
    case 'dynamic':
      return dynamicItem(node.folder, node.reads.length);
    case 'readers':
      return readersItem(node.folder, node.readers.length);
    case 'flag':
      return flagItem(node.folder, node.group, node.flag);
    case 'definition':
      return placeItem(node.place, 'key', `defined · ${node.place.source}`);
    case 'read':
      return placeItem(node.place, 'eye', node.place.reader);
    case 'reader':
      return readerItem(node.place);
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

function readersItem(folder: string, count: number): vscode.TreeItem {
  const row = groupItem('Functions that read flags', `${folder}#readers`, count, 'symbol-method', false);
  row.tooltip =
    'They pass a key on to a read, so that calling them is reading a flag. Detect Flag Shapes... writes them into the policy.';
  return row;
}

function readerItem(place: SourcePlace & { name: string; reason: string }): vscode.TreeItem {
  const row = placeItem(place, 'symbol-method', `${place.path}:${place.range.start.line + 1}`);
  row.label = place.name;
  row.tooltip = `${place.name}: ${place.reason}`;
  return row;
}

function flagItem(folder: string, group: string, flag: FlagView): vscode.TreeItem {
  const row = new vscode.TreeItem(flag.key, vscode.TreeItemCollapsibleState.Collapsed);
  row.id = `${folder}#flag#${group}#${flag.key}`;
  row.description = flagDescription(flag);
  row.tooltip = flagTooltip(flag);
  row.iconPath = new vscode.ThemeIcon(group.includes(':') || group === '' ? healthIcons[flag.health] : 'milestone');
  row.contextValue = flag.definitions.length > 0 ? 'flag.defined' : 'flag';
  return row;
}

function flagTooltip(flag: FlagView): string {
  const facts = [
    flag.description,
    flag.value === undefined ? undefined : `Value: ${formatValue(flag.value)}`,
    flag.owner && `Owner: ${flag.owner}`,
    flag.kind && `Kind: ${flag.kind}`,
    flag.created && `Created: ${flag.created}${flag.age === undefined ? '' : ` (${ageWords(flag.age)} ago)`}`,
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
