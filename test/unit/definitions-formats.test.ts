import assert from 'node:assert/strict';
import { collectDefinitions } from '../../server/src/flags/definitions/collect.ts';
import { loadYamlParser } from '../../server/src/flags/definitions/yaml-parser.ts';
import type { FlagDefinition } from '../../server/src/flags/flag.ts';
import { defaultPolicy, policySchema } from '../../server/src/policy/schema.ts';

function read(data: unknown, path = 'config.json', format?: string): FlagDefinition[] {
  const text = typeof data === 'string' ? data : JSON.stringify(data, undefined, 2);
  const policy =
    format === undefined ? defaultPolicy : policySchema.parse({ flags: { definitions: [{ file: path, format }] } });
  const { definitions, problems } = collectDefinitions({
    definitionFiles: [{ path, text }],
    files: new Map(),
    usedGroups: [],
    policy,
  });
  assert.deepEqual(problems, []);
  for (const { key, keyRange, range } of definitions) {
    const written = text.slice(keyRange.start, keyRange.end);
    assert.equal(written.replace(/^["']|["']$/g, ''), key);
    assert.ok(range.start <= keyRange.start && keyRange.end <= range.end);
  }
  return definitions;
}

/** Key to constant value, or the kind of the state. */
function states(definitions: readonly FlagDefinition[]): Record<string, unknown> {
  return Object.fromEntries(
    definitions.map(({ key, state }) => [key, state.kind === 'constant' ? state.value : state.kind]),
  );
}

before(loadYamlParser);

describe('definitions: LaunchDarkly file data', () => {
  const flag = (fields: object) => ({
    on: true,
    variations: [true, false],
    fallthrough: { variation: 0 },
    offVariation: 1,
    ...fields,
  });

  it('is constant when off, or on with nothing before the fallthrough', () => {
    const flags = {
      on: flag({}),
      off: flag({ on: false }),
      'no-off': flag({ on: false, offVariation: null }),
      targeted: flag({ targets: [{ values: ['a'], variation: 1 }] }),
      'no-target': flag({
        targets: [{ values: [], variation: 1 }],
        contextTargets: [],
        rules: null,
        prerequisites: [],
      }),
      ruled: flag({ rules: [{ variation: 1, clauses: [] }] }),
      dependent: flag({ prerequisites: [{ key: 'on', variation: 0 }] }),
      split: flag({
        fallthrough: {
          rollout: {
            variations: [
              { variation: 0, weight: 50000 },
              { variation: 1, weight: 50000 },
            ],
          },
        },
      }),
      whole: flag({
        fallthrough: {
          rollout: {
            variations: [
              { variation: 0, weight: 0 },
              { variation: 1, weight: 100000 },
            ],
          },
        },
      }),
      deleted: flag({ deleted: true }),
      text: flag({ variations: ['a', 'b'] }),
      object: flag({ variations: [{ a: 1 }, { a: 2 }] }),
    };
    const definitions = read({ flags, flagValues: { fixed: 'x', list: [1] }, segments: {} });
    assert.deepEqual(states(definitions), {
      on: true,
      off: false,
      'no-off': 'unknown',
      targeted: 'varies',
      'no-target': true,
      ruled: 'varies',
      dependent: 'varies',
      split: 'varies',
      whole: false,
      deleted: 'unknown',
      text: 'a',
      object: 'unknown',
      fixed: 'x',
      list: 'unknown',
    });
    assert.deepEqual(definitions[10]!.variations, [{ value: 'a' }, { value: 'b' }]);
    assert.deepEqual(
      [definitions[10]!.type, definitions[11]!.type, definitions[12]!.source],
      ['string', 'object', 'launchdarkly-file'],
    );
  });

  it('is read from YAML', () => {
    const text =
      'flags:\n  new-nav:\n    on: false\n    offVariation: 1\n    variations: [true, false]\nflagValues:\n  limit: 5\n';
    assert.deepEqual(states(read(text, 'ld.yaml')), { 'new-nav': false, limit: 5 });
  });
});

describe('definitions: LaunchDarkly REST', () => {
  const flag = (environments: object, fields: object = {}) => ({
    key: 'f',
    kind: 'boolean',
    creationDate: 1741593600000,
    temporary: true,
    variations: [
      { _id: 'a', value: true, name: 'On' },
      { _id: 'b', value: false },
    ],
    environments,
    ...fields,
  });
  const on = (summary: object, more: object = {}) => ({
    on: true,
    _summary: { variations: summary, prerequisites: 0, ...more },
  });
  const all = {
    0: { rules: 0, nullRules: 0, targets: 0, isFallthrough: true },
    1: { rules: 0, targets: 0, isOff: true },
  };

  it('needs all environments to agree, by summary or by targeting', () => {
    const off = { on: false, _summary: { variations: all } };
    const one = (environments: object, fields?: object) => states(read({ items: [flag(environments, fields)] })).f;
    assert.equal(one({ production: on(all) }), true);
    assert.equal(one({ production: on(all), test: on(all) }), true);
    assert.equal(one({ production: on(all), test: off }), 'varies');
    assert.equal(one({ production: off, test: off }), false);
    assert.equal(one({ production: on({ ...all, 1: { targets: 1 } }) }), 'varies');
    assert.equal(one({ production: on(all, { prerequisites: 1 }) }), 'varies');
    assert.equal(one({ production: on({ 0: { isFallthrough: true }, 1: { isFallthrough: true } }) }), 'varies');
    assert.equal(one({ production: { on: true, fallthrough: { variation: 1 }, rules: [] } }), false);
    assert.equal(one({ production: { on: true, fallthrough: { variation: 1 }, rules: [{}] } }), 'varies');
    assert.equal(one({ production: on(all) }, { archived: true }), 'unknown');
  });

  it('tells environments, variations, owner, age and life', () => {
    const [first] = read({
      items: [
        flag(
          { production: on(all), test: { on: false, _summary: { variations: all } } },
          { deprecated: true, _maintainer: { email: 'kim@example.com', firstName: 'Kim' } },
        ),
      ],
    });
    assert.deepEqual(
      first!.environments!.map(({ name, state }) => [name, state.kind === 'constant' && state.value]),
      [
        ['production', true],
        ['test', false],
      ],
    );
    assert.deepEqual(first!.variations, [{ name: 'On', value: true }, { value: false }]);
    assert.deepEqual(
      [first!.owner, first!.created, first!.life, first!.kind],
      ['kim@example.com', '2025-03-10', 'stale', 'release'],
    );
    assert.equal(read(flag({ production: on(all) }))[0]!.key, 'f');
  });
});

describe('definitions: LaunchDarkly dev server', () => {
  it('lists flags with their variations; what others get is unknown', () => {
    const [first] = read({
      context: { kind: 'user', key: 'dev' },
      sourceEnvironmentKey: 'test',
      flagsState: { f: { value: 'b', version: 2 } },
      availableVariations: { f: [{ _id: '1', name: 'B', value: 'b' }] },
    });
    assert.deepEqual(
      [first!.state.kind, first!.type, first!.variations],
      ['unknown', 'string', [{ name: 'B', value: 'b' }]],
    );
  });
});

describe('definitions: GrowthBook', () => {
  const one = (feature: object) => states(read({ features: { f: feature } })).f;

  it('is constant without rules, and behind a force without condition', () => {
    assert.equal(one({ defaultValue: true }), true);
    assert.equal(one({ defaultValue: false, rules: [] }), false);
    assert.equal(one({ defaultValue: false, rules: [{ force: true }] }), true);
    assert.equal(one({ defaultValue: false, rules: [{ id: 'r', condition: {}, force: true }] }), true);
    assert.equal(one({ defaultValue: false, rules: [{ force: true }, { variations: [true, false] }] }), true);
    assert.equal(one({ defaultValue: false, rules: [{ force: true, coverage: 0 }] }), false);
    assert.equal(one({ defaultValue: false, rules: [{ condition: { a: 1 }, force: false }] }), false);
  });

  it('varies where a rule decides for some', () => {
    const rules: object[] = [
      { condition: { a: 1 }, force: true },
      { force: true, coverage: 0.5 },
      { force: true, coverage: 1, hashAttribute: 'id' },
      { force: true, range: [0, 1] },
      { force: true, filters: [{ seed: 's', ranges: [[0, 1]] }] },
      { force: true, parentConditions: [{ id: 'g', condition: { value: true } }] },
      { variations: [false, true], key: 'exp' },
    ];
    for (const rule of rules) assert.equal(one({ defaultValue: false, rules: [rule] }), 'varies', JSON.stringify(rule));
    const gate = { parentConditions: [{ id: 'g', condition: {}, gate: true }] };
    assert.equal(one({ defaultValue: true, rules: [gate, { force: true }] }), 'varies');
    assert.equal(one({ defaultValue: 'a', rules: [{ contextualVariations: ['a', 'b'], coverage: 1 }] }), 'varies');
    assert.equal(one({ defaultValue: true, rules: [{ ...gate, force: true }] }), 'varies');
  });

  it('is unknown for objects, null and nothing', () => {
    assert.deepEqual(
      states(
        read({ features: { a: { defaultValue: { x: 1 } }, b: { defaultValue: null }, c: {}, d: { defaultValue: 1 } } }),
      ),
      { a: 'unknown', b: 'unknown', c: 'unknown', d: 1 },
    );
  });

  it('is read without its frame where the policy says so', () => {
    assert.deepEqual(states(read({ f: { defaultValue: 'x' } }, 'features.json', 'growthbook')), { f: 'x' });
  });
});

describe('definitions: ConfigCat', () => {
  const p = { u: 'https://cdn-global.configcat.com', r: 0, s: 'salt' };

  it('reads version 6', () => {
    const f = {
      on: { t: 0, v: { b: true }, i: 'v1' },
      text: { t: 1, v: { s: 'x' }, i: 'v2', r: [], p: [] },
      whole: { t: 2, v: { i: 3 } },
      half: { t: 3, v: { d: 0.5 } },
      ruled: { t: 0, v: { b: false }, r: [{ c: [{ u: { a: 'Email', c: 0, l: ['a'] } }], s: { v: { b: true } } }] },
      share: {
        t: 0,
        v: { b: false },
        p: [
          { p: 50, v: { b: true } },
          { p: 50, v: { b: false } },
        ],
      },
    };
    const definitions = read({ p, s: [], f });
    assert.deepEqual(states(definitions), {
      on: true,
      text: 'x',
      whole: 3,
      half: 0.5,
      ruled: 'varies',
      share: 'varies',
    });
    assert.deepEqual(
      definitions.map((one) => one.type),
      ['boolean', 'string', 'number', 'number', 'boolean', 'boolean'],
    );
    assert.deepEqual(definitions[4]!.variations, [{ value: false }, { value: true }]);
  });

  it('reads version 5', () => {
    assert.deepEqual(
      states(
        read({
          p,
          f: {
            a: { v: true, i: 'x', t: 0, p: [], r: [] },
            b: { v: 'x', i: 'y', t: 1, r: [{ o: 0, a: 'x', t: 0, c: 'y', v: 'z' }] },
          },
        }),
      ),
      { a: true, b: 'varies' },
    );
  });
});

describe('definitions: Flipt', () => {
  it('reads boolean and variant flags of every namespace', () => {
    const text = `version: "1.4"
namespace:
  key: shop
  name: Shop
flags:
- key: on
  name: On
  type: BOOLEAN_FLAG_TYPE
  enabled: true
  metadata:
    owner: team-pay
    expires: 2030-01-31
- key: off
  name: Off
  description: Not yet
  type: BOOLEAN_FLAG_TYPE
- key: some
  name: Some
  type: BOOLEAN_FLAG_TYPE
  enabled: false
  rollouts:
  - segment: { key: internal, value: true }
- key: all
  name: All
  type: BOOLEAN_FLAG_TYPE
  rollouts:
  - threshold: { percentage: 100, value: true }
- key: theme
  name: Theme
  enabled: true
  variants:
  - { key: dark, name: Dark }
  - { key: light, default: true }
- key: ruled
  name: Ruled
  enabled: true
  variants: [{ key: a }]
  rules: [{ segment: x, distributions: [{ variant: a, rollout: 100 }] }]
- key: disabled
  name: Disabled
  variants: [{ key: a }]
  enabled: false
---
namespace: other
flags:
  - key: on
    name: On
    enabled: true
    type: BOOLEAN_FLAG_TYPE
`;
    const definitions = read(text, 'features.yml');
    assert.deepEqual(
      definitions.map(({ key, scope, state }) => [key, scope, state.kind === 'constant' ? state.value : state.kind]),
      [
        ['on', 'shop', true],
        ['off', 'shop', false],
        ['some', 'shop', 'varies'],
        ['all', 'shop', true],
        ['theme', 'shop', 'light'],
        ['ruled', 'shop', 'varies'],
        ['disabled', 'shop', 'unknown'],
        ['on', 'other', true],
      ],
    );
    assert.deepEqual([definitions[0]!.owner, definitions[0]!.expires], ['team-pay', '2030-01-31']);
    assert.equal(definitions[1]!.description, 'Not yet');
    assert.deepEqual(definitions[4]!.variations, [
      { name: 'dark', value: 'dark' },
      { name: 'light', value: 'light' },
    ]);
  });
});

describe('definitions: Azure', () => {
  it('is on without filters, off without enabled; the last of two counts', () => {
    const flags = [
      { id: 'on', enabled: true },
      { id: 'off', enabled: false },
      { id: 'unsaid' },
      {
        id: 'filtered',
        enabled: true,
        conditions: { client_filters: [{ name: 'Microsoft.Targeting', parameters: {} }] },
      },
      { id: 'unfiltered', enabled: true, conditions: { client_filters: [] } },
      { id: 'overridden', enabled: true, variants: [{ name: 'a', status_override: 'Disabled' }] },
      { id: 'variant', enabled: true, variants: [{ name: 'a', configuration_value: 'x' }] },
      { id: 'broken', enabled: 'yes' },
      { id: 'off', enabled: true },
      {
        id: 'window',
        enabled: true,
        conditions: {
          client_filters: [
            {
              name: 'Microsoft.TimeWindow',
              parameters: { Start: 'Wed, 01 May 2019 13:59:59 GMT', End: 'Mon, 01 Jul 2030 00:00:00 GMT' },
            },
          ],
        },
      },
    ];
    const definitions = read({ Logging: {}, feature_management: { feature_flags: flags } }, 'appsettings.json');
    assert.deepEqual(
      definitions.map(({ key, state }) => [key, state.kind === 'constant' ? state.value : state.kind]),
      [
        ['on', true],
        ['off', true],
        ['unsaid', false],
        ['filtered', 'varies'],
        ['unfiltered', true],
        ['overridden', 'varies'],
        ['variant', true],
        ['broken', 'unknown'],
        ['off', true],
        ['window', 'varies'],
      ],
    );
    assert.equal(definitions[9]!.expires, '2030-07-01');
    assert.deepEqual(definitions[6]!.variations, [{ name: 'a', value: 'x' }]);
  });
});

describe('definitions: DevCycle', () => {
  const everybody = { filters: { operator: 'and', filters: [{ type: 'all' }] } };
  const config = (target: object | undefined, configuration: object = {}) => ({
    project: { _id: 'p', key: 'shop' },
    environment: { _id: 'e', key: 'production' },
    features: [
      {
        _id: 'f',
        key: 'feature',
        type: 'ops',
        variations: [
          { _id: 'on', key: 'variation-on', variables: [{ _var: 'v', value: true }] },
          { _id: 'off', key: 'variation-off', variables: [{ _var: 'v', value: false }] },
        ],
        configuration: { _id: 'c', targets: target ? [target] : [], ...configuration },
      },
    ],
    variables: [
      { _id: 'v', key: 'enabled', type: 'Boolean' },
      { _id: 'w', key: 'lonely', type: 'String' },
    ],
  });
  const one = (target: object | undefined, configuration?: object) =>
    states(read(config(target, configuration))).enabled;

  it('is constant where the first target takes everybody to one variation', () => {
    const all = { _audience: everybody, distribution: [{ _variation: 'on', percentage: 1 }] };
    assert.equal(one(all), true);
    assert.equal(
      one({ ...all, _audience: { filters: { operator: 'and', filters: [{ type: 'user', subType: 'email' }] } } }),
      'varies',
    );
    assert.equal(
      one({
        ...all,
        distribution: [
          { _variation: 'on', percentage: 0.5 },
          { _variation: 'off', percentage: 0.5 },
        ],
      }),
      'varies',
    );
    assert.equal(one({ ...all, rollout: { type: 'gradual' } }), 'varies');
    assert.equal(one(all, { prerequisites: [{ _feature: 'x' }] }), 'varies');
    assert.equal(one(all, { forcedUsers: { kim: 'off' } }), 'varies');
    assert.equal(one(all, { winningVariation: { _variation: 'off' } }), 'varies');
    assert.equal(one(undefined), 'unknown');
    const [first, second] = read(config(all));
    assert.deepEqual(
      [first!.kind, first!.scope, first!.environments![0]!.name],
      ['operational', 'shop, production', 'production'],
    );
    assert.deepEqual(first!.variations, [
      { name: 'variation-on', value: true },
      { name: 'variation-off', value: false },
    ]);
    assert.deepEqual([second!.key, second!.type, second!.state.kind], ['lonely', 'string', 'unknown']);
  });
});

describe('definitions: Firebase', () => {
  it('is constant without conditional values, in the type that the template gives', () => {
    const definitions = read({
      conditions: [{ name: 'ios', expression: "device.os == 'ios'" }],
      parameters: {
        on: { defaultValue: { value: 'true' }, valueType: 'BOOLEAN', description: 'Pay' },
        text: { defaultValue: { value: 'hello' }, valueType: 'STRING' },
        number: { defaultValue: { value: '3' }, valueType: 'NUMBER' },
        json: { defaultValue: { value: '{}' }, valueType: 'JSON' },
        untyped: { defaultValue: { value: 'true' } },
        like: { defaultValue: { value: 'true' }, valueType: 'STRING' },
        inApp: { defaultValue: { useInAppDefault: true }, valueType: 'BOOLEAN' },
        conditional: {
          defaultValue: { value: 'false' },
          conditionalValues: { ios: { value: 'true' } },
          valueType: 'BOOLEAN',
        },
        personal: { defaultValue: { personalizationValue: { personalizationId: 'x' } }, valueType: 'STRING' },
      },
      parameterGroups: {
        checkout: { parameters: { grouped: { defaultValue: { value: 'false' }, valueType: 'BOOLEAN' } } },
      },
      version: { versionNumber: '3' },
    });
    assert.deepEqual(states(definitions), {
      on: true,
      text: 'hello',
      number: 3,
      json: 'unknown',
      untyped: 'unknown',
      like: 'unknown',
      inApp: 'unknown',
      conditional: 'varies',
      personal: 'varies',
      grouped: false,
    });
    assert.equal(definitions[0]!.description, 'Pay');
  });
});

describe('definitions: Split', () => {
  it('reads YAML, where entries with keys go first', () => {
    const text = `- on:\n    treatment: on\n- keyed:\n    treatment: "on"\n    keys: ["me"]\n- keyed:\n    treatment: "off"\n- alike:\n    treatment: v1\n    keys: me\n- alike:\n    treatment: v1\n- nobody:\n    treatment: on\n    keys: me\n`;
    const definitions = read(text, 'split.yaml');
    assert.deepEqual(states(definitions), { on: 'on', keyed: 'varies', alike: 'v1', nobody: 'varies' });
    assert.deepEqual(definitions[1]!.variations, [
      { name: 'on', value: 'on' },
      { name: 'off', value: 'off' },
    ]);
  });

  it('reads a .split file, where the last line counts', () => {
    const text = '# features\nreporting_v2 on\n\nwelcome\toff\r\n  double a\ndouble b\n';
    assert.deepEqual(states(read(text, '.split')), { reporting_v2: 'on', welcome: 'off', double: 'b' });
  });
});

describe('definitions: one flag a file, and lists', () => {
  it('reads GitLab', () => {
    const text = `---\nname: new_diff\nfeature_issue_url:\nintroduced_by_url: https://gitlab.com/x\nmilestone: '17.1'\ngroup: group::source code\ntype: ops\ndefault_enabled: false\n`;
    const [one] = read(text, 'config/feature_flags/ops/new_diff.yml');
    assert.deepEqual(
      [one!.key, one!.owner, one!.kind, one!.state.kind],
      ['new_diff', 'source code', 'operational', 'unknown'],
    );
  });

  it('reads what Vercel answers', () => {
    const [one] = read({
      provider: 'x',
      definitions: {
        banner: {
          description: 'B',
          origin: 'https://x',
          createdAt: 1741593600000,
          declaredInCode: true,
          options: [{ value: false, label: 'Off' }, { value: true }],
        },
      },
    });
    assert.deepEqual(
      [one!.type, one!.created, one!.variations],
      ['boolean', '2025-03-10', [{ name: 'Off', value: false }, { value: true }]],
    );
  });

  it("reads the list in ESLint's configuration once", () => {
    const options = { featureFlags: { a: { expires: '2025-12-31', description: 'A' } } };
    const data = {
      rules: {
        'feature-flags/expired-feature-flag': ['error', options],
        'feature-flags/no-undefined-feature-flags': ['error', options],
      },
    };
    const definitions = read(data, '.eslintrc.json');
    assert.deepEqual(
      definitions.map((one) => [one.key, one.expires, one.description]),
      [['a', '2025-12-31', 'A']],
    );
  });
});

describe('definitions: Unleash, of each environment', () => {
  it('tells kind, life, project and environments', () => {
    const [one] = read({
      features: [
        { name: 'f', type: 'kill-switch', stale: true, project: 'shop', createdAt: '2025-03-10T08:00:00.000Z' },
      ],
      featureStrategies: [],
      featureEnvironments: [
        { featureName: 'f', environment: 'production', enabled: true, variants: [{ name: 'a', weight: 1000 }] },
        { featureName: 'f', environment: 'development', enabled: false },
      ],
    });
    assert.deepEqual(
      [one!.kind, one!.life, one!.scope, one!.created, one!.state.kind],
      ['kill-switch', 'stale', 'shop', '2025-03-10', 'varies'],
    );
    assert.deepEqual(
      one!.environments!.map(({ name, state }) => [name, state.kind === 'constant' ? state.value : state.kind]),
      [
        ['production', 'varies'],
        ['development', false],
      ],
    );
    assert.deepEqual(one!.variations, [{ name: 'a' }]);
    assert.equal(read({ features: [{ name: 'f', archived: true }], featureStrategies: [] })[0]!.life, 'archived');
  });
});

describe('definitions: files named for an environment', () => {
  it('have it as their scope', () => {
    const text = 'flagValues:\n  a: true\n';
    for (const [path, name] of [
      ['flags.production.yaml', 'production'],
      ['config/staging/flags.yaml', 'staging'],
      ['flags-dev.yml', 'dev'],
    ] as const) {
      const [one] = read(text, path);
      assert.deepEqual([one!.scope, one!.environments!.map((environment) => environment.name)], [name, [name]]);
    }
    const [plain] = read(text, 'config/flags.yaml');
    assert.deepEqual([plain!.scope, plain!.environments], [undefined, undefined]);
  });
});

describe('definitions: files that only look alike', () => {
  const others: Record<string, [string, unknown]> = {
    GeoJSON: [
      'map.json',
      {
        type: 'FeatureCollection',
        features: [{ type: 'Feature', properties: { name: 'x', enabled: true, strategies: [] }, geometry: null }],
      },
    ],
    'GeoJSON with names': ['m.json', { features: [{ name: 'x', type: 'Feature', enabled: true }], strategies: [] }],
    'a dev container': [
      '.devcontainer/x.json',
      { features: { 'ghcr.io/devcontainers/features/node:1': { version: 'lts', defaultValue: 1 } } },
    ],
    'an extension of VS Code': ['x.json', { features: { a: { title: 'A', defaultValue: true, description: 'x' } } }],
    'a CloudFormation template': [
      't.yaml',
      'Parameters:\n  Env:\n    Type: String\nparameters:\n  a:\n    type: string\n    defaultValue: x\n',
    ],
    'an ARM template': [
      't.json',
      {
        parameters: {
          a: { type: 'string', defaultValue: 'x', metadata: {} },
          b: { defaultValue: { value: 'x' }, type: 'object' },
        },
      },
    ],
    'a workflow of Azure': ['p.yaml', 'parameters:\n- name: x\n  defaultValue: y\n'],
    'a JSON schema': [
      's.json',
      { $schema: 'x', definitions: { a: { type: 'object', options: {}, origin: 1 } }, hints: 1 },
    ],
    'an OpenAPI document': ['api.yaml', 'definitions:\n  Pet:\n    type: object\n    origin: x\n'],
    'a list of languages': ['l.json', { flags: ['nl', 'be'], variants: 2, state: 'x' }],
    'flags of a country': ['l.json', { flags: { nl: { state: 'NL', variants: ['a'] }, be: { svg: '<svg/>' } } }],
    'flags of a command line': ['cli.yaml', 'flags:\n  - name: verbose\n    key: v\n    enabled: true\n'],
    'flags of a command line in a map': [
      'cli.json',
      { flags: { verbose: { on: true, description: 'x' } }, fallthrough: 1 },
    ],
    'a translation': [
      'en.json',
      { features: { title: 'Features', defaultValue: 'x' }, flags: { on: 'On', state: 'State' } },
    ],
    'short names': ['f.json', { f: { a: { v: 1 } }, v: 1, t: 1, i: 2 }],
    'sizes of clothes': ['f.json', { f: { a: { t: 1, v: 2, size: 3 } } }],
    'a Kubernetes role': ['r.yaml', 'kind: Role\nmetadata:\n  name: x\n  default_enabled: true\n'],
    'a plugin with a name': ['r.yaml', 'name: x\ndefault_enabled: true\nversion: 1\n'],
    'a medical record': ['r.yaml', '- patient:\n    name: x\n    treatment: y\n  doctor: z\n'],
    'an i18n list': ['r.json', { items: [{ key: 'x', variations: ['a'], environments: {} }] }],
    'a Helm chart': [
      'values.yaml',
      'features:\n  metrics:\n    enabled: true\n    strategies: []\nflags:\n  - --x\nenabled: true\nkey: y\n',
    ],
    'environment variables': ['e.json', { variables: [{ key: 'X', value: 'y' }], environment: 'prod', features: [] }],
    'a Postman environment': [
      'e.json',
      { environment: { key: 'x' }, features: [], variables: [{ key: 'x', value: 1 }] },
    ],
    'an empty frame': ['e.json', { feature_management: {}, feature_flags: [] }],
  };
  for (const [name, [path, data]] of Object.entries(others))
    it(name, () => {
      assert.deepEqual(states(read(data, path)), {});
    });
});
