import assert from 'node:assert/strict';
import { type ShapeCase, shapeReads } from './flags-shapes.ts';

/*
 * Home-made shapes of the policy. Each row: the entry, a program, and its reads as `key = the expression that is the value`, followed
 * by what else is known of it. `?` stands for a key that only run time knows.
 */

const properties: ShapeCase[] = [
  {
    name: 'a path, with owners before it, optional, between brackets',
    reads: [{ property: 'config.featureToggles' }],
    code: `if (config.featureToggles.newCheckout) {}
this.config?.featureToggles?.['old-cart'];
config['featureToggles'].banner ?? false;
settings.featureToggles.no; featureToggles.no; myconfig.featureToggles.no;`,
    expected: [
      'newCheckout = config.featureToggles.newCheckout',
      "old-cart = this.config?.featureToggles?.['old-cart']",
      "banner = config['featureToggles'].banner (default false)",
    ],
  },
  {
    name: 'destructured, renamed, with defaults, through constants',
    reads: [{ property: 'config.features' }],
    code: `const { features } = config; features.a;
const { features: f } = config; f.b;
const { c, d: renamed = true } = config.features;
const { features: { e, g = false } } = config;
const all = config.features; all.h; all['i-j'];
const cfg = config; cfg.features.k;`,
    expected: [
      'a = features.a',
      'b = f.b',
      'c = c binding',
      'd = d: renamed = true binding (default true)',
      'e = e binding',
      'g = g = false binding (default false)',
      'h = all.h',
      "i-j = all['i-j']",
      'k = cfg.features.k',
    ],
  },
  {
    name: 'any owner, parameters and selectors of a store among them',
    reads: [{ property: '*.features' }],
    code: `const A = ({ features }) => features.a;
function B({ features: { b } }) { return b; }
useSelector((s) => s.features.c);
const C = ({ config: { features: { d = false } } }) => d;
features.no;`,
    expected: ['a = features.a', 'b = b binding', 'c = s.features.c', 'd = d = false binding (default false)'],
  },
  {
    name: 'a bare name: what is imported or global, not what is shadowed by a parameter',
    reads: [{ property: 'flags' }],
    code: `import { flags } from './config';
flags['a']; flags.b;
function f(flags) { return flags.no; }
const g = () => { const flags = other(); return flags.no; };
obj.flags.no; const flagsX = {}; flagsX.no;`,
    expected: ["a = flags['a']", 'b = flags.b'],
  },
  {
    name: 'a bare name: variables and typed parameters, as nothing of that name is hidden',
    reads: [{ property: 'switches' }],
    code: `const f = (switches: Switches) => switches['a']; function g() { const switches = load(); return switches.b; }
const h = (switches) => switches.no; list.map((switches) => switches.no);`,
    expected: ["a = switches['a']", 'b = switches.b'],
  },
  {
    name: 'a bare name: a parameter of a function whose type is declared',
    reads: [{ property: 'switches' }],
    code: `const f: Route = (switches) => switches.a; class A { go: Route = function (switches) { return switches.b; }; }
const h = (switches) => switches.no; const list: Route[] = all.map((switches) => switches.no);`,
    expected: ['a = switches.a', 'b = switches.b'],
  },
  {
    name: 'a bare name: a parameter of a function whose type is declared by a comment',
    reads: [{ property: 'switches' }],
    path: 'a.js',
    code: `/** @type {Route} */ const f = (switches) => switches.a; const g = (switches) => switches.no;`,
    expected: ['a = switches.a'],
  },
  {
    name: 'kept in a field of a class',
    reads: [{ property: 'config.features' }],
    code: `class A { private readonly on = config.features; go() { return this.on.a; } static on = 1; } class B { on = {}; go() { return this.on.no; } }
class C { private open = config.features; set(x) { this.open = x; } go() { return this.open.no; } }`,
    expected: ['a = this.on.a'],
    dynamic: ['config.features'],
  },
  {
    name: 'handed on under its own name: it is a place there',
    reads: [{ property: '*.features' }],
    code: `const a = <A features={app.features} />; const b = { features: app.features }; const { features } = app; use({ features }); use(app.features);`,
    expected: [],
    dynamic: ['app.features'],
  },
  {
    name: 'set under a key of the caller, or one that only run time knows: no read',
    reads: [{ property: '*.features' }, { hook: 'useFlags' }],
    code: `function turn(name: string, on: boolean) { app.features[name] = on; }
turn('a', true); for (const key of keys) { app.features[key] = true; delete app.features[key]; }
const flags = useFlags(); flags.no = true; flags[key] = true; flags.b;`,
    expected: ['b = flags.b'],
  },
  {
    name: 'no place where it is a number',
    reads: [{ property: '*.flags' }],
    code: `const optional = !!(symbol.flags & Flags.Optional); use(symbol.flags | 4); use(stat.flags << 2, stat.flags - 1); use(app.flags + '');`,
    expected: [],
    dynamic: ['app.flags'],
  },
  {
    name: 'from a module, whatever it is called there, through a barrel and by type',
    reads: [{ property: 'features', from: 'src/config' }],
    files: {
      'src/config.ts': `export interface Config { features: Record<string, boolean> }
export const features = load(); export const config = { features }; export default config;`,
      'src/index.ts': `export { features, config } from './config'; export type { Config } from './config';`,
      'src/a.ts': `import { features } from './index'; import cfg, { features as f } from './config'; import type { Config } from '.';
features.a; f.b; cfg.features.c;
export function go(config: Config, other: Other) { return config.features.d || other.features.no; }`,
    },
    expected: ['a = features.a', 'b = f.b', 'c = cfg.features.c', 'd = config.features.d'],
  },
  {
    name: 'a field of each member holds the value',
    reads: [{ property: 'toggles', result: 'value' }],
    code: `toggles.a.value; toggles['b'].value; const { c } = toggles; c.value;`,
    expected: ['a = toggles.a details:value', "b = toggles['b'] details:value", 'c = c binding:value'],
  },
  {
    name: 'each member is called',
    reads: [{ property: 'flags', result: '()' }],
    code: `if (flags.newCheckout()) {} flags.set('a'); flags.other;`,
    expected: ['newCheckout = flags.newCheckout()', 'other = flags.other details:()'],
  },
  {
    name: 'methods of the place, keys of every object, and what is set, are no reads',
    reads: [{ property: '*.features' }],
    code: `app.features.toString(); app.features.refresh(true); app.features.hasOwnProperty('x'); app.features.length;
app.features.a = true; delete app.features.b; app.features = {};`,
    expected: [],
  },
  {
    name: 'asked whether it is there; passed on; named at run time',
    reads: [{ property: 'app.features' }],
    code: `'a' in app.features; use(app.features); app.features[name]; app.features[\`b-\${x}\`]; Object.keys(app.features);`,
    expected: ["a = 'a' in app.features other"],
    dynamic: ['app.features', 'app.features', 'app.features', 'app.features'],
  },
  {
    name: 'names by constants, enums and either of two',
    reads: [{ property: 'app.features' }],
    code: `const KEY = 'a'; enum Flag { B = 'b' } const { [Flag.B]: on } = app.features;
app.features[KEY]; app.features[Flag.B]; app.features[x ? 'c' : 'd'];`,
    expected: [
      'b = [Flag.B]: on binding',
      'a = app.features[KEY]',
      'b = app.features[Flag.B]',
      "c = app.features[x ? 'c' : 'd'] other",
      "d = app.features[x ? 'c' : 'd'] other",
    ],
  },
  {
    name: 'only some members; another spelling',
    reads: [{ property: 'config', members: 'enable*', spelling: 'camelCase' }],
    code: `config.enableX; config.port; const { enableY, host } = config; config[name];`,
    expected: ['enableX = config.enableX', 'enableY = enableY binding'],
  },
  {
    name: 'constants, groups and lists are not places of the same name',
    reads: [{ property: 'config.features' }],
    code: `const config2 = { features: { a: 1 } }; type T = { features: string }; const o = { features: 1, config: 2 };
interface Config { features: { x: boolean } } log('config.features.x'); // config.features.y`,
    expected: [],
  },
];

