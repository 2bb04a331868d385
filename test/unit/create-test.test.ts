import assert from 'node:assert/strict';
import { changedText } from '../../server/src/core/source-change.ts';
import { UserError } from '../../server/src/core/user-error.ts';
import createTest from '../../server/src/fixes/create-test.ts';
import { worldOf } from './wrap-world.ts';

type Files = Readonly<Record<string, string>>;

function build(
  files: Files,
  path: string,
  declaration: string,
): { path: string; text: string; created: boolean; atCursor: string } {
  const change = createTest.build({ path, declaration }, worldOf(new Map(Object.entries(files))));
  const [file, ...others] = change.files;
  assert.equal(others.length, 0);
  const text = changedText(file!)!;
  const atCursor = text.slice(change.cursor!.offset, change.cursor!.offset + 15);
  return { path: file!.path, text, created: file!.before === undefined, atCursor };
}

const price = `export function price(total: number, kind: 'vip' | 'guest', coupon?: string): number {
  if (total < 0) throw new RangeError('negative');
  if (total === 0) return 0;
  const rate = kind === 'vip' ? 0.2 : 0.1;
  return total * rate - (coupon?.length ?? 0);
}
`;

const cases = [
  'throws when total is less than 0',
  'when total is 0',
  'when kind is "vip"',
  'when kind is not "vip"',
  'falls back to 0 when coupon.length is missing',
];

