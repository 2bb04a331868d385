import * as vscode from 'vscode';
import { type FlagView, methods, type RemovalRequest } from '../../../server/src/protocol/messages.ts';
import { ask } from '../ask.ts';
import { choiceOf, type FlagChoice, flagChoices } from '../flag-choices.ts';
import { sayNoFlags } from './no-flags.ts';
import type { Parts } from './parts.ts';
import { pickValue } from './pick-value.ts';
import { type FlagValue, isUnread, type Removal, valueOfUnread } from './removal.ts';
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
  const removal = await removalOf(parts, given);
  return removal !== undefined && removeFlags(parts, [removal], given);
}

/** *Copy Removal Plan as JSON...*: the same plan for other tools; no file is changed. Returns it. */
export async function copyRemovalPlan(parts: Parts, given: RemoveFlagArguments = {}): Promise<string | undefined> {
  const removal = await removalOf(parts, given);
  if (removal === undefined) return undefined;
  const { folder, key, keep } = removal;
  const request: RemovalRequest = { folder, flags: [{ key, keep }] };
  const json = await ask<string>(parts.server, `Planning the removal of “${key}”`, methods.removalJson, request);
  if (json === undefined) return undefined;
  await vscode.env.clipboard.writeText(json);
  void vscode.window.showInformationMessage(`The plan of removing “${key}” is on the clipboard, as JSON.`);
  return json;
}

async function removalOf(parts: Parts, given: RemoveFlagArguments): Promise<Removal | undefined> {
  const { folder, key, keep: named } = given;
  if (folder !== undefined && key !== undefined && named !== undefined) return { folder, key, keep: named };
  const target = given.flag && folder !== undefined ? { folder, flag: given.flag } : await pickFlag(parts, given);
  if (target === undefined) return undefined;
  const { flag } = target;
  const keep = named ?? valueOfUnread(flag) ?? (await pickValue(flag));
  return keep === undefined ? undefined : { folder: target.folder, key: flag.key, keep, unread: isUnread(flag) };
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
