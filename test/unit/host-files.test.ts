import assert from 'node:assert/strict';
import { chmodSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { compileGlobs } from '../../server/src/host/globs.ts';
import { nodeHost } from '../../server/src/host/node-host.ts';
import { inSlices } from '../../server/src/host/slices.ts';
import { isAnalysedPath, isMinified } from '../../server/src/host/source-files.ts';
import { removeTempFolders, type TempFolder, tempFolder } from '../cli/temp-folder.ts';

const filter = { exclude: [] as string[], maxFileSizeKb: 100 };
const list = async (folder: TempFolder, more = filter) =>
  (await nodeHost(folder.root).files.list(more, neverCancelled)).map((file) => file.path);

/** What a folder looks like that has something of everything. */
const mixed = {
  '.gitignore': '*.gen.ts\nlogs/\n!kept.gen.ts\n',
  'package.json': '{}',
  'tsconfig.json': '{}',
  'switchyard.jsonc': '{}',
  '.env.example': '',
  'package-lock.json': '{}',
  'README.md': '',
  'src/app.tsx': '',
  'src/worker.mjs': '',
  'src/types.d.ts': '',
  'src/env.d.mts': '',
  'src/a.gen.ts': '',
  'src/kept.gen.ts': '',
  'src/deep/.gitignore': '/local.ts\n!b.gen.ts\n',
  'src/deep/local.ts': '',
  'src/deep/b.gen.ts': '',
  'src/build/plan.ts': '',
  'logs/x.ts': '',
  'node_modules/x/index.js': '',
  'dist/app.js': '',
  'build/app.js': '',
  'packages/a/out/x.js': '',
  'packages/a/coverage/x.js': '',
  'vendor/lib.ts': '',
  'public/jquery.min.js': '',
  'public/app.bundle.js': '',
  '.storybook/main.ts': '',
};
const kept = [
  '.env.example',
  '.storybook/main.ts',
  'package.json',
  'src/app.tsx',
  'src/build/plan.ts',
  'src/deep/b.gen.ts',
  'src/kept.gen.ts',
  'src/worker.mjs',
  'switchyard.jsonc',
  'tsconfig.json',
];

describe('files of a folder', () => {
  after(removeTempFolders);

  it('are the same within git and without', async () => {
    const folder = tempFolder(mixed);
    assert.deepEqual(await list(folder), kept);
    folder.git('init', '-q');
    assert.deepEqual(await list(folder), kept, 'untracked');
    folder.git('add', '-A', '--force');
    assert.deepEqual(
      await list(folder),
      [...kept, 'logs/x.ts', 'src/a.gen.ts', 'src/deep/local.ts'].sort(),
      'tracked by force',
    );
  });

  it('do not hold what is gone, links, oversized or excluded files', async () => {
    const folder = tempFolder({
      'a.ts': 'a',
      'big.ts': 'x'.repeat(200_000),
      'gone.ts': '',
      'old/deep/b.ts': '',
      'c.story.ts': '',
    });
    folder.git('init', '-q');
    folder.git('add', '-A');
    folder.remove('gone.ts');
    symlinkSync('a.ts', join(folder.root, 'link.ts'));
    assert.deepEqual(await list(folder), ['a.ts', 'c.story.ts', 'old/deep/b.ts']);
    assert.deepEqual(await list(folder, { ...filter, exclude: ['old', '*.story.ts'] }), ['a.ts']);
  });

  it('can be asked one by one, with the same answer', async () => {
    const folder = tempFolder(mixed);
    const among = async () =>
      (await nodeHost(folder.root).files.listAmong(Object.keys(mixed), filter, neverCancelled)).map(
        (file) => file.path,
      );
    assert.deepEqual(await among(), kept);
    folder.git('init', '-q');
    assert.deepEqual(await among(), kept);
  });

  it('beside them: what may speak of a flag or be taken along, by the same rules', async () => {
    const beside = ['.env', '.env.local', 'Dockerfile', 'README.md', 'src/a.css', 'src/b.svg', 'src/env.d.mts'];
    const others = ['src/app.ts', 'src/c.png', 'dist/a.css', 'logs/x.md', 'yarn.lock', 'src/app.min.js'];
    const texts = Object.fromEntries([...beside, ...others].map((path) => [path, '']));
    const folder = tempFolder({ '.gitignore': 'logs/\n', ...texts });
    const listed = () => nodeHost(folder.root).files.listBeside(filter, neverCancelled);
    assert.deepEqual(await listed(), beside);
    folder.git('init', '-q');
    assert.deepEqual(await listed(), beside);
  });

  it('are told apart by stat even when a program restores their time', () => {
    const folder = tempFolder({ 'a.ts': 'one' });
    const { files } = nodeHost(folder.root);
    const before = files.stat('a.ts');
    const { atime, mtime } = statSync(join(folder.root, 'a.ts'));
    folder.write({ 'a.ts': 'two' });
    utimesSync(join(folder.root, 'a.ts'), atime, mtime);
    assert.notDeepEqual(files.stat('a.ts'), before);
    assert.equal(files.stat('no.ts'), undefined);
    assert.equal(files.stat('a.ts/no.ts'), undefined);
  });

  it('are read as UTF-8 or not at all', async () => {
    const minified = `var a=1;${'function b(){return a+1}'.repeat(500)}`;
    const folder = tempFolder({
      'bom.ts': '\uFEFFx',
      'crlf.ts': 'a\r\nb',
      'latin.ts': Buffer.from('caf\xe9', 'latin1'),
      'zero.ts': 'a\0b',
      'packed.js': minified,
      'one-line.json': `[${'"a long export",'.repeat(1000)}1]`,
    });
    const texts = new Map<string, string | undefined>();
    const paths = ['bom.ts', 'crlf.ts', 'latin.ts', 'zero.ts', 'packed.js', 'one-line.json', 'gone.ts'];
    await nodeHost(folder.root).files.readAll(
      paths,
      (path, text) => texts.set(path, text?.slice(0, 4)),
      neverCancelled,
    );
    assert.deepEqual(Object.fromEntries(texts), {
      'bom.ts': '\uFEFFx',
      'crlf.ts': 'a\r\nb',
      'latin.ts': undefined,
      'zero.ts': undefined,
      'packed.js': undefined,
      'one-line.json': '["a ',
      'gone.ts': undefined,
    });
  });

  it('cannot be listed where there is no folder', async () => {
    const folder = tempFolder({ 'a.ts': '' });
    const listed = (root: string) => nodeHost(root).files.list(filter, neverCancelled);
    await assert.rejects(listed(`${folder.root}/no`), {
      name: 'UserError',
      message: `${folder.root}/no does not exist.`,
    });
    await assert.rejects(listed(`${folder.root}/a.ts`), {
      name: 'UserError',
      message: `${folder.root}/a.ts is not a folder.`,
    });
  });
});

describe('writing a source change', () => {
  after(removeTempFolders);
  const edit = (text: string) => ({
    range: { start: 0, end: 3 },
    newText: text,
    kind: 'fold' as const,
    reason: 'test',
  });

  it('changes, creates and deletes, and keeps mode and links', () => {
    const folder = tempFolder({ 'run.ts': 'one()', 'gone.ts': 'x', 'real.ts': 'one' });
    chmodSync(join(folder.root, 'run.ts'), 0o755);
    symlinkSync('real.ts', join(folder.root, 'link.ts'));
    nodeHost(folder.root).files.write([
      { path: 'run.ts', before: 'one()', edits: [edit('two')] },
      { path: 'link.ts', before: 'one', edits: [edit('two')] },
      { path: 'new/file.ts', before: undefined, edits: [{ ...edit('made'), range: { start: 0, end: 0 } }] },
      { path: 'gone.ts', before: 'x', edits: [], deleted: true },
    ]);
    assert.equal(folder.read('run.ts'), 'two()');
    assert.equal(statSync(join(folder.root, 'run.ts')).mode & 0o777, 0o755);
    assert.equal(folder.read('real.ts'), 'two');
    assert.equal(folder.read('new/file.ts'), 'made');
    assert.equal(nodeHost(folder.root).files.stat('gone.ts'), undefined);
    assert.equal(folder.git('init', '-q'), '');
    assert.doesNotMatch(folder.git('status', '--porcelain', '-uall'), /tmp/);
  });

  it('does nothing at all when one of the files moved on', () => {
    const folder = tempFolder({ 'a.ts': 'one', 'b.ts': 'changed meanwhile' });
    const changes = [
      { path: 'a.ts', before: 'one', edits: [edit('two')] },
      { path: 'b.ts', before: 'one', edits: [edit('two')] },
    ];
    assert.throws(() => nodeHost(folder.root).files.write(changes), {
      name: 'UserError',
      message: /^b\.ts has changed meanwhile; nothing/,
    });
    assert.equal(folder.read('a.ts'), 'one');
    const created = [{ path: 'a.ts', before: undefined, edits: [] }];
    assert.throws(() => nodeHost(folder.root).files.write(created), {
      message: /^a\.ts exists already; nothing was written/,
    });
  });
});

describe('names and globs', () => {
  it('tell source from build output', () => {
    const yes = ['a.cts', 'src/out/a.ts', 'lib/index.js', 'a/flags.jsonc', 'src/distribution/a.ts', 'a.test.tsx'];
    const no = [
      'a.d.cts',
      'a.d.css.ts',
      'out/a.ts',
      'src/dist/a.js',
      'a.min.mjs',
      'a.map',
      'a',
      'pkg/.next/a.js',
      'x/node_modules/y/a.ts',
    ];
    assert.deepEqual([...yes, ...no].filter(isAnalysedPath), yes);
  });

  it('exclude as .gitignore does', () => {
    const isExcluded = compileGlobs(['legacy', './top.ts', 'gen/**/*.ts', '!gen/kept.ts', 'apps/*/old/']);
    const yes = ['legacy/a.ts', 'x/legacy/a.ts', 'top.ts', 'gen/a.ts', 'gen/.hidden/a.ts', 'apps/a/old/b.ts'];
    const no = ['x/top.ts', 'gen/kept.ts', 'gen/a.js', 'apps/old/b.ts', 'legacy2/a.ts'];
    assert.deepEqual([...yes, ...no].filter(isExcluded), yes);
    assert.equal(compileGlobs([])('a.ts'), false);
  });

  it('know a minified text from one with a long line in it', () => {
    const code = 'export const a = 1;\n'.repeat(300);
    assert.equal(isMinified(`${code}const data = '${'x'.repeat(3000)}';\n`), false);
    assert.equal(isMinified('x'.repeat(5000)), true);
    assert.equal(isMinified('x'.repeat(2000)), false);
  });
});

describe('work in slices', () => {
  it('lets timers run and notices a cancellation', async () => {
    const token = { isCancellationRequested: false };
    let visited = 0;
    setTimeout(() => {
      token.isCancellationRequested = true;
    }, 5);
    const busy = () => {
      visited++;
      for (const end = performance.now() + 2; performance.now() < end; );
    };
    await assert.rejects(inSlices(Array(10_000).fill(0), busy, token), { name: 'Cancelled' });
    assert.ok(visited > 0 && visited < 100, String(visited));
  });
});
