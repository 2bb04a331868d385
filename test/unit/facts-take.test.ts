import assert from 'node:assert/strict';
import type { FileFacts, Recipe } from '../../server/src/facts/file-facts.ts';
import { takeFacts } from '../../server/src/facts/take-facts.ts';
import { isTestPath } from '../../server/src/facts/tests.ts';

const recipe: Recipe = {
  names: new Set(['isEnabled', 'useFlags', 'flag']),
  properties: new Set<string>(),
  defines: [],
  packages: new Set(['unleash-client']),
  id: 'test',
};

function facts(text: string, path = 'a.ts'): FileFacts {
  return takeFacts(path, text, recipe);
}

describe('facts: imports and exports', () => {
  it('reads every form of import, with its bindings', () => {
    const { imports } = facts(`import a, { b as c, type D } from './x';
import type { E } from './e';
import * as n from "n";
import './side';
export { q } from './q';
export * from './star';
import eq = require('eq');
const { r: s } = require('r');
const lazy = () => import('./lazy');
type T = import('./types').T;
`);
    assert.deepEqual(
      imports.map(({ specifier, kind, typeOnly, bindings }) =>
        [
          specifier,
          kind,
          typeOnly ? 'type' : '',
          ...bindings.map((one) => `${one.imported}>${one.local}${one.typeOnly ? '!' : ''}`),
        ].join(' '),
      ),
      [
        './x import  default>a b>c D>D!',
        './e import type E>E!',
        'n import  *>n',
        './side import ',
        './q export  q>q',
        './star export ',
        'eq require  *>eq',
        'r require  r>s',
        './lazy dynamic ',
        './types import type',
      ],
    );
  });

  it('tells the same of a file whether it is parsed or only searched', () => {
    for (const text of [
      `#!/usr/bin/env node\n'use strict';\n/* a */ import x, * as y from './x' // b\nimport {\n  a,\n  type B as C,\n} from "../y";\nexport const z = x;\nexport default function go() {}\n`,
      `import type from './type';\nimport type T from './t';\nimport { type } from './u';\nexport class A {}\nexport abstract class B {}\nexport default x;\n`,
      `import a from 'a'; import b from 'b';\nexport async function f() {}\nexport type T = A;\n`,
      `// import not from './not';\nconst s = \`\nimport fake from './fake';\n\`;\n`,
      `import x from './x';\nconst later = 1;\nimport y from './y';\nexport default x;\n`,
      `import { default as d, /* c */ e } from './x';\nimport j from './j.json' with { type: 'json' };\n`,
      `export function f() { return import.meta.url + 'import'; }\nconst important = require;\n`,
      ``,
    ]) {
      const searched = facts(text);
      const parsed = takeFacts('a.ts', text, recipe, true);
      assert.deepEqual(searched.imports, parsed.imports, text);
      assert.deepEqual(searched.exports, parsed.exports, text);
    }
  });

  it('passes on what is imported, and knows CommonJS', () => {
    const { exports } = facts(
      `import { a } from './a';\nexport { a as b };\nexport * as ns from './ns';\nexport default a;\n`,
    );
    assert.deepEqual(exports, [
      { exported: 'b', from: { specifier: './a', imported: 'a' } },
      { exported: 'ns', from: { specifier: './ns', imported: '*' } },
      { exported: 'default', from: { specifier: './a', imported: 'a' } },
    ]);
    assert.deepEqual(
      facts(`const a = 1; module.exports = { a, b: 2 }; exports.c = a;`, 'a.js').exports.map((one) => one.exported),
      ['export=', 'a', 'b', 'c'],
    );
  });
});

