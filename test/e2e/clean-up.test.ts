import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { allFindings, noFinding, open, restore, textOf, until, untouched, uriOf } from './sample.ts';

const keys = ['free-shipping-banner', 'legacy-invoices'];
const files = ['flags.flagd.json', 'src/shipping/quotes.ts', 'src/invoices/render.ts'];

describe('clean up flags', () => {
  before(untouched);
  afterEach(restore);

  it('removes two flags over all files and saves them', async () => {
    assert.equal(await cleanUp(), true);
    assertGone();
    for (const file of files) assert.equal(textOf(file), fs.readFileSync(uriOf(file).fsPath, 'utf8'), file);
    await until('no dead toggle', () => !allFindings().some((one) => one.includes('flags/constant')), allFindings);
  });

  it('keeps what was typed and not saved', async () => {
    const editor = await open('src/shipping/quotes.ts');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// a note above, not saved\n\n'));
    await cleanUp();
    assertGone();
    assert.ok(textOf('src/shipping/quotes.ts').startsWith('// a note above, not saved\n\n'));
  });

  it('removes a flag for a value that the user names', async () => {
    const removal = { key: 'new-checkout', keep: false, preview: false };
    await vscode.commands.executeCommand('switchyard.removeFlag', removal);
    const text = textOf('src/checkout/checkout.ts');
    assert.ok(!text.includes("'new-checkout'") && !text.includes('redeemPoints'), text);
    assert.match(text, /return charge\(order\);/);
  });

  it('wraps the selection in a flag', async () => {
    const file = 'src/payments/charge.ts';
    await select(file, 'return await capture(order.id, order.total);');
    assert.equal(await vscode.commands.executeCommand('switchyard.wrapInFlag', { key: 'plain-capture' }), true);
    assert.match(textOf(file), /if \(await features\.getBooleanValue\('plain-capture', false/);
    await noFinding(file, 'risk/catch-removed');
  });

  it('leaves a selection alone where no flag can be read, and says why', async () => {
    const file = 'src/invoices/invoice.ts';
    const before = textOf(file);
    await select(file, 'if (order.total === 0)');
    assert.ok(!(await vscode.commands.executeCommand('switchyard.wrapInFlag', { key: 'gift-numbers' })));
    assert.equal(textOf(file), before);
  });

  function assertGone(): void {
    for (const file of files)
      for (const key of keys) assert.ok(!textOf(file).includes(key), `${key} is left in ${file}:\n${textOf(file)}`);
  }
});

/** The command as a keybinding may call it: without the preview, which the tests of the workbench go through. */
function cleanUp(): Thenable<boolean> {
  return vscode.commands.executeCommand<boolean>('switchyard.cleanUpFlags', { keys, preview: false });
}

async function select(file: string, text: string): Promise<void> {
  const editor = await open(file);
  const start = editor.document.getText().indexOf(text);
  assert.ok(start >= 0, `${file} has no ${text}`);
  const [from, to] = [start, start + text.length].map((offset) => editor.document.positionAt(offset));
  editor.selection = new vscode.Selection(from!, to!);
}
