import assert from 'node:assert/strict';
import { analyse, programReads } from './flags-program.ts';

const flags = `import { initialize } from 'unleash-client'; export const client = initialize({});\n`;
const names = (texts: Record<string, string>, policy: unknown = {}) =>
  analyse(texts, policy).inventory.readers.map(({ path, name, exact }) => `${path} ${name}${exact ? '' : ' mixed'}`);
const keys = (texts: Record<string, string>, policy: unknown = {}) => {
  const { inventory } = analyse(texts, policy);
  const reads = [...inventory.flags.values()].flatMap((flag) =>
    flag.reads.map(
      (read) => `${read.key} ${read.path} ${read.result.kind}${read.through ? ` ${read.through.name}` : ''}`,
    ),
  );
  return { reads: reads.sort(), dynamic: inventory.dynamicReads.map((read) => read.path) };
};

describe('inference: functions that read flags for their callers', () => {
  it('finds them through any depth, across files', () => {
    const texts = {
      'sdk.ts': flags,
      'one.ts': `import { client } from './sdk'; export function isOn(key: string) { return client.isEnabled(key); }`,
      'two.ts': `import { isOn } from './one'; export const enabled = (name: string, fallback = false) => { const on = isOn(name); return on ?? fallback; };`,
      'three.ts': `import { enabled as check } from './two'; export async function checked({ flag }: { flag: string }) { return !check(flag); }`,
      'use.ts': `import { checked } from './three'; import { isOn } from './one'; if (await checked({ flag: 'deep' })) isOn('near');`,
    };
    assert.deepEqual(names(texts), ['one.ts isOn', 'three.ts checked', 'two.ts enabled']);
    assert.deepEqual(keys(texts), { reads: ['deep use.ts value checked', 'near use.ts value isOn'], dynamic: [] });
    const { inventory } = analyse(texts);
    const [read] = inventory.flags.get('deep')!.reads;
    assert.deepEqual([read!.inverted, read!.result], [true, { kind: 'value', async: true }]);
    assert.equal(inventory.readers[0]!.reason, 'returns Unleash isEnabled(...) with its first parameter as the key');
    assert.match(inventory.readers[1]!.reason, /the field 'flag' of its first parameter/);
  });

  it('finds methods of classes, of objects and of what hooks return', () => {
    const texts = {
      'sdk.ts': flags,
      'service.ts': `import { client } from './sdk';
export interface FlagService { isOn(key: string): boolean }
export class Unleashed implements FlagService { private c = client; isOn(key: string) { return this.c.isEnabled(key); } }
export const service = new Unleashed();`,
      'object.ts': `import { client } from './sdk'; const has = (key) => client.isEnabled(key); export const toggles = { has, deep: { had: (key) => client.isEnabled(key) } };`,
      'hook.tsx': `import { client } from './sdk'; import { useCallback, useMemo } from 'react';
export function useFlagReader() { const isActive = useCallback((key: string) => client.isEnabled(key), []); return useMemo(() => ({ isActive, isIdle: (key) => !client.isEnabled(key) }), [isActive]); }`,
      'a.ts': `import { service } from './service'; import { toggles } from './object'; service.isOn('instance'); toggles.has('member'); toggles.deep.had('nested'); toggles.other('no');`,
      'b.tsx': `import { useFlagReader } from './hook'; export function B() { const { isActive, isIdle: idle } = useFlagReader(); return isActive('bound') && idle('renamed') && useFlagReader().isActive('direct'); }`,
      'c.ts': `import type { FlagService } from './service'; export class C { constructor(private readonly flags: FlagService) {} go() { return this.flags.isOn('typed'); } }`,
    };
    assert.deepEqual(
      keys(texts).reads.map((read) => read.split(' ').slice(0, 3).join(' ')),
      [
        'bound b.tsx value',
        'direct b.tsx value',
        'instance a.ts value',
        'member a.ts value',
        'nested a.ts value',
        'renamed b.tsx value',
        'typed c.ts value',
      ],
    );
    assert.deepEqual(keys(texts).dynamic, []);
  });

  it('follows default exports, renamed exports and barrels, whatever importers call them', () => {
    const texts = {
      'sdk.ts': flags,
      'useFlag.ts': `import { client } from './sdk'; export default function (key: string) { return client.isEnabled(key); }`,
      'named.ts': `import { client } from './sdk'; function inner(key: string) { return client.isEnabled(key); } export { inner as outer };`,
      'index.ts': `export { default as useBarrel } from './useFlag'; export { outer as outmost } from './named';`,
      'a.ts': `import anything from './useFlag'; import { useBarrel, outmost } from './index'; import { outer } from './named'; anything('a'); useBarrel('b'); outmost('c'); outer('d');`,
    };
    assert.deepEqual(
      keys(texts).reads.map((read) => read[0]),
      ['a', 'b', 'c', 'd'],
    );
  });

  it('takes an element whose prop is the key for a reader', () => {
    const texts = {
      'gate.tsx': `import { useFlag } from '@unleash/proxy-client-react';
export const Feature = ({ name, children, fallback = null }) => { const on = useFlag(name); return on ? <>{children}</> : fallback; };
export function Item(props: { flag?: string; label: string }) { const on = useFlag(props.flag); return <li hidden={!on}>{props.label}</li>; }`,
      'a.tsx': `import { Feature, Item } from './gate'; export const A = () => <Feature name="shown"><Item flag="listed" label="x" /><Item label="y" /></Feature>;`,
    };
    assert.deepEqual(names(texts), ['gate.tsx Feature', 'gate.tsx Item mixed']);
    assert.deepEqual(keys(texts), { reads: ['listed a.tsx other Item', 'shown a.tsx component Feature'], dynamic: [] });
  });

  it('finds the key in a record of flags, and in a group that a parameter names', () => {
    const texts = {
      'hook.ts': `import { useFlags } from 'launchdarkly-react-client-sdk'; import { useFlag } from '@unleash/proxy-client-react';
export function useOne(key: string) { const flags = useFlags(); return flags[key]; }
export const FLAGS = { cart: 'new-cart', search: 'new-search' } as const;
export const useKnown = (name: keyof typeof FLAGS) => useFlag(FLAGS[name]);`,
      'a.ts': `import { useKnown, useOne } from './hook'; useOne('newBanner'); useKnown('cart');`,
    };
    assert.deepEqual(keys(texts).reads, ['new-cart a.ts value useKnown', 'newBanner a.ts value useOne']);
  });

  it('says what mixes something in, and what yields another thing', () => {
    const texts = {
      'sdk.ts': flags,
      'a.ts': `import { client } from './sdk'; const overrides: Record<string, boolean> = {};
export function mixed(key: string) { return overrides[key] ?? client.isEnabled(key); }
export function guarded(key: string) { if (overrides[key]) return true; return client.isEnabled(key); }
export function logged(key: string) { console.log(key); return client.isEnabled(key); }
export const variant = (key: string) => client.getVariant(key);
export const named = (key: string) => client.getVariant(key).name;
export const payload = (key: string) => client.getVariant(key).payload;
export const both = (key: string) => client.isEnabled(key) && overrides.x;
export const truthy = (key: string) => !!client.isEnabled(key) || false;`,
    };
    assert.deepEqual(names(texts), [
      'a.ts both mixed',
      'a.ts guarded mixed',
      'a.ts logged mixed',
      'a.ts mixed mixed',
      'a.ts named',
      'a.ts payload mixed',
      'a.ts truthy',
      'a.ts variant',
    ]);
  });

  it('calls no reader what makes its key of something else', () => {
    const texts = {
      'sdk.ts': flags,
      'a.ts': `import { client } from './sdk';
export const prefixed = (key: string) => client.isEnabled(\`app.\${key}\`);
export function changed(key: string) { key = key.trim(); return client.isEnabled(key); }
export const all = (keys: string[]) => keys.filter((key) => client.isEnabled(key));
export const rest = (...keys: string[]) => client.isEnabled(keys[0]);
export const exactly = (key: string) => client.isEnabled(\`\${key}\`);
prefixed('no'); changed('no'); all(['no']); rest('no'); exactly('yes');`,
    };
    const { reads, dynamic } = keys(texts);
    assert.deepEqual(reads, ['yes a.ts value exactly']);
    assert.equal(dynamic.length, 4);
  });

  it('mistakes no function of the same name for a reader', () => {
    const texts = {
      'sdk.ts': flags,
      'flags.ts': `import { client } from './sdk'; export function isOn(key: string) { return client.isEnabled(key); }`,
      'a.ts': `import { isOn as power } from './lamps'; import { isOn } from './flags'; power('lamp'); lamp.isOn('lamp'); function f(isOn: (x: string) => void) { isOn('parameter'); } isOn('flag');`,
      'b.ts': `function isOn(lamp: string) { return lamp; } isOn('own');`,
      'lamps.ts': `export const isOn = (lamp: string) => lamp !== '';`,
    };
    assert.deepEqual(keys(texts), { reads: ['flag a.ts value isOn'], dynamic: [] });
  });

  it('reads through accessors with a fixed key; of generated ones only calls count', () => {
    const texts = {
      'gen.ts': `// Code generated by openfeature; DO NOT EDIT.
import { OpenFeature } from '@openfeature/server-sdk'; import { useFlag } from '@openfeature/react-sdk';
export const useNewCart = (options?: object) => { return useFlag('new-cart', false, options); };
export const useOldCart = (options?: object) => { return useFlag('old-cart', false, options); };
export function getGeneratedClient(): GeneratedClient { const client = OpenFeature.getClient(); return { fast: (context) => { return client.getBooleanValue('fast', false, context); } }; }
export interface GeneratedClient { fast(context?: object): Promise<boolean> }`,
      'own.ts': `import { useFlag } from '@unleash/proxy-client-react'; export const useSearch = () => useFlag('search');`,
      'a.ts': `import { getGeneratedClient, useNewCart } from './gen'; import { useSearch } from './own'; const client = getGeneratedClient(); client.fast({}); useNewCart(); useSearch();`,
    };
    assert.deepEqual(
      keys(texts).reads.map((read) => read.split(' ').slice(0, 2).join(' ')),
      ['fast a.ts', 'new-cart a.ts', 'search a.ts', 'search own.ts'],
    );
  });

  it('reads through an accessor however many constants it makes ready', () => {
    const texts = {
      'ld.ts': `import { init } from '@launchdarkly/node-server-sdk'; const client = init('k');
export async function isTrackOn(day: string) {
  const { DateTime } = require('luxon');
  const zone = DateTime.local().zoneName;
  const seconds = DateTime.fromISO(day, { zone }).toSeconds();
  const context = { key: 'all', seconds };
  const isOn = (await client.variation('new-track', context, false)) as boolean;
  return isOn;
}`,
      'a.ts': `import { isTrackOn } from './ld'; if (await isTrackOn('2030-01-31')) go();`,
    };
    assert.deepEqual(keys(texts).reads, ['new-track a.ts value isTrackOn', 'new-track ld.ts value']);
  });

  it('passes a reader on through a React context', () => {
    const texts = {
      'context.tsx': `import { createContext, useContext } from 'react'; import { useFlagsmith } from 'flagsmith/react';
interface Value { isFlagOn(key: string): boolean }
const FlagContext = createContext<Value | null>(null);
export function FlagProvider({ children }) { const sdk = useFlagsmith(); const isFlagOn = (key: string) => sdk.hasFeature(key); return <FlagContext.Provider value={{ isFlagOn }}>{children}</FlagContext.Provider>; }
export const useFlagContext = () => useContext(FlagContext)!;`,
      'a.tsx': `import { useFlagContext } from './context'; export function A() { const { isFlagOn } = useFlagContext(); return isFlagOn('provided'); }`,
    };
    assert.deepEqual(keys(texts).reads, ['provided a.tsx value FlagProvider>isFlagOn']);
  });

  it('passes a reader on through a context without a type, wherever its hook stands', () => {
    const made = {
      nothing: 'createContext(null)',
      default: 'createContext({ isFlagOn: (key) => false })',
    };
    const given = [
      `const isFlagOn = (key) => sdk.hasFeature(key); return <FlagContext.Provider value={{ isFlagOn }}>{children}</FlagContext.Provider>;`,
      `const value = useMemo(() => ({ isFlagOn: (key) => sdk.hasFeature(key) }), [sdk]); return <FlagContext.Provider value={value}>{children}</FlagContext.Provider>;`,
    ];
    for (const context of Object.values(made))
      for (const body of given) {
        const texts = {
          'context.jsx': `import { createContext, useContext, useMemo } from 'react'; import { useFlagsmith } from 'flagsmith/react';
const FlagContext = ${context};
export function FlagProvider({ children }) { const sdk = useFlagsmith(); ${body} }
export function Own() { const { isFlagOn } = useContext(FlagContext); return isFlagOn('near'); }
export const useFlagContext = () => { const value = useContext(FlagContext); return value; };`,
          'a.jsx': `import { useFlagContext } from './context'; export function A() { const { isFlagOn } = useFlagContext(); return isFlagOn('far'); }`,
        };
        const read = keys(texts).reads.map((one) => one.split(' ').slice(0, 2).join(' '));
        assert.deepEqual(read, ['far a.jsx', 'near context.jsx'], `${context} ${body}`);
      }
  });

  it('reads through what the product provides, where tests provide something, too', () => {
    const texts = {
      'a.test.tsx': `import { FlagContext } from './context'; import { useFlagsmith } from 'flagsmith/react';
function Wrapped() { const sdk = useFlagsmith(); return <FlagContext.Provider value={{ isFlagOn: (key: string) => !sdk.hasFeature(key) }} />; }`,
      'a.tsx': `import { useContext } from 'react'; import { FlagContext } from './context'; export function A() { return useContext(FlagContext).isFlagOn('provided'); }`,
      'context.ts': `import { createContext } from 'react'; export const FlagContext = createContext(null);`,
      'provider.tsx': `import { FlagContext } from './context'; import { useFlagsmith } from 'flagsmith/react';
export function Provider({ children }) { const sdk = useFlagsmith(); const value = { isFlagOn: (key: string) => sdk.hasFeature(key) }; return <FlagContext.Provider value={value}>{children}</FlagContext.Provider>; }`,
    };
    assert.deepEqual(keys(texts).reads, ['provided a.tsx value Provider>value.isFlagOn']);
  });

  it('finds the key in a field of an object that stands for a flag', () => {
    const texts = {
      'feature.ts': `export class Feature { constructor(readonly id: string, readonly off: boolean) {} } export const cart = new Feature('new-cart', false); export const more = { search: new Feature('new-search', false), nav: { id: 'new-nav' } };`,
      'hook.ts': `import { useFeatureIsOn } from '@growthbook/growthbook-react';
export const useFeature = (feature) => useFeatureIsOn(feature.id);
export const useWhen = ({ feature, when }) => { const on = useFeatureIsOn(feature.id); return when && on; };`,
      'a.tsx': `import { cart, more } from './feature'; import { useFeature, useWhen } from './hook'; useFeature(cart); useWhen({ feature: more.search, when: x }); useFeature(more.nav); useFeature(other);`,
    };
    assert.deepEqual(keys(texts), {
      reads: ['new-cart a.tsx value useFeature', 'new-nav a.tsx value useFeature', 'new-search a.tsx other useWhen'],
      dynamic: ['a.tsx'],
    });
  });

  it('reads through accessors of readers that mix something in', () => {
    const texts = {
      'ld.ts': `import { init } from '@launchdarkly/node-server-sdk'; let client; const NEW = 'new-cart';
async function valueOf(key: string) { if (!client) client = init('k'); return client.variation(key, {}, false); }
export async function isNewCart(): Promise<boolean> { return await valueOf(NEW) as boolean; }
export async function warm(key: string) { await valueOf(key); }`,
      'a.ts': `import { isNewCart, warm } from './ld'; await isNewCart(); warm('no');`,
    };
    assert.deepEqual(keys(texts).reads, ['new-cart a.ts other isNewCart', 'new-cart ld.ts other valueOf']);
  });

  it('loses no second key of a function that takes two', () => {
    const texts = {
      'sdk.ts': flags,
      'a.ts': `import { client } from './sdk'; export const both = (a: string, b: string) => client.isEnabled(a) && client.isEnabled(b); both('one', 'two');`,
      'b.ts': `import { client } from './sdk'; export const either = (a: string) => client.isEnabled(a) || client.isEnabled(a);`,
    };
    assert.deepEqual(keys(texts), { reads: ['one a.ts other both'], dynamic: ['a.ts'] });
  });

  it('takes the union that a key is declared as for a registry', () => {
    const texts = {
      'sdk.ts': flags,
      'flags.ts': `import { client } from './sdk'; export type FlagKey = 'one' | 'two'; export const isOn = (key: FlagKey) => client.isEnabled(key);`,
      'a.ts': `import { isOn } from './flags'; isOn('one');`,
    };
    const { inventory } = analyse(texts);
    assert.deepEqual([...inventory.flags.keys()], ['one', 'two']);
    assert.equal(inventory.flags.get('two')!.health, 'unused');
  });

  it('can be switched off, whole or for one function', () => {
    const texts = {
      'sdk.ts': flags,
      'a.ts': `import { client } from './sdk'; export class Service { isOn(key: string) { return client.isEnabled(key); } isOff(key: string) { return !client.isEnabled(key); } } const s = new Service(); s.isOn('on'); s.isOff('off');`,
    };
    assert.deepEqual(keys(texts).reads.length, 2);
    assert.deepEqual(keys(texts, { flags: { notReaders: ['Service.isOn'] } }).reads, ['off a.ts value Service.isOff']);
    assert.deepEqual(keys(texts, { flags: { inference: false } }), { reads: [], dynamic: ['a.ts', 'a.ts'] });
    assert.deepEqual(programReads(texts).reads[0], 'on isEnabled through Service.isOn value');
  });
});
