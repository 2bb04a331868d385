import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/core/source-change.ts';
import { takeFacts } from '../../server/src/facts/take-facts.ts';
import { recipeFor } from '../../server/src/flags/catalogue.ts';
import { removeDefinitions } from '../../server/src/flags/definitions/edit.ts';
import {
  certainRegistriesOf,
  readRegistry,
  registriesOf,
} from '../../server/src/flags/definitions/typescript-groups.ts';
import type { FlagDefinition } from '../../server/src/flags/flag.ts';
import { policySchema } from '../../server/src/policy/schema.ts';

const policy = policySchema.parse({ flags: { definitions: [{ file: 'lib/keys.ts' }] } });

function definitionsIn(text: string, name?: string, path = 'src/flags.ts'): FlagDefinition[] {
  const facts = takeFacts(path, text, recipeFor(policy));
  return registriesOf(facts, name).flatMap((one) => readRegistry(path, one));
}

function certainIn(text: string, path = 'src/a.ts'): FlagDefinition[] {
  const facts = takeFacts(path, text, recipeFor(policy));
  return certainRegistriesOf(facts).flatMap((one) => readRegistry(path, one));
}

/** The text without the definitions of some keys. */
function without(text: string, definitions: readonly FlagDefinition[], ...keys: string[]): string {
  return applyEdits(
    text,
    removeDefinitions(
      definitions.filter((one) => keys.includes(one.key)),
      text,
    ),
  );
}

const keysOf = (definitions: readonly FlagDefinition[]) => definitions.map((one) => one.key);
const words = (text: string, { keyRange, range }: FlagDefinition) => [
  text.slice(keyRange.start, keyRange.end),
  text.slice(range.start, range.end),
];

describe('registries: an array of keys', () => {
  const text = `export const FLAGS = [
  // One page instead of three.
  'new-checkout',
  'old-cart',
] as const;
`;

  it('lists its keys, with their places', () => {
    const found = definitionsIn(text, 'FLAGS');
    assert.deepEqual(keysOf(found), ['new-checkout', 'old-cart']);
    assert.equal(found[0]!.source, 'typescript-array');
    assert.deepEqual(words(text, found[0]!), ["'new-checkout'", "'new-checkout'"]);
    assert.equal(found[0]!.description, 'One page instead of three.');
  });

  it('loses an element with its comment', () => {
    assert.equal(
      without(text, definitionsIn(text), 'new-checkout'),
      "export const FLAGS = [\n  'old-cart',\n] as const;\n",
    );
  });

  it('is none where an element is no string', () => {
    assert.deepEqual(definitionsIn("const other = 'x';\nexport const FLAGS = [other, 3];\n"), []);
  });

  it('counts by the name of its file as well, and by the policy', () => {
    assert.deepEqual(keysOf(definitionsIn("export const KEYS = ['a'];", undefined, 'lib/keys.ts')), ['a']);
    assert.deepEqual(keysOf(definitionsIn("export const KEYS = ['a'];", undefined, 'lib/other.ts')), []);
  });
});

