import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { makeVsix } from '../../scripts/package.mjs';
import { rules } from '../../server/src/rules/registry.generated.ts';
import { entriesOf } from './zip.ts';

/** What diagnostics link to. */
const rulePage = /^extension\/docs\/rules\/([\w-]+\/)?[\w-]+\.md$/;

describe('the VSIX', () => {
  let names: string[] = [];

  before(async function () {
    this.timeout(120_000);
    const { vsix } = await makeVsix();
    names = entriesOf(fs.readFileSync(vsix)).map(({ name }) => name);
  });

  it('holds what the extension needs, and nothing else', () => {
    const allowed = [
      /^\[Content_Types\]\.xml$/,
      /^extension\.vsixmanifest$/,
      /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/i,
      /^extension\/dist\/(client|server)\.cjs$/,
      /^extension\/dist\/chunks\/[\w-]+\.cjs$/,
      /^extension\/media\/[\w-]+\.(svg|png)$/,
      /^extension\/schemas\/[\w.-]+\.json$/,
      /^extension\/syntaxes\/[\w.-]+\.json$/,
      rulePage,
    ];
    assert.deepEqual(
      names.filter((name) => !allowed.some((pattern) => pattern.test(name))),
      [],
    );
  });

  it('holds every file that package.json names', () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    const named = [manifest.main, manifest.icon, ...filesNamedIn(manifest.contributes)];
    assert.ok(named.length >= 4, `only ${named} are named`);
    for (const file of named) assert.ok(names.includes(path.posix.join('extension', file)), `${file} is missing`);
  });

  it('has the page of every rule', () => {
    const missing = rules.filter(({ id }) => !names.includes(`extension/docs/rules/${id}.md`));
    assert.deepEqual(missing, []);
  });

  it('has no native code, no source and no test', () => {
    assert.ok(names.length > 5);
    assert.deepEqual(
      names.filter(
        (name) =>
          !rulePage.test(name) &&
          /\.(node|wasm|so|dll|dylib|exe|ts|map)$|(^|\/)(test|tests|fixtures|node_modules|src)\//.test(name),
      ),
      [],
    );
  });

  it('has the compiler once, and apart from what the server loads at its start', () => {
    const compilers = [
      'dist/client.cjs',
      'dist/server.cjs',
      ...fs.readdirSync(path.join(root, 'dist/chunks')).map((name) => `dist/chunks/${name}`),
    ];
    const holding = compilers.filter((file) =>
      fs.readFileSync(path.join(root, file), 'utf8').includes('function createTypeChecker('),
    );
    assert.equal(holding.length, 1, `the compiler is in ${holding.join(', ') || 'no file'}`);
    assert.match(holding[0]!, /^dist\/chunks\//);
  });
});

/** Paths of files anywhere in the contributions: strings that begin with a folder of the repository and end in a file. */
function filesNamedIn(value: unknown): string[] {
  if (typeof value === 'string') return /^(\.\/)?(media|schemas|syntaxes)\/[^*]+\.\w+$/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(filesNamedIn);
}
