import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { openFiles } from '../../server/src/host/files.ts';
import { openGit } from '../../server/src/host/git.ts';
import { isFix } from '../../server/src/host/history.ts';

describe('what commits before the base touched', () => {
  let root: string;
  let cache: string;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: root })
      .toString()
      .trim();
  const commit = (subject: string, file: string, text: string) => {
    fs.writeFileSync(path.join(root, file), text);
    git('add', '.');
    git('commit', '-q', '--no-gpg-sign', '-m', subject);
  };
  const history = () => openGit(root, openFiles(root), cache).history(git('rev-parse', 'HEAD'), neverCancelled);

  before(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-history-'));
    cache = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-cache-'));
    git('init', '-q', '-b', 'main');
    for (let i = 0; i < 49; i++) commit(`step ${i}`, 'a.ts', `${i}\n`);
  });

  after(() => {
    for (const folder of [root, cache]) fs.rmSync(folder, { recursive: true, force: true });
  });

  it('says nothing of a young repository', async () => {
    assert.equal(await history(), undefined);
  });

  it('tells source files and lines, newest first, and keeps the answer', async () => {
    commit('fix: total of an empty cart', 'b.ts', '1\n2\n');
    commit('notes', 'notes.md', 'x\n');
    const told = await history();
    assert.equal(told?.commits.length, 50);
    assert.deepEqual({ ...told?.commits[0], date: '' }, { date: '', fix: true, files: [{ path: 'b.ts', lines: 2 }] });
    assert.match(told?.commits[0]?.date ?? '', /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(told?.commits[1]?.files, [{ path: 'a.ts', lines: 2 }]);
    assert.equal(fs.readdirSync(cache).length, 1);
    assert.deepEqual(await history(), told);
  });

  it('knows a fix by its subject', () => {
    for (const subject of ['fix: total', 'Fixes #12', 'Revert "Add fees"', 'hotfix login', 'Bugfix for carts'])
      assert.ok(isFix(subject), subject);
    for (const subject of [
      'add fees',
      'fix typo',
      'fix lint',
      'chore: fix flaky e2e tests',
      'prefix keys',
      'fix types',
    ])
      assert.ok(!isFix(subject), subject);
  });
});
