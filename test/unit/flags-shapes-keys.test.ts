import assert from 'node:assert/strict';
import { shapeReads } from './flags-shapes.ts';

/** Where a key may come from: a program that calls `isOn(...)`, and the keys that it reads. `?` for each that only run time knows. */
interface KeyCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly keys: readonly string[];
}

const oneFile: KeyCase[] = [
  {
    name: 'literals, templates, parts that are joined, casts',
    files: {
      'a.ts': `isOn('a'); isOn(\`b\`); isOn('c' + '-' + \`d\`); isOn('e' as const); isOn(<const>'f'); isOn(('g')!); isOn('h' satisfies string); isOn(\`i-\${'j'}\`);`,
    },
    keys: ['a', 'b', 'c-d', 'e', 'f', 'g', 'h', 'i-j'],
  },
  {
    name: 'constants, through one another',
    files: {
      'a.ts': `const A = 'a'; const B = A; let C = 'c'; var D = \`\${B}-d\`; isOn(A); isOn(B); isOn(C); isOn(D);`,
    },
    keys: ['a', 'a', 'c', 'a-d'],
  },
  {
    name: 'members: enums, nested objects, frozen, satisfies, statics, namespaces, by brackets',
    files: {
      'a.ts': `enum E { A = 'a', 'b-c' = 'bc' } const O = { x: { y: 'xy' } } as const; const F = Object.freeze({ z: 'z' });
const S = { s: 's' } satisfies Record<string, string>; class K { static readonly K = 'k'; static M = 'm'; } namespace N { export const n = 'n'; }
isOn(E.A); isOn(E['b-c']); isOn(O.x.y); isOn(O['x']['y']); isOn(F.z); isOn(S.s); isOn(K.K); isOn(N.n);`,
    },
    keys: ['a', 'bc', 'xy', 'xy', 'z', 's', 'k', 'n'],
  },
  {
    name: 'destructured, renamed',
    files: { 'a.ts': `const O = { a: 'a', b: { c: 'c' } } as const; const { a, b: { c: d } } = O; isOn(a); isOn(d);` },
    keys: ['a', 'c'],
  },
  {
    name: 'lists that cannot change; either of two',
    files: {
      'a.ts': `const L = ['a', 'b'] as const; const M = Object.freeze(['c']); const open = ['d']; isOn(L[1]); isOn(M[0]); isOn(open[0]); isOn(L[i]); isOn(x ? 'e' : L[0]);`,
    },
    keys: ['b', 'c', '?', '?', 'a', 'e'],
  },
  {
    name: 'what only run time knows',
    files: {
      'a.ts': `let v = 'a'; v = 'b'; isOn(v); isOn(name); isOn(\`x-\${name}\`); isOn(make()); isOn(O[name]); isOn(); isOn(...all);
const O = { a: 'a' }; O.a = 'b'; const open = { ...rest, a: 'a' };`,
    },
    keys: ['?', '?', '?', '?', '?', '?', '?'],
  },
  {
    name: 'shadowed constants',
    files: {
      'a.ts': `const K = 'outer'; isOn(K); { const K = 'inner'; isOn(K); } for (const K of list) isOn(K);`,
    },
    keys: ['outer', 'inner', '?'],
  },
];

const flags = `export const NEW = 'new'; export enum Flag { Old = 'old' } export const FLAGS = { cart: { total: 'cart-total' } } as const;
export class Keys { static readonly BANNER = 'banner'; } export namespace Ns { export const DEEP = 'deep'; } const HIDDEN = 'hidden'; export { HIDDEN as Shown };
export default { main: 'main' };`;