describe('facts: names', () => {
  const groups = (text: string): string[] =>
    facts(text).names.map(
      (fact) =>
        `${fact.kind} ${fact.name}${fact.value === undefined ? '' : `=${fact.value}`}${fact.members === undefined ? '' : ` ${fact.members.map((one) => `${one.name}=${one.value}`).join(' ')}`}`,
    );

  it('knows constants, enums, constant objects and unions of strings', () => {
    assert.deepEqual(
      groups(`export const KEY = 'k' as const;
export enum E { A = 'a', B = \`b\`, C = 1, D = compute() }
export const O = { x: 'x', deep: { y: 'y-' + KEY }, n: 1 } as const;
export const F = Object.freeze({ z: 'z' });
export type U = 'u' | 'v';
export type Mixed = 'u' | number;
export class K { static readonly S = 's'; }
export namespace N { export const M = 'm'; }`),
      [
        'const KEY=k',
        'enum E A=a B=b',
        'object O x=x deep.y=y-k',
        'object F z=z',
        'union U u=u v=v',
        'const K.S=s',
        'const N.M=m',
      ],
    );
  });

  it('leaves out what may change', () => {
    assert.deepEqual(
      groups(`export let changing = 'a'; changing = 'b';
export const open = { a: 'a' }; open.a = 'b';
export const compared = { a: 'a' }; if (compared.a === 'b') {}`),
      ['object compared a=a'],
    );
  });

  it('gives the spans of a group, its members and their values', () => {
    const text = `export enum Flag { A = 'a', B = 'b' }`;
    const [group] = facts(text).names;
    const at = (range: { start: number; end: number }) => text.slice(range.start, range.end);
    assert.equal(at(group!.range), text);
    assert.equal(at(group!.nameRange), 'Flag');
    assert.deepEqual(
      group!.members!.map((one) => [at(one.range), at(one.valueRange)]),
      [
        ["A = 'a'", "'a'"],
        ["B = 'b'", "'b'"],
      ],
    );
  });
});

describe('facts: delivery tags', () => {
  it('reads tags from comments of all kinds, and from nothing else', () => {
    const text = `// @risk(auth): checked by the gateway; owner=team-a until=2026-12-01; ticket=OPS-1
const s = '// @risk(no): in a string'; const t = \`// @risk(no): in a template \${1 /* @risk(inner): in a hole */}\`;
/**
 * @risk(timeout): slow partner, owner=b
 * @risk(default)
 */
const j = <div>// @risk(no): in JSX text {/* @risk(jsx): in JSX */}</div>;
`;
    assert.deepEqual(
      facts(text, 'a.tsx').tags.map(({ kind, reason, fields }) => ({ kind, reason, ...fields })),
      [
        { kind: 'auth', reason: 'checked by the gateway', owner: 'team-a', until: '2026-12-01', ticket: 'OPS-1' },
        { kind: 'inner', reason: 'in a hole' },
        { kind: 'timeout', reason: 'slow partner', owner: 'b' },
        { kind: 'default', reason: '' },
        { kind: 'jsx', reason: 'in JSX' },
      ],
    );
    const [first] = facts(text, 'a.tsx').tags;
    assert.equal(text.slice(first!.range.start, first!.range.end), text.split('\n')[0]!.slice(3));
    assert.equal(text.slice(first!.kindRange.start, first!.kindRange.end), 'auth');
    assert.equal(text.slice(first!.untilRange!.start, first!.untilRange!.end), '2026-12-01');
  });

  it('leaves tags in quotes alone, which are only spoken of', () => {
    const text = '// Reads `@risk(kind): reason`, "@risk(other)" and @risk(auth): told\nrun();\n';
    assert.deepEqual(
      facts(text, 'a.ts').tags.map(({ kind }) => kind),
      ['auth'],
    );
  });

  it('reads tags from comments in the markup of components', () => {
    const text = '<!-- @risk(auth): by the gateway -->\n<script>\n// @risk(time): slower\n</script>\n';
    assert.deepEqual(
      facts(text, 'a.vue').tags.map(({ kind, reason }) => `${kind}: ${reason}`),
      ['time: slower', 'auth: by the gateway'],
    );
  });
});