const hooks: ShapeCase[] = [
  {
    name: 'a record: at once, destructured, renamed, with defaults, by a constant',
    reads: [{ hook: 'useFeatures' }],
    code: `useFeatures().a; const { b, c: d = true } = useFeatures(); const f = useFeatures(); f.e ?? false; f['g-h'];`,
    expected: [
      'a = useFeatures().a',
      'b = b binding',
      'c = c: d = true binding (default true)',
      'e = f.e (default false)',
      "g-h = f['g-h']",
    ],
  },
  {
    name: 'a record within the result',
    reads: [{ hook: 'useApp', record: 'features' }],
    code: `useApp().features.a; const { features } = useApp(); features.b; const { features: { c } } = useApp();
const app = useApp(); app.features.d; app.title; const { user } = useApp(); user.features.no;`,
    expected: ['a = useApp().features.a', 'b = features.b', 'c = c binding', 'd = app.features.d'],
  },
  {
    name: 'a record whose members hold the value',
    reads: [{ hook: 'useToggles', result: 'enabled' }],
    code: `useToggles().a.enabled; const { b } = useToggles();`,
    expected: ['a = useToggles().a details:enabled', 'b = b binding:enabled'],
  },
  {
    name: 'from a module only',
    reads: [{ hook: 'useFeatures', from: 'src/hooks' }],
    files: {
      'src/hooks/index.ts': `export { useFeatures } from './use-features';`,
      'src/hooks/use-features.ts': `export function useFeatures() { return {}; }`,
      'src/a.tsx': `import { useFeatures } from './hooks'; const { a } = useFeatures();`,
      'src/b.tsx': `import { useFeatures } from 'elsewhere'; const { no } = useFeatures();`,
    },
    expected: ['a = a binding'],
  },
];

