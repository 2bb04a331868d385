import assert from 'node:assert/strict';
import { buildGraph, updateGraph } from '../../server/src/facts/module-graph.ts';
import { takeFacts } from '../../server/src/facts/take-facts.ts';
import { launchDarklyCamelCase, spelled } from '../../server/src/flags/camel-case.ts';
import { recipeFor } from '../../server/src/flags/catalogue.ts';
import { buildInventory, filesToTakeClosely } from '../../server/src/flags/inventory.ts';
import { defaultPolicy, policySchema } from '../../server/src/policy/schema.ts';
import { analyse, programReads } from './flags-program.ts';

const flagd = (flags: Record<string, unknown>): string =>
  JSON.stringify({ $schema: 'https://flagd.dev/schema/v0/flags.json', flags });
const on = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' };
const some = { ...on, targeting: { if: [{ in: ['a', { var: 'email' }] }, 'on', 'off'] } };

describe('inventory: health', () => {
  it('tells orphan, unused, constant and live', () => {
    const { inventory } = analyse({
      'flags.flagd.json': flagd({ 'new-cart': on, 'new-search': some, 'old-banner': on }),
      'a.ts': `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
await client.getBooleanValue('new-cart', false); await client.getBooleanValue('new-search', false);
await client.getBooleanValue('new-serach', false);`,
    });
    const health = Object.fromEntries([...inventory.flags].map(([key, flag]) => [key, flag.health]));
    assert.deepEqual(health, {
      'new-cart': 'constant',
      'new-search': 'live',
      'new-serach': 'orphan-read',
      'old-banner': 'unused',
    });
    assert.equal(inventory.flags.get('new-cart')!.value, true);
  });

  it('calls nothing an orphan where nothing is defined, or where only tests read it', () => {
    const code = `import { isEnabled } from 'unleash-client'; isEnabled('x');`;
    assert.equal(analyse({ 'a.ts': code }).inventory.flags.get('x')!.health, 'unknown');
    const defined = analyse({ 'flags.flagd.json': flagd({ y: on }), 'a.test.ts': code });
    assert.equal(defined.inventory.flags.get('x')!.health, 'unknown');
    assert.equal(defined.inventory.flags.get('x')!.reads[0]!.inTest, true);
  });

  it('takes a group whose member is a key for a registry', () => {
    const { inventory } = analyse({
      'flags.ts': `export enum Flag { A = 'a', B = 'b' }\nexport const Other = { C: 'c' } as const;`,
      'a.ts': `import { isEnabled } from 'unleash-client'; import { Flag } from './flags'; isEnabled(Flag.A);`,
    });
    assert.deepEqual([...inventory.flags.keys()], ['a', 'b']);
    assert.equal(inventory.flags.get('b')!.health, 'unused');
    assert.equal(inventory.flags.get('a')!.definitions[0]!.source, 'typescript-enum');
  });
});

describe('inventory: records that spell keys their own way', () => {
  const hook = (names: string): string =>
    `import { useFlags } from 'launchdarkly-react-client-sdk';\nexport function A() { const { ${names} } = useFlags(); return ${names}; }`;

  it('finds the key by its spelling, never by turning the name back', () => {
    const files = { 'flags.flagd.json': flagd({ 'new.cart-v2': on, other: on }), 'a.tsx': hook('newCartV2') };
    assert.deepEqual(programReads(files).reads, ['new.cart-v2 useFlags binding']);
  });

  it('is a dynamic read where several keys are spelled the same', () => {
    const files = { 'flags.flagd.json': flagd({ 'new-cart': on, new_cart: on }), 'a.tsx': hook('newCart') };
    const { reads, dynamic } = programReads(files);
    assert.deepEqual(reads, []);
    assert.equal(dynamic.length, 1);
  });

  it('keeps a key that stands as it is, also by a constant', () => {
    const files = {
      'keys.ts': `export enum Key { Cart = 'new-cart' }`,
      'a.tsx': `import { useFlags } from 'launchdarkly-react-client-sdk'; import { Key } from './keys';
export function A() { const flags = useFlags(); const { [Key.Cart]: cart } = useFlags(); return flags['new-cart'] && flags[Key.Cart]; }`,
    };
    assert.deepEqual(programReads(files).reads, [
      'new-cart useFlags binding',
      'new-cart useFlags value',
      'new-cart useFlags value',
    ]);
  });

  it('finds a key at the end of a package that passes on hundreds of files', () => {
    const many = Array.from({ length: 300 }, (_, index) => `file${index}`);
    const files = {
      'shared/package.json': '{ "name": "@acme/shared", "main": "dist/index.js" }',
      'shared/src/index.ts': [...many, 'flags'].map((name) => `export * from './${name}';`).join('\n'),
      ...Object.fromEntries(many.map((name) => [`shared/src/${name}.ts`, `export * from './index';`])),
      'shared/src/flags.ts': `export enum Key { Cart = 'new-cart' }`,
      'a.ts': `import { useFlag } from '@unleash/proxy-client-react'; import { Key } from '@acme/shared'; useFlag(Key.Cart);`,
    };
    assert.deepEqual(programReads(files).reads, ['new-cart useFlag value']);
  });

  it('spells as lodash and as LaunchDarkly do', () => {
    assert.equal(spelled('v2Beta-flag2x', 'lodash-camelCase'), 'v2BetaFlag2X');
    assert.equal(spelled('v2Beta-flag2x', 'launchdarkly-camelCase'), 'v2BetaFlag2x');
    assert.equal(launchDarklyCamelCase('HTMLParser'), 'htmlParser');
    assert.equal(launchDarklyCamelCase('MY_FLAG'), 'myFlag');
    assert.equal(launchDarklyCamelCase('my.flag.key'), 'myFlagKey');
    assert.equal(spelled('As-Is', 'as-is'), 'As-Is');
  });
});

