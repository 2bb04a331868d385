import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { diagnostics, finding, noFinding, restore, until, untouched, uriOf } from './sample.ts';

const policy = 'switchyard.jsonc';

describe('policy', () => {
  before(untouched);
  afterEach(restore);

  it('opens as a commented file, written where there is none', async () => {
    await vscode.commands.executeCommand('switchyard.openPolicy');
    const document = await until('the policy in an editor', () => vscode.window.activeTextEditor?.document);
    assert.ok(document.uri.path.endsWith(policy));
    assert.equal(document.languageId, 'jsonc');
    assert.match(document.getText(), /\/\//);
    assert.ok(fs.existsSync(uriOf(policy).fsPath));
    assert.deepEqual(diagnostics(policy), []);
  });

  it('shows an error at its place, keeps the last good policy, and heals', async () => {
    fs.writeFileSync(uriOf(policy).fsPath, '{ "rules": { "tests/untested-change": "off" } }\n');
    const editor = await vscode.window.showTextDocument(uriOf(policy), { preview: false });
    await noFinding('src/invoices/invoice.ts', 'tests/untested-change');

    await replaceAll(editor, '{ "rules": { "tests/untested-change": "loud" } }\n');
    const problem = await until('the error', () => diagnostics(policy)[0]);
    assert.equal(editor.document.getText(problem.range), '"loud"');
    assert.deepEqual(diagnostics('src/invoices/invoice.ts', 'tests/untested-change'), [], 'the last good one holds');

    await replaceAll(editor, '{ "rules": { "tests/untested-change": "error" } }\n');
    await until('no error', () => diagnostics(policy).length === 0);
    const back = await finding('src/invoices/invoice.ts', 'tests/untested-change');
    assert.equal(back.severity, vscode.DiagnosticSeverity.Error);
  });

  it('completes its entries from the schema', async () => {
    fs.writeFileSync(uriOf(policy).fsPath, '{  }\n');
    await vscode.window.showTextDocument(uriOf(policy), { preview: false });
    const labels = await until('completions', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uriOf(policy),
        new vscode.Position(0, 2),
      );
      const found = list.items.map((item) => (typeof item.label === 'string' ? item.label : item.label.label));
      return found.length > 0 && found;
    });
    for (const entry of ['rules', 'flags', 'base']) assert.ok(labels.includes(entry), labels.join(', '));
  });
});

async function replaceAll(editor: vscode.TextEditor, text: string): Promise<void> {
  const all = new vscode.Range(new vscode.Position(0, 0), editor.document.positionAt(editor.document.getText().length));
  await editor.edit((edit) => edit.replace(all, text));
}
