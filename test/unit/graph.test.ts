import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FileFacts } from '../../server/src/facts/file-facts.ts';
import { buildGraph, updateGraph } from '../../server/src/facts/module-graph.ts';
import { takeFacts } from '../../server/src/facts/take-facts.ts';

const recipe = {
  names: new Set<string>(),
  properties: new Set<string>(),
  defines: [],
  packages: new Set<string>(),
  id: 'test',
};

function factsOf(files: Readonly<Record<string, string>>): Map<string, FileFacts> {
  return new Map(Object.entries(files).map(([path, text]) => [path, takeFacts(path, text, recipe)]));
}

function resolver(paths: readonly string[], configs: Readonly<Record<string, string>> = {}) {
  const graph = buildGraph(
    factsOf(Object.fromEntries(paths.map((path) => [path, '']))),
    new Map(Object.entries(configs)),
  );
  return (from: string, specifier: string) => graph.resolve(from, specifier);
}

describe('graph: resolution', () => {
  it('follows relative specifiers as TypeScript does', () => {
    const resolve = resolver([
      'src/a.ts',
      'src/b.tsx',
      'src/c/index.ts',
      'src/d.mts',
      'src/e.js',
      'src/f.ts',
      'src/f/index.ts',
      'index.ts',
    ]);
    assert.equal(resolve('src/x.ts', './a'), 'src/a.ts');
    assert.equal(resolve('src/x.ts', './a.js'), 'src/a.ts');
    assert.equal(resolve('src/x.ts', './b.js'), 'src/b.tsx');
    assert.equal(resolve('src/x.ts', './b.jsx'), 'src/b.tsx');
    assert.equal(resolve('src/x.ts', './c'), 'src/c/index.ts');
    assert.equal(resolve('src/c/y.ts', '.'), 'src/c/index.ts');
    assert.equal(resolve('src/x.ts', './d.mjs'), 'src/d.mts');
    assert.equal(resolve('src/x.ts', './e.js'), 'src/e.js');
    assert.equal(resolve('src/x.ts', './f'), 'src/f.ts');
    assert.equal(resolve('src/x.ts', '..'), 'index.ts');
    assert.equal(resolve('src/x.ts', './a?raw'), 'src/a.ts');
    assert.equal(resolve('src/x.ts', './missing'), undefined);
    assert.equal(resolve('src/x.ts', '../../outside'), undefined);
    assert.equal(resolve('src/x.ts', 'node:fs'), undefined);
  });

  it('follows paths and baseUrl of the nearest config, and what it extends', () => {
    const resolve = resolver(['app/src/a.ts', 'app/src/lib/b.ts', 'app/gen/b.ts', 'shared/s.ts', 'other/src/o.ts'], {
      'tsconfig.base.json': `{ "compilerOptions": { "paths": { "shared/*": ["./shared/*"] } } }`,
      'app/tsconfig.json': `{ /* c */ "extends": "../tsconfig.base", "compilerOptions": { "baseUrl": "src", "paths": { "@/*": ["../gen/*", "./*"], "exact": ["a.ts"], }, }, }`,
      'other/tsconfig.json': `{ "extends": ["../tsconfig.base.json"] }`,
    });
    assert.equal(resolve('app/src/x.ts', '@/a'), 'app/src/a.ts');
    assert.equal(resolve('app/src/x.ts', '@/b'), 'app/gen/b.ts');
    assert.equal(resolve('app/src/x.ts', 'exact'), 'app/src/a.ts');
    assert.equal(resolve('app/src/x.ts', 'lib/b'), 'app/src/lib/b.ts');
    assert.equal(resolve('other/src/x.ts', 'shared/s'), 'shared/s.ts');
    assert.equal(resolve('other/src/x.ts', '@/a'), undefined);
  });

  it('follows packages of the workspace to their sources', () => {
    const resolve = resolver(
      [
        'packages/a/src/index.ts',
        'packages/a/src/deep/x.ts',
        'packages/b/lib/main.js',
        'packages/c/index.ts',
        'packages/d/src/feat/one.ts',
      ],
      {
        'packages/a/package.json': `{ "name": "@acme/a", "main": "./dist/index.js" }`,
        'packages/b/package.json': `{ "name": "b", "main": "lib/main" }`,
        'packages/c/package.json': `{ "name": "c" }`,
        'packages/d/package.json': `{ "name": "@acme/d", "exports": { "./features/*": { "types": "./dist/feat/*.d.ts", "default": "./dist/feat/*.js" } } }`,
        'broken/package.json': `{ "name": `,
      },
    );
    assert.equal(resolve('x.ts', '@acme/a'), 'packages/a/src/index.ts');
    assert.equal(resolve('x.ts', '@acme/a/deep/x'), 'packages/a/src/deep/x.ts');
    assert.equal(resolve('x.ts', 'b'), 'packages/b/lib/main.js');
    assert.equal(resolve('x.ts', 'c'), 'packages/c/index.ts');
    assert.equal(resolve('x.ts', '@acme/d/features/one'), 'packages/d/src/feat/one.ts');
    assert.equal(resolve('x.ts', '@acme'), undefined);
    assert.equal(resolve('x.ts', 'react'), undefined);
  });
});

describe('graph: edges', () => {
  it('gives imports and importers without type-only imports', () => {
    const graph = buildGraph(
      factsOf({
        'a.ts': `import { x } from './b'; import type { T } from './c'; import { type U } from './d'; export * from './e';`,
        'b.ts': `const c = require('./c');`,
        'c.ts': '',
        'd.ts': '',
        'e.ts': `import('./b');`,
      }),
      new Map(),
    );
    assert.deepEqual(graph.importsOf('a.ts'), ['b.ts', 'e.ts']);
    assert.deepEqual(graph.importersOf('b.ts'), ['a.ts', 'e.ts']);
    assert.deepEqual(graph.importersOf('c.ts'), ['b.ts']);
    assert.deepEqual(graph.importersOf('d.ts'), []);
    assert.deepEqual(graph.importsOf('none.ts'), []);
  });

  it('is after any edits what it is from scratch', () => {
    const names = ['a', 'b', 'c', 'd'];
    const text = fc.subarray(names).map((used) => used.map((name) => `import './${name}';`).join('\n'));
    const edit = fc.record({
      path: fc.constantFrom(...names),
      text: fc.option(text, { nil: undefined }),
      look: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const files = factsOf(Object.fromEntries(names.map((name) => [`${name}.ts`, ''])));
        let graph = buildGraph(files, new Map());
        for (const { path, text, look } of edits) {
          if (text === undefined) files.delete(`${path}.ts`);
          else files.set(`${path}.ts`, takeFacts(`${path}.ts`, text, recipe));
          graph = updateGraph(graph, files, new Map());
          if (!look) continue;
          const scratch = buildGraph(files, new Map());
          for (const name of names) {
            assert.deepEqual(graph.importsOf(`${name}.ts`), scratch.importsOf(`${name}.ts`));
            assert.deepEqual(graph.importersOf(`${name}.ts`), scratch.importersOf(`${name}.ts`));
          }
        }
      }),
    );
  });
});
