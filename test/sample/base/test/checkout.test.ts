import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkout } from '../src/checkout/checkout.ts';

test('an order that the gateway refuses is declined', async () => {
  globalThis.fetch = async () => new Response('', { status: 402 });
  const receipt = await checkout({ user: 'ada', lines: [] }, 'A1');
  assert.deepEqual(receipt, { order: 'A1', state: 'declined' });
});
