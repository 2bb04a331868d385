import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { diagnostics, expected, finding, noFinding, open, restore, until, untouched } from './sample.ts';

describe('findings', () => {
  before(untouched);
  afterEach(restore);

  for (const [file, rule] of expected) {
    it(`${rule} stands in ${file}, with a code that leads to its page`, async () => {
      await open(file);
      const found = await finding(file, rule);
      assert.ok(typeof found.code === 'object');
      assert.ok(found.code.target.path.endsWith(`docs/rules/${rule}.md`), found.code.target.toString());
      assert.ok(found.message.length > 10, found.message);
    });
  }

  it('a removed check is shown as related information, with the text that went', async () => {
    const found = await finding('src/http/refunds.ts', 'risk/auth-check-removed');
    const related = found.relatedInformation ?? [];
    assert.ok(
      related.some((one) => one.message.includes('requirePermission')),
      JSON.stringify(related),
    );
  });

  it('a risk behind a flag, with a tag or with its test is no problem', () => {
    for (const file of ['src/checkout/loyalty.ts', 'src/payments/gateway.ts', 'src/checkout/totals.ts'])
      assert.deepEqual(diagnostics(file), [], file);
  });

  it('an unsaved edit takes a finding away, and undoing it brings it back', async () => {
    const file = 'src/shipping/quotes.ts';
    await finding(file, 'risk/timeout-changed');
    const editor = await open(file);
    const at = editor.document.getText().indexOf('timeout(200)') + 'timeout('.length;
    const range = new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + 3));
    await editor.edit((edit) => edit.replace(range, '2_000'));
    assert.ok(editor.document.isDirty);
    await noFinding(file, 'risk/timeout-changed');
    await vscode.commands.executeCommand('undo');
    await finding(file, 'risk/timeout-changed');
  });

  it('an unsaved edit brings a finding', async () => {
    const file = 'src/gifts/gift-cards.ts';
    assert.deepEqual(diagnostics(file, 'flags/mistyped-key'), []);
    const editor = await open(file);
    const at = editor.document.getText().indexOf("-cards'");
    await editor.edit((edit) => edit.insert(editor.document.positionAt(at), 't'));
    const found = await until('the finding', () => diagnostics(file, 'flags/mistyped-key')[0]);
    assert.match(found.message, /giftt-cards/);
    assert.equal(editor.document.getText(found.range).replaceAll("'", ''), 'giftt-cards');
  });
});
