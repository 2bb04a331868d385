import * as vscode from 'vscode';
import type { Plan } from '../../server/src/protocol/messages.ts';
import { applyEdit } from './apply-plan.ts';
import { changedLines } from './changed-lines.ts';
import type { ProtocolEdit } from './edit-plan.ts';
import { formatEdits, textAfter } from './format-changes.ts';

/** A document that a plan changes, with its texts on the way. */
interface Touched {
  readonly document: vscode.TextDocument;
  readonly before: string;
  readonly after: string;
  readonly formatted: string;
}

/**
 * Applies a plan, and then what the formatter makes of the lines that changed. A formatter only looks at a text that is there, and
 * the editor joins no two edits: so the plan is applied, undone, and applied once more with what the formatter said. What a
 * person sees afterwards is one step to undo. Returns whether anything was applied.
 */
export async function applyFormatted(plan: Plan, preview: boolean): Promise<boolean> {
  const { documentChanges = [] } = plan.edit as ProtocolEdit;
  const edited = [...new Set(documentChanges.flatMap((one) => (one.kind ? [] : (one.textDocument?.uri ?? []))))];
  const created = new Set(documentChanges.flatMap((one) => (one.kind === 'create' ? (one.uri ?? []) : [])));
  const documents = await Promise.all(
    edited.filter((uri) => !created.has(uri)).map((uri) => vscode.workspace.openTextDocument(vscode.Uri.parse(uri))),
  );
  const texts = documents.map((document) => document.getText());
  if (!(await applyEdit(plan, { preview, save: false }))) return false;
  const touched: Touched[] = [];
  for (const [index, document] of documents.entries()) {
    const [before, after] = [texts[index]!, document.getText()];
    if (before === after) continue;
    const edits = await formatEdits(document, before);
    touched.push({ document, before, after, formatted: textAfter(document, edits) });
  }
  const deleted = await goneAmong(documentChanges.flatMap((one) => (one.kind === 'delete' ? (one.uri ?? []) : [])));
  if (touched.every(({ after, formatted }) => after === formatted)) await saveAll(touched);
  else await applyAsOne(touched, deleted);
  return true;
}

async function applyAsOne(touched: readonly Touched[], deleted: readonly vscode.Uri[]): Promise<void> {
  const undone = await undo(touched);
  const edit = new vscode.WorkspaceEdit();
  for (const { document, before, after, formatted } of touched)
    replaceLines(edit, document, undone ? before : after, formatted);
  if (undone) for (const uri of deleted) edit.deleteFile(uri, { ignoreIfNotExists: true });
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true })))
    throw new Error('The flag is removed, but the formatted lines could not be written: the editor refused them.');
}

/** Takes the plan back as a person would. False where the editor did something else: then the change simply stays. */
async function undo(touched: readonly Touched[]): Promise<boolean> {
  const active = vscode.window.activeTextEditor;
  const shown = touched.some(({ document }) => document === active?.document);
  // The command undoes what the editor in front has done last.
  if (!shown) await vscode.window.showTextDocument(touched[0]!.document);
  await vscode.commands.executeCommand('undo');
  if (!shown && active) await vscode.window.showTextDocument(active.document, active.viewColumn);
  return touched.every(({ document, before }) => document.getText() === before);
}

/** Only the lines that differ, so that places in other lines stay where they are. */
function replaceLines(edit: vscode.WorkspaceEdit, document: vscode.TextDocument, from: string, to: string): void {
  const lines = to.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  for (const { before, after } of changedLines(from, to)) {
    const range = new vscode.Range(before.start, 0, before.end, 0);
    edit.replace(document.uri, document.validateRange(range), lines.slice(after.start, after.end).join(''));
  }
}

async function saveAll(touched: readonly Touched[]): Promise<void> {
  if (!vscode.workspace.getConfiguration('files').get('refactoring.autoSave', true)) return;
  for (const { document } of touched) await document.save();
}

async function goneAmong(uris: readonly string[]): Promise<vscode.Uri[]> {
  const gone: vscode.Uri[] = [];
  for (const uri of uris.map((one) => vscode.Uri.parse(one))) {
    const there = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!there) gone.push(uri);
  }
  return gone;
}
