import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/core/source-change.ts';
import { isAnalysedPath } from '../../server/src/host/source-files.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

const flipt = `namespace: default
flags:
  # The new way to pay.
  - key: new-checkout
    name: New checkout
    type: BOOLEAN_FLAG_TYPE
    enabled: true
  - key: other
    name: Other
    type: BOOLEAN_FLAG_TYPE
    enabled: false
`;

const code = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
export async function checkout() {
  if (await client.getBooleanValue('new-checkout', false)) return 'new';
  return 'old';
}
`;

describe('definitions in a workspace', () => {
  const files = { 'src/checkout.ts': code, 'flags/features.yaml': flipt, '.split': 'reports on\n' };

  it('are found in YAML and in .split files, and again after an edit', async () => {
    const host = memoryHost(new Map(Object.entries(files)));
    const session = createSession({ host });
    const before = await session.analyse();
    assert.deepEqual([...before.inventory.flags.keys()], ['new-checkout', 'other', 'reports']);
    assert.equal(before.inventory.flags.get('new-checkout')!.value, true);
    const path = 'flags/features.yaml';
    session.apply({ kind: 'edited', path, text: flipt.replace('enabled: true', 'enabled: false'), version: 2 });
    assert.equal((await session.analyse()).inventory.flags.get('new-checkout')!.value, false);
    session.apply({ kind: 'edited', path, text: flipt.replace('    enabled: true', '\tenabled: true'), version: 3 });
    const broken = await session.analyse();
    assert.equal(broken.inventory.flags.get('new-checkout')?.value, undefined);
    assert.ok(broken.inventory.problems.some((one) => /tabs/.test(one.message)));
  });

  it('go with their reads', async () => {
    const session = createSession({ host: memoryHost(new Map(Object.entries(files))) });
    const { files: changed, refused } = await session.removeFlags([{ key: 'new-checkout', keep: true }]);
    assert.deepEqual(refused, []);
    const text = Object.fromEntries(changed.map((one) => [one.path, applyEdits(one.before!, one.edits)]));
    assert.equal(
      text['flags/features.yaml'],
      'namespace: default\nflags:\n  - key: other\n    name: Other\n    type: BOOLEAN_FLAG_TYPE\n    enabled: false\n',
    );
    assert.doesNotMatch(text['src/checkout.ts']!, /new-checkout/);
  });

  it('stay, with a reason, where others depend on them', async () => {
    const flags = {
      'new-checkout': { on: true, variations: [true, false], fallthrough: { variation: 0 } },
      other: {
        on: true,
        variations: [true],
        fallthrough: { variation: 0 },
        prerequisites: [{ key: 'new-checkout', variation: 0 }],
      },
    };
    const host = memoryHost(
      new Map(Object.entries({ 'src/checkout.ts': code, 'flags.json': JSON.stringify({ flags }) })),
    );
    const { files: changed, refused } = await createSession({ host }).removeFlags([
      { key: 'new-checkout', keep: true },
    ]);
    assert.deepEqual(
      changed.map((one) => one.path),
      ['src/checkout.ts'],
    );
    assert.deepEqual(
      refused.map((one) => one.reason),
      ["Another flag of flags.json depends on 'new-checkout': change that one first."],
    );
  });

  it('are listed by their names', () => {
    for (const path of ['.split', 'config/a.split', 'flags.yaml', 'flags.yml', 'a.flagd', 'a.json5', 'flags.jsonc'])
      assert.equal(isAnalysedPath(path), true, path);
  });
});
