import * as vscode from 'vscode';
import type { FlagView } from '../../../server/src/protocol/messages.ts';
import { formatValue, parseValue } from '../words.ts';
import type { FlagValue } from './removal.ts';

/** Asks for the value whose side of the code stays: what everybody gets comes first, where that is known. */
export async function pickValue(flag: FlagView, title = `Remove Flag “${flag.key}”`): Promise<FlagValue | undefined> {
  const values = flag.values.length > 0 ? flag.values : [true, false];
  const items: (vscode.QuickPickItem & { value?: FlagValue })[] = values.map((value) => ({
    label: formatValue(value),
    description: value === flag.value ? 'the value for everybody' : undefined,
    value,
  }));
  items.push({ label: 'Another Value...', description: 'a text or a number' });
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Which value do you keep? The code runs as if the flag always had it',
  });
  if (picked === undefined || picked.value !== undefined) return picked?.value;
  const typed = await vscode.window.showInputBox({
    title,
    prompt: 'The value to keep. A number is a number, anything else is text; quotes make a number a text.',
    validateInput: (text) => (text.trim() === '' ? 'Type the value to keep.' : undefined),
  });
  return typed === undefined ? undefined : parseValue(typed);
}