const calls: ShapeCase[] = [
  {
    name: 'index, default, promise, field, opposite',
    reads: [
      { call: 'isOn', key: 1, default: 2 },
      { call: 'flags.get', async: true, result: 'value' },
      { call: 'isOff', inverted: true },
    ],
    code: `isOn(user, 'a', false); await this.flags.get('b'); isOff('c'); other.isOn(user, 'no');`,
    expected: [
      "a = isOn(user, 'a', false) (default false)",
      "b = this.flags.get('b') details:value async",
      "c = isOff('c') inverted",
    ],
  },
  {
    name: 'the key in a field; several keys',
    reads: [
      { call: 'isOn', keyField: 'name' },
      { call: 'anyOf', keys: 'array' },
    ],
    code: `isOn({ name: 'a' }); anyOf(['b', 'c']); isOn(options);`,
    expected: ["a = isOn({ name: 'a' })", "b = anyOf(['b', 'c']) other", "c = anyOf(['b', 'c']) other"],
    dynamic: ['isOn(options)'],
  },
  {
    name: 'shadowed, another module, another receiver',
    reads: [{ call: 'isOn', from: 'src/flags.ts' }],
    files: {
      'src/flags.ts': `export function isOn(key: string) { return store[key]; }`,
      'src/barrel.ts': `export * from './flags';`,
      'src/a.ts': `import { isOn } from './barrel'; isOn('a'); function f(isOn) { return isOn('no'); }`,
      'src/b.ts': `import { isOn } from './other'; isOn('no');`,
      'src/c.mts': `import * as flags from './flags.js'; flags.isOn('c');`,
      'src/d.cjs': `const { isOn: on } = require('./flags'); on('d');`,
    },
    expected: ["a = isOn('a')", "c = flags.isOn('c')", "d = on('d')"],
  },
  {
    name: 'a decorator guards',
    reads: [{ decorator: 'RequireFeature' }],
    code: `class A { @RequireFeature('a') go() {} @RequireFeature('b') prop; go2(@RequireFeature('c') p) {} } RequireFeature('no');`,
    expected: ["a = RequireFeature('a') other", "b = RequireFeature('b') other", "c = RequireFeature('c') other"],
  },
  {
    name: 'a component',
    reads: [{ component: 'Feature', prop: 'flag', off: 'fallback' }],
    code: `const a = <Feature flag="a" fallback={<Old />}><New /></Feature>; const b = <Feature flag={KEYS.B} />; const c = <Other flag="no" />;
const KEYS = { B: 'b' } as const;`,
    expected: [
      'a = <Feature flag="a" fallback={<Old />}><New /></Feature> component',
      'b = <Feature flag={KEYS.B} /> component',
    ],
  },
  {
    name: 'either of two keys',
    reads: [{ call: 'isOn' }],
    code: `isOn(x ? 'a' : 'b'); const K = ['c', 'd'] as const; isOn(K[1]); isOn(x ? 'e' : name);`,
    expected: ["a = isOn(x ? 'a' : 'b') other", "b = isOn(x ? 'a' : 'b') other", 'd = isOn(K[1])'],
    dynamic: ["isOn(x ? 'e' : name)"],
  },
];

