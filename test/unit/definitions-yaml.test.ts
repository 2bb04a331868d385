import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { applyEdits } from '../../server/src/core/source-change.ts';
import { collectDefinitions } from '../../server/src/flags/definitions/collect.ts';
import { removeDefinitions } from '../../server/src/flags/definitions/edit.ts';
import { field, stringField } from '../../server/src/flags/definitions/json-tree.ts';
import { loadYamlParser } from '../../server/src/flags/definitions/yaml-parser.ts';
import { dataOf, parseYaml } from '../../server/src/flags/definitions/yaml-tree.ts';
import { defaultPolicy } from '../../server/src/policy/schema.ts';

function collect(files: Record<string, string>) {
  return collectDefinitions({
    definitionFiles: Object.entries(files).map(([path, text]) => ({ path, text })),
    files: new Map(),
    usedGroups: [],
    policy: defaultPolicy,
  });
}

function at(text: string, range: { start: number; end: number }): string {
  return text.slice(range.start, range.end);
}

const flagd = `# Flags of the shop.
flags:
  # One page instead of three.
  new-checkout:
    state: ENABLED
    variants: { "on": true, "off": false }
    defaultVariant: "on"
    metadata:
      owner: checkout # the team
      expires: 2026-01-01
  'old cart':
    state: DISABLED
    variants:
      on: true
    defaultVariant: on
`;

before(loadYamlParser);

describe('definitions: YAML', () => {
  it('tells keys and entries by their place, in block and flow style', () => {
    const { definitions, problems } = collect({ 'flags.yaml': flagd });
    assert.deepEqual(problems, []);
    const [first, second] = definitions;
    assert.equal(at(flagd, first!.keyRange), 'new-checkout');
    assert.match(at(flagd, first!.range), /^new-checkout:\n[\s\S]*expires: 2026-01-01$/);
    assert.deepEqual(first!.state, { kind: 'constant', value: true, why: 'flagd: enabled, no targeting' });
    assert.deepEqual([first!.owner, first!.expires, first!.type], ['checkout', '2026-01-01', 'boolean']);
    assert.deepEqual(first!.variations, [
      { name: 'on', value: true },
      { name: 'off', value: false },
    ]);
    assert.equal(at(flagd, second!.keyRange), "'old cart'");
    assert.equal(second!.state.kind, 'unknown');
  });

  it('is the same with CRLF, with a byte order mark, as a second document, and in a Kubernetes resource', () => {
    const resource = `apiVersion: v1\nkind: Service\n---\napiVersion: core.openfeature.dev/v1beta1\nkind: FeatureFlag\nmetadata:\n  name: x\n  namespace: shop\nspec:\n  flagSpec:\n${flagd.replace(/^(?=.)/gm, '    ')}`;
    for (const text of [flagd.replaceAll('\n', '\r\n'), `\uFEFF${flagd}`, `a: 1\n---\n${flagd}`, resource]) {
      const { definitions, problems } = collect({ 'flags.yml': text });
      assert.deepEqual(problems, []);
      assert.deepEqual(
        definitions.map((one) => [one.key, at(text, one.keyRange), one.state.kind]),
        [
          ['new-checkout', 'new-checkout', 'constant'],
          ['old cart', "'old cart'", 'unknown'],
        ],
      );
    }
    assert.equal(collect({ 'crd.yaml': resource }).definitions[0]!.scope, 'shop');
  });

  it('follows anchors, aliases and merge keys; an alias stands where it is used', () => {
    const text = `base: &base\n  state: ENABLED\n  variants: {on: true, off: false}\nflags:\n  a:\n    <<: *base\n    defaultVariant: "on"\n  b: &b\n    <<: [*base, {state: DISABLED, defaultVariant: "off"}]\n  c: *b\n`;
    const { definitions } = collect({ 'flags.yaml': text });
    assert.deepEqual(
      definitions.map((one) => [one.key, one.state.kind === 'constant' && one.state.value]),
      [
        ['a', true],
        ['b', false],
        ['c', false],
      ],
    );
    assert.equal(at(text, definitions[2]!.range), 'c: *b');
  });

  it('does not follow anchors in a circle', () => {
    const { roots, errors } = parseYaml('a: &x\n  b: *x\n');
    assert.deepEqual(
      errors.map((one) => one.sentence),
      ["no anchor 'x' stands above this alias"],
    );
    assert.deepEqual(dataOf(roots[0]!), [['a', [['b', null]]]]);
  });

  it('takes aliases of aliases of aliases as they come, and edits nothing there', () => {
    const bomb = Array.from({ length: 40 }, (_, i) => `a${i}: &a${i} [${i === 0 ? '1' : `*a${i - 1}, *a${i - 1}`}]`);
    const text = `${bomb.join('\n')}\nflagValues:\n  x: true\n  y: *a39\n`;
    const { definitions, problems } = collect({ 'flags.yaml': text });
    assert.deepEqual([definitions.length, problems], [2, []]);
    assert.throws(() => removeDefinitions([definitions[0]!], text), /too many aliases/);
  });

  it('keeps words that parsers of YAML read differently apart', () => {
    const text = 'flagValues:\n  a: on\n  b: "on"\n  c: true\n  d: no\n  e: 1.5\n  f: ~\n';
    const { definitions } = collect({ 'flags.yaml': text });
    assert.deepEqual(
      definitions.map((one) => (one.state.kind === 'constant' ? one.state.value : one.state.kind)),
      ['unknown', 'on', true, 'unknown', 1.5, 'unknown'],
    );
  });

  const broken: Record<string, [text: string, place: string, sentence: string]> = {
    'a tab': [`${flagd}  c:\n\tstate: ENABLED\n`, '\t', 'YAML cannot be indented with tabs'],
    'a key that stands twice': [
      `${flagd}  new-checkout:\n    state: ENABLED\n`,
      'n',
      'this key stands here a second time',
    ],
    'a wrong indentation': [`${flagd}   c: 1\n`, ' ', 'this line is not indented like its neighbours'],
    'an open quote': [`${flagd}  c: "x\n`, '', 'a closing quote, bracket or comma is missing here'],
    'an unknown alias': [`${flagd}  c: *nowhere\n`, '*nowhere', "no anchor 'nowhere' stands above this alias"],
  };
  for (const [name, [text, place, sentence]] of Object.entries(broken))
    it(`${name} is a problem with its place; the flags are known, but not constant`, () => {
      const { definitions, problems } = collect({ 'flags.yaml': text });
      assert.equal(problems.length, 1);
      assert.equal(problems[0]!.message, `The flag definitions in flags.yaml cannot be read in full: ${sentence}.`);
      assert.equal(at(text, problems[0]!.range).slice(0, place.length), place);
      assert.ok(problems[0]!.mayDefine?.includes('new-checkout') && problems[0]!.mayDefine.includes('old cart'));
      assert.ok(definitions.some((one) => one.key === 'new-checkout'));
      assert.deepEqual([...new Set(definitions.map((one) => one.state.kind))], ['unknown']);
    });

  it('other YAML is left alone, broken or not', () => {
    const files = {
      'k8s/deployment.yaml': 'kind: Deployment\nspec:\n  flags:\n    - --verbose\n  variants: 3\n',
      'workflow.yml': 'on: push\njobs:\n  build:\n    steps: []\n',
      'broken.yaml': 'flags: [\nvariants',
      'pnpm-lock.yaml': flagd,
      '.github/flags.yml': flagd,
    };
    assert.deepEqual(collect(files), { definitions: [], problems: [] });
  });

  it('the tree has values, and offsets that fit', () => {
    const text = 'a: |\n  x\n  y\n\nb: >-\n  z\nc:\nd: {e: [1, two], f: 0x10}\n? g\n: h\n1: i\n';
    const [root] = parseYaml(text).roots;
    assert.deepEqual(
      dataOf(root!),
      Object.entries(parse(text))
        .sort()
        .map(([key, value]) => [key, value])
        .map(([key, value]) =>
          key === 'd'
            ? [
                'd',
                [
                  ['e', [1, 'two']],
                  ['f', 16],
                ],
              ]
            : [key, value],
        )
        .sort((a, b) => 'abcdg1'.indexOf(String(a[0])) - 'abcdg1'.indexOf(String(b[0]))),
    );
    assert.equal(stringField(root, 'g'), 'h');
    assert.equal(field(root, 'a')!.length, '|\n  x\n  y'.length);
  });
});

