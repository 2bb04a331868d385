import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Cancelled } from '../../server/src/core/cancellation.ts';
import { openTypeChecker } from '../../server/src/host/type-checker.ts';
import { typeChecks } from '../../server/src/typecheck/check.ts';
import { removeTempFolders, type TempFolder, tempFolder } from '../cli/temp-folder.ts';

const modules = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules');
const config = JSON.stringify({
  compilerOptions: { strict: true, module: 'esnext', moduleResolution: 'bundler', target: 'es2022', types: [] },
  include: ['src'],
});
const texts = {
  'tsconfig.json': config,
  'src/shape.ts': 'export function shape(): string {\n  return "round";\n}\n',
  'src/use.ts': "import { shape } from './shape';\nexport const size: number = shape().length;\n",
  'src/other.ts': 'export const wrong: number = "1";\n',
};

describe('the type checker', function () {
  this.timeout(60_000);
  after(() => {
    for (const checks of running.splice(0)) checks.close();
    removeTempFolders();
  });

  const compilers: [string, RegExp, (folder: TempFolder) => void][] = [
    ['its own TypeScript', /^TypeScript 6\.\S+ of Switchyard$/, () => undefined],
    ["the workspace's TypeScript 7", /^TypeScript 7\.\S+ of the workspace$/, withTypeScript7],
    ["the workspace's TypeScript as a library", /^TypeScript 5\.4\.0 of the workspace$/, withLibrary],
  ];
  for (const [name, compiler, prepare] of compilers)
    describe(`with ${name}`, () => {
      let folder: TempFolder;
      before(() => {
        folder = tempFolder(texts);
        prepare(folder);
      });

      it('tells errors under texts that are laid over those on disk, and again under others', async () => {
        const check = checking(folder);
        const files = ['src/use.ts', 'src/other.ts'];
        const first = await check({}, files);
        assert.match(first.checked[0]!.compiler, compiler);
        assert.deepEqual(first.problems.map(shortly), ['src/other.ts TS2322 13']);
        const number = await check({ 'src/shape.ts': 'export const shape = (): number => 1;\n' }, files);
        assert.deepEqual(number.problems.map(shortly), ['src/use.ts TS2339 69', 'src/other.ts TS2322 13']);
        const again = await check({ 'src/other.ts': 'export const wrong = 1;\n' }, files);
        assert.deepEqual(again.problems, []);
        assert.deepEqual(again.unchecked, []);
      });

      it('tells who still imports a file that goes', async () => {
        const { problems } = await checking(folder)({ 'src/shape.ts': '' }, ['src/use.ts']);
        assert.deepEqual(problems.map(shortly), ['src/use.ts TS2306 22']);
      });
    });

  it('does not run the TypeScript of a workspace that is not trusted', async () => {
    const folder = tempFolder(texts);
    mkdirSync(join(folder.root, 'node_modules/typescript'), { recursive: true });
    folder.write({
      'node_modules/typescript/package.json': '{ "name": "typescript", "version": "5.0.0", "main": "evil.js" }',
      'node_modules/typescript/evil.js': 'require("fs").writeFileSync(__dirname + "/ran", "")',
    });
    const { checked } = await checking(folder, false)({}, ['src/use.ts']);
    assert.match(checked[0]!.compiler, /of Switchyard, because the workspace is not trusted$/);
    assert.throws(() => folder.read('node_modules/typescript/ran'));
  });

  it('falls back to its own where the one of the workspace does not start', async () => {
    const folder = tempFolder(texts);
    folder.write({ 'node_modules/typescript/package.json': '{ "name": "typescript", "version": "7.9.0" }' });
    const { checked } = await checking(folder)({}, ['src/use.ts']);
    assert.match(checked[0]!.compiler, /of Switchyard, because TypeScript 7\.9\.0 of the workspace does not start$/);
  });

  it('takes each file under the nearest configuration that has it, references followed', async () => {
    const folder = tempFolder({
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./lib" }] }',
      'tsconfig.app.json': JSON.stringify({
        extends: './base.json',
        include: ['app'],
        references: [{ path: './lib' }],
      }),
      'tsconfig.spec.json': JSON.stringify({ extends: './base.json', include: ['spec'] }),
      'base.json': JSON.stringify({ compilerOptions: { strict: true, module: 'esnext', moduleResolution: 'bundler' } }),
      'lib/tsconfig.json': JSON.stringify({ compilerOptions: { strict: false, composite: true }, include: ['.'] }),
      'lib/loose.ts': 'export function loose(a): string { return a; }\n',
      'app/strict.ts': "import { loose } from '../lib/loose';\nexport const b: number = loose(1);\n",
      'spec/strict.spec.ts': 'export function implicit(a) { return a; }\n',
      'scripts/none.ts': 'export const a: string = 1;\n',
      'app/page.vue': '<template></template>',
    });
    const files = ['lib/loose.ts', 'app/strict.ts', 'spec/strict.spec.ts', 'scripts/none.ts', 'app/page.vue'];
    const report = await checking(folder)({}, files);
    assert.deepEqual(report.problems.map(shortly), ['app/strict.ts TS2322 51', 'spec/strict.spec.ts TS7006 25']);
    assert.deepEqual(report.unchecked, [
      { path: 'app/page.vue', reason: 'TypeScript does not read .vue' },
      { path: 'scripts/none.ts', reason: 'in no tsconfig.json' },
    ]);
  });

  it('says which JavaScript it did not check', async () => {
    const folder = tempFolder({
      'tsconfig.json': '{ "compilerOptions": { "allowJs": true, "noEmit": true }, "include": ["."] }',
      'plain.js': 'const one = 1; one.b();\n',
      'asked.js': '// @ts-check\nconst a = 1; a.b();\n',
    });
    for (const prepare of [() => undefined, withTypeScript7]) {
      prepare(folder);
      const report = await checking(folder)({}, ['plain.js', 'asked.js']);
      assert.deepEqual(report.unchecked, [{ path: 'plain.js', reason: 'JavaScript without checkJs' }]);
      assert.deepEqual(report.problems.map(shortly), ['asked.js TS2339 28']);
    }
  });

  it('names the packages that are not there', async () => {
    const folder = tempFolder({
      ...texts,
      'src/use.ts': "import { a } from 'absent';\nimport b from './gone';\nvoid a, b;\n",
    });
    const { unresolved } = await checking(folder)({}, ['src/use.ts']);
    assert.deepEqual(unresolved, ['absent']);
  });

  it('stops waiting for its process when it is cancelled', async () => {
    const serve = new URL('../../server/src/typecheck/serve.ts', import.meta.url).href;
    const entry = `import { serveTypeChecks } from '${serve}';\nserveTypeChecks();\n`;
    const folder = tempFolder({ ...texts, 'entry.mts': entry });
    const checker = openTypeChecker(folder.root, join(folder.root, 'entry.mts'), true).start();
    const token = { isCancellationRequested: false };
    const checked = checker.check(new Map(), ['src/other.ts'], token);
    token.isCancellationRequested = true;
    await assert.rejects(checked, Cancelled);
    checker.close();
  });
});