const lists: ShapeCase[] = [
  {
    name: 'asked in each way',
    reads: [{ collection: 'user.features' }],
    code: `user.features.includes('a'); this.user.features?.has('b'); user.features.indexOf('c') !== -1; user.features.indexOf('d') > -1;
user.features.indexOf('e') === -1; user.features.some((f) => f === 'f'); user.features.some(({ name }) => name === 'g');
if (user.features.find((f) => f.key === 'h')) {} const i = user.features.indexOf('i');
const { features } = user; features.includes('j'); new Set(user.features).has('k'); user.features.split(',').includes('l');`,
    expected: [
      "a = user.features.includes('a') boolean",
      "b = this.user.features?.has('b') boolean",
      "c = user.features.indexOf('c') !== -1 boolean",
      "d = user.features.indexOf('d') > -1 boolean",
      "e = user.features.indexOf('e') === -1 boolean inverted",
      "f = user.features.some((f) => f === 'f') boolean",
      "g = user.features.some(({ name }) => name === 'g') boolean",
      "h = user.features.find((f) => f.key === 'h') boolean",
      "i = user.features.indexOf('i') other boolean",
      "j = features.includes('j') boolean",
      "k = new Set(user.features).has('k') boolean",
      "l = user.features.split(',').includes('l') boolean",
    ],
  },
  {
    name: 'other lists, other methods, and keys that only run time knows',
    reads: [{ collection: 'user.features' }],
    code: `admin.features.includes('no'); user.features.join('no'); user.features.length; 'user.features'.includes('no');
user.features.includes(name);`,
    expected: [],
    dynamic: ['user.features.includes(name)'],
  },
  {
    name: 'compared with a key',
    reads: [{ equality: 'user.group' }],
    code: `if (user.group === 'a') {} 'b' !== user.group; switch (this.user.group) { case 'c': break; default: }
const { group } = user; group === 'd'; ['e', 'f'].includes(user.group); user.group === null; user.group === other.group; team.group === 'no';`,
    expected: [
      "a = user.group === 'a' boolean",
      "b = 'b' !== user.group boolean inverted",
      "c = 'c' other",
      "d = group === 'd' boolean",
      "e = ['e', 'f'].includes(user.group) other",
      "f = ['e', 'f'].includes(user.group) other",
    ],
    dynamic: ['user.group === other.group'],
  },
];

const environments: ShapeCase[] = [
  {
    name: 'compared, tested, parsed, bare',
    reads: [{ env: 'FEATURE_*', parsers: ['parseBool'] }],
    code: `process.env.FEATURE_A === 'true'; process.env.FEATURE_B !== '1'; import.meta.env.FEATURE_C?.toLowerCase() === 'true';
(process.env.FEATURE_D ?? 'false') === 'true'; if (process.env.FEATURE_E) {} !!process.env['FEATURE_F'];
parseBool(process.env.FEATURE_G, false); const g = process.env.FEATURE_H; process.env.FEATURE_I === 'blue';
process.env.FEATURE_J === 'false'; process.env.OTHER === 'true'; Boolean(process.env.FEATURE_K); run(process.env.FEATURE_L);`,
    expected: [
      "FEATURE_A = process.env.FEATURE_A === 'true' boolean",
      "FEATURE_B = process.env.FEATURE_B !== '1' boolean inverted",
      "FEATURE_C = import.meta.env.FEATURE_C?.toLowerCase() === 'true' boolean",
      "FEATURE_D = (process.env.FEATURE_D ?? 'false') === 'true' boolean (default 'false')",
      'FEATURE_E = process.env.FEATURE_E',
      "FEATURE_F = process.env['FEATURE_F']",
      'FEATURE_G = parseBool(process.env.FEATURE_G, false) (default false)',
      'FEATURE_H = process.env.FEATURE_H string',
      'FEATURE_I = process.env.FEATURE_I string',
      "FEATURE_J = process.env.FEATURE_J === 'false' other boolean",
      'FEATURE_K = process.env.FEATURE_K',
      'FEATURE_L = process.env.FEATURE_L string',
    ],
  },
  {
    name: 'destructured, renamed, by a constant; set in a test',
    reads: [{ env: 'VITE_*' }],
    code: `const { VITE_A, VITE_B: b = 'x', OTHER } = process.env; const { env } = process; env.VITE_C === 'true';
process.env.VITE_D = 'true'; const NAME = 'VITE_E'; process.env[NAME]; other.env.VITE_F; use(process.env);`,
    expected: [
      'VITE_A = VITE_A binding string',
      "VITE_B = VITE_B: b = 'x' binding string (default 'x')",
      "VITE_C = env.VITE_C === 'true' boolean",
      'VITE_E = process.env[NAME] string',
    ],
  },
  {
    name: 'through a function: only what is named so',
    reads: [{ env: 'FEATURE_*' }],
    code: `const getEnv = (name: string) => process.env[name]; getEnv('FEATURE_A'); getEnv('HOME');`,
    expected: ["FEATURE_A = getEnv('FEATURE_A') string"],
  },
  {
    name: 'build-time names: unshadowed globals only',
    reads: [{ define: '__FEATURE_*' }],
    code: `declare const __FEATURE_A__: boolean; if (__FEATURE_A__) {} typeof __FEATURE_B__ !== 'undefined';
function f(__FEATURE_C__) { return __FEATURE_C__; } const o = { __FEATURE_D__: 1, x: o.__FEATURE_E__ }; __OTHER__;`,
    path: 'a.ts',
    expected: ['__FEATURE_A__ = __FEATURE_A__', '__FEATURE_B__ = typeof __FEATURE_B__ other'],
  },
];

