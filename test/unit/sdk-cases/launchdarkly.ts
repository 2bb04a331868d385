import type { SdkCase } from './case.ts';

export const launchDarkly: readonly SdkCase[] = [
  {
    name: 'server: variations and details are promises, the default comes third',
    text: `import { init } from '@launchdarkly/node-server-sdk';
const client = init('k');
export async function f(user) {
  await client.variation('a', user, 'x');
  (await client.variationDetail('b', user, 1)).value;
  await client.boolVariation('c', user, false); await client.boolVariationDetail('d', user, false);
  await client.numberVariation('e', user, 1); await client.numberVariationDetail('f', user, 1);
  await client.stringVariation('g', user, ''); await client.stringVariationDetail('h', user, '');
  await client.jsonVariation('i', user, {}); await client.jsonVariationDetail('j', user, {});
  const { value } = await client.migrationVariation('k', user, 'off');
}`,
    reads: [
      'a variation value async default="x"',
      'b variationDetail details:value async default=1',
      'c boolVariation value async boolean default=false',
      'd boolVariationDetail details:value async boolean default=false',
      'e numberVariation value async number default=1',
      'f numberVariationDetail details:value async number default=1',
      'g stringVariation value async string default=""',
      'h stringVariationDetail details:value async string default=""',
      'i jsonVariation value async object default={}',
      'j jsonVariationDetail details:value async object default={}',
      'k migrationVariation details:value async string default="off"',
    ],
  },
  {
    name: 'server: a callback takes the value, events name the key, a state knows all flags',
    text: `import * as ld from 'launchdarkly-node-server-sdk';
const client = ld.init('k');
client.variation('a', user, false, (error, value) => use(value));
client.variationDetail('b', user, false, (error, detail) => use(detail));
client.on('update:c', reload); client.once('update:d', reload); client.off('update:e', reload);
client.on('update', reload); client.on('ready', start); client.on(name, start);
export async function f() {
  const state = await client.allFlagsState(user);
  return state.getFlagValue('g') && state.getFlagReason('h') && state.allValues()['i'] && state.allValues().j;
}`,
    reads: [
      'a variation other default=false',
      'b variationDetail other default=false',
      'c on other',
      'd once other',
      'e off other',
      'g getFlagValue value',
      'h getFlagReason other',
      'i allValues value',
      'j allValues value',
    ],
  },
  {
    name: 'client: at once, the default comes second, events, all flags',
    text: `import { createClient } from '@launchdarkly/js-client-sdk';
const client = createClient('id', context);
client.variation('a'); client.variation('b', false); client.variationDetail('c', 1).value;
client.boolVariation('d', true); client.boolVariationDetail('e', true).value;
client.numberVariation('f', 1); client.numberVariationDetail('g', 1); client.stringVariation('h', 'x');
client.stringVariationDetail('i', 'x'); client.jsonVariation('j', null); client.jsonVariationDetail('k', null);
const { l, 'm-n': mn } = client.allFlags();
client.on('change:o', show); client.off('change:p', show); client.on('change', show);`,
    reads: [
      'a variation value',
      'b variation value default=false',
      'c variationDetail details:value default=1',
      'd boolVariation value boolean default=true',
      'e boolVariationDetail details:value boolean default=true',
      'f numberVariation value number default=1',
      'g numberVariationDetail details:value number default=1',
      'h stringVariation value string default="x"',
      'i stringVariationDetail details:value string default="x"',
      'j jsonVariation value object default=null',
      'k jsonVariationDetail details:value object default=null',
      'l allFlags binding',
      'm-n allFlags binding',
      'o on other',
      'p off other',
    ],
  },
  {
    name: 'react 3: the record spells keys in camelCase, providers ask for flags',
    text: `import { asyncWithLDProvider, useFlags, useLDClient, withLDProvider } from 'launchdarkly-react-client-sdk';
export function A() {
  const { newCart, old: renamed = true } = useFlags();
  const flags = useFlags();
  useLDClient().variation('raw-key', 2);
  return flags.sideBar ?? flags?.['topBar'];
}
export const provider = asyncWithLDProvider({ clientSideID: 'id', flags: { 'asked-for': false, "other": true } });
export default withLDProvider({ clientSideID: 'id' })(A);
withLDProvider({ clientSideID: 'id', flags: { third: 3 } })(A);`,
    reads: [
      'newCart useFlags binding',
      'old useFlags binding default=true',
      'raw-key variation value default=2',
      'sideBar useFlags value default=flags?.["topBar"]',
      'topBar useFlags value',
      'asked-for asyncWithLDProvider other default=false',
      'other asyncWithLDProvider other default=true',
      'third withLDProvider other default=3',
    ],
  },
  {
    name: 'react 4: hooks by type',
    text: `import { useBoolVariation, useBoolVariationDetail, useFlags, useJsonVariation, useJsonVariationDetail, useNumberVariation, useNumberVariationDetail, useStringVariation, useStringVariationDetail } from '@launchdarkly/react-sdk';
export function A() {
  const on = useBoolVariation('a', false); const { value } = useBoolVariationDetail('b', true);
  useNumberVariation('c', 1); useNumberVariationDetail('d', 2); useStringVariation('e', 'x'); useStringVariationDetail('f', 'y');
  useJsonVariation('g', {}); useJsonVariationDetail('h', []);
  return useFlags().newCart;
}`,
    reads: [
      'a useBoolVariation value boolean default=false',
      'b useBoolVariationDetail details:value boolean default=true',
      'c useNumberVariation value number default=1',
      'd useNumberVariationDetail details:value number default=2',
      'e useStringVariation value string default="x"',
      'f useStringVariationDetail details:value string default="y"',
      'g useJsonVariation value object default={}',
      'h useJsonVariationDetail details:value object default=[]',
      'newCart useFlags value',
    ],
  },
  {
    name: 'react 4 on the server: a session knows its context, the client below it does not',
    text: `import { createLDServerSession, type LDServerBaseClient } from '@launchdarkly/react-sdk/server';
export async function f(client: LDServerBaseClient) {
  const session = createLDServerSession(client, context);
  await session.boolVariation('a', false); (await session.boolVariationDetail('b', true)).value;
  await session.numberVariation('c', 1); await session.numberVariationDetail('d', 1);
  await session.stringVariation('e', 'x'); await session.stringVariationDetail('f', 'x');
  await session.jsonVariation('g', {}); await session.jsonVariationDetail('h', {});
  await client.boolVariation('i', context, true); await client.boolVariationDetail('j', context, true);
  await client.numberVariation('k', context, 1); await client.numberVariationDetail('l', context, 1);
  await client.stringVariation('m', context, 'x'); await client.stringVariationDetail('n', context, 'x');
  await client.jsonVariation('o', context, {}); await client.jsonVariationDetail('p', context, {});
  return (await session.allFlagsState()).getFlagValue('q');
}`,
    reads: [
      'a boolVariation value async boolean default=false',
      'b boolVariationDetail details:value async boolean default=true',
      'c numberVariation value async number default=1',
      'd numberVariationDetail details:value async number default=1',
      'e stringVariation value async string default="x"',
      'f stringVariationDetail details:value async string default="x"',
      'g jsonVariation value async object default={}',
      'h jsonVariationDetail details:value async object default={}',
      'i boolVariation value async boolean default=true',
      'j boolVariationDetail details:value async boolean default=true',
      'k numberVariation value async number default=1',
      'l numberVariationDetail details:value async number default=1',
      'm stringVariation value async string default="x"',
      'n stringVariationDetail details:value async string default="x"',
      'o jsonVariation value async object default={}',
      'p jsonVariationDetail details:value async object default={}',
      'q getFlagValue value',
    ],
  },
  {
    name: 'react native, 10 and before',
    text: `import { useBoolVariation, useTypedVariation, useTypedVariationDetail } from '@launchdarkly/react-native-client-sdk';
import LDClient from 'launchdarkly-react-native-client-sdk';
const client = new LDClient();
client.registerFeatureFlagListener('a', show); client.unregisterFeatureFlagListener('b', show);
export async function A() {
  useBoolVariation('c', false); useTypedVariation<'x' | 'y'>('d', 'x'); useTypedVariationDetail('e', 1).value;
  await client.boolVariation('f', true); await client.boolVariationDetail('g', true);
  await client.numberVariation('h', 1); await client.numberVariationDetail('i', 1); await client.stringVariation('j', 'x');
  await client.stringVariationDetail('k', 'x'); await client.jsonVariation('l', {}); await client.jsonVariationDetail('m', {});
  return (await client.allFlags()).n;
}`,
    reads: [
      'a registerFeatureFlagListener other',
      'b unregisterFeatureFlagListener other',
      'c useBoolVariation value boolean default=false',
      'd useTypedVariation value default="x"',
      'e useTypedVariationDetail details:value default=1',
      'f boolVariation value async boolean default=true',
      'g boolVariationDetail details:value async boolean default=true',
      'h numberVariation value async number default=1',
      'i numberVariationDetail details:value async number default=1',
      'j stringVariation value async string default="x"',
      'k stringVariationDetail details:value async string default="x"',
      'l jsonVariation value async object default={}',
      'm jsonVariationDetail details:value async object default={}',
      'n allFlags value',
    ],
  },
  {
    name: 'vue: refs',
    text: `import { useLDFlag } from 'launchdarkly-vue-client-sdk';
import { useBoolVariation, useBoolVariationDetail, useJsonVariation, useJsonVariationDetail, useNumberVariation, useNumberVariationDetail, useStringVariation, useStringVariationDetail } from '@launchdarkly/vue-client-sdk';
const a = useLDFlag('a', false); a.value;
const b = useBoolVariation('b', true); const bd = useBoolVariationDetail('c', true).value.value;
useNumberVariation('d', 1); useNumberVariationDetail('e', 1); useStringVariation('f', 'x'); useStringVariationDetail('g', 'x');
useJsonVariation('h', {}); useJsonVariationDetail('i', {});
useBoolVariation(() => props.flag, false);`,
    reads: [
      'a useLDFlag details:value default=false',
      'b useBoolVariation details:value boolean default=true',
      'c useBoolVariationDetail details:value.value boolean default=true',
      'd useNumberVariation details:value number default=1',
      'e useNumberVariationDetail details:value.value number default=1',
      'f useStringVariation details:value string default="x"',
      'g useStringVariationDetail details:value.value string default="x"',
      'h useJsonVariation details:value object default={}',
      'i useJsonVariationDetail details:value.value object default={}',
    ],
    dynamic: 1,
  },
  {
    name: 'svelte: a value, or a store of it',
    text: `import { LD } from '@launchdarkly/svelte-client-sdk';
const on = LD.useFlag('a', false);
const store = LD.watch('b');`,
    reads: ['a useFlag value default=false', 'b watch other'],
  },
];
