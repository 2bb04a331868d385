import assert from 'node:assert/strict';
import type { CompletionItem, TextEdit } from 'vscode-languageserver/node';
import { LineMap } from '../../server/src/core/text.ts';
import { connect } from '../harness/connect.ts';
import { memoryHost } from '../harness/memory-host.ts';

const definitions = `{ "flags": {
  "new-checkout": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" },
  "FEATURE_CART": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" },
  "theme": {
    "state": "ENABLED", "variants": { "dark": "dark", "light": "light" }, "defaultVariant": "light",
    "targeting": { "if": [true, "dark", "light"] }
  }
} }
`;
const node = `import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\n`;

/**
 * The code that each item makes of `code`, of those that an editor would offer at `|`: their filter text begins as what stands in
 * their range does.
 */
async function completed(code: string, reads: readonly object[] = [], path = 'src/a.tsx'): Promise<string[]> {
  const at = code.indexOf('|');
  const text = code.replace('|', '');
  const policy = JSON.stringify({ flags: { reads } });
  const files = { 'flags.json': definitions, 'switchyard.jsonc': policy, [path]: text };
  const editor = await connect(memoryHost(new Map(Object.entries(files))));
  const lines = new LineMap(text);
  const { line, column } = lines.position(at);
  const items = await editor.request<CompletionItem[] | null>('textDocument/completion', {
    textDocument: { uri: editor.uri(path) },
    position: { line, character: column },
  });
  await editor.stop();
  const edits = (items ?? []).map(({ textEdit, filterText }) => {
    const { range, newText } = textEdit as TextEdit;
    const offset = (one: typeof range.start) => lines.offset({ line: one.line, column: one.character });
    return { start: offset(range.start), end: offset(range.end), newText, filterText: filterText! };
  });
  return edits
    .filter(({ start, filterText }) => filterText.startsWith(text.slice(start, at)))
    .map(({ start, end, newText }) => text.slice(0, start) + newText + text.slice(end))
    .sort();
}

const last = (all: readonly string[]) => all.map((one) => one.trimEnd().slice(one.trimEnd().lastIndexOf('\n') + 1));

describe('completion in home-made shapes', () => {
  const keys = ['FEATURE_CART', 'new-checkout', 'theme'];

  it('takes keys that are no names in brackets and quotes', async () => {
    const hook = [{ hook: 'useFeatures' }];
    assert.deepEqual(await completed('export const a = useFeatures().|;', hook), [
      'export const a = useFeatures().FEATURE_CART;',
      'export const a = useFeatures().theme;',
      "export const a = useFeatures()['new-checkout'];",
    ]);
    assert.deepEqual(await completed('export const a = useFeatures().ne|;', hook), [
      "export const a = useFeatures()['new-checkout'];",
    ]);
    assert.deepEqual(await completed('export const a = useFeatures()?.ne|;', hook), [
      "export const a = useFeatures()?.['new-checkout'];",
    ]);
    assert.deepEqual(await completed('export function A() { const { | } = useFeatures(); }', hook), [
      "export function A() { const { 'new-checkout': newCheckout } = useFeatures(); }",
      'export function A() { const { FEATURE_CART } = useFeatures(); }',
      'export function A() { const { theme } = useFeatures(); }',
    ]);
    assert.ok(
      (await completed('export function A() { const { ne|: on } = useFeatures(); }', hook)).includes(
        "export function A() { const { 'new-checkout': on } = useFeatures(); }",
      ),
    );
  });

  it('offers members of an environment by the names that the policy gives', async () => {
    const env = [{ env: 'FEATURE_*' }];
    assert.deepEqual(await completed('export const a = process.env.|;', env), [
      'export const a = process.env.FEATURE_CART;',
    ]);
    assert.deepEqual(await completed("export const a = process.env['|'];", env), [
      "export const a = process.env['FEATURE_CART'];",
    ]);
    const members = [{ property: 'config', members: 'FEATURE_*' }];
    assert.deepEqual(await completed('export const a = config.FE|;', members), [
      'export const a = config.FEATURE_CART;',
    ]);
  });

  it('offers members where a place or a part of a record is taken apart', async () => {
    const property = [{ property: 'config.features', spelling: 'camelCase' }];
    const camel = ['featureCart', 'newCheckout', 'theme'];
    assert.deepEqual(
      await completed('const { | } = config.features;', property),
      camel.map((name) => `const { ${name} } = config.features;`),
    );
    assert.deepEqual(
      await completed('const { theme, | } = config.features;', property),
      camel.map((name) => `const { theme, ${name} } = config.features;`),
    );
    const record = [{ hook: 'useApp', record: 'features', spelling: 'camelCase' }];
    for (const inner of ['', 'theme, '])
      assert.deepEqual(
        await completed(`function A() { const { features: { ${inner}| } } = useApp(); }`, record),
        camel.map((name) => `function A() { const { features: { ${inner}${name} } } = useApp(); }`),
      );
    assert.deepEqual(await completed('function A() { const { | } = useApp(); }', record), []);
  });

  it('offers members of a bulk call where they stand, and not beside that', async () => {
    const posthog = "import { PostHog } from 'posthog-node';\nconst posthog = new PostHog('k');\n";
    const at = (code: string) =>
      completed(`${posthog}const f = async () => (await posthog.getAllFlagsAndPayloads('u'))${code};`);
    assert.equal((await at('.featureFlags.|')).length, keys.length);
    assert.deepEqual(await at('.|'), []);
    assert.deepEqual(await at('.fea|'), []);
  });

  it('offers keys in a constant that a read takes its key from', async () => {
    for (const typed of ['', 'new-'])
      assert.deepEqual(
        await completed(
          `${node}const KEY = '${typed}|';\nexport const a = client.getBooleanValue(KEY, false);\n`,
          [],
          'src/a.ts',
        ),
        keys
          .filter((key) => key.startsWith(typed))
          .map((key) => `${node}const KEY = '${key}';\nexport const a = client.getBooleanValue(KEY, false);\n`),
      );
  });

  it('offers variations as the default of a read', async () => {
    const code = (text: string) => `${node}export const a = () => client.getStringValue('theme', '${text}');`;
    assert.deepEqual(last(await completed(code('|'))), last([code('dark'), code('light')]));
  });

  it('offers variations by name where a definition names one', async () => {
    const flag = (variant: string) => `{ "flags": { "mode": {
  "state": "ENABLED", "variants": { "a": "dark", "b": "light" }, "defaultVariant": ${variant}
} } }
`;
    for (const typed of ['"|"', '|'])
      assert.deepEqual(await completed(flag(typed), [], 'more.json'), [flag('"a"'), flag('"b"')]);
  });
});
