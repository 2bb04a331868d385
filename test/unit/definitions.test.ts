import assert from 'node:assert/strict';
import type { FileFacts } from '../../server/src/facts/file-facts.ts';
import { takeFacts } from '../../server/src/facts/take-facts.ts';
import { collectDefinitions } from '../../server/src/flags/definitions/collect.ts';
import { constantValue } from '../../server/src/flags/definitions/constant-value.ts';
import { isDefinitionCandidate, isDefinitionFile } from '../../server/src/flags/definitions/detect.ts';
import type { FlagDefinition } from '../../server/src/flags/flag.ts';
import { defaultPolicy, type Policy, policySchema } from '../../server/src/policy/schema.ts';

const recipe = {
  names: new Set<string>(),
  properties: new Set<string>(),
  defines: [],
  packages: new Set<string>(),
  id: 'test',
};

interface Input {
  json?: Record<string, string>;
  ts?: Record<string, string>;
  used?: { path: string; name: string }[];
  policy?: Policy;
}

function collect({ json = {}, ts = {}, used = [], policy = defaultPolicy }: Input) {
  const files = new Map<string, FileFacts>();
  for (const [path, text] of Object.entries(ts)) files.set(path, takeFacts(path, text, recipe));
  const definitionFiles = Object.entries(json).map(([path, text]) => ({ path, text }));
  return collectDefinitions({ definitionFiles, files, usedGroups: used, policy });
}

function states(text: string, path = 'flags.json'): Record<string, unknown> {
  const { definitions } = collect({ json: { [path]: text } });
  return Object.fromEntries(
    definitions.map(({ key, state }) => [key, state.kind === 'constant' ? state.value : state.kind]),
  );
}

function at(text: string, range: { start: number; end: number }): string {
  return text.slice(range.start, range.end);
}

describe('definitions: flagd', () => {
  const boolean = (fields: string) => `"state":"ENABLED","variants":{"on":true,"off":false}${fields}`;

  it('is constant only when enabled, without targeting, with a default variant that exists', () => {
    const text = `{"flags":{
      "on":{${boolean(',"defaultVariant":"on"')}},
      "off":{${boolean(',"defaultVariant":"off","targeting":{}')}},
      "targeted":{${boolean(',"defaultVariant":"on","targeting":{"if":[true,"on","off"]}')}},
      "null-targeting":{${boolean(',"defaultVariant":"on","targeting":null')}},
      "code-default":{${boolean(',"defaultVariant":null')}},
      "no-default":{${boolean('')}},
      "missing-variant":{${boolean(',"defaultVariant":"maybe"')}},
      "disabled":{"state":"DISABLED","variants":{"on":true},"defaultVariant":"on"},
      "old":{"variants":{"on":true},"defaultVariant":"on"},
      "text":{"state":"ENABLED","variants":{"a":"x"},"defaultVariant":"a"},
      "number":{"state":"ENABLED","variants":{"a":3},"defaultVariant":"a"},
      "object":{"state":"ENABLED","variants":{"a":{"b":1}},"defaultVariant":"a"}
    }}`;
    assert.deepEqual(states(text), {
      on: true,
      off: false,
      targeted: 'varies',
      'null-targeting': 'varies',
      'code-default': 'unknown',
      'no-default': 'unknown',
      'missing-variant': 'unknown',
      disabled: 'unknown',
      old: true,
      text: 'x',
      number: 3,
      object: 'unknown',
    });
  });

  it('tells key, entry, type and metadata, in a map with comments and trailing commas', () => {
    const text = `{
  // flags of the shop
  "$schema": "https://flagd.dev/schema/v0/flags.json",
  "metadata": { "owner": "shop" },
  "flags": {
    "new-checkout": { "state": "ENABLED", "variants": { "a": "x" }, "defaultVariant": "a",
      "metadata": { "owner": "checkout", "created": "2025-03-10T08:00:00Z", "expires": "2026-01-01", "description": "One page" } },
    "other": { "state": "ENABLED", "variants": { "a": 1 }, },
  },
}`;
    const [first, second, ...rest] = collect({ json: { 'flags.json': text } }).definitions;
    assert.equal(rest.length, 0);
    assert.equal(at(text, first!.keyRange), '"new-checkout"');
    assert.match(at(text, first!.range), /^"new-checkout": \{[\s\S]*"One page" \} \}$/);
    assert.deepEqual(
      [first!.type, first!.owner, first!.created, first!.expires, first!.description, first!.source],
      ['string', 'checkout', '2025-03-10', '2026-01-01', 'One page', 'flagd'],
    );
    assert.deepEqual([second!.key, second!.type, second!.owner], ['other', 'number', 'shop']);
  });

  it('reads the array form', () => {
    const text = `{"flags":[{"key":"a",${boolean(',"defaultVariant":"on"')}},{"key":"b","state":"DISABLED","variants":{}}]}`;
    const { definitions } = collect({ json: { 'x.json': text } });
    assert.deepEqual(
      definitions.map((one) => [one.key, at(text, one.keyRange), at(text, one.range).slice(0, 8), one.state.kind]),
      [
        ['a', '"a"', '{"key":"', 'constant'],
        ['b', '"b"', '{"key":"', 'unknown'],
      ],
    );
  });

  it('knows a file by its schema even when a flag lacks all that a flag has', () => {
    assert.deepEqual(states('{"$schema":"https://flagd.dev/schema/v0/flags.json","flags":{"a":{}}}'), { a: 'unknown' });
  });
});

