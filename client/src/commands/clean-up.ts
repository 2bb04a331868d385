import * as vscode from 'vscode';
import type { FlagHealth, FlagView, FolderFlags } from '../../../server/src/protocol/messages.ts';
import { withFolder } from '../flag-choices.ts';
import { count, fileCount, formatValue, healthNames } from '../words.ts';
import type { Parts } from './parts.ts';
import { pickHow } from './pick-how.ts';
import { pickValue } from './pick-value.ts';
import { isUnread, type Removal, valueOfUnread } from './removal.ts';
import { currentFlags, type RemovalOptions, removeFlags } from './remove-flags.ts';

/** Arguments for keybindings, tasks and tests: which flags, and how. Without keys the user picks. */
export interface CleanUpArguments extends RemovalOptions {
  keys?: string[];
}

/** *Clean Up Flags...*: removes flags that are dead weight, each keeping the value for everybody, or the one that the user names. */
export async function cleanUpFlags(parts: Parts, given: CleanUpArguments = {}): Promise<boolean> {
  const folders = await currentFlags(parts);
  if (folders === undefined) return false;
  const items = deadFlags(folders);
  if (items.length === 0) {
    void sayNothingToCleanUp();
    return false;
  }
  const picked = given.keys ? items.filter(({ flag }) => given.keys?.includes(flag.key)) : await pick(items);
  if (picked === undefined || picked.length === 0) return false;
  const removals = await withValues(picked);
  if (removals === undefined) return false;
  const how = given.keys ? given : await pickHow(removals);
  return how !== undefined && removeFlags(parts, removals, how);
}

type Item = vscode.QuickPickItem & { folder: string; flag: FlagView };

/** In which order they are offered. Flags that live, and those of which nothing is known, are left to *Remove Flag...*. */
const dead: readonly FlagHealth[] = ['constant', 'unused', 'expired', 'stale'];

function pick(items: readonly Item[]): Thenable<Item[] | undefined> {
  const listed = dead.flatMap((health) => {
    const own = items.filter(({ flag }) => flag.health === health);
    const separator = { label: healthNames[health], kind: vscode.QuickPickItemKind.Separator };
    return own.length === 0 ? [] : [separator as Item, ...own];
  });
  return vscode.window.showQuickPick(listed, {
    title: 'Clean Up Flags',
    placeHolder: 'Pick flags to remove from all files',
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
}

function deadFlags(folders: readonly FolderFlags[]): Item[] {
  return folders.flatMap(({ folder, name, flags }) =>
    flags
      .filter(({ health }) => dead.includes(health))
      .map((flag) => ({
        label: flag.key,
        description: withFolder(folders.length, name, [whatStays(flag), count(fileCount(flag), 'file')]),
        detail: flag.reason,
        folder,
        flag,
      })),
  );
}

function whatStays(flag: FlagView): string {
  if (isUnread(flag)) return 'only its definition goes';
  return flag.value === undefined ? 'asks what to keep' : `keeps ${formatValue(flag.value)}`;
}

/** Asks for the values that are not certain, one after another; undefined when the user backs out. */
async function withValues(picked: readonly Item[]): Promise<Removal[] | undefined> {
  const removals: Removal[] = [];
  for (const [index, { folder, flag }] of picked.entries()) {
    const title = `Remove Flag “${flag.key}” (${index + 1} of ${picked.length})`;
    const keep = flag.value ?? valueOfUnread(flag) ?? (await pickValue(flag, title));
    if (keep === undefined) return undefined;
    removals.push({ folder, key: flag.key, keep, unread: isUnread(flag) });
  }
  return removals;
}

async function sayNothingToCleanUp(): Promise<void> {
  const other = 'Remove Flag...';
  const choice = await vscode.window.showInformationMessage(
    'No flag is constant, unread, expired or stale, so there is nothing to clean up. Any flag can be removed by naming the value to keep.',
    other,
  );
  if (choice === other) await vscode.commands.executeCommand('switchyard.removeFlag');
}
