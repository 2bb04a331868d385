import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { applyFix, fixes, noFinding, restore, textOf, untouched, uriOf } from './sample.ts';

describe('quick fixes', () => {
  before(untouched);
  afterEach(restore);

  it('change a key to the one that was meant', async () => {
    await applyFix('src/checkout/checkout.ts', 'flags/mistyped-key', /^Change to 'new-checkout'/);
    await noFinding('src/checkout/checkout.ts', 'flags/mistyped-key');
    assert.ok(!textOf('src/checkout/checkout.ts').includes('new-chekout'));
  });

  it('define a flag that is read', async () => {
    await applyFix('src/checkout/checkout.ts', 'flags/mistyped-key', /^Define 'new-chekout'/);
    await noFinding('src/checkout/checkout.ts', 'flags/mistyped-key');
    assert.ok('new-chekout' in definitions());
  });

  it('delete a definition that nothing reads', async () => {
    await applyFix('flags.flagd.json', 'flags/unused-definition', /^Delete the definition/);
    await noFinding('flags.flagd.json', 'flags/unused-definition');
    assert.ok(!('holiday-theme' in definitions()));
  });

  it('remove a dead toggle from code and definitions', async () => {
    await applyFix('src/shipping/quotes.ts', 'flags/constant', /^Remove dead toggle/);
    await noFinding('src/shipping/quotes.ts', 'flags/constant');
    const text = textOf('src/shipping/quotes.ts');
    assert.ok(!text.includes('free-shipping-banner') && !text.includes('Shipping is added'), text);
    assert.match(text, /return cents === 0 \? 'Free shipping!'/);
    assert.ok(!('free-shipping-banner' in definitions()));
  });

  it('wrap a risk in a flag, with the code of the base as the other side', async () => {
    const file = 'src/payments/charge.ts';
    await applyFix(file, 'risk/catch-removed', /wrap in flag/i);
    await noFinding(file, 'risk/catch-removed');
    assert.match(textOf(file), /if \(await features\.getBooleanValue\('[\w-]+', false.*\) \{/);
    assert.match(textOf(file), /catch \(error\)/);
  });

  it('account for a risk with a delivery tag', async () => {
    await applyFix('src/http/refunds.ts', 'risk/auth-check-removed', /delivery tag/i);
    assert.match(textOf('src/http/refunds.ts'), /@risk\(auth/);
  });

  it('create a test that fails until it is written', async () => {
    await applyFix('src/invoices/invoice.ts', 'tests/untested-change', /create (a )?test/i);
    await noFinding('src/invoices/invoice.ts', 'tests/untested-change');
    const created = vscode.window.activeTextEditor?.document;
    assert.match(created?.uri.path ?? '', /invoice\.test\.ts$/);
    assert.match(created?.getText() ?? '', /node:test/);
    assert.match(created?.getText() ?? '', /invoiceNumber/);
  });

  it('offer a flag where statements changed, and a delivery tag for every risk', async () => {
    const titles = async (file: string, rule: string) => (await fixes(file, rule)).map((one) => one.title).join('\n');
    const risk = await titles('src/payments/charge.ts', 'risk/catch-removed');
    assert.match(risk, /wrap in flag/i);
    assert.match(risk, /delivery tag/i);
    assert.match(await titles('src/storefront/receipt-mail.ts', 'risk/default-flipped'), /delivery tag/i);
  });
});

/** The flags of the definition file as it is now, in the editor or on disk. */
function definitions(): Record<string, unknown> {
  assert.ok(fs.existsSync(uriOf('flags.flagd.json').fsPath));
  return JSON.parse(textOf('flags.flagd.json')).flags;
}
