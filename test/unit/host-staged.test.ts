import assert from 'node:assert/strict';
import { join } from 'node:path';
import { nodeHost } from '../../server/src/host/node-host.ts';
import { createSession } from '../../server/src/session/session.ts';
import { removeTempFolders, type TempFolder, tempFolder, tempRepository } from '../cli/temp-folder.ts';

const timeout = (ms: number) => `export const load = (url: string) => fetch(url, { timeout: ${ms} });\n`;

/** `path: message` of what is found in the folder against a base. */
async function found(folder: TempFolder, base: string, staged = false): Promise<string[]> {
  const cache = tempFolder().root;
  const session = createSession({ host: nodeHost(folder.root, cache), base, staged });
  const { findings, failures } = await session.analyse();
  assert.deepEqual(failures, []);
  return findings
    .filter(({ rule }) => rule === 'risk/timeout-changed')
    .map(({ path, message }) => `${path}: ${message.split(':')[0]}`);
}

describe('the change, as git has it', () => {
  after(removeTempFolders);

  it('is what is staged and nothing else, where that is asked', async () => {
    const folder = tempRepository({ 'src/a.ts': timeout(100), 'src/b.ts': timeout(100), 'src/c.ts': timeout(100) });
    folder.write({ 'src/a.ts': timeout(200) });
    folder.git('add', 'src/a.ts');
    folder.write({ 'src/a.ts': timeout(300), 'src/b.ts': timeout(400), 'src/new.ts': timeout(500) });
    assert.deepEqual(await found(folder, 'HEAD', true), ["src/a.ts: The timeout of 'fetch' went from 100 to 200"]);
    assert.deepEqual(await found(folder, 'HEAD'), [
      "src/a.ts: The timeout of 'fetch' went from 100 to 300",
      "src/b.ts: The timeout of 'fetch' went from 100 to 400",
    ]);
  });

  it('is both sides of a merge', async () => {
    const folder = tempRepository({ 'src/a.ts': timeout(100), 'src/b.ts': timeout(100) });
    const base = folder.git('rev-parse', 'HEAD').trim();
    folder.git('switch', '--quiet', '--create', 'side');
    folder.write({ 'src/a.ts': timeout(200) });
    folder.commit('side');
    folder.git('switch', '--quiet', '-');
    folder.write({ 'src/b.ts': timeout(300) });
    folder.commit('trunk');
    folder.git('merge', '--quiet', '--no-edit', 'side');
    assert.deepEqual(await found(folder, base), [
      "src/a.ts: The timeout of 'fetch' went from 100 to 200",
      "src/b.ts: The timeout of 'fetch' went from 100 to 300",
    ]);
  });

  it('leaves out what a sparse checkout does not hold', async () => {
    const folder = tempRepository({ 'src/a.ts': timeout(100), 'far/b.ts': timeout(100) });
    folder.git('sparse-checkout', 'set', '--cone', 'src');
    folder.write({ 'src/a.ts': timeout(200) });
    const session = createSession({ host: nodeHost(folder.root, tempFolder().root), base: 'HEAD' });
    const { change } = await session.analyse();
    assert.deepEqual(
      change?.files.map(({ path }) => path),
      ['src/a.ts'],
    );
  });

  it('leaves out a submodule, which is a repository of its own', async () => {
    const inner = tempRepository({ 'lib.ts': timeout(100) });
    const folder = tempRepository({ 'src/a.ts': timeout(100) });
    folder.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'lib');
    folder.commit('with a library');
    inner.write({ 'lib.ts': timeout(900) });
    inner.commit('slower');
    folder.git('-C', join(folder.root, 'lib'), '-c', 'protocol.file.allow=always', 'pull', '--quiet');
    folder.write({ 'src/a.ts': timeout(200) });
    assert.deepEqual(await found(folder, 'HEAD'), ["src/a.ts: The timeout of 'fetch' went from 100 to 200"]);
  });

  it('leaves out files that are no text in UTF-8, and tells the others', async () => {
    const folder = tempRepository({
      'src/a.ts': timeout(100),
      'src/latin.ts': timeout(100),
      'src/bytes.ts': timeout(100),
    });
    folder.write({
      'src/a.ts': timeout(200),
      'src/latin.ts': Buffer.concat([Buffer.from(timeout(200)), Buffer.from([0x2f, 0x2f, 0xe9, 0x0a])]),
      'src/bytes.ts': Buffer.from([0, 1, 2, 3, 0xff]),
    });
    const session = createSession({ host: nodeHost(folder.root, tempFolder().root), base: 'HEAD' });
    const { change } = await session.analyse();
    assert.deepEqual(
      change?.files.map(({ path }) => path),
      ['src/a.ts'],
    );
  });
});
