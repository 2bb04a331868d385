import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { nodeHost } from '../../server/src/host/node-host.ts';
import type { FileFilter } from '../../server/src/host/ports.ts';
import { matchRenames } from '../../server/src/host/renames.ts';
import { removeTempFolders, type TempFolder, tempFolder, tempRepository } from '../cli/temp-folder.ts';

const filter: FileFilter = { exclude: [], maxFileSizeKb: 100 };

/** Changes since a commit as `status path`, with the base path of renames. */
async function changesOf(folder: TempFolder, commit = 'HEAD', root = folder.root, more = filter): Promise<string[]> {
  const { git } = nodeHost(root);
  const changes = await git.changedFiles(folder.git('rev-parse', commit), more, neverCancelled);
  return changes.map((one) => `${one.status} ${one.path}${one.basePath === one.path ? '' : ` < ${one.basePath}`}`);
}

const lines = (name: string, count = 12) =>
  Array.from({ length: count }, (_, i) => `export const ${name}${i} = ${i};\n`).join('');

describe('changed files', () => {
  after(removeTempFolders);

  it('are those that were committed, staged, left unstaged, or never added', async () => {
    const folder = tempRepository({
      'a.ts': 'a',
      'b.ts': 'b',
      'c.ts': 'c',
      'd.ts': 'd',
      'e.ts': 'e',
      '.gitignore': 'ignored.ts',
    });
    folder.write({ 'a.ts': 'a2' });
    folder.commit('second');
    folder.write({ 'b.ts': 'b2' });
    folder.git('add', 'b.ts');
    folder.write({ 'c.ts': 'c2', 'new one.ts': 'n', 'ignored.ts': 'i', 'readme.md': 'r', 'dist/x.js': 'x' });
    folder.remove('d.ts');
    assert.deepEqual(await changesOf(folder, 'HEAD~1'), [
      'modified a.ts',
      'modified b.ts',
      'modified c.ts',
      'deleted d.ts',
      'added new one.ts',
    ]);
  });

  it('are renames before and after they are staged', async () => {
    const folder = tempRepository({ 'src/cart.ts': lines('cart'), 'src/same.ts': lines('same') });
    mkdirSync(join(folder.root, 'src/shop'));
    renameSync(join(folder.root, 'src/cart.ts'), join(folder.root, 'src/shop/basket.ts'));
    renameSync(join(folder.root, 'src/same.ts'), join(folder.root, 'src/shop/same.ts'));
    folder.write({ 'src/shop/basket.ts': `${lines('cart')}export const more = 1;\n`, 'src/other.ts': lines('other') });
    const expected = [
      'added src/other.ts',
      'renamed src/shop/basket.ts < src/cart.ts',
      'renamed src/shop/same.ts < src/same.ts',
    ];
    assert.deepEqual(await changesOf(folder), expected);
    folder.git('add', '-A');
    assert.deepEqual(await changesOf(folder), expected);
    folder.commit();
    assert.deepEqual(await changesOf(folder, 'HEAD~1'), expected);
  });

  it('count from the folder, which may lie inside the repository', async () => {
    const folder = tempRepository({ 'packages/a/x.ts': 'x', 'packages/b/y.ts': 'y' });
    folder.write({ 'packages/a/x.ts': 'x2', 'packages/b/y.ts': 'y2', 'packages/a/z.ts': 'z' });
    const root = join(folder.root, 'packages/a');
    assert.deepEqual(await changesOf(folder, 'HEAD', root), ['modified x.ts', 'added z.ts']);
    const texts = await nodeHost(root).git.readBase(folder.git('rev-parse', 'HEAD'), ['x.ts', 'y.ts'], neverCancelled);
    assert.deepEqual([...texts], [['x.ts', 'x']]);
  });

  it('leave out what is not analysed: excluded, oversized, links, and files that only left the index', async () => {
    const folder = tempRepository({ 'big.ts': 'small', 'link.ts': 'no link', 'gen/g.ts': 'g', 'kept.ts': 'kept' });
    folder.write({ 'big.ts': 'x'.repeat(200_000), 'gen/g.ts': 'g2' });
    folder.remove('link.ts');
    symlinkSync('kept.ts', join(folder.root, 'link.ts'));
    folder.git('rm', '-q', '--cached', 'kept.ts');
    assert.deepEqual(await changesOf(folder, 'HEAD', folder.root, { ...filter, exclude: ['gen'] }), [
      'modified kept.ts',
    ]);
  });

  it('give texts of the base as they were, whatever is in them', async () => {
    const files: Record<string, string | Buffer> = {
      'bom.ts': '\uFEFFexport {};\r\n',
      'empty.ts': '',
      'grüße 1.ts': "export const s = '🚂';\n",
      'binary.ts': Buffer.from([0, 1, 2, 255]),
      'latin.ts': Buffer.from('// caf\xe9\n', 'latin1'),
    };
    const folder = tempRepository(files);
    const { git } = nodeHost(folder.root);
    const asked = [...Object.keys(files), 'missing.ts', 'line\nbreak.ts'];
    const texts = await git.readBase(folder.git('rev-parse', 'HEAD'), asked, neverCancelled);
    assert.deepEqual([...texts.keys()], ['bom.ts', 'empty.ts', 'grüße 1.ts']);
    for (const [path, text] of texts) assert.equal(text, files[path]);
  });

  it('run nothing that the repository brings along', async () => {
    const folder = tempRepository({ 'a.ts': 'a\n', '.gitattributes': '*.ts filter=evil diff=evil\n' });
    const trap = join(folder.root, '.git', 'trap.sh');
    folder.write({ '.git/trap.sh': `#!/bin/sh\ntouch "${folder.root}/.git/sprung"\ncat\n` });
    chmodSync(trap, 0o755);
    for (const name of [
      'filter.evil.clean',
      'filter.evil.smudge',
      'diff.external',
      'diff.evil.textconv',
      'diff.evil.command',
      'core.fsmonitor',
      'core.pager',
    ])
      folder.git('config', name, trap);
    folder.git('config', 'filter.evil.required', 'true');
    folder.write({ '.git/hooks/post-index-change': `#!/bin/sh\n${trap}\n`, 'a.ts': 'b\n' });
    chmodSync(join(folder.root, '.git/hooks/post-index-change'), 0o755);
    const host = nodeHost(folder.root);
    const commit = folder.git('-c', 'core.fsmonitor=false', 'rev-parse', 'HEAD');
    await host.git.findBase(undefined, neverCancelled);
    await host.files.list(filter, neverCancelled);
    const changes = await host.git.changedFiles(commit, filter, neverCancelled);
    await host.git.readBase(commit, ['a.ts'], neverCancelled);
    assert.deepEqual(
      changes.map((one) => one.path),
      ['a.ts'],
    );
    const sprung = () => existsSync(join(folder.root, '.git', 'sprung'));
    assert.equal(sprung(), false);
    folder.git('diff', '--stat', 'HEAD');
    assert.equal(sprung(), true, 'the trap works');
  });

  it('are not asked when nobody waits any more', async () => {
    const folder = tempRepository({ 'a.ts': 'a' });
    const git = nodeHost(folder.root).git;
    await assert.rejects(git.findBase(undefined, { isCancellationRequested: true }), { name: 'Cancelled' });
  });
});