describe('create test', () => {
  it('uses node:test where nothing says otherwise, with a case a branch', () => {
    const made = build({ 'src/price.ts': price }, 'src/price.ts', 'price');
    assert.equal(made.path, 'src/price.test.ts');
    assert.equal(made.created, true);
    assert.equal(made.atCursor, 'Not written yet');
    assert.equal(
      made.text,
      `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { price } from './price';

test('price throws when total is less than 0', () => {
  assert.throws(() => price(0, 'vip'), { message: 'Not written yet: the error when total is less than 0' });
});

test('price when total is 0', () => {
  const result = price(0, 'vip');
  assert.equal(result, 'Not written yet: what price gives when total is 0');
});

test('price when kind is "vip"', () => {
  const result = price(0, 'vip');
  assert.equal(result, 'Not written yet: what price gives when kind is "vip"');
});

test('price when kind is not "vip"', () => {
  const result = price(0, 'vip');
  assert.equal(result, 'Not written yet: what price gives when kind is not "vip"');
});

test('price falls back to 0 when coupon.length is missing', () => {
  const result = price(0, 'vip');
  assert.equal(result, 'Not written yet: that price falls back to 0 when coupon.length is missing');
});
`,
    );
  });

  for (const [framework, pkg, wanted] of [
    [
      'vitest',
      { devDependencies: { vitest: '3' } },
      /^import \{ describe, expect, it \} from 'vitest';\nimport \{ price \} from '.\/price';\n\ndescribe\('price', \(\) => \{\n {2}it\('throws when/,
    ],
    [
      'jest',
      { devDependencies: { jest: '29' } },
      /^import \{ price \} from '.\/price';\n\ndescribe\('price', \(\) => \{\n {2}it\('throws when[^\n]*\n {4}expect\(\(\) => price\(0, 'vip'\)\)\.toThrow\('Not written yet/,
    ],
    [
      'mocha',
      { devDependencies: { mocha: '10' } },
      /^import assert from 'node:assert\/strict';\nimport \{ price \} from '.\/price';\n\ndescribe\(/,
    ],
    [
      'mocha and chai',
      { devDependencies: { mocha: '10', chai: '4' } },
      /^import \{ expect \} from 'chai';[\s\S]*expect\(\(\) => price\(0, 'vip'\)\)\.to\.throw\(/,
    ],
    [
      'ava',
      { devDependencies: { ava: '6' } },
      /^import test from 'ava';[\s\S]*test\('price throws when total is less than 0', t => |t\.throws\(\(\) => price\(0, 'vip'\), \{ message: 'Not written yet/,
    ],
    [
      'node --test',
      { scripts: { test: 'node --test' } },
      /^import assert from 'node:assert\/strict';\nimport \{ test \} from 'node:test';/,
    ],
  ] as const)
    it(`tells ${framework} from package.json`, () => {
      const made = build({ 'package.json': JSON.stringify(pkg), 'src/price.ts': price }, 'src/price.ts', 'price');
      assert.match(made.text, wanted);
      for (const title of cases) assert.ok(made.text.includes(title), title);
    });

  it('follows the nearest test: place, name, endings, quotes, no semicolons', () => {
    const made = build(
      {
        'package.json': '{"devDependencies":{"jest":"29"}}',
        'src/shop/price.ts': price,
        'src/shop/cart.ts': 'export const cart = 1;',
        'test/shop/cart.spec.ts':
          'import { describe, expect, test } from "vitest"\nimport { cart } from "../../src/shop/cart.js"\n\ndescribe("cart", () => {\n    test("is", () => {\n        expect(cart).toBe(1)\n    })\n})\n',
      },
      'src/shop/price.ts',
      'price',
    );
    assert.equal(made.path, 'test/shop/price.spec.ts');
    assert.match(
      made.text,
      /^import \{ describe, expect, test \} from "vitest"\nimport \{ price \} from "\.\.\/\.\.\/src\/shop\/price\.js"\n\ndescribe\("price", \(\) => \{\n {4}test\("throws when total is less than 0", \(\) => \{\n {8}expect/,
    );
    assert.doesNotMatch(made.text, /;/);
  });

  it('puts it into __tests__ where the nearest test is in one', () => {
    const made = build(
      {
        'src/a/b.ts': 'export const b = (x: boolean) => (x ? 1 : 2);',
        'src/c/__tests__/d.test.ts': "import { d } from '../d';\nit('d', () => { expect(d).toBe(jest.fn()); });\n",
        'src/c/d.ts': 'export const d = 1;',
      },
      'src/a/b.ts',
      'b',
    );
    assert.equal(made.path, 'src/a/__tests__/b.test.ts');
    assert.match(made.text, /^import \{ b \} from '\.\.\/b';\n\nit\('b when x is set', /);
  });

  it('adds cases to the suite of a test that exists', () => {
    const made = build(
      {
        'src/price.ts': `${price}export function tax(on: boolean) {\n  return on ? 1 : 0;\n}\n`,
        'src/price.test.ts':
          "import { describe, it, expect } from 'vitest';\nimport { price } from './price';\n\ndescribe('price', () => {\n  it('works', () => {\n    expect(price(1, 'vip')).toBe(2);\n  });\n});\n",
      },
      'src/price.ts',
      'tax',
    );
    assert.equal(made.created, false);
    assert.equal(made.atCursor, 'Not written yet');
    assert.match(made.text, /import \{ price, tax \} from '\.\/price';/);
    assert.match(
      made.text,
      /\}\);\n\ndescribe\('tax', \(\) => \{\n {2}it\('when on is set', \(\) => \{\n {4}const result = tax\(false\);/,
    );
    const again = build(
      {
        'src/price.ts': price,
        'src/price.test.ts':
          "import { price } from './price';\ndescribe('price', () => {\n  it('works', () => {\n    expect(price(1, 'vip')).toBe(jest.fn());\n  });\n});\n",
      },
      'src/price.ts',
      'price',
    );
    assert.match(again.text, /toBe\(jest\.fn\(\)\);\n {2}\}\);\n\n {2}it\('throws when total is less than 0'/);
    assert.equal(again.text.match(/describe\(/g)!.length, 1);
  });

  it('makes up arguments from types, also of other files', () => {
    const made = build(
      {
        'src/types.ts':
          "export interface User { id: string; tags: string[]; role: 'admin' | 'guest'; nick?: string; done(): void }\nexport type Mode = 'slow' | 'fast';\n",
        'src/run.ts':
          "import type { Mode, User } from './types';\nexport async function run(user: User, mode: Mode | undefined, log: (text: string) => number, when: Date, other: Foreign<1>, rest = 3): Promise<string> {\n  if (!user) throw new Error('no');\n  return mode ?? 'x';\n}\n",
      },
      'src/run.ts',
      'run',
    );
    assert.match(
      made.text,
      /await assert\.rejects\(\(\) => run\(\{ id: '', tags: \[\], role: 'admin', done: \(\) => undefined \}, 'slow', \(\) => 0, new Date\(0\), undefined as never \/\* Foreign<1> \*\/\), /,
    );
    assert.match(made.text, /uses 3 when rest is left out/);
    assert.match(made.text, /async \(\) => \{\n {2}const result = await run\(/);
  });

  it('makes an instance for a method', () => {
    const made = build(
      {
        'src/cart.ts':
          'export class Cart {\n  constructor(private readonly rate: number) {}\n  total(items: number[]): number {\n    if (items.length === 0) return 0;\n    return items.length * this.rate;\n  }\n  static of(a: string) { return a ? 1 : 2; }\n  #hidden() { return 1; }\n  private inner() { return 1; }\n}\n',
      },
      'src/cart.ts',
      'total',
    );
    assert.match(
      made.text,
      /test\('Cart\.total when items is empty', \(\) => \{\n {2}const subject = new Cart\(0\);\n {2}const result = subject\.total\(\[\]\);/,
    );
  });

  it('requires in CommonJS, whatever way it exports', () => {
    const body = 'function f(a) {\n  if (Array.isArray(a)) return 1;\n  return 2;\n}\n';
    for (const [source, load] of [
      [`${body}module.exports = { f };\n`, "const { f } = require('./f');"],
      [`${body}module.exports = f;\n`, "const f = require('./f');"],
      [`exports.f = ${body}`, "const { f } = require('./f');"],
    ] as const) {
      const made = build({ 'f.js': source }, 'f.js', 'f');
      assert.equal(made.path, 'f.test.js');
      assert.ok(made.text.includes(load), made.text);
      assert.ok(made.text.includes("const assert = require('node:assert/strict');"), made.text);
      assert.ok(made.text.includes('f when a is an array'), made.text);
    }
  });

  it('imports a default export, with its ending in JavaScript modules', () => {
    const made = build({ 'src/f.mjs': 'export default function (a) {\n  return a || 5;\n}\n' }, 'src/f.mjs', 'default');
    assert.match(made.text, /import f from '\.\/f\.mjs';/);
    assert.match(made.text, /falls back to 5 when a is missing/);
  });

  it('renders a component', () => {
    const files = {
      'package.json': '{"devDependencies":{"vitest":"3","@testing-library/react":"16"}}',
      'src/Cart.tsx':
        'export function Cart({ open }: { open: boolean; name: string }) {\n  if (!open) return null;\n  return <p>cart</p>;\n}\n',
    };
    const made = build(files, 'src/Cart.tsx', 'Cart');
    assert.equal(made.path, 'src/Cart.test.tsx');
    assert.match(made.text, /render\(<Cart \{\.\.\.\(\{ open: false, name: '' \}\)\} \/>\)\.container\.textContent/);
    assert.match(made.text, /it\('when open is not set'/);
  });

  it('says why there can be no test', () => {
    const refused = (source: string, name: string, sentence: RegExp) =>
      assert.throws(
        () => build({ 'src/a.ts': source }, 'src/a.ts', name),
        (error) => {
          assert.ok(error instanceof UserError);
          assert.match(error.message, sentence);
          return true;
        },
      );
    refused(
      'function hidden(a: boolean) {\n  return a ? 1 : 2;\n}\nhidden(true);\n',
      'hidden',
      /"hidden" is not exported/,
    );
    refused(
      'export class A {\n  private inner(a: boolean) {\n    return a ? 1 : 2;\n  }\n}\n',
      'inner',
      /"A\.inner" is not public/,
    );
    refused('export abstract class A {\n  run(a: boolean) {\n    return a ? 1 : 2;\n  }\n}\n', 'run', /abstract/);
    refused('export function useX(a: boolean) {\n  return a ? 1 : 2;\n}\n', 'useX', /is a hook/);
    refused('export const a = 1;\n', 'nothing', /has no "nothing" any more/);
  });
});
