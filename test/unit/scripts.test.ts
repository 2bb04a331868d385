import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { firstDifference } from '../../scripts/install/modules.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { makeSample } from '../../scripts/sample.mjs';

describe('what npm start and npm test stand on', () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-scripts-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('makes the sample the same on every run, half committed and half not', async () => {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
    await makeSample(folder);
    const first = git('rev-parse', 'main', 'HEAD');
    fs.writeFileSync(path.join(folder, 'left-over.ts'), '');
    await makeSample(folder);
    assert.equal(git('rev-parse', 'main', 'HEAD'), first);
    assert.equal(git('branch', '--show-current'), 'checkout-rework');
    const committed = git('diff', '--name-only', 'main', 'HEAD').split('\n');
    const uncommitted = git('status', '--porcelain').split('\n');
    assert.ok(committed.includes('src/http/refunds.ts') && committed.length >= 4, committed.join());
    assert.ok(uncommitted.includes('M src/payments/charge.ts') || uncommitted.includes(' M src/payments/charge.ts'));
    assert.ok(!fs.existsSync(path.join(folder, 'left-over.ts')));
  });

  it('sees which package is missing or other than locked', () => {
    const write = (file: string, packages: object) => {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), JSON.stringify({ packages }));
    };
    const a = { version: '1.0.0', integrity: 'sha512-a' };
    write('package-lock.json', { '': {}, 'node_modules/a': a, 'node_modules/other-system': { ...a, optional: true } });
    assert.equal(firstDifference(folder), 'nothing is installed yet');
    write('node_modules/.package-lock.json', {});
    assert.equal(firstDifference(folder), 'a is missing');
    write('node_modules/.package-lock.json', { 'node_modules/a': { ...a, version: '0.9.0' } });
    assert.equal(firstDifference(folder), 'a is 0.9.0, not 1.0.0');
    write('node_modules/.package-lock.json', { 'node_modules/a': a });
    assert.equal(firstDifference(folder), 'a is missing', 'its folder was deleted by hand');
    write('node_modules/a/package.json', {});
    assert.equal(firstDifference(folder), undefined);
  });

  it('refuses with a sentence: a folder that does not exist, a port that is taken, an unknown option', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    for (const [args, sentence] of [
      [[path.join(folder, 'nowhere')], /nowhere does not exist: name a folder/],
      [['--port', `${port}`, folder], /Port \d+ cannot be used .*: name another with --port/],
      [['--port', 'http'], /--port wants a number/],
      [['--chek'], /Unknown option '--chek'/],
    ] as const) {
      const { status, stderr } = spawnSync(process.execPath, ['scripts/start.mjs', ...args], {
        cwd: root,
        encoding: 'utf8',
      });
      assert.equal(status, 1);
      assert.match(stderr, sentence);
      assert.doesNotMatch(stderr, /^\s+at /m);
    }
    server.close();
  });
});
