import * as vscode from 'vscode';
import type { FlagView, Place } from '../../../server/src/protocol/messages.ts';
import { type FlagChoice, flagChoices } from '../flag-choices.ts';
import { peek, reveal } from '../places.ts';
import { sayNoFlags } from './no-flags.ts';
import type { Parts } from './parts.ts';
import { currentFlags } from './remove-flags.ts';

const showReads: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('references'), tooltip: 'Show All Reads' };
const remove: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Remove Flag...' };

type Item = FlagChoice & { detail?: string; buttons: vscode.QuickInputButton[] };

/** *Find Flag...*: opens a flag's definition, or else its first read; buttons show all reads or remove it. */
export async function findFlag(parts: Parts): Promise<void> {
  const folders = await currentFlags(parts);
  if (folders === undefined) return;
  const items: Item[] = flagChoices(folders).map((choice) => ({
    ...choice,
    ...(choice.flag.description !== undefined && { detail: choice.flag.description }),
    buttons: [...(choice.flag.reads.length > 0 ? [showReads] : []), remove],
  }));
  if (items.length === 0) return sayNoFlags();
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = 'Find Flag';
  picker.placeholder = 'Enter opens where it is defined, or else its first read';
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = items;
  picker.onDidAccept(() => {
    const flag = picker.activeItems[0]?.flag;
    picker.hide();
    const place = flag && (flag.definitions[0] ?? flag.reads[0]);
    if (place) void reveal(place);
  });
  picker.onDidTriggerItemButton(({ button, item: { folder, flag } }) => {
    picker.hide();
    if (button === remove) void vscode.commands.executeCommand('switchyard.removeFlag', { folder, flag });
    else void showFlagReads({ flag });
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

/** Opens the first read, with the editor's own list of all reads and definitions. */
export async function showFlagReads({ flag }: { flag: FlagView }): Promise<void> {
  const places: Place[] = [...flag.reads, ...flag.definitions];
  const first = places[0];
  if (first === undefined) return;
  await reveal(first);
  await peek(first.uri, first.range.start, places);
}