describe('the state of HEAD', () => {
  after(removeTempFolders);

  it('moves with commits, branches, the index and git itself, and with nothing else', async () => {
    const folder = tempFolder({ 'a.ts': 'a' });
    const { git } = nodeHost(folder.root);
    const seen = [git.headState()];
    const moves = async (what: () => void) => {
      what();
      await git.findBase(undefined, neverCancelled);
      seen.push(git.headState());
    };
    await moves(() => folder.git('init', '-q', '-b', 'main'));
    await moves(() => folder.commit());
    await moves(() => folder.git('switch', '-q', '-c', 'feature/one'));
    await moves(() => folder.commit('again'));
    await moves(() => folder.git('branch', '-f', 'main'));
    await moves(() => folder.git('pack-refs', '--all'));
    assert.equal(new Set(seen).size, seen.length, seen.join('\n'));
    folder.write({ 'a.ts': 'b' });
    assert.equal(git.headState(), seen.at(-1));
    folder.git('add', '-A');
    assert.notEqual(git.headState(), seen.at(-1));
  });
});

describe('renames', () => {
  const text = (...names: string[]) => names.map((name) => `export const ${name} = compute('${name}');`).join('\n');

  it('go to the likest file, and of equals to the one with the same name', () => {
    const gone = [
      { path: 'a/index.ts', text: text('one', 'two', 'three') },
      { path: 'b/index.ts', text: text('four', 'five', 'six') },
    ];
    const added = [
      { path: 'c/index.ts', text: text('four', 'five', 'six', 'seven') },
      { path: 'c/other.ts', text: text('one', 'two', 'three') },
      { path: 'd/index.ts', text: text('one', 'two', 'three') },
    ];
    assert.deepEqual([...matchRenames(gone, added)].sort(), [
      ['c/index.ts', 'b/index.ts'],
      ['d/index.ts', 'a/index.ts'],
    ]);
  });

  it('need half of the lines and the same ending', () => {
    const gone = [{ path: 'a.ts', text: text('one', 'two', 'three', 'four') }];
    assert.equal(matchRenames(gone, [{ path: 'b.ts', text: text('one', 'x', 'y', 'z') }]).size, 0);
    assert.equal(matchRenames(gone, [{ path: 'a.js', text: gone[0]!.text }]).size, 0);
  });
});
