import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openParts } from '../../server/src/host/compiled-parts.ts';

const program = {
  'main.cjs': `#!/usr/bin/env node
exports.name = 'main';
const other = require('./parts/other.cjs');
exports.told = () => [other.name, other.ofMain(), require('node:path').basename(__filename), require.name].join(' ');
exports.later = async () => (await import('node:path')).posix.sep;
`,
  'parts/other.cjs': `const main = require('../main.cjs');\nexports.name = 'other';\nexports.ofMain = () => main.name;\n`,
};

interface Main {
  told(): string;
  later(): Promise<string>;
}

describe('compiled parts of a program', () => {
  let folder: string;
  let cache: string;
  const write = (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchyard-parts-'));
    cache = mkdtempSync(join(tmpdir(), 'switchyard-cache-'));
    mkdirSync(join(folder, 'parts'));
    write(program);
  });
  after(() => {
    for (const made of [folder, cache]) rmSync(made, { recursive: true, force: true });
  });

  const start = (build: string) => {
    const parts = openParts(cache, build);
    const main = parts.load(join(folder, 'main.cjs')) as Main;
    assert.equal(main.told(), 'other main main.cjs within');
    return { parts, main };
  };
  const kept = () => readdirSync(cache).sort();

  it('run as they would by themselves, in a circle and with what Node brings', async () => {
    const { main } = start('one');
    assert.equal(await main.later(), '/');
    assert.deepEqual(kept(), []);
  });

  it('are kept once for a build, for nobody else to write', () => {
    start('one').parts.keep();
    const files = kept();
    assert.equal(files.length, 2);
    if (process.getuid) assert.equal(statSync(join(cache, files[0]!)).mode & 0o777, 0o600);
    const before = files.map((file) => statSync(join(cache, file)).ino);
    start('one').parts.keep();
    const times = kept().map((file) => statSync(join(cache, file)).ino);
    assert.deepEqual(times, before, 'what is kept and fits is not written again');
    start('two').parts.keep();
    assert.equal(kept().length, 4);
  });

  it('are compiled again where what is kept is damaged or may be somebody else’s', () => {
    const files = kept().map((file) => join(cache, file));
    const written = () => files.map((file) => statSync(file).ino).join(' ');
    const isWrittenAgainAfter = (what: (file: string) => void) => {
      files.forEach(what);
      const before = written();
      start('one').parts.keep();
      start('two').parts.keep();
      assert.notEqual(written(), before);
    };
    const changed = (change: (bytes: Buffer) => Buffer) =>
      isWrittenAgainAfter((file) => writeFileSync(file, change(readFileSync(file))));
    changed(() => Buffer.from('x'));
    changed((bytes) => bytes.subarray(0, bytes.length - 9));
    changed((bytes) => Buffer.concat([bytes.subarray(0, 40), Buffer.from([bytes[40]! ^ 1]), bytes.subarray(41)]));
    if (process.getuid) isWrittenAgainAfter((file) => chmodSync(file, 0o666));
  });

  it('are compiled again when they are other ones, of the same length too', () => {
    write({ 'parts/other.cjs': program['parts/other.cjs'].replace("'other'", "'OTHER'") });
    const main = openParts(cache, 'one').load(join(folder, 'main.cjs')) as Main;
    assert.equal(main.told(), 'OTHER main main.cjs within');
  });
});
