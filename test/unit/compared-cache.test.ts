import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeChangeFacts } from '../../server/src/facts/declarations.ts';
import { packChangeFacts, unpackChangeFacts } from '../../server/src/facts/packed.ts';
import { openComparedCache } from '../../server/src/host/compared-cache.ts';
import { createSession } from '../../server/src/session/session.ts';
import { removeTempFolders, tempFolder } from '../cli/temp-folder.ts';
import { memoryHost } from '../harness/memory-host.ts';

const entries = new Map([
  ['facts 1 2', '{"a":"x\\ty"}'],
  ['tests 1 2', '[]'],
]);

describe('what was compared, between runs', () => {
  after(removeTempFolders);

  it('is given back to the same program in the same folder only', () => {
    const folder = join(tempFolder().root, 'made', 'when needed');
    const cache = openComparedCache(folder, '/home/me/shop', 'p1')!;
    assert.equal(cache.load().size, 0);
    cache.save(entries);
    assert.deepEqual(cache.load(), entries);
    assert.equal(openComparedCache(folder, '/home/me/shop', 'p2')!.load().size, 0);
    assert.equal(openComparedCache(folder, '/home/me/other', 'p1')!.load().size, 0);
    assert.equal(openComparedCache(folder, '/home/me/shop', undefined), undefined);
    assert.equal(readdirSync(folder).length, 1, 'no leavings');
  });

  it('is forgotten where it is damaged', () => {
    const folder = tempFolder().root;
    const cache = openComparedCache(folder, '/home/me/shop', 'p1')!;
    cache.save(entries);
    const file = join(folder, readdirSync(folder)[0]!);
    const whole = readFileSync(file, 'utf8');
    for (const text of [whole.slice(0, -3), whole.replace('x', 'z'), '', 'nothing']) {
      writeFileSync(file, text);
      assert.equal(cache.load().size, 0, JSON.stringify(text));
    }
  });

  it('is what was asked for, and the rest is told when somebody asks', () => {
    const text = `import { get } from './get';
const LIMIT = 3000;
export class Cart {
  limit = 5;
  async total(id: string) { try { return await get(id, { timeout: LIMIT }); } catch { return 0; } }
}
export const load = (id = 'a') => { if (!id) throw new Error('none'); return id; };
// eslint-disable-next-line no-console
console.log(load());
`;
    const whole = JSON.stringify(takeChangeFacts('a.ts', text));
    for (const ask of [0, 1, 2, 3]) {
      const facts = takeChangeFacts('a.ts', text);
      for (const one of facts.declarations.slice(0, ask)) assert.ok(one.normal && one.features);
      if (ask > 1) assert.ok(facts.exports.length > 0 && facts.mutedChecks.length > 0);
      const packed = packChangeFacts(facts)!;
      assert.equal(packed.split('"normal"').length > 1, ask > 0);
      assert.equal(JSON.stringify(unpackChangeFacts('a.ts', text, packed)), whole);
    }
  });

  it('lets the next session say the same without telling anything anew', async () => {
    const files = (limit: string, guard: string, title: string) =>
      new Map([
        [
          'src/a.ts',
          `import { save } from './b';\nexport async function pay(id: string) {\n${guard}  await save(id, ${limit});\n}\n`,
        ],
        ['src/b.ts', `export const save = async (id: string, timeout: number) => ({ id, timeout });\n`],
        ['test/a.test.ts', `import { pay } from '../src/a';\nit('${title}', async () => { await pay('x'); });\n`],
      ]);
    const host = memoryHost(
      files('{ timeout: 10 }', '', 'pays'),
      files('{ timeout: 5000 }', "  if (!id) throw new Error('no id');\n", 'pays at once'),
    );
    const first = createSession({ host });
    const { findings } = await first.analyse();
    assert.ok(findings.length > 0, 'there is something to say');
    await first.save();
    const kept = host.comparisons;
    assert.ok(kept.size >= 4, `${kept.size} texts are kept`);
    const next = createSession({ host });
    assert.deepEqual((await next.analyse()).findings, findings);
    await next.save();
    assert.equal(host.comparisons, kept, 'nothing was told anew, so nothing was saved');
    next.apply({ kind: 'edited', path: 'src/a.ts', text: host.base!.get('src/a.ts')!, version: 1 });
    const fresh = createSession({ host: memoryHost(host.now, host.base) });
    fresh.apply({ kind: 'edited', path: 'src/a.ts', text: host.base!.get('src/a.ts')!, version: 1 });
    assert.deepEqual((await next.analyse()).findings, (await fresh.analyse()).findings);
  });
});