const manyFiles: KeyCase[] = [
  {
    name: 'imports of each kind',
    files: {
      'flags.ts': flags,
      'a.ts': `import main, { NEW, Flag as F, FLAGS, Keys, Ns, Shown } from './flags'; import * as all from './flags';
isOn(NEW); isOn(F.Old); isOn(FLAGS.cart.total); isOn(Keys.BANNER); isOn(Ns.DEEP); isOn(Shown); isOn(all.NEW); isOn(all.Flag.Old); isOn(main.main);`,
    },
    keys: ['new', 'old', 'cart-total', 'banner', 'deep', 'hidden', 'new', 'old', 'main'],
  },
  {
    name: 'barrels: named, renamed, all, as a namespace, as what is imported',
    files: {
      'flags.ts': flags,
      'one.ts': `export { NEW, Flag as Renamed } from './flags';`,
      'two.ts': `export * from './one'; export * as keys from './flags'; import { FLAGS } from './flags'; export { FLAGS }; export const AGAIN = FLAGS;`,
      'a.ts': `import { NEW, Renamed, keys, FLAGS, AGAIN } from './two'; isOn(NEW); isOn(Renamed.Old); isOn(keys.FLAGS.cart.total); isOn(FLAGS.cart.total); isOn(AGAIN.cart.total);`,
    },
    keys: ['new', 'old', 'cart-total', 'cart-total', 'cart-total'],
  },
  {
    name: 'paths of tsconfig, and packages of the workspace',
    files: {
      'tsconfig.json': `{ "compilerOptions": { "baseUrl": ".", "paths": { "@flags": ["src/flags.ts"], "~/*": ["src/*"] } } }`,
      'packages/keys/package.json': `{ "name": "@acme/keys", "exports": "./src/index.ts" }`,
      'packages/keys/src/index.ts': `export const PKG = 'pkg';`,
      'src/flags.ts': flags,
      'src/a.ts': `import { NEW } from '@flags'; import { Flag } from '~/flags'; import { PKG } from '@acme/keys'; isOn(NEW); isOn(Flag.Old); isOn(PKG);`,
    },
    keys: ['new', 'old', 'pkg'],
  },
  {
    name: 'CommonJS, and endings of each kind',
    files: {
      'flags.cjs': `const A = 'a'; module.exports = { A, B: 'b', deep: { C: 'c' } }; `,
      'more.cjs': `exports.D = 'd';`,
      'types.mts': `export const E = 'e' as const;`,
      'a.js': `const { A, B } = require('./flags.cjs'); const all = require('./flags.cjs'); const { D } = require('./more.cjs'); isOn(A); isOn(B); isOn(all.deep.C); isOn(D);`,
      'b.mjs': `import { E } from './types.mjs'; isOn(E);`,
      'c.cts': `import { E } from './types.mjs'; isOn(E);`,
    },
    keys: ['a', 'b', 'c', 'd', 'e', 'e'],
  },
  {
    name: 'values that are made of what is imported',
    files: {
      'base.ts': `export const PREFIX = 'shop'; export const A = 'a';`,
      'keys.ts': `import { A } from './base'; export const KEYS = { first: A, second: 'b' } as const; export const SAME = A; export enum G { A = 'a' }`,
      'a.ts': `import { KEYS, SAME } from './keys'; isOn(KEYS.first); isOn(KEYS.second); isOn(SAME);`,
    },
    keys: ['a', 'b', 'a'],
  },
  {
    name: 'generated key files',
    files: {
      'generated/flags.ts': `/* eslint-disable */\n// Code generated by flagctl. DO NOT EDIT.\nexport const FlagKeys = {\n  /** the new one */\n  NEW_CHECKOUT: "new-checkout",\n  'old-cart': "old-cart",\n} as const;\nexport type FlagKey = typeof FlagKeys[keyof typeof FlagKeys];`,
      'a.ts': `import { FlagKeys } from './generated/flags'; isOn(FlagKeys.NEW_CHECKOUT); isOn(FlagKeys['old-cart']); isOn(FlagKeys.Nope);`,
    },
    keys: ['new-checkout', 'old-cart', '?'],
  },
];

for (const [table, cases] of Object.entries({ 'one file': oneFile, 'many files': manyFiles }))
  describe(`keys of home-made shapes: ${table}`, () => {
    for (const { name, files, keys } of cases) it(name, () => assert.deepEqual(keysRead(files), keys));
  });

function keysRead(files: Readonly<Record<string, string>>): string[] {
  const { places } = shapeReads({ name: '', reads: [{ call: 'isOn' }], files, expected: [] });
  return places;
}
