import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { applyEdits } from '../../server/src/core/source-change.ts';
import { takeFacts } from '../../server/src/facts/take-facts.ts';
import { addDefinition } from '../../server/src/flags/definitions/add-definition.ts';
import { collectDefinitions } from '../../server/src/flags/definitions/collect.ts';
import { removeDefinition, removeDefinitions } from '../../server/src/flags/definitions/edit.ts';
import { readRegistry, registriesOf } from '../../server/src/flags/definitions/typescript-groups.ts';
import type { FlagDefinition } from '../../server/src/flags/flag.ts';
import { defaultPolicy } from '../../server/src/policy/schema.ts';

function readJson(text: string): FlagDefinition[] {
  const definitionFiles = [{ path: 'flags.json', text }];
  const { definitions, problems } = collectDefinitions({
    definitionFiles,
    files: new Map(),
    usedGroups: [],
    policy: defaultPolicy,
  });
  assert.deepEqual(problems, [], text);
  return definitions;
}

const recipe = {
  names: new Set<string>(),
  properties: new Set<string>(),
  defines: [],
  packages: new Set<string>(),
  id: 'test',
};

function readTypeScript(text: string): FlagDefinition[] {
  const facts = takeFacts('flags.ts', text, recipe);
  assert.equal(facts.syntaxErrors, 0, text);
  return registriesOf(facts).flatMap((one) => readRegistry('flags.ts', one));
}

/** How the entries of a generated file are laid out. Every comment names the entry that it explains. */
interface Layout {
  readonly lines: boolean;
  readonly expanded: boolean;
  readonly lineBreak: string;
  readonly trailingComma: boolean;
  readonly above: boolean;
  readonly behind: boolean;
  readonly blank: boolean;
}

const layouts = fc.record({
  lines: fc.boolean(),
  expanded: fc.boolean(),
  lineBreak: fc.constantFrom('\n', '\r\n'),
  trailingComma: fc.boolean(),
  above: fc.boolean(),
  behind: fc.boolean(),
  blank: fc.boolean(),
});

/** Lays entries out, each with its own comments, between an opening and a closing text. */
function layOut(open: string, entries: readonly string[], close: string, layout: Layout, separator = ','): string {
  const { lineBreak: br } = layout;
  if (!layout.lines)
    return `${open} ${entries.join(`${separator} `)}${layout.trailingComma && entries.length ? separator : ''} ${close}${br}`;
  const lines = entries.map((entry, index) => {
    const comma = layout.trailingComma || index < entries.length - 1 ? separator : '';
    const above = layout.above ? `  // above ${index}!${br}` : '';
    const blank = layout.blank && index > 0 ? br : '';
    return `${blank}${above}  ${entry.replaceAll('\n', `${br}  `)}${comma}${layout.behind ? ` // behind ${index}!` : ''}${br}`;
  });
  return `${open}${br}${lines.join('')}${close}${br}`;
}

function commentsOf(text: string): string[] {
  return [...text.matchAll(/(above|behind) \d+!/g)].map(([all]) => all);
}

function expectedComments(layout: Layout, kept: readonly number[]): string[] {
  if (!layout.lines) return [];
  return kept.flatMap((index) => [
    ...(layout.above ? [`above ${index}!`] : []),
    ...(layout.behind ? [`behind ${index}!`] : []),
  ]);
}

const jsonKeys = fc.uniqueArray(
  fc.oneof(fc.stringMatching(/^[a-z][a-z0-9.-]{0,12}$/), fc.constantFrom('a"b', 'é', 'x{', '//y', 'a,b', '}]')),
  { minLength: 1, maxLength: 6 },
);
const identifiers = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z][a-z0-9]{0,5}){0,2}$/), {
  minLength: 1,
  maxLength: 6,
});

/** A choice of entries, as bits. */
function chosen<T>(all: readonly T[], bits: number): { removed: T[]; kept: T[]; keptIndexes: number[] } {
  const isRemoved = (index: number) => (bits & (1 << index)) !== 0;
  return {
    removed: all.filter((_, index) => isRemoved(index)),
    kept: all.filter((_, index) => !isRemoved(index)),
    keptIndexes: all.map((_, index) => index).filter((index) => !isRemoved(index)),
  };
}

function flagdFlag(key: string, index: number, array: boolean, layout: Layout): string {
  const body = {
    ...(array ? { key } : {}),
    state: index % 2 ? 'ENABLED' : 'DISABLED',
    variants: { on: true, off: false },
    defaultVariant: 'on',
    metadata: { note: `${index}` },
  };
  const value = JSON.stringify(body, undefined, layout.expanded && layout.lines ? 2 : undefined);
  return array ? value : `${JSON.stringify(key)}: ${value}`;
}