describe('definitions: OpenFeature manifest', () => {
  it('declares keys and types, and says nothing of what people get', () => {
    const text = `{"$schema":"https://raw.githubusercontent.com/open-feature/cli/main/schema/v0/flag-manifest.json","flags":{
      "a":{"flagType":"boolean","defaultValue":false,"description":"Fast lane"},
      "b":{"flagType":"integer","defaultValue":1}, "c":{"flagType":"object","defaultValue":{}}, "d":{"flagType":"nonsense"}}}`;
    const { definitions } = collect({ json: { 'manifest.json': text } });
    assert.deepEqual(
      definitions.map((one) => [one.key, one.type, one.state.kind, one.description, one.source]),
      [
        ['a', 'boolean', 'unknown', 'Fast lane', 'openfeature-manifest'],
        ['b', 'number', 'unknown', undefined, 'openfeature-manifest'],
        ['c', 'object', 'unknown', undefined, 'openfeature-manifest'],
      ],
    );
  });
});

describe('definitions: Unleash', () => {
  const strategy = (feature: string, extra: object = {}) => ({
    name: 'flexibleRollout',
    featureName: feature,
    parameters: { rollout: '100', stickiness: 'default' },
    constraints: [],
    segments: [],
    disabled: false,
    ...extra,
  });
  const environment = (feature: string, enabled: boolean, name = 'production', extra: object = {}) => ({
    featureName: feature,
    name: feature,
    environment: name,
    enabled,
    ...extra,
  });
  const exported = (features: object[], environments: object[], strategies: object[], more: object = {}) =>
    JSON.stringify({
      features,
      featureEnvironments: environments,
      featureStrategies: strategies,
      tagTypes: [],
      ...more,
    });
  const one = (environments: object[], strategies: object[], feature: object = {}, more: object = {}) =>
    states(exported([{ name: 'f', ...feature }], environments, strategies, more)).f;

  it('is constant when open to everybody, or to nobody', () => {
    assert.equal(one([environment('f', true)], [strategy('f')]), true);
    assert.equal(one([environment('f', true)], []), true);
    assert.equal(one([environment('f', true)], [strategy('f', { name: 'default', parameters: {} })]), true);
    assert.equal(one([environment('f', false)], [strategy('f')]), false);
    assert.equal(one([environment('f', true)], [strategy('f', { parameters: { rollout: '0' } })]), false);
    assert.equal(one([environment('f', true)], [strategy('f', { name: 'userWithId' }), strategy('f')]), true);
  });

  it('varies where the answer depends on who asks', () => {
    const varying: object[] = [
      { parameters: { rollout: '50' } },
      { constraints: [{ contextName: 'userId', operator: 'IN', values: ['1'] }] },
      { segments: [1] },
      { parameters: { rollout: '100', stickiness: 'userId' } },
      { name: 'userWithId', parameters: { userIds: '1' } },
      { name: 'somethingCustom' },
      { disabled: true },
      { variants: [{ name: 'a', weight: 1000 }] },
    ];
    for (const extra of varying)
      assert.equal(one([environment('f', true)], [strategy('f', extra)]), 'varies', JSON.stringify(extra));
    const variants = [{ name: 'a', weight: 1000 }];
    assert.equal(one([environment('f', true, 'production', { variants })], [strategy('f')]), 'varies');
    const dependencies = [{ feature: 'f', dependencies: [{ feature: 'parent' }] }];
    assert.equal(one([environment('f', true)], [strategy('f')], {}, { dependencies }), 'varies');
  });

  it('needs all environments to agree', () => {
    const both = (on: boolean) => [environment('f', true), environment('f', on, 'staging')];
    assert.equal(one(both(false), [strategy('f')]), 'varies');
    assert.equal(one(both(true), [strategy('f')]), true);
    assert.equal(
      one(both(true), [
        strategy('f', { environment: 'production' }),
        strategy('f', { environment: 'staging', parameters: { rollout: '10' } }),
      ]),
      'varies',
    );
    // Which environment the second strategy belongs to is not said.
    assert.equal(one(both(true), [strategy('f'), strategy('f', { parameters: { rollout: '10' } })]), 'varies');
  });

  it('knows nothing of features that are archived or miss an environment', () => {
    assert.equal(one([environment('f', true)], [strategy('f')], { archived: true }), 'unknown');
    assert.equal(one([], [strategy('f')]), 'unknown');
    assert.equal(one([environment('f', true), environment('g', true, 'staging')], []), 'unknown');
  });

  it('reads client features', () => {
    const client = (fields: object) =>
      states(JSON.stringify({ version: 2, features: [{ name: 'f', strategies: [{ name: 'default' }], ...fields }] })).f;
    assert.equal(client({ enabled: true }), true);
    assert.equal(client({ enabled: false }), false);
    assert.equal(client({ enabled: true, strategies: [] }), true);
    assert.equal(client({ enabled: true, variants: [{ name: 'a' }] }), 'varies');
    assert.equal(client({ enabled: true, dependencies: [{ feature: 'p' }] }), 'varies');
    assert.equal(client({ enabled: true, strategies: [strategy('f', { parameters: { rollout: 30 } })] }), 'varies');
  });

  it('takes description and creation date', () => {
    const text = exported([{ name: 'f', description: 'Pay', createdAt: '2025-09-01T08:00:00.000Z' }], [], []);
    const [first] = collect({ json: { 'unleash.json': text } }).definitions;
    assert.deepEqual([first!.description, first!.created, at(text, first!.keyRange)], ['Pay', '2025-09-01', '"f"']);
  });

  it('is not mistaken for GeoJSON or other lists of features', () => {
    const geo = '{"type":"FeatureCollection","features":[{"name":"f","strategies":"none"}],"strategies":[]}';
    assert.deepEqual(states(geo), {});
    assert.deepEqual(states('{"features":[{"name":"f","enabled":true}],"strategies":[]}'), {});
  });
});

