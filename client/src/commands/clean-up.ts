import * as vscode from 'vscode';
import type { FolderFlags } from '../../../server/src/protocol/messages.ts';
import { withFolder } from '../flag-choices.ts';
import { count, fileCount, formatValue } from '../words.ts';
import type { Parts } from './parts.ts';
import { currentFlags, type Removal, type RemovalOptions, removeFlags } from './remove-flags.ts';

/** Arguments for keybindings, tasks and tests: which flags, and whether to preview. Without them the user picks. */
export interface CleanUpArguments extends RemovalOptions {
  keys?: string[];
}

/** *Clean Up Flags...*: removes flags that have one value for everybody, keeping that value. */
export async function cleanUpFlags(parts: Parts, given: CleanUpArguments = {}): Promise<boolean> {
  const folders = await currentFlags(parts);
  if (folders === undefined) return false;
  const items = constantFlags(folders);
  if (items.length === 0) {
    void sayNothingToCleanUp();
    return false;
  }
  const picked = given.keys ? items.filter((item) => given.keys?.includes(item.removal.key)) : await pick(items);
  if (picked === undefined || picked.length === 0) return false;
  return removeFlags(
    parts,
    picked.map((item) => item.removal),
    given,
  );
}

type Item = vscode.QuickPickItem & { removal: Removal };

function pick(items: Item[]) {
  return vscode.window.showQuickPick(items, {
    title: 'Clean Up Flags',
    placeHolder: 'Pick flags to remove; each keeps its value',
    canPickMany: true,
    matchOnDetail: true,
  });
}

/** Only these are offered: a removal is safe where the value is certain. */
function constantFlags(folders: readonly FolderFlags[]): Item[] {
  return folders.flatMap(({ folder, name, flags }) =>
    flags
      .filter((flag) => flag.health === 'constant' && flag.value !== undefined)
      .map((flag) => ({
        label: flag.key,
        description: withFolder(folders.length, name, [
          `keeps ${formatValue(flag.value!)}`,
          count(fileCount(flag), 'file'),
        ]),
        detail: flag.reason,
        removal: { folder, key: flag.key, keep: flag.value! },
      })),
  );
}

async function sayNothingToCleanUp(): Promise<void> {
  const other = 'Remove Flag...';
  const choice = await vscode.window.showInformationMessage(
    'No flag is known to have one value for everybody, so there is nothing to clean up. Any flag can be removed by naming the value to keep.',
    other,
  );
  if (choice === other) await vscode.commands.executeCommand('switchyard.removeFlag');
}
