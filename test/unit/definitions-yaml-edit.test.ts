import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse as parseJson } from 'jsonc-parser';
import { parse, stringify } from 'yaml';
import { applyEdits } from '../../server/src/core/source-change.ts';
import { addDefinition } from '../../server/src/flags/definitions/add-definition.ts';
import { collectDefinitions } from '../../server/src/flags/definitions/collect.ts';
import { removeDefinitions } from '../../server/src/flags/definitions/edit.ts';
import { renameDefinition } from '../../server/src/flags/definitions/rename-definition.ts';
import { loadYamlParser } from '../../server/src/flags/definitions/yaml-parser.ts';
import type { FlagDefinition } from '../../server/src/flags/flag.ts';
import { defaultPolicy } from '../../server/src/policy/schema.ts';

function read(text: string, path = 'flags.yaml'): FlagDefinition[] {
  const { definitions, problems } = collectDefinitions({
    definitionFiles: [{ path, text }],
    files: new Map(),
    usedGroups: [],
    policy: defaultPolicy,
  });
  assert.deepEqual(problems, [], text);
  return definitions;
}

before(loadYamlParser);

/** How a generated file is laid out. Every comment names the entry that it explains. */
interface Layout {
  readonly style: 'block' | 'flow' | 'flow-lines';
  readonly list: boolean;
  readonly dashIndent: boolean;
  readonly quote: '' | '"' | "'";
  readonly lineBreak: string;
  readonly above: boolean;
  readonly behind: boolean;
  readonly inside: boolean;
  readonly blank: boolean;
  readonly header: boolean;
  readonly footer: string;
}

const layouts: fc.Arbitrary<Layout> = fc.record({
  style: fc.constantFrom('block', 'block', 'flow', 'flow-lines'),
  list: fc.boolean(),
  dashIndent: fc.boolean(),
  quote: fc.constantFrom('', '"', "'"),
  lineBreak: fc.constantFrom('\n', '\r\n'),
  above: fc.boolean(),
  behind: fc.boolean(),
  inside: fc.boolean(),
  blank: fc.boolean(),
  header: fc.boolean(),
  footer: fc.constantFrom('', 'segments: []\n', '# the end\n', '---\nother: 1\n'),
});

const keys = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}[a-z0-9]$/), { minLength: 1, maxLength: 5 });

/** A file of Flipt (a list) or of LaunchDarkly's data (a map), with the keys. */
function layOut(names: readonly string[], layout: Layout): string {
  const { style, list, quote } = layout;
  const quoted = (name: string) =>
    quote === '' && /^(y|n|on|off|no|yes|true|false|null)$/.test(name) ? `"${name}"` : quote + name + quote;
  const head = `${layout.header ? '# the head\n' : ''}${list ? 'namespace: default\nflags:' : 'flags:'}`;
  const entry = (name: string, index: number) => {
    const state = index % 2 === 0;
    return list
      ? { first: `key: ${quoted(name)}`, rest: [`name: N${index}`, 'type: BOOLEAN_FLAG_TYPE', `enabled: ${state}`] }
      : {
          first: `${quoted(name)}:`,
          rest: [`on: ${state}`, 'offVariation: 1', 'variations: [true, false]', 'fallthrough: { variation: 0 }'],
        };
  };
  const entries = names.map(entry);
  let text: string;
  if (style === 'block') {
    const indent = list && !layout.dashIndent ? '' : '  ';
    const lines = entries.flatMap(({ first, rest }, index) => [
      ...(layout.blank && index > 0 ? [''] : []),
      ...(layout.above ? [`${indent}# above ${index}!`] : []),
      `${indent}${list ? '- ' : ''}${first}${layout.behind ? ` # behind ${index}!` : ''}`,
      ...rest.map((line) => `${indent}  ${line}`),
      ...(layout.inside ? [`${indent}    # inside ${index}!`] : []),
    ]);
    text = `${head}\n${lines.join('\n')}\n`;
  } else {
    const items = entries.map(({ first, rest }) =>
      list ? `{ ${[first, ...rest].join(', ')} }` : `${first} { ${rest.join(', ')} }`,
    );
    const [open, close] = list ? ['[', ']'] : ['{', '}'];
    text =
      style === 'flow'
        ? `${head} ${open}${items.join(', ')}${close} # after\n`
        : `${head} ${open}\n${items.map((item, index) => `${layout.above ? `  # above ${index}!\n` : ''}  ${item},${layout.behind ? ` # behind ${index}!` : ''}\n`).join('')}${close}\n`;
  }
  return (text + layout.footer).replaceAll('\n', layout.lineBreak);
}

