// Bundles the suite for the extension host, which loads CommonJS: one file a test file, `vscode` and `mocha` left outside.
import fs from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { artifacts, root } from '../../../scripts/lib/paths.mjs';

const outside = new Set(['vscode', 'mocha']);

/** Writes .artifacts/e2e/index.cjs and a .test.cjs for every test/e2e/*.test.ts; gives the folder. */
export async function bundleSuite() {
  const source = path.join(root, 'test/e2e');
  const target = path.join(artifacts, 'e2e');
  const tests = fs.readdirSync(source).filter((name) => name.endsWith('.test.ts'));
  const input = { index: path.join(source, 'index.ts') };
  for (const name of tests) input[name.slice(0, -'.ts'.length)] = path.join(source, name);
  fs.rmSync(target, { recursive: true, force: true });
  const bundle = await rolldown({ input, platform: 'node', external: (id) => outside.has(id) });
  await bundle.write({
    dir: target,
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'shared/[name].cjs',
  });
  await bundle.close();
  return target;
}
