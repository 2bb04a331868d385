import assert from 'node:assert/strict';
import { programReads } from './flags-program.ts';

/** A program and its reads, each as `key reader result default`. */
interface Case {
  readonly name: string;
  readonly files: Record<string, string>;
  readonly reads: readonly string[];
  readonly dynamic?: number;
}

const launchDarkly: Case[] = [
  {
    name: 'server: init, await, default at 2',
    files: {
      'a.ts': `import { init } from '@launchdarkly/node-server-sdk';
const client = init('sdk-key');
const on = await client.variation('new-checkout', user, false);`,
    },
    reads: ['new-checkout variation value async default=false'],
  },
  {
    name: 'server: namespace import, old package, detail',
    files: {
      'a.js': `const LaunchDarkly = require('launchdarkly-node-server-sdk');
const client = LaunchDarkly.init(process.env.KEY);
client.boolVariationDetail('a', user, true).then((d) => d.value);`,
    },
    reads: ['a boolVariationDetail details:value async default=true'],
  },
  {
    name: 'server: declared type of a constructor property',
    files: {
      'a.ts': `import type { LDClient } from '@launchdarkly/node-server-sdk';
export class Cart { constructor(private readonly ld: LDClient) {}
  async total() { return (await this.ld.numberVariation('cart-limit', ctx, 5)) } }`,
    },
    reads: ['cart-limit numberVariation value async default=5'],
  },
  {
    name: 'server: assigned in the constructor, flags state',
    files: {
      'a.ts': `import * as ld from '@launchdarkly/node-server-sdk';
class A { private client; constructor() { this.client = ld.init('k'); }
  async f() { const state = await this.client.allFlagsState(ctx); return state.getFlagValue('x') || state.allValues()['y']; } }`,
    },
    reads: ['x getFlagValue value', 'y allValues value'],
  },
  {
    name: 'browser: default at 1, sync, all flags',
    files: {
      'a.ts': `import { initialize, type LDClient } from 'launchdarkly-js-client-sdk';
let client: LDClient; client = initialize('id', ctx);
if (client.variation('banner', false)) {}
const { beta } = client.allFlags();`,
    },
    reads: ['banner variation value default=false', 'beta allFlags binding'],
  },
  {
    name: 'react: useFlags in all its forms',
    files: {
      'a.tsx': `import { useFlags, useLDClient } from 'launchdarkly-react-client-sdk';
export function A() {
  const { newCheckout, oldCart: cart = false } = useFlags();
  const flags = useFlags();
  const client = useLDClient();
  client?.variation('raw-key', true);
  return flags.sideBar && flags['top-bar'] && useFlags().footer ? <b/> : null;
}`,
    },
    reads: [
      'newCheckout useFlags binding',
      'oldCart useFlags binding default=false',
      'raw-key variation value default=true',
      'sideBar useFlags value',
      'top-bar useFlags value',
      'footer useFlags value',
    ],
  },
  {
    name: 'react: a record that is passed on is also a dynamic read',
    files: {
      'a.tsx': `import { useFlags } from 'launchdarkly-react-client-sdk';
export function A() { const { a, ...rest } = useFlags(); return <B flags={rest} />; }`,
    },
    reads: ['a useFlags binding'],
    dynamic: 1,
  },
  {
    name: 'react 4 and react native: typed hooks',
    files: {
      'a.tsx': `import { useBoolVariation, useStringVariationDetail as detail } from '@launchdarkly/react-sdk';
import { useNumberVariation } from '@launchdarkly/react-native-client-sdk';
function A() { useBoolVariation('a', false); detail('b', 'x').value; useNumberVariation('c', 1); }`,
    },
    reads: [
      'a useBoolVariation value default=false',
      'b useStringVariationDetail details:value default="x"',
      'c useNumberVariation value default=1',
    ],
  },
];

const openFeature: Case[] = [
  {
    name: 'server: client from the API object',
    files: {
      'a.ts': `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
async function f() { await client.getBooleanValue('a', false); (await OpenFeature.getClient('x').getStringDetails('b', 'c')).value }`,
    },
    reads: ['a getBooleanValue value async default=false', 'b getStringDetails details:value async default="c"'],
  },
  {
    name: 'web: same names, sync',
    files: {
      'a.ts': `import { OpenFeature, type Client } from '@openfeature/web-sdk';
export function f(client: Client = OpenFeature.getClient()) { return client.getNumberValue('n', 3); }`,
    },
    reads: ['n getNumberValue value default=3'],
  },
  {
    name: 'react: hooks and component',
    files: {
      'a.tsx': `import { FeatureFlag, useFlag, useBooleanFlagValue, useOpenFeatureClient } from '@openfeature/react-sdk';
function A() {
  const { value } = useFlag('a', false);
  const on = useBooleanFlagValue('b', true);
  useOpenFeatureClient().getObjectValue('o', {});
  return <FeatureFlag flagKey="c" defaultValue={false}><B/></FeatureFlag>;
}`,
    },
    reads: [
      'a useFlag details:value default=false',
      'b useBooleanFlagValue value default=true',
      'o getObjectValue value default={}',
      'c FeatureFlag component default=false',
    ],
  },
];