describe('definitions: registries in TypeScript', () => {
  const text = `export enum Flag {
  NewCheckout = 'new-checkout',
  OldCart = 'old-cart',
}
export const FLAGS = { search: { fast: 'fast-search' } } as const;
export type Key = 'a' | 'b';
export const notFlags = { x: 'y' } as const;
`;

  it('reads those that reads take their keys from', () => {
    const used = ['Flag', 'FLAGS', 'Key'].map((name) => ({ path: 'src/flags.ts', name }));
    const { definitions, problems } = collect({ ts: { 'src/flags.ts': text }, used: [...used, used[0]!] });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      definitions.map((one) => [one.key, one.source, one.registry!.name, one.registry!.member]),
      [
        ['new-checkout', 'typescript-enum', 'Flag', 'NewCheckout'],
        ['old-cart', 'typescript-enum', 'Flag', 'OldCart'],
        ['fast-search', 'typescript-object', 'FLAGS', 'search.fast'],
        ['a', 'typescript-union', 'Key', 'a'],
        ['b', 'typescript-union', 'Key', 'b'],
      ],
    );
    assert.equal(at(text, definitions[0]!.range), "NewCheckout = 'new-checkout'");
    assert.equal(at(text, definitions[0]!.keyRange), "'new-checkout'");
  });

  it('reads those that the policy names, by name or all of a file', () => {
    const named = (entry: object) => policySchema.parse({ flags: { definitions: [entry] } });
    const keys = (entry: object) =>
      collect({ ts: { 'src/flags.ts': text }, policy: named(entry) }).definitions.map((one) => one.key);
    assert.deepEqual(keys({ file: 'src/flags.ts', name: 'Key' }), ['a', 'b']);
    assert.deepEqual(keys({ file: './src/*.ts', format: 'typescript', name: 'Flag' }), ['new-checkout', 'old-cart']);
    assert.equal(keys({ file: 'src/flags.ts' }).length, 6);
  });

  it('reports a name or file that does not exist', () => {
    const policy = policySchema.parse({
      flags: {
        definitions: [
          { file: 'src/flags.ts', name: 'Missing' },
          { file: 'nowhere.json' },
          { file: 'src/flags.ts', name: 'Key' },
        ],
      },
    });
    const { definitions, problems } = collect({ ts: { 'src/flags.ts': text }, policy });
    assert.equal(definitions.length, 2);
    assert.deepEqual(
      problems.map((one) => [one.path, one.message]),
      [
        [
          'switchyard.jsonc',
          "flags.definitions names 'Missing' in 'src/flags.ts', but that declares no list of flags (an enum, constant object, array, union or interface) by this name.",
        ],
        ['switchyard.jsonc', "flags.definitions names 'nowhere.json', but no such file is analysed."],
      ],
    );
  });
});

