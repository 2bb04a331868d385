import assert from 'node:assert/strict';
import { changedText } from '../../server/src/core/source-change.ts';
import { flagAt, keySpan, occurrencesOf } from '../../server/src/flags/symbols.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

type Files = Record<string, string>;

const node = `import { init } from '@launchdarkly/node-server-sdk';
const client = init('sdk');
`;

/** `role path text` of every place of a flag. */
async function places(files: Files, key: string): Promise<string[]> {
  const { world } = await createSession({ host: memoryHost(new Map(Object.entries(files))) }).analyse();
  return occurrencesOf(world, key).map(({ role, path, range }) => {
    const span = keySpan(files[path]!, range, key);
    return `${role} ${path} ${files[path]!.slice(span.start, span.end)}`;
  });
}

async function renamed(files: Files, key: string, to: string): Promise<Files> {
  const session = createSession({ host: memoryHost(new Map(Object.entries(files))) });
  const after = { ...files };
  for (const file of (await session.renameKey(key, to)).change.files) after[file.path] = changedText(file)!;
  return after;
}

describe('symbols: functions that read flags', () => {
  const files = {
    'src/flags.ts': `${node}export function isOn(name: string) { return client.variation(name, {}, false); }
export const useSearch = () => client.variation('search', {}, false);
`,
    'src/a.ts': `import { isOn, useSearch } from './flags';
export const a = () => isOn('new-checkout');
export const b = () => useSearch();
`,
  };

  it('are seen through to the key that a caller names', async () => {
    assert.deepEqual(await places(files, 'new-checkout'), ['read src/a.ts new-checkout']);
    assert.deepEqual(await places(files, 'search'), ['read src/a.ts useSearch', 'read src/flags.ts search']);
  });

  it('are symbols themselves, where they are declared and where they are called', async () => {
    const { world } = await createSession({ host: memoryHost(new Map(Object.entries(files))) }).analyse();
    for (const [path, text] of [
      ['src/flags.ts', 'isOn('],
      ['src/a.ts', 'isOn('],
    ] as const) {
      const symbol = flagAt(world, path, files[path].indexOf(text) + 1);
      assert.ok(symbol?.role === 'reader', `${path}: ${symbol?.role}`);
      assert.equal(symbol.reader.name, 'isOn');
    }
    assert.equal(flagAt(world, 'src/a.ts', files['src/a.ts'].indexOf('export')), undefined);
  });

  it('let a key be renamed, which their own read does not stand in the way of', async () => {
    const after = await renamed(files, 'new-checkout', 'next');
    assert.equal(after['src/a.ts'], files['src/a.ts'].replace('new-checkout', 'next'));
    assert.equal(after['src/flags.ts'], files['src/flags.ts']);
    const fixed = await renamed(files, 'search', 'find');
    assert.equal(fixed['src/flags.ts'], files['src/flags.ts'].replace("'search'", "'find'"));
    assert.equal(fixed['src/a.ts'], files['src/a.ts']);
  });
});