describe('facts: suppressions', () => {
  /** Each suppression with the lines that it covers, joined. */
  function found(text: string, path = 'a.tsx'): string[] {
    return facts(text, path).suppressions.map(({ rules, reason, covers }) => {
      const lines =
        covers === 'file'
          ? 'file'
          : text
              .slice(covers.start, covers.end)
              .trim()
              .replace(/\s*\n\s*/g, ' | ');
      return `${rules.map(({ name }) => name).join('+')} (${reason}) ${lines}`;
    });
  }

  it('stand above a line, behind code, or for a file', () => {
    assert.deepEqual(
      found(`// switchyard-ignore-file risk/a-b: all of it
// switchyard-ignore risk/one, two: why: because
run();
run(1); // switchyard-ignore risk/three: here
/* switchyard-ignore risk/four: above */
// eslint-disable-next-line
run(2);
// switchyard-ignore-next-line risk/five: as others write it
@Guard()
class A {}
`),
      [
        'risk/a-b (all of it) file',
        'risk/one+two (why: because) // switchyard-ignore risk/one, two: why: because | run();',
        'risk/three (here) run(1); // switchyard-ignore risk/three: here',
        'risk/four (above) /* switchyard-ignore risk/four: above */ | // eslint-disable-next-line | run(2);',
        'risk/five (as others write it) // switchyard-ignore-next-line risk/five: as others write it | @Guard() | class A {}',
      ],
    );
  });

  it('are read from JSX, from markup, and with Windows line ends', () => {
    assert.deepEqual(
      found('const a = (\r\n  <p>\r\n    {/* switchyard-ignore x: y */}\r\n    {b}\r\n  </p>\r\n);\r\n'),
      ['x (y) {/* switchyard-ignore x: y */} | {b}'],
    );
    assert.deepEqual(
      found('<template>\n  <!-- switchyard-ignore x: y -->\n  <b v-if="on" />\n</template>\n', 'a.vue'),
      ['x (y) <!-- switchyard-ignore x: y --> | <b v-if="on" />'],
    );
  });

  it('have no reason without a colon, and are none in a sentence or a string', () => {
    assert.deepEqual(found('run(); // switchyard-ignore risk/one because\n'), [
      'risk/one () run(); // switchyard-ignore risk/one because',
    ]);
    assert.deepEqual(found("// Write switchyard-ignore x: y\nconst a = '// switchyard-ignore x: y';\n"), []);
    assert.deepEqual(found('// switchyard-ignored x: y\n'), []);
  });
});

describe('facts: tests', () => {
  it('goes by the name of the file', () => {
    for (const path of [
      'a.test.ts',
      'src/a.spec.tsx',
      'a.cy.js',
      'src/__tests__/a.ts',
      'test/a.mjs',
      'x/tests/a.ts',
      'e2e/a.ts',
    ])
      assert.equal(isTestPath(path), true, path);
    for (const path of ['src/latest/a.ts', 'testing/a.ts', 'contest/a.ts', 'src/a.ts'])
      assert.equal(isTestPath(path), false, path);
    assert.equal(isTestPath('checks/a.ts', ['checks/**']), true);
  });

  it('tells the framework by imports, then by what is called', () => {
    const framework = (text: string, path = 'a.test.ts') => facts(text, path).test?.framework;
    assert.equal(framework(`import { it } from 'vitest'; it('x', () => {});`), 'vitest');
    assert.equal(framework(`import test from 'node:test'; test('x', () => {});`, 'src/check.ts'), 'node:test');
    assert.equal(framework(`import { expect } from 'chai'; describe('x', () => {});`), 'mocha');
    assert.equal(framework(`jest.mock('./x'); test('x', () => {});`), 'jest');
    assert.equal(framework(`import { test } from '@playwright/test'; test('x', () => {});`), 'playwright');
    assert.equal(framework(`describe('x', () => {});`), 'unknown');
    assert.equal(framework(`import { vi } from 'vitest'; export const f = vi.fn();`, 'src/mocks.ts'), undefined);
  });
});

describe('facts: broken and odd texts', () => {
  it('counts syntax errors and keeps what can be told', () => {
    const broken = facts(`import { isEnabled } from 'unleash-client';\nif (isEnabled('a') {\nisEnabled('b');`);
    assert.ok(broken.syntaxErrors > 0);
    assert.deepEqual(
      broken.reads.map((site) => site.args[0]?.value),
      [
        { kind: 'string', value: 'a' },
        { kind: 'string', value: 'b' },
      ],
    );
  });

  it('knows generated files by their first comment', () => {
    assert.equal(facts(`// Code generated by x. DO NOT EDIT.\nexport const a = 1;`).generated, true);
    assert.equal(facts(`export const a = 1; // @generated`).generated, false);
  });

  it('is not brought down by depth, cycles or large expressions', () => {
    const sum = Array.from({ length: 20_000 }, (_, i) => `'${i}'`).join(' + ');
    assert.equal(facts(`isEnabled('a'); const s = ${sum};`).reads.length, 1);
    const cycle = facts(
      `export const a = b ?? a; export const b = a || c; export const c = { ...a, ...b };\na.isEnabled('x');`,
    );
    assert.deepEqual(
      cycle.reads.map((site) => site.origins),
      [[]],
    );
    const wide = Array.from({ length: 30 }, (_, i) => `const v${i} = v${i + 1} || v${i + 1};`).join('\n');
    assert.equal(facts(`${wide}\nv0.isEnabled('x');`).reads.length, 1);
  });
});