describe('definitions: files', () => {
  const good = '{"flags":{"a":{"state":"ENABLED","variants":{"on":true},"defaultVariant":"on"}}}';

  it('a broken file is a problem with its place; its flags are known but not constant, and other files stay', () => {
    const broken = '{"flags":{"b":{"state":"ENABLED","variants":{"on":true},"defaultVariant":"on"}, "c" {';
    const { definitions, problems } = collect({ json: { 'b.json': broken, 'a.json': good } });
    assert.deepEqual(
      definitions.map((one) => [one.key, one.state.kind]),
      [
        ['a', 'constant'],
        ['b', 'unknown'],
      ],
    );
    assert.equal(problems.length, 1);
    assert.equal(problems[0]!.path, 'b.json');
    assert.equal(at(broken, problems[0]!.range), '{');
    assert.equal(
      problems[0]!.message,
      'The flag definitions in b.json cannot be read in full: a colon is expected here.',
    );
    assert.ok(problems[0]!.mayDefine?.includes('c'));
  });

  it('a file that the policy names and whose format is unknown is a problem; by format it is read', () => {
    const policy = (entry: object) => policySchema.parse({ flags: { definitions: [entry] } });
    const text = '{"flags":{"a":{}}}';
    const plain = collect({ json: { 'toggles.txt': text }, policy: policy({ file: 'toggles.txt' }) });
    assert.equal(plain.definitions.length, 0);
    assert.match(plain.problems[0]!.message, /toggles\.txt .* format is not recognised.*flagd/);
    const told = collect({ json: { 'toggles.txt': text }, policy: policy({ file: '*.txt', format: 'flagd' }) });
    assert.deepEqual([told.definitions.map((one) => one.key), told.problems], [['a'], []]);
  });

  it('other JSON is left alone, broken or not', () => {
    const json = { 'data.json': '{"flags": 3', 'b.json': '{"flags":["nl","be"],"variants":1}', 'package.json': good };
    assert.deepEqual(collect({ json }), { definitions: [], problems: [] });
  });

  it('the policy adds owner and dates', () => {
    const policy = policySchema.parse({ flags: { lifecycle: { a: { owner: 'me', expires: '2026-01-31' } } } });
    const [one] = collect({ json: { 'a.json': good }, policy }).definitions;
    assert.deepEqual([one!.owner, one!.created, one!.expires], ['me', undefined, '2026-01-31']);
  });

  it('an edit is seen, and an equal text is not read again', () => {
    const first = collect({ json: { 'memo.json': good } }).definitions[0]!;
    assert.equal(collect({ json: { 'memo.json': good } }).definitions[0]!.state, first.state);
    const edited = collect({ json: { 'memo.json': good.replace('"a"', '"z"') } });
    assert.deepEqual(
      edited.definitions.map((one) => one.key),
      ['z'],
    );
  });

  it('candidates are told by name', () => {
    const yes = ['flags.json', 'config/x.flagd.json', 'a.jsonc', 'flags.flagd', 'manifest.json'];
    const no = ['package.json', 'x/package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'switchyard.jsonc'];
    for (const path of yes) assert.equal(isDefinitionCandidate(path), true, path);
    for (const path of [...no, 'a.ts', 'a.md', 'x.schema.json', 'turbo.json'])
      assert.equal(isDefinitionCandidate(path), false, path);
    assert.equal(isDefinitionFile('a.json', '{"colours":[]}', defaultPolicy), false);
    assert.equal(isDefinitionFile('a.json', good, defaultPolicy), true);
  });
});

describe('constantValue', () => {
  const definition = (source: string, state: FlagDefinition['state']): FlagDefinition => ({
    key: 'a',
    path: 'x',
    keyRange: { start: 0, end: 0 },
    range: { start: 0, end: 0 },
    source,
    type: 'boolean',
    state,
  });
  const on = definition('flagd', { kind: 'constant', value: true, why: 'w' });
  const off = definition('flagd', { kind: 'constant', value: false, why: 'w' });

  it('holds when some definition says so and none says otherwise', () => {
    assert.equal(constantValue([on])?.value, true);
    assert.equal(constantValue([definition('openfeature-manifest', { kind: 'unknown' }), on, on])?.value, true);
    assert.equal(constantValue([definition('typescript-enum', { kind: 'unknown' })]), undefined);
    assert.equal(constantValue([on, off]), undefined);
    assert.equal(constantValue([on, definition('flagd', { kind: 'varies' })]), undefined);
    assert.equal(constantValue([on, definition('flagd', { kind: 'unknown' })]), undefined);
    assert.equal(constantValue([]), undefined);
  });
});
