import * as vscode from 'vscode';
import {
  type ChangeFinding,
  methods,
  type Plan,
  type SuggestKeyRequest,
  type WrapRequest,
} from '../../../server/src/protocol/messages.ts';
import { applyPlan } from '../apply-plan.ts';
import { ask } from '../ask.ts';
import { reveal } from '../places.ts';
import { keyProblem } from '../words.ts';
import type { Parts } from './parts.ts';

/** From the view a finding's node; from keybindings and tests the key. Otherwise the selection, and the user types the key. */
export interface WrapArguments {
  finding?: ChangeFinding;
  key?: string;
}

/** *Wrap in Flag...*: the selected statements run only when a new flag is on; else the code of the base runs. */
export async function wrapInFlag(parts: Parts, given: WrapArguments = {}): Promise<boolean> {
  const editor = given.finding ? await reveal(given.finding.place) : vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage('Open a file and select the statements to wrap.');
    return false;
  }
  const { document } = editor;
  const range = plainRange(editor.selection);
  const uri = document.uri.toString();
  const version = document.version;
  const key = given.key ?? (await askKey(parts, { uri, range }));
  if (key === undefined) return false;
  const request: WrapRequest = { uri, version, range, key };
  const plan = await ask<Plan>(parts.server, `Wrapping in flag “${key}”`, methods.planWrap, request);
  return plan !== undefined && applyPlan(plan, `Wrapped in flag “${key}”.`);
}

async function askKey(parts: Parts, place: SuggestKeyRequest): Promise<string | undefined> {
  const value = await ask<string>(parts.server, 'Looking for a key', methods.suggestKey, place);
  if (value === undefined) return undefined;
  const known = new Set(parts.store.current?.flags.flatMap(({ flags }) => flags.map((flag) => flag.key)));
  const typed = await vscode.window.showInputBox({
    title: 'Wrap in Flag',
    prompt: 'The key of the flag that switches this code on',
    value,
    validateInput: (text) => {
      const problem = keyProblem(text);
      if (problem) return problem;
      const message = 'This flag exists already: the code will hang on it too.';
      return known.has(text) ? { message, severity: vscode.InputBoxValidationSeverity.Info } : undefined;
    },
  });
  return typed?.trim();
}

function plainRange({ start, end }: vscode.Range): WrapRequest['range'] {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}
