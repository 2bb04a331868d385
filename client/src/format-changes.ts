import * as vscode from 'vscode';
import { changedLines } from './changed-lines.ts';

const languages = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'];

/** True when a formatter is chosen for code here (`editor.defaultFormatter`). */
export function hasFormatter(): boolean {
  return languages.some((languageId) => {
    const chosen = vscode.workspace.getConfiguration('editor', { languageId }).get<string | null>('defaultFormatter');
    return chosen !== null && chosen !== undefined && chosen !== '';
  });
}

/** What the person set: whether removals format the lines that they change. */
export function formatsChanges(): boolean {
  return vscode.workspace.getConfiguration('switchyard').get('removal.formatChanges', false);
}

/** The formatter's edits of the lines that changed since a text, without those of lines between them. */
export async function formatEdits(document: vscode.TextDocument, before: string): Promise<vscode.TextEdit[]> {
  const edits: vscode.TextEdit[] = [];
  for (const { after } of changedLines(before, document.getText())) {
    if (after.start === after.end) continue;
    const range = document.validateRange(new vscode.Range(after.start, 0, after.end, 0));
    const found = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
      'vscode.executeFormatRangeProvider',
      document.uri,
      range,
      formattingOptions(document),
    );
    for (const edit of found ?? []) if (!edits.some((one) => one.range.intersection(edit.range))) edits.push(edit);
  }
  return edits;
}

/** The text of a document once edits are made. */
export function textAfter(document: vscode.TextDocument, edits: readonly vscode.TextEdit[]): string {
  let text = document.getText();
  const offsets = edits.map(({ range, newText }) => ({
    start: document.offsetAt(range.start),
    end: document.offsetAt(range.end),
    newText,
  }));
  for (const { start, end, newText } of offsets.sort((a, b) => b.start - a.start))
    text = text.slice(0, start) + newText + text.slice(end);
  return text;
}

function formattingOptions({ uri, languageId }: vscode.TextDocument): vscode.FormattingOptions {
  const editor = vscode.window.visibleTextEditors.find((one) => one.document.uri.toString() === uri.toString());
  const settings = vscode.workspace.getConfiguration('editor', { uri, languageId });
  return {
    tabSize: Number(editor?.options.tabSize ?? settings.get('tabSize', 4)),
    insertSpaces: editor ? editor.options.insertSpaces !== false : settings.get('insertSpaces', true),
  };
}
