import * as vscode from 'vscode';
import { formatsChanges, hasFormatter } from '../format-changes.ts';
import { repositoryOf } from '../git.ts';
import type { Removal } from './removal.ts';
import type { RemovalOptions } from './remove-flags.ts';

type Item = vscode.QuickPickItem & { option: 'branches' | 'format' };

/** Asks how flags are removed, where there is a choice: nothing has to be ticked. `undefined` when the user backs out. */
export async function pickHow(removals: readonly Removal[]): Promise<RemovalOptions | undefined> {
  const items: Item[] = [];
  if (await repositoryOf(vscode.Uri.parse(removals[0]!.folder)))
    items.push({
      option: 'branches',
      label: 'One branch and one commit for each flag',
      detail:
        'Instead of the preview. The working tree has to be clean; each branch starts where the one before ended.',
    });
  if (hasFormatter())
    items.push({
      option: 'format',
      label: 'Format the lines that change',
      detail: 'With the formatter that is chosen for this workspace.',
      picked: formatsChanges(),
    });
  if (items.length === 0) return {};
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Clean Up Flags: How?',
    placeHolder: 'Optional. Without a tick: preview, then one step',
    canPickMany: true,
  });
  const options = picked?.map(({ option }) => option);
  return options && { branches: options.includes('branches'), format: options.includes('format') };
}
