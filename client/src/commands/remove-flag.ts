import * as vscode from 'vscode';
import type { FlagView } from '../../../server/src/protocol/messages.ts';
import { flagDescription, formatValue, healthNames, parseValue } from '../words.ts';
import type { Parts } from './parts.ts';
import { currentFlags, describe, type FlagItem, type FlagValue, removeFlags } from './remove-flags.ts';

/** From the Flags view a flag's node; from keybindings and tests a key, with the value to keep and whether to preview. */
export interface RemoveFlagArguments {
  folder?: string;
  flag?: FlagView;
  key?: string;
  keep?: FlagValue;
  preview?: boolean;
}

/** *Remove Flag...*: any flag, keeping the value that the user names. */
export async function removeFlag(parts: Parts, given: RemoveFlagArguments = {}): Promise<boolean> {
  const target =
    given.flag && given.folder ? { folder: given.folder, flag: given.flag } : await pickFlag(parts, given.key);
  if (target === undefined) return false;
  const keep = given.keep ?? (await pickValue(target.flag));
  if (keep === undefined) return false;
  return removeFlags(parts, [{ folder: target.folder, key: target.flag.key, keep }], given.preview);
}

async function pickFlag(parts: Parts, key?: string): Promise<{ folder: string; flag: FlagView } | undefined> {
  const folders = await currentFlags(parts);
  if (folders === undefined) return undefined;
  const items: FlagItem<{ folder: string; flag: FlagView }>[] = folders.flatMap(({ folder, name, flags }) =>
    flags.map((flag) => ({
      label: flag.key,
      description: describe(folders.length, name, [healthNames[flag.health], flagDescription(flag)]),
      folder,
      flag,
    })),
  );
  if (key !== undefined) return items.find((item) => item.flag.key === key);
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      'No flags were found here. If this code reads flags in its own way, describe that in the policy (Switchyard: Open Policy).',
    );
    return undefined;
  }
  return vscode.window.showQuickPick(items, {
    title: 'Remove Flag',
    placeHolder: 'Which flag? Next you name the value to keep',
    matchOnDescription: true,
  });
}

/** The value whose side of the code stays: what everybody gets comes first, where that is known. */
async function pickValue(flag: FlagView): Promise<FlagValue | undefined> {
  const known = flag.value === undefined ? [] : [flag.value];
  const values = [...known, ...[true, false].filter((value) => value !== flag.value)];
  const items: FlagItem<{ value?: FlagValue }>[] = values.map((value) => ({
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
