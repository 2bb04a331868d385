import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packParts } from '../../scripts/lib/pack-parts.mjs';
import { openParts } from '../../server/src/host/compiled-parts.ts';

const program = {
  'main.cjs': `/* What comes first ends here: */
exports.name = 'main'; // Größe
const other = require('./parts/other.cjs');
exports.told = () => [other.name, other.ofMain(), require('node:path').extname(__filename), require.name].join(' ');
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
  let bundle: string;
  const write = (parts: Record<string, string>) => {
    writeFileSync(bundle, '#!/usr/bin/env node\nthrow new Error("started");\n');
    packParts(bundle, parts);
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchyard-parts-'));
    cache = mkdtempSync(join(tmpdir(), 'switchyard-cache-'));
    bundle = join(folder, 'program.cjs');
    write(program);
  });
  after(() => {
    for (const made of [folder, cache]) rmSync(made, { recursive: true, force: true });
  });

  const start = (build: string) => {
    const parts = openParts(bundle, cache, build);
    const main = parts.load('main.cjs') as Main;
    assert.equal(main.told(), 'other main .cjs within');
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

  it('leave nothing where nothing shall be kept, and name what is missing', () => {
    const before = kept();
    const parts = openParts(bundle, undefined, 'three');
    assert.equal((parts.load('main.cjs') as Main).told(), 'other main .cjs within');
    parts.keep();
    assert.deepEqual(kept(), before);
    assert.throws(() => parts.load('gone.cjs'), /no part called 'gone.cjs'/);
    assert.throws(() => execFileSync(process.execPath, [bundle], { stdio: 'pipe' }), /started/);
  });

  it('are compiled again when they are other ones, of the same length too', () => {
    write({ ...program, 'parts/other.cjs': program['parts/other.cjs'].replace("'other'", "'OTHER'") });
    const main = openParts(bundle, cache, 'one').load('main.cjs') as Main;
    assert.equal(main.told(), 'OTHER main .cjs within');
  });
});