const unleash: Case[] = [
  {
    name: 'node: initialize, module function, variant',
    files: {
      'a.ts': `import { initialize, isEnabled, Unleash } from 'unleash-client';
const unleash = initialize({ url });
unleash.isEnabled('a'); isEnabled('b', ctx, true); unleash.getVariant('v').name;
const other = new Unleash({ url }); other.isEnabled(\`c\`);`,
    },
    reads: ['a isEnabled value', 'b isEnabled value default=true', 'v getVariant details:name', 'c isEnabled value'],
  },
  {
    name: 'node: a class of it is extended',
    files: {
      'a.ts': `import { Unleash } from 'unleash-client';
class Mine extends Unleash { on() { return this.isEnabled('x'); } }`,
    },
    reads: ['x isEnabled value'],
  },
  {
    name: 'proxy',
    files: {
      'a.js': `import { UnleashClient } from 'unleash-proxy-client';
const unleash = new UnleashClient({}); await unleash.start(); unleash.isEnabled('a');`,
    },
    reads: ['a isEnabled value'],
  },
  {
    name: 'react: hooks, renamed import, destructured client',
    files: {
      'a.tsx': `import { useFlag as useUnleashFlag, useVariant, useUnleashClient } from '@unleash/proxy-client-react';
function A() { const a = useUnleashFlag('a'); const v = useVariant('v'); const { isEnabled: on } = useUnleashClient(); return on('b'); }`,
    },
    reads: ['a useFlag value', 'v useVariant details:name', 'b isEnabled value'],
  },
  {
    name: 'next: flag()',
    files: {
      'a.ts': `import { flag } from '@unleash/nextjs';
const { enabled } = await flag('a');`,
    },
    reads: ['a flag details:enabled async'],
  },
];

const traps: Case[] = [
  {
    name: 'methods of the same name of other objects',
    files: {
      'a.ts': `import { init } from '@launchdarkly/node-server-sdk';
import { theme } from './theme';
theme.variation('dark', x, false);
const button = { isEnabled: (x) => x, variation() {} };
button.isEnabled('no'); button.variation('no', 1, 2);
document.getElementById('x').isEnabled('no');
function variation(k) {} variation('no', x, false);`,
      'theme.ts': `export const theme = { variation: (name) => name };`,
    },
    reads: [],
  },
  {
    name: 'shadowed client',
    files: {
      'a.ts': `import { client } from './ld';
function f(client) { client.variation('no', x, false); }
{ const client = makeOther(); client.variation('no', x, false); }
client.variation('yes', x, false);`,
      'ld.ts': `import { init } from '@launchdarkly/node-server-sdk'; export const client = init('k');`,
    },
    reads: ['yes variation value async default=false'],
  },
  {
    name: 'shadowed constants, and keys that only run time knows',
    files: {
      'a.ts': `import { isEnabled } from 'unleash-client';
const KEY = 'outer';
function f(KEY) { return isEnabled(KEY); }
function g() { const KEY = 'inner'; return isEnabled(KEY); }
let changing = 'x'; changing = 'y'; isEnabled(changing);
isEnabled(KEY); isEnabled('pre-' + KEY); isEnabled(\`x-\${y}\`);`,
    },
    reads: ['inner isEnabled value', 'outer isEnabled value', 'pre-outer isEnabled value'],
    dynamic: 2,
  },
  {
    name: 'keys as strings elsewhere',
    files: {
      'a.ts': `import { isEnabled } from 'unleash-client';
log('isEnabled("new-checkout")'); // isEnabled('in-comment')
const s = \`isEnabled('in-template')\`;`,
    },
    reads: [],
  },
  {
    name: 'an untyped parameter is nobody',
    files: { 'a.js': `export function f(client) { return client.variation('k', user, false); }` },
    reads: [],
  },
  {
    name: 'a function that wraps a read is a reader, its own read none',
    files: {
      'flags.ts': `import { init } from '@launchdarkly/node-server-sdk';
const client = init('k');
export const variation = (user, key) => client.variation(key, user, false);`,
      'a.ts': `import { variation } from './flags'; variation(user, 'k');`,
    },
    reads: ['k variation through variation value async'],
  },
];

