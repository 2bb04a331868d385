import * as vscode from 'vscode';
import { type DetectedShapes, methods, type Place, type Plan } from '../../../server/src/protocol/messages.ts';
import { applyPlan } from '../apply-plan.ts';
import { ask } from '../ask.ts';
import { reveal } from '../places.ts';
import { count } from '../words.ts';
import type { Parts } from './parts.ts';
import { pickFolder } from './pick-folder.ts';

/** Arguments for keybindings and tests: which shapes, by id. Without them the user picks. */
export interface DetectShapesArguments {
  ids?: string[];
}

const notReader: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('circle-slash'),
  tooltip: 'Not a Reader: Say So in the Policy',
};

interface Shape {
  id: string | undefined;
  denial?: string;
  place: Place;
  /** Chosen unless the user says otherwise. */
  chosen: boolean;
}

type Item = vscode.QuickPickItem & { shape?: Shape };

const showPlace: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('go-to-file'),
  tooltip: 'Show Where It Was Found',
};

/** *Detect Flag Shapes...*: proposes how this folder reads and lists flags, and writes what was chosen into its policy. */
export async function detectFlagShapes({ server }: Parts, given: DetectShapesArguments = {}): Promise<boolean> {
  const folder = await pickFolder('The flags of which folder?');
  if (folder === undefined) return false;
  const request = { folder: folder.uri.toString() };
  const found = await ask<DetectedShapes>(server, 'Looking for ways to read flags', methods.detectShapes, request);
  if (found === undefined) return false;
  const items = itemsOf(found);
  if (items.length === 0) {
    void sayNothingFound();
    return false;
  }
  const ids = given.ids ?? (await pick(items));
  if (ids === undefined || ids.length === 0) return false;
  const plan = await ask<Plan>(server, 'Writing the policy', methods.pinShapes, { ...request, ids });
  if (plan === undefined) return false;
  const applied = await applyPlan(plan, 'The policy says now how flags are read.');
  if (applied) await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'switchyard.jsonc'));
  return applied;
}

function itemsOf({ proposals, readers }: DetectedShapes): Item[] {
  const ways = proposals.map(({ id, title, reason, likely, evidence: [place] }) => ({
    label: title,
    description: likely ? '' : 'not sure',
    detail: reason,
    ...(place && { buttons: [showPlace], shape: { id, place, chosen: likely } }),
  }));
  const functions = readers.map(({ id, name, reason, uses, entry, place }) => ({
    label: name,
    description: `${count(uses, 'read')} · followed already`,
    detail: `It ${reason}.`,
    buttons: [showPlace, notReader],
    // What no entry can say is followed all the same: it is listed to be looked at, or denied.
    shape: { id: entry === undefined ? undefined : id, denial: `not:${id}`, place, chosen: false },
  }));
  return [
    ...section('Proposed: nobody named these', ways),
    ...section('Found by themselves: name them to pin them', functions),
  ];
}

function section(label: string, items: readonly Item[]): Item[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

/** The ids of what was chosen; `undefined` when the list was left. */
function pick(items: readonly Item[]): Promise<string[] | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = 'Detect Flag Shapes';
  picker.placeholder = 'Pick what goes into the policy';
  picker.canSelectMany = true;
  picker.matchOnDetail = true;
  // Looking at a place must not lose the choice.
  picker.ignoreFocusOut = true;
  picker.items = items;
  picker.selectedItems = items.filter((item) => item.shape?.chosen);
  picker.show();
  return new Promise((resolve) => {
    picker.onDidTriggerItemButton(({ button, item: { shape } }) => {
      if (button === showPlace) return void (shape && reveal(shape.place, true));
      resolve(shape?.denial === undefined ? undefined : [shape.denial]);
      picker.hide();
    });
    picker.onDidAccept(() => {
      resolve(picker.selectedItems.flatMap(({ shape }) => shape?.id ?? []));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
  });
}

async function sayNothingFound(): Promise<void> {
  const policy = 'Open Policy';
  const choice = await vscode.window.showInformationMessage(
    'No way to read flags was found beyond those that are known. One can be described in the policy.',
    policy,
  );
  if (choice === policy) await vscode.commands.executeCommand('switchyard.openPolicy');
}