describe('registries: records', () => {
  const text = `export const FLAGS = [
  {
    name: 'new-checkout',
    description: 'One page',
    defaultValue: false,
    owner: 'checkout',
    type: 'release',
    createdAt: '2025-01-02T10:00:00Z',
    expires: new Date('2026-01-31'),
  },
  { name: 'theme', defaultValue: 'dark', type: 'string', variants: ['dark', 'light'] },
];
`;

  it('in an array, with what their fields say', () => {
    const [checkout, theme] = definitionsIn(text, 'FLAGS');
    const { owner, kind, created, expires, description, fallback, type } = checkout!;
    assert.deepEqual(
      { owner, kind, created, expires, description, fallback, type },
      {
        owner: 'checkout',
        kind: 'release',
        created: '2025-01-02',
        expires: '2026-01-31',
        description: 'One page',
        fallback: false,
        type: 'boolean',
      },
    );
    assert.deepEqual(
      [theme!.type, theme!.kind, theme!.variations],
      ['string', undefined, [{ value: 'dark' }, { value: 'light' }]],
    );
    assert.deepEqual(checkout!.state, { kind: 'unknown' });
  });

  it('go whole', () => {
    assert.equal(
      without(text, definitionsIn(text), 'new-checkout'),
      "export const FLAGS = [\n  { name: 'theme', defaultValue: 'dark', type: 'string', variants: ['dark', 'light'] },\n];\n",
    );
  });

  it('by name, with a field for the key', () => {
    const named = `export const FLAGS = {
  checkout: { flag: 'new-checkout', default: false, owner: 'me', expires: '2026-01-01' },
  cart: { flag: 'old-cart', default: true },
} as const;
`;
    const found = definitionsIn(named, 'FLAGS');
    assert.deepEqual(
      found.map((one) => [one.key, one.registry?.member, one.fallback, one.owner, one.expires, one.source]),
      [
        ['new-checkout', 'checkout', false, 'me', '2026-01-01', 'typescript-object'],
        ['old-cart', 'cart', true, undefined, undefined, 'typescript-object'],
      ],
    );
    assert.equal(
      without(named, found, 'old-cart'),
      "export const FLAGS = {\n  checkout: { flag: 'new-checkout', default: false, owner: 'me', expires: '2026-01-01' },\n} as const;\n",
    );
  });

  it('by key', () => {
    const named =
      "export const features = { 'new-checkout': { enabled: false, team: ['a', 'b'] }, cart: { enabled: true } };";
    const found = definitionsIn(named, 'features');
    assert.deepEqual(
      found.map((one) => [one.key, one.fallback, one.owner]),
      [
        ['new-checkout', false, 'a, b'],
        ['cart', true, undefined],
      ],
    );
  });
});

describe('registries: defaults', () => {
  const text = `import { Flag } from './flag';
const defaults: Record<Flag, boolean> = {
  /** One page. @owner checkout @expires 2026-02-01 */
  'new-checkout': false,
  oldCart: process.env.CART === '1',
};
export const flagDefaults = defaults;
`;

  it('are values by key; what they say is not what people get', () => {
    const found = definitionsIn(text, 'defaults');
    assert.deepEqual(
      found.map((one) => [one.key, one.type, one.fallback, one.state.kind, one.owner, one.expires, one.description]),
      [
        ['new-checkout', 'boolean', false, 'unknown', 'checkout', '2026-02-01', 'One page.'],
        ['oldCart', 'unknown', undefined, 'unknown', undefined, undefined, undefined],
      ],
    );
  });

  it('that are handed to Firebase, as an object or by a name', () => {
    const code = `import { getRemoteConfig } from 'firebase/remote-config';
const remoteConfig = getRemoteConfig();
const DEFAULTS = { theme: 'dark' };
remoteConfig.defaultConfig = { new_checkout: false, limit: 3 };
export function setUp(rc) { rc.setDefaults(DEFAULTS); }
`;
    assert.deepEqual(
      certainIn(code)
        .map((one) => [one.key, one.type, one.fallback])
        .sort(),
      [
        ['limit', 'number', 3],
        ['new_checkout', 'boolean', false],
        ['theme', 'string', 'dark'],
      ],
    );
    assert.deepEqual(certainIn(code.replace('firebase/remote-config', './other')), []);
  });
});