function commentsOf(text: string): string[] {
  return [...text.matchAll(/# ([^\r\n]*)/g)].map((match) => match[1]!);
}

/** All documents, as data. */
function dataOf(text: string): unknown[] {
  return text.split(/^---\r?$/m).map((part) => parse(part));
}

function flagsIn(data: unknown): { list: boolean; flags: Record<string, unknown> | { key: string }[] } {
  const { flags } = (data as [{ flags: Record<string, unknown> | { key: string }[] }])[0];
  return { list: Array.isArray(flags), flags };
}

describe('definitions: YAML stays what it is', () => {
  it('but for the entries that go, their comments included', () => {
    fc.assert(
      fc.property(keys, layouts, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (names, layout, picks) => {
        const text = layOut(names, layout);
        const going = read(text).filter((_, index) => picks[index]);
        const after = applyEdits(text, removeDefinitions(going, text));
        const expected = dataOf(text);
        const { flags } = flagsIn(expected);
        const gone = new Set(going.map((one) => one.key));
        (expected[0] as { flags: unknown }).flags = Array.isArray(flags)
          ? flags.filter((one) => !gone.has(one.key))
          : Object.fromEntries(Object.entries(flags).filter(([key]) => !gone.has(key)));
        assert.deepEqual(dataOf(after), expected, after);
        const kept = commentsOf(text).filter((comment) => {
          const index = /(\d)!/.exec(comment)?.[1];
          return index === undefined || !gone.has(names[Number(index)]!);
        });
        assert.deepEqual(commentsOf(after), kept, after);
        if (layout.lineBreak === '\r\n') assert.equal(/[^\r]\n/.test(after), false);
      }),
      { numRuns: 250 },
    );
  });

  it('but for a key that is renamed, whatever it is called now', () => {
    const newKey = fc.oneof(
      fc.stringMatching(/^[a-z][a-z0-9.-]{0,9}$/),
      fc.constantFrom(
        'on',
        'true',
        '1',
        '1.5',
        'a: b',
        'a # b',
        "it's",
        '"',
        '- x',
        '*x',
        '&x',
        '',
        'null',
        'é',
        'a b',
        '{',
        '\\',
        '~',
        '@x',
        'a,b',
        'a\tb',
        '<<',
      ),
      fc.string({ minLength: 1 }),
    );
    fc.assert(
      fc.property(keys, layouts, newKey, fc.nat(), (names, layout, name, pick) => {
        fc.pre(!names.includes(name) && name !== '' && name !== '__proto__');
        const text = layOut(names, layout);
        const definition = read(text)[pick % names.length]!;
        const after = applyEdits(text, renameDefinition(text, definition, name));
        const expected = dataOf(text);
        const { flags } = flagsIn(expected);
        (expected[0] as { flags: unknown }).flags = Array.isArray(flags)
          ? flags.map((one) => (one.key === definition.key ? { ...one, key: name } : one))
          : Object.fromEntries(
              Object.entries(flags).map(([key, value]) => [key === definition.key ? name : key, value]),
            );
        assert.deepEqual(dataOf(after), expected, after);
      }),
      { numRuns: 250 },
    );
  });

  it('but for an entry that is added, which goes again without a trace', () => {
    fc.assert(
      fc.property(keys, layouts, fc.boolean(), (names, layout, value) => {
        fc.pre(!names.includes('new.key-1'));
        const text = layOut(names, layout);
        const siblings = read(text);
        const added = applyEdits(
          text,
          addDefinition({ source: siblings[0]!.source, siblings }, 'new.key-1', value, text),
        );
        const after = read(added);
        assert.deepEqual(
          after.map((one) => one.key),
          [...names, 'new.key-1'],
          added,
        );
        const { state } = after.at(-1)!;
        assert.equal(state.kind === 'constant' && state.value, value, added);
        assert.equal(applyEdits(added, removeDefinitions([after.at(-1)!], added)), text);
      }),
      { numRuns: 150 },
    );
  });
});

describe('definitions: a flag a file', () => {
  it('cannot be taken out of its file, but renamed', () => {
    const text = 'name: new_diff\ngroup: group::x\ndefault_enabled: false\n';
    const [one] = read(text, 'config/feature_flags/new_diff.yml');
    assert.throws(
      () => removeDefinitions([one!], text),
      /new_diff\.yml is the definition of one flag.*delete the file/,
    );
    assert.equal(applyEdits(text, renameDefinition(text, one!, 'on')), text.replace('new_diff', '"on"'));
    const rest = '{"key":"a","variations":[{"value":true}],"environments":{"p":{"on":true}}}';
    assert.throws(() => removeDefinitions(read(rest, 'a.json'), rest), /delete the file/);
  });
});

describe('definitions: renaming a key', () => {
  it('takes along what names it elsewhere in the file', () => {
    const exported = JSON.stringify({
      features: [{ name: 'a' }, { name: 'b' }],
      featureStrategies: [{ featureName: 'a', name: 'default' }],
      featureEnvironments: [{ featureName: 'a', name: 'a', environment: 'production', enabled: true }],
      dependencies: [{ feature: 'b', dependencies: [{ feature: 'a', enabled: true }] }],
    });
    const growthbook = JSON.stringify({
      features: {
        a: { defaultValue: true },
        b: { defaultValue: 1, rules: [{ parentConditions: [{ id: 'a' }], force: 2 }] },
      },
    });
    const launchdarkly = JSON.stringify({
      flags: {
        a: { key: 'a', on: true, variations: [true] },
        b: { key: 'b', on: true, variations: [true], prerequisites: [{ key: 'a', variation: 0 }] },
      },
    });
    const configcat = JSON.stringify({
      f: {
        a: { t: 0, v: { b: true } },
        b: { t: 0, v: { b: true }, r: [{ c: [{ p: { f: 'a', c: 0, v: { b: true } } }], s: { v: { b: true } } }] },
      },
    });
    for (const text of [exported, growthbook, launchdarkly, configcat]) {
      const after = applyEdits(text, renameDefinition(text, read(text, 'x.json')[0]!, 'new "a"'));
      const expected = text
        .replace('{"a":', '{"new \\"a\\"":')
        .replaceAll(/"(name|featureName|feature|id|key|f)":"a"/g, '"$1":"new \\"a\\""');
      assert.deepEqual(parseJson(after), parseJson(expected));
      assert.equal(after, expected);
    }
  });

  it('refuses a key that the file defines, or cannot hold', () => {
    const text = 'a on\nb off\n';
    const [a] = read(text, '.split');
    assert.throws(() => renameDefinition(text, a!, 'b'), /\.split already defines 'b'/);
    assert.throws(() => renameDefinition(text, a!, 'b c'), /without white space/);
    assert.equal(applyEdits(text, renameDefinition(text, a!, 'c')), 'c on\nb off\n');
  });

  it('renames every entry of a key that stands twice', () => {
    const text = stringify([{ a: { treatment: 'x', keys: 'me' } }, { a: { treatment: 'y' } }]);
    const after = applyEdits(text, renameDefinition(text, read(text)[1]!, 'b'));
    assert.deepEqual(parse(after), [{ b: { treatment: 'x', keys: 'me' } }, { b: { treatment: 'y' } }]);
  });
});

describe('definitions: adding to other formats', () => {
  const add = (text: string, path: string, value: boolean | string = true) => {
    const siblings = read(text, path);
    return applyEdits(text, addDefinition({ source: siblings[0]!.source, siblings }, 'b', value, text));
  };

  it('writes what its readers read', () => {
    const azure = '{"feature_management":{"feature_flags":[{"id":"a","enabled":true}]}}';
    assert.equal(
      add(azure, 'a.json'),
      '{"feature_management":{"feature_flags":[{"id":"a","enabled":true},{"id":"b","enabled":true}]}}',
    );
    const growthbook = '{"features":{"a":{"defaultValue":true}}}';
    assert.equal(add(growthbook, 'a.json', 'x'), '{"features":{"a":{"defaultValue":true},"b":{"defaultValue":"x"}}}');
    assert.equal(add('a on\n', '.split', false), 'a on\nb off\n');
    assert.equal(add('- a:\n    treatment: on\n', 's.yaml'), '- a:\n    treatment: on\n- b:\n    treatment: "on"\n');
    const values = '{ "flagValues": { "a": 1 } }';
    assert.equal(add(values, 'a.json', 'x'), '{ "flagValues": { "a": 1, "b": "x" } }');
    assert.equal(
      add('flags:\n  a:\n    state: ENABLED\n    variants: {x: y}\n    defaultVariant: x\n', 'f.yaml'),
      'flags:\n  a:\n    state: ENABLED\n    variants: {x: y}\n    defaultVariant: x\n  b:\n    state: ENABLED\n    variants:\n      "on": true\n      "off": false\n    defaultVariant: "on"\n',
    );
  });

  it('refuses files that a vendor writes', () => {
    const text = '{"p":{},"f":{"a":{"t":0,"v":{"b":true}}}}';
    assert.throws(() => add(text, 'a.json'), /comes from where the flags are kept/);
  });
});