function flagdFile(keys: readonly string[], array: boolean, layout: Layout): string {
  const entries = keys.map((key, index) => flagdFlag(key, index, array, layout));
  const [open, close] = array ? ['[', ']'] : ['{', '}'];
  return `{"$schema":"https://flagd.dev/schema/v0/flags.json","flags":${layOut(open!, entries, close!, layout)}}`;
}

describe('definitions: removing entries', () => {
  it('from flagd: what is left parses, holds the others unchanged, and keeps their comments', () => {
    fc.assert(
      fc.property(jsonKeys, fc.nat(63), fc.boolean(), layouts, (keys, bits, array, layout) => {
        const text = flagdFile(keys, array, layout);
        const { removed, kept, keptIndexes } = chosen(readJson(text), bits);
        const result = applyEdits(text, removeDefinitions(removed, text));
        assert.deepEqual(
          readJson(result).map((one) => result.slice(one.range.start, one.range.end)),
          kept.map((one) => text.slice(one.range.start, one.range.end)),
          result,
        );
        if (!layout.trailingComma && !layout.above && !layout.behind) JSON.parse(result);
        assert.deepEqual(commentsOf(result), expectedComments(layout, keptIndexes), result);
        assert.equal(result.startsWith('{"$schema"') && result.endsWith('}'), true);
      }),
      { numRuns: 200 },
    );
  });

  it('from enums and objects', () => {
    fc.assert(
      fc.property(identifiers, fc.nat(63), fc.boolean(), layouts, (keys, bits, isEnum, layout) => {
        const entries = keys.map((key) => `${key.replaceAll('-', '_')}${isEnum ? ' =' : ':'} '${key}'`);
        const [open, close] = isEnum ? ['export enum Flag {', '}'] : ['export const FLAGS = {', '} as const;'];
        const text = `// head\n${layOut(open!, entries, close!, layout)}export const after = 1;\n`;
        const { removed, kept, keptIndexes } = chosen(readTypeScript(text), bits);
        const result = applyEdits(text, removeDefinitions(removed, text));
        assert.deepEqual(
          readTypeScript(result).map((one) => one.key),
          kept.map((one) => one.key),
          result,
        );
        assert.deepEqual(commentsOf(result), expectedComments(layout, keptIndexes), result);
        assert.ok(result.startsWith('// head\n') && result.endsWith('export const after = 1;\n'));
      }),
      { numRuns: 200 },
    );
  });

  it('from unions', () => {
    fc.assert(
      fc.property(
        identifiers,
        fc.nat(63),
        fc.constantFrom('line', 'leading', 'trailing'),
        layouts,
        (keys, bits, style, layout) => {
          const literals = keys.map((key) => `'${key}'`);
          const br = layout.lineBreak;
          const semicolon = layout.trailingComma ? ';' : '';
          const body =
            style === 'line'
              ? ` ${literals.join(' | ')}${semicolon}`
              : literals
                  .map((literal, index) => {
                    const end = index === literals.length - 1 ? semicolon : style === 'trailing' ? ' |' : '';
                    return `${br}  ${style === 'leading' ? '| ' : ''}${literal}${end}`;
                  })
                  .join('');
          const text = `export type Key =${body}${br}export const after = 1;${br}`;
          const { removed, kept } = chosen(readTypeScript(text), bits);
          const result = applyEdits(text, removeDefinitions(removed, text));
          assert.deepEqual(
            readTypeScript(result).map((one) => one.key),
            kept.map((one) => one.key),
            result,
          );
          if (kept.length === 0) assert.match(result, /^export type Key =\s+never;?\s+export const after/);
          assert.ok(result.endsWith(`export const after = 1;${br}`), result);
          if (semicolon) assert.match(result, /('|never);/);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes the rows that belong to a feature of an Unleash export', () => {
    const text = `{
  "features": [
    { "name": "a" },
    { "name": "b" }
  ],
  "featureStrategies": [
    { "name": "default", "featureName": "b" },
    { "name": "default", "featureName": "a" },
    { "name": "flexibleRollout", "featureName": "b" }
  ],
  "featureEnvironments": [{ "name": "a", "featureName": "a", "enabled": true }, { "name": "b", "featureName": "b", "enabled": true }],
  "featureTags": [{ "featureName": "b", "tagType": "simple", "tagValue": "a" }],
  "tagTypes": []
}
`;
    const b = readJson(text).find((one) => one.key === 'b')!;
    assert.equal(
      applyEdits(text, removeDefinition(b, text)),
      `{
  "features": [
    { "name": "a" }
  ],
  "featureStrategies": [
    { "name": "default", "featureName": "a" }
  ],
  "featureEnvironments": [{ "name": "a", "featureName": "a", "enabled": true }],
  "featureTags": [],
  "tagTypes": []
}
`,
    );
  });

  it('keeps the comment of the entry before, and moves the semicolon in front of it', () => {
    const text = "export type Key =\n  | 'a' // first\n  // about b\n  | 'b';\n";
    const b = readTypeScript(text).find((one) => one.key === 'b')!;
    assert.equal(applyEdits(text, removeDefinition(b, text)), "export type Key =\n  | 'a'; // first\n");
  });

  it('takes the whole record that a key stands in', () => {
    const text = `const FLAGS = {
  // one page
  NEW: { flag: 'new-checkout', defaultValue: 'OFF' },
  OLD: {
    flag: 'old-cart',
    defaultValue: 'OFF',
  },
} as const;
export { FLAGS };
`;
    const definitions = readTypeScript(text);
    assert.deepEqual(
      definitions.map((one) => [one.key, one.registry!.member]),
      [
        ['new-checkout', 'NEW'],
        ['old-cart', 'OLD'],
      ],
    );
    assert.equal(
      applyEdits(text, removeDefinition(definitions[0]!, text)),
      text.replace("  // one page\n  NEW: { flag: 'new-checkout', defaultValue: 'OFF' },\n", ''),
    );
    assert.equal(applyEdits(text, removeDefinition(definitions[1]!, text)), text.replace(/ {2}OLD: \{[^}]*\},\n/, ''));
    assert.throws(
      () => addDefinition({ source: 'typescript-object', siblings: definitions }, 'x', false, text),
      /plain name/,
    );
  });

  it('keeps comments that explain something else', () => {
    const text = `export enum Flag {
  /** about a */
  A = 'a', // behind a
  // about b

  B = 'b',
  /* section */

  /**
   * about c
   */
  C = 'c',
}
`;
    const c = readTypeScript(text).find((one) => one.key === 'c')!;
    const a = readTypeScript(text).find((one) => one.key === 'a')!;
    assert.equal(
      applyEdits(text, removeDefinitions([c, a], text)),
      `export enum Flag {
  // about b

  B = 'b',
  /* section */
}
`,
    );
  });
});

describe('definitions: adding entries', () => {
  const added = fc.stringMatching(/^zz[a-z0-9]{1,6}(-[a-z]{1,4}){0,2}$/);

  it('to flagd: the flag is there, and removing it gives the text back', () => {
    fc.assert(
      fc.property(
        jsonKeys,
        added,
        fc.boolean(),
        layouts,
        fc.constantFrom(true, false, 'x', 2),
        (keys, key, array, layout, value) => {
          const text = flagdFile(keys, array, layout);
          const siblings = readJson(text);
          const result = applyEdits(text, addDefinition({ source: 'flagd', siblings }, key, value, text));
          const after = readJson(result);
          const state = after.at(-1)!.state;
          assert.deepEqual([after.at(-1)!.key, state.kind === 'constant' && state.value], [key, value], result);
          assert.equal(after.length, siblings.length + 1);
          if (!layout.trailingComma && !layout.above && !layout.behind) JSON.parse(result);
          assert.equal(applyEdits(result, removeDefinition(after.at(-1)!, result)), text);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('to enums and objects', () => {
    fc.assert(
      fc.property(identifiers, added, fc.boolean(), layouts, (keys, key, isEnum, layout) => {
        const entries = keys.map((one) => `${one.replaceAll('-', '_')}${isEnum ? ' =' : ':'} "${one}"`);
        const [open, close] = isEnum ? ['export enum Flag {', '}'] : ['export const FLAGS = {', '} as const;'];
        const text = layOut(open!, entries, close!, layout);
        const siblings = readTypeScript(text);
        const result = applyEdits(text, addDefinition({ source: siblings[0]!.source, siblings }, key, false, text));
        const after = readTypeScript(result);
        assert.equal(after.at(-1)!.key, key, result);
        assert.equal(applyEdits(result, removeDefinition(after.at(-1)!, result)), text);
      }),
      { numRuns: 200 },
    );
  });

  it('to unions', () => {
    for (const text of [
      "export type Key = 'a' | 'b';\n",
      "export type Key = 'a'\nexport const x = 1;\n",
      'export type Key =\r\n  | "a"\r\n  | "b";\r\n',
      "export type Key =\n  'a' |\n  'b'\n",
    ]) {
      const siblings = readTypeScript(text);
      const result = applyEdits(text, addDefinition({ source: 'typescript-union', siblings }, 'c', false, text));
      const after = readTypeScript(result);
      assert.deepEqual(
        after.map((one) => one.key),
        [...siblings.map((one) => one.key), 'c'],
        result,
      );
      assert.equal(applyEdits(result, removeDefinition(after.at(-1)!, result)), text);
    }
  });

  it('in the style of the siblings', () => {
    const cases: [string, string, string][] = [
      ["export enum Flag {\n  NewCheckout = 'new-checkout',\n}\n", 'old-cart', "  OldCart = 'old-cart',\n"],
      ["export const F = {\n  newCheckout: 'new-checkout'\n} as const;\n", 'old-cart', ",\n  oldCart: 'old-cart'\n"],
      ['export const F = {\n  NEW_CHECKOUT: "new-checkout",\n} as const;\n', 'old-cart', '  OLD_CART: "old-cart",\n'],
      [
        "export const F = {\n  FF_NEW: 'new',\n  FF_BIG_ONE: 'big.one',\n};\n",
        'old-cart',
        "  FF_OLD_CART: 'old-cart',\n",
      ],
      ["export const F = {\n  'a-b': 'a-b',\n};\n", 'old-cart', "  'old-cart': 'old-cart',\n"],
      [
        "export const F = { shop: { newCart: 'new-cart' } };\n",
        'old-cart',
        "newCart: 'new-cart', oldCart: 'old-cart' }",
      ],
      ["export enum Flag {\n  A = 'a',\n}\n", '2fa', "  _2fa = '2fa',\n"],
    ];
    for (const [text, key, part] of cases) {
      const siblings = readTypeScript(text);
      const result = applyEdits(text, addDefinition({ source: siblings[0]!.source, siblings }, key, false, text));
      assert.ok(result.includes(part), result);
    }
  });

  it('refuses where it cannot tell the style or the name is taken', () => {
    const refused = (text: string, key: string, message: RegExp) => {
      const siblings = readTypeScript(text);
      assert.throws(() => addDefinition({ source: siblings[0]!.source, siblings }, key, false, text), message);
    };
    refused("export const F = { a: 'a' as const };\n", 'b', /plain name/);
    refused("export enum F {\n  NewCart = 'new_cart',\n}\n", 'new-cart', /already has a member 'NewCart'/);
  });

  it('to an OpenFeature manifest, with the type of the default', () => {
    const text =
      '{\n  "flags": {\n    "a": { "flagType": "boolean", "defaultValue": true, "description": "A" }\n  }\n}\n';
    const siblings = readJson(text);
    const add = (value: boolean | string | number) =>
      applyEdits(text, addDefinition({ source: 'openfeature-manifest', siblings }, 'b', value, text));
    assert.equal(
      add(false),
      '{\n  "flags": {\n    "a": { "flagType": "boolean", "defaultValue": true, "description": "A" },\n    "b": { "flagType": "boolean", "defaultValue": false }\n  }\n}\n',
    );
    assert.match(add('x'), /"b": \{ "flagType": "string", "defaultValue": "x" \}/);
    assert.match(add(1.5), /"b": \{ "flagType": "float", "defaultValue": 1.5 \}/);
    assert.match(add(2), /"b": \{ "flagType": "integer", "defaultValue": 2 \}/);
  });

  it('to Unleash, off in each environment, and back', () => {
    const exported = `${JSON.stringify(
      {
        features: [{ name: 'a', project: 'shop', type: 'release' }],
        featureStrategies: [],
        featureEnvironments: [
          { enabled: true, featureName: 'a', environment: 'production' },
          { enabled: true, featureName: 'a', environment: 'staging' },
        ],
      },
      undefined,
      2,
    )}\n`;
    const client = '{"version":1,"features":[{"name":"a","enabled":true,"strategies":[]}]}';
    for (const text of [exported, client]) {
      const siblings = readJson(text);
      const result = applyEdits(text, addDefinition({ source: siblings[0]!.source, siblings }, 'b', false, text));
      const after = readJson(result);
      assert.deepEqual(
        after.map((one) => [one.key, one.state.kind === 'constant' && one.state.value]),
        [
          ['a', true],
          ['b', false],
        ],
      );
      assert.equal(applyEdits(result, removeDefinition(after[1]!, result)), text);
    }
  });

  it('to an empty file', () => {
    const schema = '"$schema": "https://flagd.dev/schema/v0/flags.json"';
    const add = (text: string) => applyEdits(text, addDefinition({ source: 'flagd', siblings: [] }, 'a', false, text));
    assert.equal(
      add(`{\n  ${schema},\n  "flags": {}\n}\n`),
      `{\n  ${schema},\n  "flags": {\n    "a": {\n      "state": "ENABLED",\n      "variants": {\n        "on": true,\n        "off": false\n      },\n      "defaultVariant": "off"\n    }\n  }\n}\n`,
    );
    assert.deepEqual(Object.keys(parse(add(`{${schema},"flags":{}}`)).flags), ['a']);
    assert.deepEqual(Object.keys(parse(add(`{\n${schema},\n"flags": { // none\n}\n}`)).flags), ['a']);
    assert.throws(() => add('{"flags": '), /no valid JSON/);
    assert.throws(() => add('{}'), /no "flags"/);
  });
});
