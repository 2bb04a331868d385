import assert from 'node:assert/strict';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFacts } from '../../server/src/facts/file-facts.ts';
import { openCache, userCacheFolder } from '../../server/src/host/cache.ts';
import type { CachedFile, FactsCache } from '../../server/src/host/ports.ts';
import { removeTempFolders, tempFolder } from '../cli/temp-folder.ts';

const facts: FileFacts = {
  imports: [],
  exports: [],
  names: [],
  reads: [],
  tags: [],
  suppressions: [],
  syntaxErrors: 0,
  generated: false,
};
const cached = (size: number): CachedFile => ({ mtimeMs: 1.5, ctimeMs: 2.25, size, hash: 'abc', facts });
const handed = (files: ReadonlyMap<string, CachedFile>) =>
  new Map([...files].map(([path, file]) => [path, { ...file, facts: plain(file.facts) }]));
const files = new Map([
  ['src/a "quoted".ts', cached(1)],
  ['src/b.ts', { ...cached(2), mentions: { asked: 'a1', found: ['new-checkout'] } }],
]);

/** Every fact that is there, the optional ones as well. */
function plain(facts: FileFacts): Record<keyof FileFacts, unknown> {
  const { imports, exports, names, registries, reads, tags, suppressions, test, syntaxErrors, generated, shallow } =
    facts;
  const marks = { tags, suppressions };
  const all = { imports, exports, names, registries, reads, ...marks, test, syntaxErrors, generated, shallow };
  return all satisfies Record<keyof FileFacts, unknown>;
}

/** What the cache holds, all facts read. */
async function loaded(cache: FactsCache): Promise<Map<string, unknown>> {
  const found = await cache.load('r1');
  return handed(found);
}

describe('the facts cache', () => {
  after(removeTempFolders);

  it('gives back what it was given, for the same folder and recipe only', async () => {
    const folder = join(tempFolder().root, 'made', 'when needed');
    const cache = openCache(folder, '/home/me/shop');
    assert.equal((await cache.load('r1')).size, 0);
    await cache.save('r1', files);
    assert.deepEqual(await loaded(cache), handed(files));
    assert.equal((await cache.load('r2')).size, 0);
    assert.equal((await openCache(folder, '/home/me/other').load('r1')).size, 0);
    await cache.save('r1', new Map([['src/b.ts', cached(3)]]));
    assert.deepEqual([...(await cache.load('r1')).keys()], ['src/b.ts']);
    assert.equal(readdirSync(folder).length, 1, 'no leavings');
  });

  it('gives back facts that few files have', async () => {
    const range = { start: 0, end: 3 };
    const full: FileFacts = {
      ...facts,
      registries: [{ kind: 'functions', name: '*', certain: true, range, nameRange: range, entries: [] }],
      tags: [{ kind: 'auth', kindRange: range, reason: 'why', range, fields: { owner: 'me' } }],
      suppressions: [{ range, rules: [{ name: 'risk/timeout-changed', range }], reason: 'why', covers: 'file' }],
      test: { framework: 'vitest' },
      syntaxErrors: 2,
      generated: true,
      shallow: true,
    };
    const cache = openCache(tempFolder().root, '/home/me/shop');
    const kept = new Map([['src/flags.ts', { ...cached(1), facts: full }]]);
    await cache.save('r1', kept);
    assert.deepEqual(await loaded(cache), handed(kept));
  });

  it('is empty, and mends itself, whatever stands in its file', async () => {
    const folder = tempFolder();
    const cache = openCache(folder.root, '/home/me/shop');
    await cache.save('r1', files);
    const name = readdirSync(folder.root)[0]!;
    const good = folder.read(name);
    const rows = good.split('\n');
    for (const damaged of [
      '',
      '{}',
      'null',
      '[]',
      '[null]',
      '[{}]',
      good.slice(0, -20),
      rows[0]!,
      good.replace('"imports"', '"exports"'),
      good.replace(/"format":\d+/, '"format":0'),
    ]) {
      folder.write({ [name]: damaged });
      assert.equal((await cache.load('r1')).size, 0, damaged);
    }
    await cache.save('r1', files);
    assert.deepEqual(await loaded(cache), handed(files));
  });

  it('does not mind a place that cannot be written', async () => {
    const folder = tempFolder({ file: '' });
    const cache = openCache(join(folder.root, 'file', 'below'), '/home/me/shop');
    await cache.save('r1', files);
    assert.equal((await cache.load('r1')).size, 0);
  });

  it('forgets folders that nobody opened for sixty days, and nothing that is not its own', async () => {
    const folder = tempFolder({ 'facts-old.json': '', 'facts-new.json': '', 'other.json': '' });
    const days = (number: number) => new Date(Date.now() - number * 24 * 3600 * 1000);
    utimesSync(join(folder.root, 'facts-old.json'), days(61), days(61));
    utimesSync(join(folder.root, 'facts-new.json'), days(59), days(59));
    utimesSync(join(folder.root, 'other.json'), days(99), days(99));
    await openCache(folder.root, '/home/me/shop').save('r1', files);
    const left = readdirSync(folder.root).map((name) => name.replace(/[0-9a-f]{16}/, 'HASH'));
    assert.deepEqual(left.sort(), ['facts-HASH.json', 'facts-new.json', 'other.json']);
  });

  it('lives in the cache folder of the user', () => {
    const before = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = '/somewhere';
    assert.equal(userCacheFolder(), join('/somewhere', 'switchyard'));
    process.env.XDG_CACHE_HOME = 'relative paths are to be ignored';
    assert.match(userCacheFolder(), /[\\/]switchyard([\\/]cache)?$/);
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
  });
});
