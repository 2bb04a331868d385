import assert from 'node:assert/strict';
import { changedText } from '../../server/src/core/source-change.ts';
import { flagAt, occurrencesOf } from '../../server/src/flags/symbols.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

const policy = `{
  "flags": {
    "reads": [{ "call": "isOn" }],
    "lifecycle": {
      // The one page.
      "new-checkout": { "owner": "pay" },
      "new-*": { "kind": "release" },
      "gone": { "owner": "nobody" }
    }
  }
}
`;
const definitions = `{ "flags": {
  "new-checkout": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" },
  "theme": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" }
} }
`;
const code = "export const label = () => (isOn('new-checkout') ? 'new' : 'old');\n";

function sessionOf(files: Record<string, string>) {
  return createSession({ host: memoryHost(new Map(Object.entries(files))) });
}

describe('what the policy says of a flag', () => {
  const files = { 'flags.json': definitions, 'src/a.ts': code, 'switchyard.jsonc': policy };

  it('is a place of the flag; globs and flags that nobody knows are none', async () => {
    const { world } = await sessionOf(files).analyse();
    const at = (text: string) => flagAt(world, 'switchyard.jsonc', policy.indexOf(text) + 2);
    assert.deepEqual(
      [at('"new-checkout"')?.role, at('"new-*"'), at('"gone"'), at('"pay"')],
      ['policy', undefined, undefined, undefined],
    );
    assert.deepEqual(
      occurrencesOf(world, 'new-checkout').map(({ role, path }) => `${role} ${path}`),
      ['definition flags.json', 'read src/a.ts', 'policy switchyard.jsonc'],
    );
  });

  it('is renamed with it', async () => {
    for (const text of [policy, `\uFEFF${policy}`]) {
      const { change } = await sessionOf({ ...files, 'switchyard.jsonc': text }).renameKey('new-checkout', 'next');
      const file = change.files.find(({ path }) => path === 'switchyard.jsonc');
      assert.equal(file && changedText(file), text.replace('"new-checkout"', '"next"'));
    }
  });

  it('goes with it, and its comment with that', async () => {
    const { files: changed } = await sessionOf(files).removeFlags([{ key: 'new-checkout', keep: true }]);
    const after = Object.fromEntries(changed.map((file) => [file.path, changedText(file)]));
    assert.equal(
      after['switchyard.jsonc'],
      policy.replace('      // The one page.\n      "new-checkout": { "owner": "pay" },\n', ''),
    );
    assert.equal(after['src/a.ts'], "export const label = () => 'new';\n");
  });

  it('stays where something of the flag stays', async () => {
    const open = `${code}export const both = { on: isOn('new-checkout') as unknown };\nconst {\n`;
    const { files: changed, refused } = await sessionOf({ ...files, 'src/a.ts': open }).removeFlags([
      { key: 'new-checkout', keep: true },
    ]);
    assert.ok(refused.length > 0);
    assert.deepEqual(changed, []);
  });
});