describe('symbols: other homes of a key', () => {
  it('is the declaration of a flag that code calls by its name', async () => {
    const files = {
      'src/flags.ts': `import { flag } from 'flags/next';
export const showBanner = flag({ key: 'banner', decide: () => false });
`,
      'src/page.ts': `import { showBanner } from './flags';
export const page = async () => (await showBanner()) ? 1 : 2;
`,
    };
    const found = await places(files, 'banner');
    assert.ok(found.includes('read src/page.ts showBanner'), found.join());
    assert.equal(found.filter((one) => one.endsWith('src/flags.ts banner')).length, 1, found.join());
    const after = await renamed(files, 'banner', 'top-banner');
    assert.equal(after['src/flags.ts'], files['src/flags.ts'].replace("'banner'", "'top-banner'"));
    assert.equal(after['src/page.ts'], files['src/page.ts']);
  });

  it("is the name of a constant or member that holds it, but not the language's other names", async () => {
    const files = {
      'src/keys.ts': `export const NEW = 'new-checkout', OTHER = 'other';
export const FLAGS = { search: { key: 'search' }, 'quick': 'quick' } as const;
export enum Key { Beta = 'beta' }
`,
      'src/a.ts': `${node}import { FLAGS, Key, NEW } from './keys';
export const a = [NEW, FLAGS.search.key, FLAGS.quick, Key.Beta].length;
export const b = () => client.variation(NEW, {}, false) && client.variation(FLAGS.search.key, {}, false);
export const c = () => client.variation(FLAGS['quick'], {}, 0) && client.variation(Key.Beta, {}, false);
`,
    };
    const { world } = await createSession({ host: memoryHost(new Map(Object.entries(files))) }).analyse();
    const at = (text: string) => {
      const symbol = flagAt(world, 'src/keys.ts', files['src/keys.ts'].indexOf(text) + 1);
      return symbol && symbol.role !== 'reader' ? `${symbol.key}${symbol.named ? ' by name' : ''}` : undefined;
    };
    assert.equal(at('NEW'), 'new-checkout by name');
    assert.equal(at("'new-checkout'"), 'new-checkout');
    assert.equal(at('Beta'), 'beta by name');
    assert.equal(at("'quick': "), 'quick by name');
    assert.equal(at("'beta'"), 'beta');
    assert.deepEqual([at('OTHER'), at("'other'"), at('FLAGS'), at('export'), at('Key ')], Array(5).fill(undefined));
  });

  it('is the key of a YAML file', async () => {
    const files = {
      'features.yml': `# yaml-language-server: flipt
namespace: default
flags:
  - key: search
    name: Search
    type: BOOLEAN_FLAG_TYPE
    enabled: true
`,
      'src/a.ts': `${node}export const a = () => client.variation('search', {}, false);\n`,
    };
    assert.deepEqual(await places(files, 'search'), ['definition features.yml search', 'read src/a.ts search']);
    const after = await renamed(files, 'search', 'find');
    assert.equal(after['features.yml'], files['features.yml'].replace('key: search', 'key: find'));
  });

  it('is a function of a module, whose name only its language renames', async () => {
    const files = {
      'switchyard.jsonc': '{ "flags": { "reads": [{ "module": "./src/flags" }] } }',
      'src/flags.ts': 'export const isSearchOn = () => true;\n',
      'src/a.ts': `import { isSearchOn } from './flags';\nexport const a = () => isSearchOn();\n`,
    };
    assert.ok((await places(files, 'isSearchOn')).includes('read src/a.ts isSearchOn'));
    await assert.rejects(renamed(files, 'isSearchOn', 'find'), /rename/);
  });

  it('is a member of a place of the policy', async () => {
    const files = {
      'switchyard.jsonc': '{ "flags": { "reads": [{ "property": "config.features" }] } }',
      'src/a.ts': `export const a = () => config.features.search;
export const b = () => config.features?.['search'];
export const { search } = config.features;
`,
    };
    assert.equal((await places(files, 'search')).length, 3);
    const after = await renamed(files, 'search', 'find');
    assert.equal(
      after['src/a.ts'],
      `export const a = () => config.features.find;
export const b = () => config.features?.['find'];
export const { find: search } = config.features;
`,
    );
  });

  it('stays among the names that the policy gives', async () => {
    const files = {
      'switchyard.jsonc': '{ "flags": { "reads": [{ "env": "FEATURE_*" }] } }',
      'src/a.ts': "export const on = process.env.FEATURE_CART === 'true';\n",
    };
    const after = await renamed(files, 'FEATURE_CART', 'FEATURE_BASKET');
    assert.equal(after['src/a.ts'], files['src/a.ts'].replace('CART', 'BASKET'));
    await assert.rejects(
      renamed(files, 'FEATURE_CART', 'BASKET'),
      /members are flags by their names only, as the policy gives them, and 'BASKET' is none \(src\/a\.ts:1\)/,
    );
  });

  it('is one of several keys', async () => {
    const files = {
      'src/a.ts': `import { SplitFactory } from '@splitsoftware/splitio';
const client = SplitFactory({}).client();
export const a = () => client.getTreatments(['search', 'other']).search;
`,
    };
    const found = await places(files, 'search');
    assert.ok(found.length >= 1 && found.every((one) => one.endsWith(' search')), found.join());
    const after = await renamed(files, 'search', 'find');
    assert.equal(after['src/a.ts'], files['src/a.ts'].replaceAll('search', 'find'));
  });
});

describe('symbols: the key in what is written', () => {
  const cases: readonly [text: string, key: string, span: string][] = [
    ["'a-b'", 'a-b', 'a-b'],
    ['"a-b"', 'a-b', 'a-b'],
    ["'a-b' as const", 'a-b', 'a-b'],
    ["'change:a-b'", 'a-b', 'a-b'],
    ["'aB'", 'a-b', 'aB'],
    ['FLAGS.a', 'a-b', 'FLAGS.a'],
    ["FLAGS['a']", 'a-b', "FLAGS['a']"],
    ["''", '', ''],
    ['a-b', 'a-b', 'a-b'],
  ];
  for (const [text, key, span] of cases)
    it(`is ${span || 'nothing'} in ${text}`, () => {
      const found = keySpan(`(${text})`, { start: 1, end: 1 + text.length }, key);
      assert.equal(`(${text})`.slice(found.start, found.end), span);
    });
});