const acrossFiles: Case[] = [
  {
    name: 'client and keys through barrels, stars and aliases',
    files: {
      'src/ld.ts': `import { init, LDClient } from '@launchdarkly/node-server-sdk';
export const client: LDClient = init('k');
export async function getClient(): Promise<LDClient> { return client; }`,
      'src/keys.ts': `export const FLAGS = { checkout: { newFlow: 'checkout-new-flow' }, banner: 'banner' } as const;
export enum Flag { Search = 'search-v2' }
export const KEY = 'plain';`,
      'src/index.ts': `export * from './ld'; export { FLAGS as F, Flag } from './keys'; export * as keys from './keys';`,
      'src/use.ts': `import { client as ld, F, Flag, getClient, keys } from './index.js';
ld.variation(F.checkout.newFlow, u, false);
(await getClient()).variation(F['banner'], u, false);
ld.variation(Flag.Search, u, false); ld.variation(keys.KEY, u, false);`,
    },
    reads: [
      'checkout-new-flow variation value async default=false',
      'banner variation value async default=false',
      'search-v2 variation value async default=false',
      'plain variation value async default=false',
    ],
  },
  {
    name: 'packages and files that are passed on whole',
    files: {
      'all.ts': `export * from 'react'; export * from 'unleash-client'; export * from './own';`,
      'own.ts': `import { initialize } from 'unleash-client'; export const client = initialize({}); export const getVariant = (k) => k;`,
      'a.ts': `import { client, getVariant, isEnabled } from './all'; client.isEnabled('a'); isEnabled('b'); getVariant('no');`,
    },
    reads: ['a isEnabled value', 'b isEnabled value'],
  },
  {
    name: 'tsconfig paths, default export, namespace',
    files: {
      'tsconfig.json': `{ // comment
 "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"], } } }`,
      'src/client.ts': `import LD from 'launchdarkly-node-server-sdk'; const c = LD.init('k'); export default c;`,
      'src/names.ts': `export const A = 'a'; export default { b: 'b' };`,
      'src/use.ts': `import c from '@/client'; import * as names from '@/names'; import rest from 'src/names';
c.variation(names.A, u, 1); c.variation(rest.b, u, 2);`,
    },
    reads: ['a variation value async default=1', 'b variation value async default=2'],
  },
  {
    name: 'keys that are put into an object one by one, unless they are set twice',
    files: {
      'features.js': `const FEATURES = {};
FEATURES.CART = 'new-cart'; FEATURES.TWICE = 'a';
if (mobile) FEATURES.TWICE = 'b';
export default FEATURES;`,
      'a.ts': `import { isEnabled } from 'unleash-client'; import FEATURES from './features';
isEnabled(FEATURES.CART); isEnabled(FEATURES.TWICE);`,
    },
    reads: ['new-cart isEnabled value'],
    dynamic: 1,
  },
  {
    name: 'workspace packages',
    files: {
      'packages/flags/package.json': `{ "name": "@acme/flags", "main": "dist/index.js" }`,
      'packages/flags/src/index.ts': `export { unleash } from './unleash'; export * from './keys';`,
      'packages/flags/src/unleash.ts': `import { initialize } from 'unleash-client'; export const unleash = initialize({});`,
      'packages/flags/src/keys.ts': `export const Keys = Object.freeze({ X: 'x-key' });`,
      'apps/web/a.ts': `import { Keys, unleash } from '@acme/flags'; import { Keys as K } from '@acme/flags/keys';
unleash.isEnabled(Keys.X); unleash.isEnabled(K.X);`,
    },
    reads: ['x-key isEnabled value', 'x-key isEnabled value'],
  },
  {
    name: 'services: a class member, an interface, a function that returns clients, a context',
    files: {
      'service.ts': `import { Unleash } from 'unleash-client';
export class Service { readonly flags: Unleash; constructor(config) { this.flags = new Unleash(config); } }
export interface Deps { unleash: Unleash; nested: { u: Unleash } }
export function useServices() { const unleash = new Unleash({}); return { unleash, other: 1 }; }`,
      'context.tsx': `import { createContext } from 'react'; import type { Unleash } from 'unleash-client';
export const Ctx = createContext<Unleash | null>(null);`,
      'use.tsx': `import { useContext } from 'react'; import { Ctx } from './context';
import { Service, type Deps, useServices } from './service';
const service = new Service({}); service.flags.isEnabled('a');
export function f({ unleash, nested: { u } }: Deps) { unleash.isEnabled('b'); u.isEnabled('c'); }
function C() { const { unleash } = useServices(); unleash.isEnabled('d'); const x = useContext(Ctx); x!.isEnabled('e'); }`,
    },
    reads: ['a isEnabled value', 'b isEnabled value', 'c isEnabled value', 'd isEnabled value', 'e isEnabled value'],
  },
  {
    name: 'CommonJS',
    files: {
      'flags.js': `const { initialize } = require('unleash-client');
const unleash = initialize({});
module.exports = { unleash, KEYS: { A: 'a-key' } };
module.exports.B = 'b-key';`,
      'use.js': `const { unleash, KEYS } = require('./flags'); const all = require('./flags');
unleash.isEnabled(KEYS.A); all.unleash.isEnabled(all.B);`,
    },
    reads: ['a-key isEnabled value', 'b-key isEnabled value'],
  },
  {
    name: 'import cycles end',
    files: {
      'a.ts': `export * from './b'; import { x } from './b'; x.isEnabled('no');`,
      'b.ts': `export * from './a'; export { y as z } from './a'; export const q = 'isEnabled';`,
    },
    reads: [],
  },
];

for (const [family, cases] of Object.entries({ launchDarkly, openFeature, unleash, traps, acrossFiles }))
  describe(`reads: ${family}`, () => {
    for (const one of cases)
      it(one.name, () => {
        const { reads, dynamic } = programReads(one.files);
        assert.deepEqual(reads, one.reads);
        assert.equal(dynamic.length, one.dynamic ?? 0);
      });
  });
