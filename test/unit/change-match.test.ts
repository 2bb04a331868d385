import assert from 'node:assert/strict';
import { matchDeclarations } from '../../server/src/change/match.ts';
import { takeChangeFacts } from '../../server/src/facts/declarations.ts';

interface Given {
  readonly [path: string]: readonly [base: string | undefined, now: string | undefined];
}

function pairs(given: Given): string[] {
  const files = Object.entries(given).map(([path, [base, now]]) => ({
    path,
    basePath: path,
    base: base === undefined ? undefined : takeChangeFacts(path, base),
    now: now === undefined ? undefined : takeChangeFacts(path, now),
  }));
  return matchDeclarations(files).map((one) => `${one.base?.id ?? '-'} => ${one.now?.id ?? '-'}`);
}

const pay = (name: string, amount: string) => `
  export async function ${name}(card: Card, amount: number) {
    if (amount <= 0) throw new Error('nothing to pay');
    const receipt = await charge(card, ${amount});
    await ledger.save(receipt);
    return receipt.id;
  }`;

describe('declarations of base and now', () => {
  it('are left out when nothing changed, or only what no machine sees', () => {
    assert.deepEqual(pairs({ 'a.ts': [pay('pay', 'amount'), `// moved\n${pay('pay', '(amount)')}`] }), []);
  });

  it('match by id', () => {
    assert.deepEqual(pairs({ 'a.ts': [pay('pay', 'amount'), pay('pay', 'amount * 2')] }), [
      'function pay => function pay',
    ]);
  });

  it('match by likeness when they were renamed', () => {
    assert.deepEqual(pairs({ 'a.ts': [pay('pay', 'amount'), pay('payNow', 'amount * 2')] }), [
      'function pay => function payNow',
    ]);
  });

  it('match across files when they moved', () => {
    const moved = pairs({ 'a.ts': [pay('pay', 'amount'), ''], 'b.ts': [undefined, pay('pay', 'amount * 2')] });
    assert.deepEqual(moved, ['function pay => function pay']);
    assert.deepEqual(pairs({ 'a.ts': [pay('pay', 'amount'), ''], 'b.ts': [undefined, pay('pay', 'amount')] }), []);
  });

  it('are equal when only the name of what they call changed', () => {
    const caller = (name: string) =>
      `export function both(card) { if (card) return ${name}(card, 1); return undefined; }`;
    const base = pay('pay', 'amount') + caller('pay');
    assert.deepEqual(pairs({ 'a.ts': [base, pay('settle', 'amount') + caller('settle')] }), []);
    assert.deepEqual(pairs({ 'a.ts': [base, pay('pay', 'amount') + caller('refund')] }), [
      'function both => function both',
    ]);
  });

  it('match when a class is renamed or a function is written as an arrow', () => {
    const cart = (name: string, tax: string) => `class ${name} { total() { return this.sum + ${tax}; } }`;
    assert.deepEqual(pairs({ 'a.ts': [cart('Cart', '1'), cart('Basket', '2')] }), [
      'class Cart > method total => class Basket > method total',
    ]);
    assert.deepEqual(pairs({ 'a.ts': ['function f(a) { return a; }', 'const f = (a) => a;'] }), []);
  });

  it('are added or removed otherwise', () => {
    assert.deepEqual(pairs({ 'a.ts': ['function f() { one(); }', 'function g(a, b) { return a + b; }'] }).sort(), [
      '- => function g',
      'function f => -',
    ]);
  });

  it('tell the members of a deleted file', () => {
    assert.deepEqual(pairs({ 'a.ts': [pay('pay', 'amount'), undefined] }), ['function pay => -']);
  });
});