describe('registries: members of a type', () => {
  const text = `export interface FeatureFlags {
  /** One page. */
  newCheckout: boolean;
  theme?: 'dark' | 'light' | undefined;
  limit: number
}
`;

  it('are keys, with their types', () => {
    assert.deepEqual(
      definitionsIn(text, 'FeatureFlags').map((one) => [one.key, one.type, one.variations?.length, one.description]),
      [
        ['newCheckout', 'boolean', undefined, 'One page.'],
        ['theme', 'string', 2, undefined],
        ['limit', 'number', undefined, undefined],
      ],
    );
  });

  it('go with their comment and separator', () => {
    const found = definitionsIn(text, 'FeatureFlags');
    assert.equal(
      without(text, found, 'newCheckout', 'limit'),
      "export interface FeatureFlags {\n  theme?: 'dark' | 'light' | undefined;\n}\n",
    );
    const line = 'type Flags = { a: boolean; b: boolean };';
    assert.equal(without(line, definitionsIn(line, 'Flags'), 'a'), 'type Flags = { b: boolean };');
    assert.equal(without(line, definitionsIn(line, 'Flags'), 'b'), 'type Flags = { a: boolean; };');
  });

  it('do not count unasked beside values', () => {
    assert.deepEqual(keysOf(definitionsIn(`${text}export const FLAGS = { a: 'a' };`)), ['a']);
    assert.deepEqual(keysOf(definitionsIn('export interface FlagOptions { enabled: boolean }')), []);
  });
});

describe('registries: flags of the Vercel SDK', () => {
  const head = "import { flag } from 'flags/next';\n";

  it('are defined wherever they stand', () => {
    const text = `${head}export const newCheckout = flag<boolean>({
  key: 'new-checkout',
  description: 'One page',
  defaultValue: false,
  options: [{ value: false, label: 'Off' }, { value: true, label: 'On' }],
  async decide({ cookies }) { return cookies.has('x'); },
});
export const rest = 1;
`;
    const [one] = certainIn(text);
    assert.deepEqual(
      [
        one!.key,
        one!.source,
        one!.type,
        one!.description,
        one!.variations?.length,
        one!.state.kind,
        one!.registry?.name,
      ],
      ['new-checkout', 'typescript-flag', 'boolean', 'One page', 2, 'varies', 'newCheckout'],
    );
    assert.equal(without(text, [one!], 'new-checkout'), `${head}export const rest = 1;\n`);
  });

  it('are constant only where decide() returns a literal and does nothing else', () => {
    const state = (decide: string) =>
      certainIn(`${head}const log = () => {};\nexport const a = flag({ key: 'a', ${decide} });`)[0]?.state;
    assert.deepEqual(state('decide() { return true }'), {
      kind: 'constant',
      value: true,
      why: 'decide() returns it for everybody',
    });
    assert.equal(state("decide: async () => 'b'")?.kind, 'constant');
    assert.equal(state('decide() { log(); return true }')?.kind, 'varies');
    assert.equal(state('decide: log')?.kind, 'varies');
    assert.equal(state('decide() { return true }, adapter: log()')?.kind, 'varies');
    assert.equal(state('...log(), decide() { return true }')?.kind, 'varies');
    assert.equal(state('defaultValue: true')?.kind, 'varies');
  });

  it("are not those of somebody else's function", () => {
    assert.deepEqual(certainIn("import { flag } from './flag';\nexport const a = flag({ key: 'a' });"), []);
  });
});

describe('registries: functions that are flags', () => {
  const text = `/** One page. */
export function newCheckout() {
  return true;
}
export const oldCart = () => Math.random() > 0.5;
export const FIXED = false;
export const TYPED: boolean = false;
const own = () => true;
`;

  it('are what the module exports, constant where the code says so', () => {
    const found = definitionsIn(text, '*', 'lib/keys.ts');
    assert.deepEqual(
      found.map((one) => [one.key, one.state.kind === 'constant' ? one.state.value : one.state.kind]),
      [
        ['newCheckout', true],
        ['oldCart', 'varies'],
        ['FIXED', false],
        ['TYPED', 'varies'],
      ],
    );
    assert.equal(
      without(text, found, 'newCheckout', 'FIXED'),
      'export const oldCart = () => Math.random() > 0.5;\nexport const TYPED: boolean = false;\nconst own = () => true;\n',
    );
  });
});
