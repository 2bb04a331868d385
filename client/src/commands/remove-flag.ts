import * as vscode from 'vscode';
import type { FlagView } from '../../../server/src/protocol/messages.ts';
import { choiceOf, type FlagChoice, flagChoices } from '../flag-choices.ts';
import { formatValue, parseValue } from '../words.ts';
import { sayNoFlags } from './no-flags.ts';
import type { Parts } from './parts.ts';
import { currentFlags, type FlagValue, removeFlags } from './remove-flags.ts';

/** From the Flags view a flag's node; from lenses, keybindings and tests a key, with the value to keep and whether to preview. */
export interface RemoveFlagArguments {
  folder?: string;
  flag?: FlagView;
  key?: string;
  keep?: FlagValue;
  preview?: boolean;
}

/** *Remove Flag...*: any flag, keeping the value that the user names. */
export async function removeFlag(parts: Parts, given: RemoveFlagArguments = {}): Promise<boolean> {
  const target = given.flag && given.folder ? { folder: given.folder, flag: given.flag } : await pickFlag(parts, given);
  if (target === undefined) return false;
  const keep = given.keep ?? (await pickValue(target.flag));
  if (keep === undefined) return false;
  return removeFlags(parts, [{ folder: target.folder, key: target.flag.key, keep }], given.preview);
}

async function pickFlag(parts: Parts, { key, folder }: RemoveFlagArguments): Promise<FlagChoice | undefined> {
  const folders = await currentFlags(parts);
  if (folders === undefined) return undefined;
  const choices = flagChoices(folders);
  if (key !== undefined) return choiceOf(choices, { key, folder });
  if (choices.length === 0) {
    void sayNoFlags();
    return undefined;
  }
  return vscode.window.showQuickPick(choices, {
    title: 'Remove Flag',
    placeHolder: 'Which flag? Next you name the value to keep',
    matchOnDescription: true,
  });
}

/** The value whose side of the code stays: what everybody gets comes first, where that is known. */
async function pickValue(flag: FlagView): Promise<FlagValue | undefined> {
  const known = flag.value === undefined ? [] : [flag.value];
  const values = [...known, ...[true, false].filter((value) => value !== flag.value)];
  const items: (vscode.QuickPickItem & { value?: FlagValue })[] = values.map((value) => ({
    label: formatValue(value),
    description: value === flag.value ? 'the value for everybody' : undefined,
    value,
  }));
  items.push({ label: 'Another Value...', description: 'a text or a number' });
  const picked = await vscode.window.showQuickPick(items, {
    title: `Remove Flag “${flag.key}”`,
    placeHolder: 'Which value do you keep? The code runs as if the flag always had it',
  });
  if (picked === undefined || picked.value !== undefined) return picked?.value;
  const typed = await vscode.window.showInputBox({
    title: `Remove Flag “${flag.key}”`,
    prompt: 'The value to keep. A number is a number, anything else is text; quotes make a number a text.',
    validateInput: (text) => (text.trim() === '' ? 'Type the value to keep.' : undefined),
  });
  return typed === undefined ? undefined : parseValue(typed);
}
