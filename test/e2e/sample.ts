/** The sample as the suite sees it: waiting for what the editor shows, applying fixes, and putting everything back. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

/** What the sample has to show for itself: every kind of finding, by file. */
export const expected: readonly (readonly [file: string, rule: string])[] = [
  ['flags.flagd.json', 'flags/unused-definition'],
  ['src/checkout/checkout.ts', 'flags/mistyped-key'],
  ['src/http/refunds.ts', 'risk/auth-check-removed'],
  ['src/invoices/invoice.ts', 'tests/untested-change'],
  ['src/invoices/render.ts', 'flags/constant'],
  ['src/payments/charge.ts', 'risk/catch-removed'],
  ['src/shipping/quotes.ts', 'flags/constant'],
  ['src/shipping/quotes.ts', 'risk/timeout-changed'],
  ['src/storefront/receipt-mail.ts', 'risk/default-flipped'],
];

export const root = vscode.workspace.workspaceFolders![0]!.uri;

export function uriOf(file: string): vscode.Uri {
  return vscode.Uri.joinPath(root, file);
}

export async function open(file: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(uriOf(file), { preview: false });
}

export function textOf(file: string): string {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uriOf(file).toString());
  return document ? document.getText() : fs.readFileSync(uriOf(file).fsPath, 'utf8');
}

/** Polls until a condition holds. The failure says what was waited for and what there was instead. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  instead: () => unknown = () => '',
): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) assert.fail(`after 20 s: ${what}\n${JSON.stringify(instead(), undefined, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Switchyard's diagnostics of a file, of one rule where it is named. */
export function diagnostics(file: string, rule?: string): vscode.Diagnostic[] {
  const own = vscode.languages.getDiagnostics(uriOf(file)).filter((one) => one.source === 'switchyard');
  return rule === undefined ? own : own.filter((one) => ruleOf(one) === rule);
}

export function finding(file: string, rule: string): Promise<vscode.Diagnostic> {
  return until(`${rule} in ${file}`, () => diagnostics(file, rule)[0], allFindings);
}

export async function noFinding(file: string, rule: string): Promise<void> {
  await until(`no ${rule} in ${file}`, () => diagnostics(file, rule).length === 0, allFindings);
}

/** `file rule` of all that the Problems panel shows, sorted. Hints do not show there. */
export function allFindings(): string[] {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, list]) => list.map((one) => ({ uri, one })))
    .filter(({ one }) => one.source === 'switchyard' && one.severity !== vscode.DiagnosticSeverity.Hint)
    .map(({ uri, one }) => `${path.posix.relative(root.path, uri.path)} ${ruleOf(one)}`)
    .sort();
}

/** Waits until the findings are those of the untouched sample. In the browser VS Code saves by itself: not here. */
export async function untouched(): Promise<void> {
  const files = vscode.workspace.getConfiguration('files');
  if (files.get('autoSave') !== 'off') await files.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
  await until('every kind of finding', () => expected.every(([file, rule]) => shown(file, rule)), allFindings);
  atFirst ??= allFindings().join();
  await until('the findings of the sample', () => allFindings().join() === atFirst, allFindings);
}

let atFirst: string | undefined;

/** Dead weight shows only where the change is or in open editors, so that the definition file may have to be opened. */
function shown(file: string, rule: string): boolean {
  return rule === 'flags/unused-definition' || diagnostics(file, rule).length > 0;
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'object' ? String(code.value) : String(code);
}

/** The quick fixes at a finding, with their edits. */
export async function fixes(file: string, rule: string): Promise<vscode.CodeAction[]> {
  await open(file);
  const { range } = await finding(file, rule);
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uriOf(file),
    range,
    vscode.CodeActionKind.QuickFix.value,
    20,
  );
}

/**
 * Applies the quick fix whose title matches, as the editor does: edit, then command. An edit that asks for the refactor
 * preview is applied without it, as if *Apply* was pressed: the preview itself is tried in the workbench, by clicks.
 */
export async function applyFix(file: string, rule: string, title: RegExp): Promise<void> {
  const offered = await fixes(file, rule);
  const fix = offered.find((one) => title.test(one.title));
  // A removal is planned by its command, which is asked to leave the preview out.
  if (fix?.command?.command === 'switchyard.removeFlag') {
    const [removal] = fix.command.arguments as [object];
    assert.ok(await vscode.commands.executeCommand('switchyard.removeFlag', { ...removal, preview: false }));
    return;
  }
  assert.ok(fix?.edit, `no fix ${title} with an edit for ${rule}: ${offered.map((one) => one.title).join(', ')}`);
  assert.ok(await vscode.workspace.applyEdit(isOverFiles(fix.edit) ? textEditsOf(fix.edit) : fix.edit));
  if (fix.command) await vscode.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
}

function isOverFiles(edit: vscode.WorkspaceEdit): boolean {
  return edit.entries().length > 1;
}

/** Only the edits of texts, without the annotations that ask for a preview. */
function textEditsOf(edit: vscode.WorkspaceEdit): vscode.WorkspaceEdit {
  const plain = new vscode.WorkspaceEdit();
  for (const [uri, edits] of edit.entries()) plain.set(uri, edits);
  return plain;
}

const original = new Map(filesBelow('').map((file) => [file, fs.readFileSync(uriOf(file).fsPath)]));

/** Closes all editors without saving, writes the sample's files back, and waits for its findings. */
export async function restore(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter((one) => one.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  for (const file of filesBelow('')) if (!original.has(file)) fs.rmSync(uriOf(file).fsPath);
  for (const [file, bytes] of original) {
    const at = uriOf(file).fsPath;
    if (!fs.existsSync(at) || !fs.readFileSync(at).equals(bytes)) fs.writeFileSync(at, bytes);
  }
  await untouched();
}

function filesBelow(folder: string): string[] {
  return fs.readdirSync(uriOf(folder).fsPath, { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === '.git' ? [] : filesBelow(file);
    return [file];
  });
}
