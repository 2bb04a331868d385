import * as vscode from 'vscode';
import type { FlagView } from '../../../server/src/protocol/messages.ts';
import { choiceOf, type FlagChoice, flagChoices } from '../flag-choices.ts';
import { sayNoFlags } from './no-flags.ts';
import type { Parts } from './parts.ts';
import { pickValue } from './pick-value.ts';
import type { FlagValue } from './removal.ts';
import { currentFlags, type RemovalOptions, removeFlags } from './remove-flags.ts';

/** From the Flags view a flag's node; from lenses, keybindings and tests a key, with the value to keep and whether to preview. */
export interface RemoveFlagArguments extends RemovalOptions {
  folder?: string;
  flag?: FlagView;
  key?: string;
  keep?: FlagValue;
}

/** *Remove Flag...*: any flag, keeping the value that the user names. */
export async function removeFlag(parts: Parts, given: RemoveFlagArguments = {}): Promise<boolean> {
  const { folder, key, keep: named } = given;
  if (folder !== undefined && key !== undefined && named !== undefined)
    return removeFlags(parts, [{ folder, key, keep: named }], given);
  const target = given.flag && given.folder ? { folder: given.folder, flag: given.flag } : await pickFlag(parts, given);
  if (target === undefined) return false;
  const keep = given.keep ?? (await pickValue(target.flag));
  if (keep === undefined) return false;
  return removeFlags(parts, [{ folder: target.folder, key: target.flag.key, keep }], given);
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
