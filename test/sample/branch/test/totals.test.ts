import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cartTotal } from '../src/checkout/totals.ts';

const cart = { user: 'ada', lines: [{ sku: 'tea', price: 400, count: 2 }] };

test('cartTotal is net unless told otherwise', () => {
  assert.equal(cartTotal(cart), 800);
  assert.equal(cartTotal(cart, true), 1000);
});
