import assert from 'node:assert/strict';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

describe('pages that are gone', () => {
  it('are one finding where they are many', async () => {
    const manifest: [string, string] = ['package.json', '{ "dependencies": { "next": "15.0.0" } }'];
    const messages = async (names: string) => {
      const pages = names
        .split('')
        .map((name): [string, string] => [`pages/${name}.tsx`, `export default () => <p>${name}</p>;\n`]);
      const session = createSession({ host: memoryHost(new Map([manifest]), new Map([manifest, ...pages])) });
      const { findings } = await session.analyse();
      return findings.filter(({ rule }) => rule === 'risk/route-changed').map(({ message }) => message);
    };
    assert.equal((await messages('abc')).length, 3);
    assert.deepEqual(await messages('abcdef'), [
      "The page '/a' and 5 others are gone: links and bookmarks to them lead nowhere.",
    ]);
  });
});
