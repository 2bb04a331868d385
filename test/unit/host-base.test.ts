import assert from 'node:assert/strict';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { nodeHost } from '../../server/src/host/node-host.ts';
import { removeTempFolders, type TempFolder, tempFolder, tempRepository } from '../cli/temp-folder.ts';

/** The base that is found, as `ref commit`, or the sentence that says why there is none. */
async function baseOf(folder: TempFolder, wanted?: string, root = folder.root): Promise<string> {
  const base = await nodeHost(root).git.findBase(wanted, neverCancelled);
  return base.kind === 'none' ? base.why : `${base.ref} ${base.commit}`;
}

const file = { 'a.ts': 'export const a = 1;\n' };

describe('the base', () => {
  let config: string | undefined;
  before(() => {
    config = process.env.GIT_CONFIG_GLOBAL;
    process.env.GIT_CONFIG_GLOBAL = '/dev/null';
  });
  after(() => {
    if (config === undefined) delete process.env.GIT_CONFIG_GLOBAL;
    else process.env.GIT_CONFIG_GLOBAL = config;
    removeTempFolders();
  });

  it('is the merge base with the default branch, not its tip', async () => {
    const folder = tempRepository(file);
    const fork = folder.git('rev-parse', 'HEAD');
    folder.git('switch', '-q', '-c', 'feature');
    folder.commit('mine');
    folder.git('switch', '-q', 'main');
    folder.commit('theirs');
    folder.git('switch', '-q', 'feature');
    assert.equal(await baseOf(folder), `main ${fork}`);
  });

  it('is HEAD on the only branch', async () => {
    const folder = tempRepository(file, 'whatever');
    assert.equal(await baseOf(folder), `HEAD ${folder.git('rev-parse', 'HEAD')}`);
    const base = await nodeHost(folder.root).git.findBase(undefined, neverCancelled);
    assert.match(base.kind === 'base' ? base.name : '', /^last commit \([0-9a-f]{7}\)$/);
  });

  it('is found on a default branch of any name, by how the repository began', async () => {
    const folder = tempRepository(file, 'production');
    const fork = folder.git('rev-parse', 'HEAD');
    for (const name of ['one', 'two', 'three']) {
      folder.git('switch', '-q', '-c', name);
      folder.commit(name);
    }
    assert.equal(await baseOf(folder), `production ${fork}`);
    folder.git('switch', '-q', 'production');
    assert.equal(await baseOf(folder), `HEAD ${fork}`);
  });

  it('is not guessed where nothing tells the default branch', async () => {
    const folder = tempRepository(file, 'one');
    folder.git('switch', '-q', '-c', 'two');
    folder.commit();
    folder.git('branch', 'three');
    folder.git('reflog', 'expire', '--expire=now', '--all');
    assert.match(
      await baseOf(folder),
      /^none of the branches \(one, three, two\) can be told as the default one; name it/,
    );
  });

  it('follows the HEAD of the remote, whatever it is called', async () => {
    const origin = tempRepository(file, 'stable');
    const clone = tempFolder();
    clone.git('clone', '-q', origin.root, '.');
    clone.git('switch', '-q', '-c', 'main');
    clone.commit('on a branch that only sounds like the default');
    assert.equal(await baseOf(clone), `origin/stable ${origin.git('rev-parse', 'HEAD')}`);
  });

  it('is what is not pushed on the default branch itself', async () => {
    const origin = tempRepository(file);
    const clone = tempFolder();
    clone.git('clone', '-q', origin.root, '.');
    clone.commit('not pushed');
    assert.equal(await baseOf(clone), `origin/main ${origin.git('rev-parse', 'HEAD')}`);
  });

  it('works without the HEAD of the remote', async () => {
    const origin = tempRepository(file, 'trunk');
    const clone = tempFolder();
    clone.git('clone', '-q', origin.root, '.');
    clone.git('remote', 'set-head', 'origin', '-d');
    clone.git('switch', '-q', '-c', 'feature');
    clone.commit();
    assert.equal(await baseOf(clone), `origin/trunk ${origin.git('rev-parse', 'HEAD')}`);
  });

  it('works with a detached HEAD', async () => {
    const folder = tempRepository(file);
    const fork = folder.git('rev-parse', 'HEAD');
    folder.git('checkout', '-q', '--detach');
    folder.commit('detached');
    assert.equal(await baseOf(folder), `main ${fork}`);
  });

  it('works in a linked work tree', async () => {
    const folder = tempRepository(file);
    const tree = tempFolder();
    folder.git('worktree', 'add', '-q', '-b', 'feature', `${tree.root}/tree`);
    assert.equal(await baseOf(tree, undefined, `${tree.root}/tree`), `main ${folder.git('rev-parse', 'main')}`);
  });

  it('is the wanted ref, also by the name that it has at the remote', async () => {
    const origin = tempRepository(file);
    origin.git('branch', 'release');
    const clone = tempFolder();
    clone.git('clone', '-q', origin.root, '.');
    clone.git('switch', '-q', '-c', 'feature');
    const commit = origin.git('rev-parse', 'HEAD');
    assert.equal(await baseOf(clone, 'release'), `origin/release ${commit}`);
    assert.equal(await baseOf(clone, commit.slice(0, 10)), `${commit.slice(0, 10)} ${commit}`);
    for (const wrong of ['no-such', '--all', 'HEAD~99'])
      await assert.rejects(baseOf(clone, wrong), {
        name: 'UserError',
        message: new RegExp(`^There is no branch, tag or commit '${wrong}' `),
      });
  });

  it('is missing with a reason before the first commit, outside git, and without a common commit', async () => {
    const empty = tempFolder(file);
    assert.equal(await baseOf(empty), 'this folder is not in a git repository');
    empty.git('init', '-q');
    assert.equal(await baseOf(empty), 'the repository has no commits yet');
    const folder = tempRepository(file);
    folder.git('switch', '-q', '--orphan', 'island');
    folder.commit();
    assert.match(await baseOf(folder), /^HEAD \([0-9a-f]{7}\) and main have no commit in common$/);
  });

  it('says how to mend a shallow clone', async () => {
    const origin = tempRepository(file);
    origin.git('switch', '-q', '-c', 'feature');
    origin.commit('1');
    origin.commit('2');
    const clone = tempFolder();
    clone.git('clone', '-q', '--depth=1', '--no-single-branch', `file://${origin.root}`, '.');
    assert.match(await baseOf(clone, 'origin/main'), /^this is a shallow clone .* run: git fetch --unshallow$/);
  });

  it('is missing in a folder that an outer repository ignores', async () => {
    const folder = tempRepository({ ...file, '.gitignore': 'scratch/\n', 'scratch/b.ts': 'export {};\n' });
    assert.equal(await baseOf(folder, undefined, `${folder.root}/scratch`), 'git ignores this folder');
    const files = await nodeHost(`${folder.root}/scratch`).files.list(
      { exclude: [], maxFileSizeKb: 9 },
      neverCancelled,
    );
    assert.deepEqual(
      files.map((one) => one.path),
      ['b.ts'],
    );
  });
});
