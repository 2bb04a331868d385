import assert from 'node:assert/strict';
import { definesFor, definitionTree, speaksFor } from '../../server/src/flags/definitions/definition-scope.ts';
import { generatedNames } from '../../server/src/flags/definitions/generated-names.ts';
import { memberName } from '../../server/src/flags/definitions/member-name.ts';
import { nearKeys } from '../../server/src/flags/definitions/near-key.ts';
import type { FlagDefinition, FlagRead } from '../../server/src/flags/flag.ts';

describe('nearKeys', () => {
  const near = (key: string, ...known: string[]) => nearKeys(known)(key);

  it('finds slips, other spellings, and the nearest of several', () => {
    assert.equal(near('new-chekout', 'new-checkout', 'old-cart'), 'new-checkout');
    assert.equal(near('newCheckout', 'new-checkout'), 'new-checkout');
    assert.equal(near('NEW_CHECKOUT', 'new-checkout'), 'new-checkout');
    assert.equal(
      near('enable-payment-retries-everywhere', 'enable-payment-retry-everywhere'),
      'enable-payment-retry-everywhere',
    );
    assert.equal(near('serach', 'search', 'searches'), 'search');
    assert.equal(near('abd', 'abc', 'abe'), 'abc');
  });

  it('finds nothing among keys that are merely alike', () => {
    assert.equal(near('beta', 'alpha'), undefined);
    assert.equal(near('ab', 'cd'), undefined);
    assert.equal(near('flow-v1', 'flow-v2'), undefined);
    assert.equal(near('flow-2024', 'flow-2025'), undefined);
    assert.equal(near('new-cart', 'old-cart'), undefined);
    assert.equal(near('x', 'x'), undefined);
    assert.equal(near('x'), undefined);
  });

  it('does not take a number for another spelling', () => {
    assert.equal(near('flow-2', 'flow2'), 'flow2');
    assert.equal(near('flow-1', 'flow2'), undefined);
  });
});

describe('definition scope', () => {
  const definition = (path: string) => ({ path }) as FlagDefinition;
  const read = (path: string) => ({ path }) as FlagRead;

  it('is the workspace, but for tests, examples and documentation', () => {
    const trees = {
      'flags.json': '',
      'apps/shop/config/flags.json': '',
      'packages/a/test/flags.json': 'packages/a/test',
      'test/fixtures/shop/flags.json': 'test/fixtures/shop',
      'examples/shop/config/flags.json': 'examples/shop',
      'examples/flags.json': 'examples',
      'examples/shop/e2e/flags.json': 'examples/shop/e2e',
      'src/__mocks__/flags.json': 'src/__mocks__',
    };
    for (const [path, tree] of Object.entries(trees)) assert.equal(definitionTree(path), tree, path);
  });

  it('tells where a definition counts, and what it can say of unknown keys', () => {
    assert.equal(definesFor(definition('flags.json'), 'examples/a/x.ts'), true);
    assert.equal(definesFor(definition('examples/a/flags.json'), 'examples/a/src/x.ts'), true);
    assert.equal(definesFor(definition('examples/a/flags.json'), 'examples/ab/x.ts'), false);
    assert.equal(definesFor(definition('test/flags.json'), 'src/x.ts'), false);
    assert.equal(speaksFor(definition('flags.json'), read('src/x.ts')), true);
    assert.equal(speaksFor(definition('flags.json'), read('src/demo/x.ts')), true);
    assert.equal(speaksFor(definition('flags.json'), read('examples/a/x.ts')), false);
    assert.equal(speaksFor(definition('examples/a/flags.json'), read('examples/a/x.ts')), true);
  });
});

describe('names made from keys', () => {
  it('follows the spelling of most siblings', () => {
    const name = (key: string, ...siblings: [string, string][]) =>
      memberName(
        key,
        siblings.map(([name, key]) => ({ name, key })),
      );
    assert.equal(name('old-cart', ['NewCart', 'new-cart'], ['X', 'y']), 'OldCart');
    assert.equal(name('oldCart', ['NEW_CART', 'newCart']), 'OLD_CART');
    assert.equal(name('old.cart', ['new_cart', 'new.cart']), 'old_cart');
    assert.equal(name('old-cart', ['flagNewCart', 'new-cart']), 'oldCart');
    assert.equal(name('old-cart'), 'OldCart');
  });

  it('knows what openfeature generate makes of a key', () => {
    assert.deepEqual(generatedNames('new-checkout'), [
      'newCheckout',
      'NewCheckout',
      'useNewCheckout',
      'useSuspenseNewCheckout',
      'newCheckoutDetails',
      'NEW_CHECKOUT',
    ]);
  });
});
