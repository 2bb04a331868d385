import assert from 'node:assert/strict';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { nodeHost } from '../../server/src/host/node-host.ts';
import { flagRows } from '../../server/src/session/flag-rows.ts';
import { createSession } from '../../server/src/session/session.ts';
import { removeTempFolders, tempFolder, tempRepository } from '../cli/temp-folder.ts';
import { memoryHost } from '../harness/memory-host.ts';

const flagd = (key: string) =>
  `"${key}": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": null }`;
const files = new Map([
  ['flags.flagd.json', `{ "flags": { ${flagd('new-checkout')}, ${flagd('old-cart')} } }`],
  [
    'a.ts',
    "import { OpenFeature } from '@openfeature/server-sdk';\nexport const a = () => OpenFeature.getClient().getBooleanValue('new-checkout', false);\n",
  ],
]);

describe('files in other languages', () => {
  after(removeTempFolders);

  it('keep a flag in use that they mention, and are looked at again when they may be others', async () => {
    const host = memoryHost(files);
    const session = createSession({ host });
    const health = async () => {
      const row = flagRows(await session.analyse()).find(({ flag }) => flag.key === 'old-cart')!;
      return [row.flag.health, row.reason];
    };
    const unused = async () =>
      (await session.analyse()).findings.filter(({ rule }) => rule === 'flags/unused-definition');
    assert.deepEqual(
      (await unused()).map(({ subject }) => subject),
      ['old-cart'],
    );
    assert.deepEqual(await health(), ['unused', 'Defined, but no read of it was found.']);
    host.otherText = 'if client.bool("old-cart")';
    session.apply({ kind: 'everything' });
    assert.deepEqual(await unused(), []);
    const reason = 'Defined; no read of it was found, but something else may read it.';
    assert.deepEqual(await health(), ['unknown', reason]);
  });

  it('are searched through git: tracked and new ones, without documentation and what is analysed', async () => {
    const folder = tempRepository({
      'main.go': 'client.Bool("in-go", false)\n',
      'templates/page.HTML': '<b data-flag="in-html">\n',
      'README.md': 'in-docs\n',
      'a.ts': 'in-code',
      '.gitignore': 'out/\n',
    });
    folder.write({ 'new.py': 'is_on("in-new")', 'out/x.go': 'in-ignored' });
    const words = ['in-go', 'in-html', 'in-docs', 'in-code', 'in-new', 'in-ignored', 'nowhere', 'a.*', '...X'];
    const found = await nodeHost(folder.root).git.mentionedInOtherFiles(words, neverCancelled);
    assert.deepEqual([...found].sort(), ['in-go', 'in-html', 'in-new']);
    const none = await nodeHost(tempFolder().root).git.mentionedInOtherFiles(words, neverCancelled);
    assert.deepEqual([...none], []);
  });
});
