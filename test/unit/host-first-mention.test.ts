import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { mentionFinder } from '../../server/src/host/mention-finder.ts';
import { nodeHost } from '../../server/src/host/node-host.ts';
import { removeTempFolders, type TempFolder, tempFolder, tempRepository } from '../cli/temp-folder.ts';

const keys = ['new-checkout', 'old-cart', 'dark.mode', 'naïve-flag', 'search', 'nowhere'];

/** `key subject` of the commit that is found for each key. */
async function mentionsIn(folder: TempFolder, cache: TempFolder): Promise<string[]> {
  const found = await nodeHost(folder.root, cache.root).git.firstMentions(keys, neverCancelled);
  return [...found].map(([key, { commit }]) => `${key}: ${folder.git('log', '-1', '--format=%s', commit)}`);
}

describe('the first mention of a key', () => {
  after(removeTempFolders);

  it('is the first commit that adds it, in whatever file, and follows HEAD', async () => {
    const folder = tempRepository({ 'a.ts': 'export const a = 1;\n' });
    const cache = tempFolder({});
    folder.write({ 'b.ts': "export const b = ['new-checkout', 'dark.mode'];\n// we search for naïve-flag\n" });
    folder.commit('second');
    folder.write({ 'flags.json': '{ "new-checkout": 1, "old-cart-2": 2 }' });
    folder.commit('third');
    assert.deepEqual(await mentionsIn(folder, cache), [
      'new-checkout: second',
      'dark.mode: second',
      'naïve-flag: second',
    ]);
    assert.equal(readdirSync(cache.root).filter((name) => name.startsWith('mentions-')).length, 1);

    folder.write({ 'c.ts': "isEnabled('search', 'old-cart', 'new-checkout');\n" });
    folder.commit('fourth');
    const all = [
      'new-checkout: second',
      'old-cart: fourth',
      'dark.mode: second',
      'naïve-flag: second',
      'search: fourth',
    ];
    assert.deepEqual(await mentionsIn(folder, cache), all);
    assert.deepEqual(await mentionsIn(folder, tempFolder({})), all, 'the same from scratch');
  });

  it('is looked for anew where history was rewritten', async () => {
    const folder = tempRepository({ 'a.ts': "isEnabled('old-cart');\n" });
    const cache = tempFolder({});
    assert.equal((await mentionsIn(folder, cache)).length, 1);
    folder.write({ 'a.ts': "isEnabled('new-checkout');\n" });
    folder.git('add', '-A');
    folder.git('commit', '-q', '--amend', '-m', 'amended');
    assert.deepEqual(await mentionsIn(folder, cache), ['new-checkout: amended']);
  });

  it('is not told outside of git, nor without commits', async () => {
    const folder = tempFolder({ 'a.ts': "isEnabled('old-cart');\n" });
    assert.deepEqual(await mentionsIn(folder, tempFolder({})), []);
  });

  it('is found in output that comes in pieces', () => {
    const finder = mentionFinder(['new-checkout']);
    const output = `\u0001${'a'.repeat(40)}\0p\x002026-01-02\0Ada\n\n+++ b/new-checkout.ts\n-is('new-checkout')\n+is('new-checkout')\n`;
    const more = [...output].map((letter) => finder.take(Buffer.from(letter)));
    assert.deepEqual(more.indexOf(false), output.length - 1);
    assert.deepEqual(
      [...finder.found()],
      [['new-checkout', { commit: 'a'.repeat(40), date: '2026-01-02', author: 'Ada' }]],
    );
  });
});
