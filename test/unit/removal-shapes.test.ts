import assert from 'node:assert/strict';
import { changedText } from '../../server/src/core/source-change.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

const policy = `{
  "flags": {
    "reads": [
      { "env": "FEATURE_*" },
      { "property": "config.features" },
      { "property": "toggles", "result": "()" },
      { "collection": "user.features" }
    ]
  }
}`;

/** What a removal makes of reads in shapes that a policy names. */
async function removed(text: string, keep: boolean): Promise<string | undefined> {
  const files = new Map([
    ['switchyard.jsonc', policy],
    ['src/a.ts', text],
  ]);
  const change = await createSession({ host: memoryHost(files) }).removeFlags([{ key: 'FEATURE_X', keep }]);
  const left = change.refused.filter(({ path }) => path === 'src/a.ts').map(({ reason }) => reason);
  assert.deepEqual(left, []);
  return changedText(change.files.find(({ path }) => path === 'src/a.ts')!);
}

describe('removal of what a policy names', () => {
  it('folds what asks the environment', async () => {
    const text = `export const a = process.env.FEATURE_X === 'true' ? 1 : 2;
if (import.meta.env.FEATURE_X !== 'true') gone();
export const b = Boolean(process.env.FEATURE_X) && ready;
`;
    assert.equal(await removed(text, true), 'export const a = 1;\nexport const b = ready;\n');
    const off = 'export const a = 2;\ngone();\nexport const b = false;\n';
    assert.equal(await removed(text, false), off);
  });

  it('folds members, keys in lists, and flags that are functions', async () => {
    const text = `if (config.features.FEATURE_X) a();
if (user.features.includes('FEATURE_X') && b) c();
if (!user.features.has('FEATURE_X')) d();
const { FEATURE_X: on = false, other } = config.features;
export const e = toggles.FEATURE_X() ? on && other : 2;
`;
    const on = 'a();\nif (b) c();\nconst { other } = config.features;\nexport const e = other;\n';
    assert.equal(await removed(text, true), on);
    assert.equal(await removed(text, false), 'd();\nexport const e = 2;\n');
  });
});