const functions: ShapeCase[] = [
  {
    name: 'a module of functions: called, passed on, renamed, by namespace, through barrels',
    reads: [{ module: 'src/features' }],
    files: {
      'src/features/index.ts': `export function newCheckout() { return true; } export const oldCart = () => false; export * from './more';`,
      'src/features/more.ts': `export function banner() { return true; }`,
      'src/lib.ts': `export { newCheckout as checkout } from './features';`,
      'src/a.ts': `import { newCheckout, oldCart as cart } from './features'; if (newCheckout()) {} list.filter(cart); newCheckout(user);`,
      'src/b.ts': `import * as features from './features'; features.banner(); features.newCheckout();`,
      'src/c.ts': `import { checkout } from './lib'; checkout();`,
      'src/d.ts': `import { newCheckout } from './other'; newCheckout(); function oldCart() {} oldCart();`,
      'src/e.cjs': `const { newCheckout } = require('./features'); newCheckout();`,
      'src/f.ts': `import { newCheckout } from './features'; function f(newCheckout) { return newCheckout(); }`,
    },
    expected: [
      'newCheckout = newCheckout()',
      'oldCart = cart other',
      'newCheckout = newCheckout(user)',
      'banner = features.banner()',
      'newCheckout = features.newCheckout()',
      'newCheckout = checkout()',
      'newCheckout = newCheckout()',
    ],
  },
  {
    name: 'only some functions; promises',
    reads: [{ module: '@acme/flags', members: 'is*', async: true }],
    code: `import { isNew, init } from '@acme/flags'; init(); await isNew();`,
    expected: ['isNew = isNew() async'],
  },
  {
    name: 'selectors: made for a key, or named after the flag',
    reads: [{ selector: 'selectFlag', key: 0 }, { selector: 'select*Enabled' }],
    code: `import { selectCartEnabled } from './selectors'; const a = useSelector(selectFlag('a')); const b = selectFlag('b')(state);
const c = useAppSelector(selectCartEnabled); const d = selectCartEnabled(state); const e = store.select(selectCartEnabled);
const f = combine(selectFlag('f')); const selectOwnEnabled = (s) => s.x;`,
    expected: [
      "a = useSelector(selectFlag('a'))",
      "b = selectFlag('b')(state)",
      'selectCartEnabled = useAppSelector(selectCartEnabled)',
      'selectCartEnabled = selectCartEnabled(state)',
      'selectCartEnabled = store.select(selectCartEnabled) other',
      "f = selectFlag('f') other",
    ],
  },
];

const tables = { properties, hooks, calls, lists, environments, functions };
for (const [table, cases] of Object.entries(tables))
  describe(`home-made shapes: ${table}`, () => {
    for (const one of cases)
      it(one.name, () => {
        const { reads, dynamic } = shapeReads(one);
        assert.deepEqual({ reads, dynamic }, { reads: one.expected, dynamic: one.dynamic ?? [] });
      });
  });
