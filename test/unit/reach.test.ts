import assert from 'node:assert/strict';
import type { ModuleGraph } from '../../server/src/facts/graph.ts';
import { buildReach } from '../../server/src/testing/test-reach.ts';

const importers: Record<string, string[]> = {
  'src/cart.ts': ['src/index.ts', 'src/shop.ts'],
  'src/index.ts': ['test/helper.ts'],
  'test/helper.ts': ['test/cart.test.ts'],
  'src/shop.ts': ['src/cart.ts'],
};
let asked = 0;
const graph: ModuleGraph = {
  resolve: () => undefined,
  importsOf: () => [],
  importersOf: (path) => {
    asked++;
    return importers[path] ?? [];
  },
};
const testPaths = new Set(['test/cart.test.ts', 'test/other.test.ts']);
const text = "it('adds', () => cart.total$(1)); // subtotal";
const change = {
  baseName: 'main',
  others: [],
  trailers: [],
  files: [{ path: 'test/cart.test.ts', basePath: 'test/cart.test.ts', base: '', now: text, test: true }],
};

describe('reach of tests', () => {
  it('follows imports through other files, once, and only when asked', () => {
    asked = 0;
    const reach = buildReach({ graph, testPaths, change });
    assert.equal(asked, 0);
    assert.deepEqual(reach.testsOf('src/cart.ts'), ['test/cart.test.ts']);
    const first = asked;
    assert.deepEqual(reach.testsOf('src/cart.ts'), ['test/cart.test.ts']);
    assert.equal(asked, first);
    assert.deepEqual(reach.testsOf('src/lonely.ts'), []);
  });

  it('names a symbol only as a word', () => {
    const reach = buildReach({ graph, testPaths, change });
    assert.deepEqual(reach.changedTestsNaming('src/cart.ts', 'total$'), ['test/cart.test.ts']);
    assert.deepEqual(reach.changedTestsNaming('src/cart.ts', 'total'), []);
    assert.deepEqual(reach.changedTestsNaming('src/cart.ts', ''), []);
  });

  it('knows the packages that tests lie in or import from', () => {
    const packages: ModuleGraph = { ...graph, importsOf: () => ['packages/a/src/x.ts'] };
    const reach = buildReach({ graph: packages, testPaths: new Set(['apps/web/a.test.ts']), change });
    assert.deepEqual(
      ['apps/web/b.ts', 'packages/a/y.ts', 'packages/b/z.ts', 'src/c.ts'].map((path) => reach.hasTestsNear(path)),
      [true, true, false, true],
    );
  });

  it('counts only tests that changed', () => {
    assert.deepEqual(
      buildReach({ graph, testPaths, change: undefined }).changedTestsNaming('src/cart.ts', 'total$'),
      [],
    );
    assert.equal(buildReach({ graph, testPaths: new Set(), change }).hasTests, false);
  });
});