const running: ReturnType<typeof typeChecks>[] = [];

function checking(folder: TempFolder, trusted = true) {
  const checks = typeChecks();
  running.push(checks);
  return (texts: Record<string, string>, files: readonly string[]) =>
    checks.check({ id: 1, root: folder.root, trusted, texts: Object.entries(texts), files }, () => undefined);
}

function shortly({ path, code, start }: { path: string; code: number; start: number }): string {
  return `${path} TS${code} ${start}`;
}

function withTypeScript7(folder: TempFolder): void {
  for (const name of ['typescript', '@typescript']) {
    mkdirSync(join(folder.root, 'node_modules'), { recursive: true });
    symlinkSync(join(modules, name), join(folder.root, 'node_modules', name));
  }
}

/** Another version under its name: how it is found is what matters, and that it brings its own standard library. */
function withLibrary(folder: TempFolder): void {
  const place = join(folder.root, 'node_modules/typescript');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{ "name": "typescript", "version": "5.4.0", "main": "main.js" }');
  const common = JSON.stringify(join(modules, '@ts-morph/common/dist/typescript.js'));
  const libs = JSON.stringify(join(modules, `@typescript/typescript-${process.platform}-${process.arch}/lib/lib.d.ts`));
  writeFileSync(
    join(place, 'main.js'),
    `module.exports = { ...require(${common}), getDefaultLibFilePath: () => ${libs} };\n`,
  );
}