describe('inventory: shapes of the policy', () => {
  const reads = (shapes: unknown[], files: Record<string, string>) => programReads(files, { flags: { reads: shapes } });

  it('matches a receiver by its end', () => {
    const { reads: found } = reads([{ call: 'flags.isOn', default: 1 }], {
      'a.ts': `flags.isOn('a'); this.flags.isOn('b', true); ctx?.flags?.isOn('c'); otherflags.isOn('no'); isOn('no'); flags.deep.isOn('no');`,
    });
    assert.deepEqual(found, ['a flags.isOn value', 'b flags.isOn value default=true', 'c flags.isOn value']);
  });

  it('matches a bare call, but no parameter of that name', () => {
    const { reads: found } = reads([{ call: 'isOn', async: true, result: 'enabled' }], {
      'a.ts': `import { isOn } from './x'; isOn('a'); x.isOn('no');\nfunction f(isOn) { isOn('no'); }`,
      'b.ts': `function isOn(key) {} isOn('b');`,
    });
    assert.deepEqual(found, ['a isOn details:enabled async', 'b isOn details:enabled async']);
  });

  it('with "from" goes by where it comes from', () => {
    const files = {
      'src/flags/index.ts': `export { isOn as enabled, isOn, useFeatures } from './impl'; export { service } from './impl';`,
      'src/flags/impl.ts': `export const isOn = (k) => k; export const useFeatures = () => ({}); export const service = { isOn };`,
      'src/a.ts': `import { isOn, useFeatures, service } from './flags'; isOn('a'); service.isOn('s'); const { newCart } = useFeatures();`,
      'src/b.ts': `import { isOn } from './elsewhere'; isOn('no');`,
      'src/c.ts': `import { isOn } from '@acme/flags/next'; isOn('no');`,
    };
    assert.deepEqual(reads([{ call: 'isOn', from: './src/flags' }], files).reads, ['a isOn value', 's isOn value']);
    assert.deepEqual(reads([{ call: 'isOn', from: '@acme/flags/next' }], files).reads, ['no isOn value']);
    for (const from of ['src/flags', './src/flags', 'src/flags/impl.ts'])
      assert.deepEqual(reads([{ hook: 'useFeatures', from, spelling: 'camelCase' }], files).reads, [
        'newCart useFeatures binding',
      ]);
    assert.deepEqual(reads([{ hook: 'useFeatures', from: 'flags', spelling: 'camelCase' }], files).reads, []);
  });

  it('names other recipes for other policies', () => {
    const own = recipeFor(policySchema.parse({ flags: { reads: [{ call: 'isOurFlagOn' }] } }));
    assert.equal(own.names.has('isOurFlagOn'), true);
    assert.notEqual(own.id, recipeFor(defaultPolicy).id);
    assert.equal(recipeFor(policySchema.parse({})).id, recipeFor(defaultPolicy).id);
  });
});

describe('inventory: clients that pass through files that do not speak of flags', () => {
  const texts: Record<string, string> = {
    'sdk.ts': `import { initialize } from 'unleash-client'; export const instance = initialize({});`,
    'one.ts': `import { instance } from './sdk'; export const deps = { instance };`,
    'two.ts': `import { deps } from './one'; class Holder { all = deps; } export const holder = new Holder();`,
    'three.ts': `import { holder } from './two'; holder.all.instance.isEnabled('far');`,
  };

  it('asks for them, and finds the read', () => {
    assert.deepEqual(programReads(texts).reads, ['far isEnabled value']);
  });

  it('after an edit tells what it tells from scratch', () => {
    const recipe = recipeFor(defaultPolicy);
    const files = new Map(Object.entries(texts).map(([path, text]) => [path, takeFacts(path, text, recipe, true)]));
    let graph = buildGraph(files, new Map());
    const inventory = () => buildInventory({ files, graph, policy: defaultPolicy, definitionFiles: [] });
    const edit = (path: string, text: string): string[] => {
      files.set(path, takeFacts(path, text, recipe, true));
      graph = updateGraph(graph, files, new Map());
      assert.deepEqual(filesToTakeClosely({ files, graph, policy: defaultPolicy }), []);
      return [...inventory().flags.keys()];
    };
    assert.deepEqual([...inventory().flags.keys()], ['far']);
    assert.deepEqual(edit('one.ts', `export const deps = { instance: other() };`), []);
    assert.deepEqual(edit('one.ts', texts['one.ts']!), ['far']);
    assert.deepEqual(edit('three.ts', `import { holder } from './two'; holder.all.instance.isEnabled('near');`), [
      'near',
    ]);
  });
});