describe('definitions: deleting from YAML', () => {
  const remove = (text: string, ...keys: string[]) =>
    applyEdits(
      text,
      removeDefinitions(
        collect({ 'flags.yaml': text }).definitions.filter((one) => keys.includes(one.key)),
        text,
      ),
    );

  it('takes an entry with its lines and comments', () => {
    assert.equal(
      remove(flagd, 'new-checkout'),
      `# Flags of the shop.\nflags:\n  'old cart':\n    state: DISABLED\n    variants:\n      on: true\n    defaultVariant: on\n`,
    );
    assert.equal(remove(flagd, 'new-checkout', 'old cart'), '# Flags of the shop.\nflags: {}\n');
  });

  it('takes an item of a list', () => {
    const text = `namespace: default\nflags:\n- key: a\n  name: A\n  type: BOOLEAN_FLAG_TYPE\n  enabled: true\n  # more of a\n\n# about b\n- key: b\n  name: B\n  enabled: false\nsegments: []\n`;
    assert.equal(
      remove(text, 'a'),
      'namespace: default\nflags:\n# about b\n- key: b\n  name: B\n  enabled: false\nsegments: []\n',
    );
    assert.equal(remove(text, 'a', 'b'), 'namespace: default\nflags: []\nsegments: []\n');
  });

  it('takes an entry in flow style', () => {
    const text = "flagValues: {a: true, 'b': 'x, y', c: 3} # all of them\n";
    assert.equal(remove(text, 'b'), 'flagValues: {a: true, c: 3} # all of them\n');
    assert.equal(remove(text, 'c'), "flagValues: {a: true, 'b': 'x, y'} # all of them\n");
  });

  it('refuses where the rest builds on the entry', () => {
    const text = 'flagValues:\n  a: &x true\n  b: *x\n';
    assert.throws(() => remove(text, 'a'), /builds on this entry by an anchor/);
    assert.equal(remove(text, 'b'), 'flagValues:\n  a: &x true\n');
  });
});
