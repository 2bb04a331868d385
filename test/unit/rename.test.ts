import assert from 'node:assert/strict';
import { changedText } from '../../server/src/core/source-change.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

const node = `import { init } from '@launchdarkly/node-server-sdk';
const client = init('sdk');
`;
const react = `import { useFlags } from 'launchdarkly-react-client-sdk';
`;
const flagd = (...keys: string[]) =>
  JSON.stringify({
    $schema: 'https://flagd.dev/schema/v0/flags.json',
    flags: Object.fromEntries(
      keys.map((key) => [key, { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' }]),
    ),
  });

type Files = Record<string, string>;

async function rename(files: Files, key: string, to: string) {
  const session = createSession({ host: memoryHost(new Map(Object.entries(files))) });
  const renaming = await session.renameKey(key, to);
  const after: Files = { ...files };
  for (const file of renaming.change.files) after[file.path] = changedText(file)!;
  return { after, ...renaming };
}

/** Renames, expects exactly these files to become these texts, and looks that the flag has its reads under the new key. */
async function gives(files: Files, key: string, to: string, expected: Files): Promise<void> {
  const { after } = await rename(files, key, to);
  assert.deepEqual(after, { ...files, ...expected });
  const [then, now] = [await inventoryOf(files), await inventoryOf(after)];
  assert.equal(now.flags.has(key), false);
  assert.equal(now.flags.get(to)?.reads.length, then.flags.get(key)?.reads.length);
  assert.equal(now.flags.get(to)?.definitions.length, then.flags.get(key)?.definitions.length);
}

async function inventoryOf(files: Files) {
  return (await createSession({ host: memoryHost(new Map(Object.entries(files))) }).analyse()).inventory;
}

function refuses(files: Files, key: string, to: string, reason: RegExp): Promise<void> {
  return assert.rejects(rename(files, key, to), (error: Error) => {
    assert.equal(error.name, 'UserError');
    assert.match(error.message, reason);
    return true;
  });
}

describe('rename: a key', () => {
  it('changes literals of all quotes, in code and tests, and the definition', () =>
    gives(
      {
        'flags.json': flagd('new-checkout', 'other'),
        'src/a.ts': `${node}export const a = () => client.variation('new-checkout', {}, false);
export const b = () => client.variation("new-checkout", {}, false);
export const c = () => client.variation(\`new-checkout\`, {}, false);
export const d = () => client.variation('new-checkout' as const, {}, false);
`,
        'src/a.test.ts': `${node}it('works', () => client.variation('new-checkout', {}, false));\n`,
      },
      'new-checkout',
      'checkout.v2',
      {
        'flags.json': flagd('checkout.v2', 'other'),
        'src/a.ts': `${node}export const a = () => client.variation('checkout.v2', {}, false);
export const b = () => client.variation("checkout.v2", {}, false);
export const c = () => client.variation(\`checkout.v2\`, {}, false);
export const d = () => client.variation('checkout.v2' as const, {}, false);
`,
        'src/a.test.ts': `${node}it('works', () => client.variation('checkout.v2', {}, false));\n`,
      },
    ));

  it('changes constants and registries where the key is written, and no name', () =>
    gives(
      {
        'src/flags.ts': `export const FLAGS = { newCheckout: 'new-checkout', checkout: { fast: 'fast' } } as const;
export enum Key { New = 'new-checkout' }
export const NEW = 'new-checkout';
`,
        'src/a.ts': `${node}import { FLAGS, Key, NEW } from './flags';
export const a = () => client.variation(FLAGS.newCheckout, {}, false);
export const b = () => client.variation(Key.New, {}, false);
export const c = () => client.variation(NEW, {}, false);
export const d = () => { const key = 'new-checkout'; return client.variation(key, {}, false); };
`,
      },
      'new-checkout',
      'next',
      {
        'src/flags.ts': `export const FLAGS = { newCheckout: 'next', checkout: { fast: 'fast' } } as const;
export enum Key { New = 'next' }
export const NEW = 'next';
`,
        'src/a.ts': `${node}import { FLAGS, Key, NEW } from './flags';
export const a = () => client.variation(FLAGS.newCheckout, {}, false);
export const b = () => client.variation(Key.New, {}, false);
export const c = () => client.variation(NEW, {}, false);
export const d = () => { const key = 'next'; return client.variation(key, {}, false); };
`,
      },
    ));

  it('spells members as their record does, and keeps local names', () =>
    gives(
      {
        'flags.json': flagd('new-checkout'),
        'src/A.tsx': `${react}export function A() {
  const { newCheckout } = useFlags();
  const { newCheckout: on, newCheckout: other = false } = useFlags();
  return newCheckout || on || other || useFlags().newCheckout || useFlags()?.newCheckout;
}
`,
      },
      'new-checkout',
      'fast-checkout',
      {
        'flags.json': flagd('fast-checkout'),
        'src/A.tsx': `${react}export function A() {
  const { fastCheckout: newCheckout } = useFlags();
  const { fastCheckout: on, fastCheckout: other = false } = useFlags();
  return newCheckout || on || other || useFlags().fastCheckout || useFlags()?.fastCheckout;
}
`,
      },
    ));

  it('takes brackets where a record keeps keys as they are and the new one is no name', async () => {
    const policy = '{ "flags": { "reads": [{ "hook": "useFeatures" }] } }';
    const { after } = await rename(
      {
        'switchyard.jsonc': policy,
        'src/a.ts': `export const a = () => useFeatures().search;
export const b = () => useFeatures()?.search;
export const c = () => useFeatures()['search'];
export const d = () => { const { search } = useFeatures(); return search; };
`,
      },
      'search',
      'fast-search',
    );
    assert.equal(
      after['src/a.ts'],
      `export const a = () => useFeatures()['fast-search'];
export const b = () => useFeatures()?.['fast-search'];
export const c = () => useFeatures()['fast-search'];
export const d = () => { const { 'fast-search': search } = useFeatures(); return search; };
`,
    );
  });

  it('leaves texts that are no read, and offers them apart', async () => {
    const { after, mentions } = await rename(
      {
        'flags.json': flagd('search'),
        'src/a.ts': `${node}export const a = () => client.variation('search', {}, false);
export const route = 'search';
`,
        'src/b.test.ts': `mock({ 'search': true, research: 1, "search-box": 2 });\n`,
      },
      'search',
      'find',
    );
    assert.match(after['src/a.ts']!, /variation\('find'.*\nexport const route = 'search'/);
    assert.deepEqual(
      mentions.map(({ path, edits }) => [path, edits.length]),
      [
        ['src/a.ts', 1],
        ['src/b.test.ts', 1],
      ],
    );
  });

  it('offers telling names wherever they stand, also as records spell them', async () => {
    const { mentions } = await rename(
      {
        'flags.json': flagd('new-checkout'),
        'src/A.tsx': `${react}// Remove new-checkout in spring.\nexport const A = () => useFlags().newCheckout;\n`,
        'src/A.test.tsx': `mock({ newCheckout: true, renewCheckout: 1, x: 'not-new-checkout' });\n`,
      },
      'new-checkout',
      'next-checkout',
    );
    assert.deepEqual(
      mentions.flatMap(({ path, before, edits }) =>
        edits.map(({ range, newText }) => `${path} ${before!.slice(range.start, range.end)} -> ${newText}`),
      ),
      ['src/A.test.tsx newCheckout -> nextCheckout', 'src/A.tsx new-checkout -> next-checkout'],
    );
  });

  it('leaves generated files to their generator, and says so', async () => {
    const { after, change } = await rename(
      {
        'flags.json': flagd('search'),
        'src/gen.ts': `// Code generated by x. DO NOT EDIT.\n${node}export const a = () => client.variation('search', {}, false);\n`,
        'src/a.ts': `${node}export const a = () => client.variation('search', {}, false);\n`,
      },
      'search',
      'find',
    );
    assert.match(after['src/gen.ts']!, /'search'/);
    assert.match(after['src/a.ts']!, /'find'/);
    assert.deepEqual(
      change.refused.map(({ path }) => path),
      ['src/gen.ts'],
    );
  });
});

describe('rename: refuses', () => {
  const files = {
    'flags.json': flagd('search', 'other'),
    'src/a.ts': `${node}export const a = () => client.variation('search', {}, false);\n`,
  };

  it('keys that are taken, empty or impossible', async () => {
    await refuses(files, 'search', 'other', /already, defined in flags\.json/);
    await refuses(files, 'search', '  ', /cannot be empty/);
    await refuses(files, 'search', ' x', /begin or end with a blank/);
    await refuses(files, 'search', "it's", /the character '/);
    await refuses(files, 'nope', 'x', /No flag 'nope'/);
    const unleash = {
      'unleash.json':
        '{ "features": [{ "name": "a", "type": "release", "project": "default" }], "featureStrategies": [] }',
    };
    await refuses(unleash, 'a', 'b c', /no key for Unleash/);
  });

  it('where a read might hold the key, with its place', async () => {
    const dynamic = `${node}export const any = (req) => client.variation(req.query.flag, {}, false);\n`;
    await refuses({ ...files, 'src/b.ts': dynamic }, 'search', 'find', /may be of this flag: src\/b\.ts:3\./);
  });

  it('where a function that reads flags is called with a key that nobody knows', async () => {
    const wrapper = `${node}export function isOn(name) { return client.variation(name, {}, false); }\n`;
    const calls = (key: string) =>
      `import { isOn } from './b';\nexport const c = (list) => list.map((x) => isOn(${key}));\n`;
    await refuses({ ...files, 'src/b.ts': wrapper, 'src/c.ts': calls('x + 1') }, 'search', 'find', /src\/c\.ts:2/);
    const known = await rename({ ...files, 'src/b.ts': wrapper, 'src/c.ts': calls("'search'") }, 'search', 'find');
    assert.deepEqual(
      known.change.files.map(({ path }) => path),
      ['flags.json', 'src/a.ts', 'src/c.ts'],
    );
    const twice = `import { isOn } from './b';\nexport const isBeta = (name) => isOn(name);\n`;
    await refuses({ ...files, 'src/b.ts': wrapper, 'src/c.ts': twice }, 'search', 'find', /flag: src\/c\.ts:2\./);
  });

  it('not where that read is of another vendor, or has another beginning', async () => {
    const unleash = `import { initialize } from 'unleash-client';
const client = initialize({});
export const any = (name) => client.isEnabled(name + '');
`;
    const template = `${node}export const any = (x) => client.variation(\`plan-\${x}\`, {}, false);\n`;
    const { change } = await rename({ ...files, 'src/b.ts': unleash, 'src/c.ts': template }, 'search', 'find');
    assert.deepEqual(
      change.files.map(({ path }) => path),
      ['flags.json', 'src/a.ts'],
    );
    const near = template.replace('plan-', 'sea');
    await refuses({ ...files, 'src/c.ts': near }, 'search', 'find', /src\/c\.ts:3/);
  });

  it('where the record of all flags is passed on', () =>
    refuses(
      {
        'flags.json': flagd('search'),
        'src/A.tsx': `${react}export function A() { const flags = useFlags(); show(flags); return flags.search; }\n`,
      },
      'search',
      'find',
      /src\/A\.tsx:2/,
    ));

  it('where the definitions are broken', () =>
    refuses({ ...files, 'flags.json': `${files['flags.json']} }` }, 'search', 'find', /not known in full/));

  it('where the key is put together', () =>
    refuses(
      {
        'src/flags.ts': `const PREFIX = 'shop-';\nexport const KEYS = { search: PREFIX + 'search' };\n`,
        'src/a.ts': `${node}import { KEYS } from './flags';\nexport const a = () => client.variation(KEYS.search, {}, false);\n`,
      },
      'shop-search',
      'find',
      /put together \(src\/flags\.ts:2\)/,
    ));

  it('where a file is broken', () =>
    refuses(
      { ...files, 'src/b.ts': `${node}export const b = () => client.variation('search', {}, false;\n` },
      'search',
      'find',
      /syntax errors \(src\/b\.ts:3\)/,
    ));
});
