import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refundOrder } from '../src/http/refunds.ts';
import { renderInvoice } from '../src/invoices/render.ts';
import { shippingNote } from '../src/shipping/quotes.ts';
import { receiptMail } from '../src/storefront/receipt-mail.ts';
import { styleSheet } from '../src/storefront/theme.ts';

const order = { id: 'A1', user: 'ada', total: 900, placed: new Date(0) };

test('a refund is at most the total', async () => {
  assert.equal(await refundOrder({ user: 'eve', permissions: ['orders:refund'] }, order, 2000), 900);
});

test('the mail names order and state', () => {
  assert.match(receiptMail({ order: 'A1', state: 'paid' })[0] ?? '', /A1: paid/);
});

test('the shop front speaks of shipping and has a style', async () => {
  assert.match(await shippingNote(0), /shipping/i);
  assert.match(await styleSheet('se'), /\.css$/);
});

test('an invoice names its number', async () => {
  assert.match(await renderInvoice(order, '7'), /invoice 7/i);
});
