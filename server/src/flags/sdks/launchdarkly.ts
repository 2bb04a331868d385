import type { CallShape, Sdk, Shape } from './sdk.ts';

const typed = [
  ['bool', 'boolean'],
  ['number', 'number'],
  ['string', 'string'],
  ['json', 'object'],
] as const;

/** `boolVariation`, ... and their `...Detail` twins, with the default at an index. */
function typedVariations(defaultAt: number, timing: Timing): Shape[] {
  return typed.flatMap(([name, type]) => withDetail(`${name}Variation`, type, defaultAt, timing));
}

/** The same, and `variation`. */
function variations(defaultAt: number, timing: Timing): Shape[] {
  return [...withDetail('variation', 'any', defaultAt, timing), ...typedVariations(defaultAt, timing)];
}

type Timing = Pick<CallShape, 'holder' | 'arity'>;

function withDetail(name: string, type: CallShape['type'], defaultAt: number, timing: Timing): Shape[] {
  return [
    { form: 'call', names: [name], key: 0, default: defaultAt, type, ...timing },
    { form: 'call', names: [`${name}Detail`], key: 0, default: defaultAt, field: 'value', type, ...timing },
  ];
}

const hooks: readonly Shape[] = typed.flatMap(([name, type]) =>
  withDetail(`use${name[0]!.toUpperCase()}${name.slice(1)}Variation`, type, 1, {}),
);

/** Readonly refs of the same: the value, or the details, stand in `.value`. */
const composables: readonly Shape[] = hooks.map((shape) =>
  shape.form === 'call' ? { ...shape, field: shape.field === undefined ? 'value' : `value.${shape.field}` } : shape,
);

const typedHook: Shape[] = [
  { form: 'call', names: ['useTypedVariation'], key: 0, default: 1, type: 'any' },
  { form: 'call', names: ['useTypedVariationDetail'], key: 0, default: 1, field: 'value', type: 'any' },
];

/** `client.on('change:new-checkout', ...)` */
function listeners(names: readonly string[], keyPrefix: string): Shape {
  return { form: 'call', names, key: 0, keyPrefix, effect: 'listen', type: 'any' };
}

const flagsState: Shape[] = [
  { form: 'call', names: ['getFlagValue'], key: 0, type: 'any' },
  { form: 'call', names: ['getFlagReason'], key: 0, effect: 'part', type: 'any' },
  { form: 'record', names: ['allValues'], spelling: 'as-is' },
];

const server: Shape[] = [
  // With a callback, which takes the value.
  {
    form: 'call',
    names: ['variation', 'variationDetail'],
    key: 0,
    default: 2,
    arity: 4,
    effect: 'listen',
    type: 'any',
  },
  ...variations(2, { holder: 'promise' }),
  {
    form: 'call',
    names: ['migrationVariation'],
    key: 0,
    default: 2,
    field: 'value',
    holder: 'promise',
    type: 'string',
  },
  ...flagsState,
  listeners(['on', 'once', 'off'], 'update:'),
];

const client: Shape[] = [
  ...variations(1, {}),
  { form: 'record', names: ['allFlags'], spelling: 'as-is' },
  listeners(['on', 'off'], 'change:'),
];

/** Flags that a provider asks for, with what they are until they are known. */
const providers: Shape = {
  form: 'call',
  names: ['asyncWithLDProvider', 'withLDProvider'],
  key: 0,
  keyField: 'flags',
  keys: 'properties',
  defaultField: '',
  effect: 'inject',
  type: 'any',
};

/**
 * Sources: `index.d.ts` of @launchdarkly/js-server-sdk-common 2.21, `api/LDClient.d.ts` of @launchdarkly/js-client-sdk-common 1.32 and
 * @launchdarkly/node-server-sdk 9.13 (`update:KEY`), `index.d.ts` and `server.d.ts` of @launchdarkly/react-sdk 4.1, `hooks/` of
 * @launchdarkly/react-native-client-sdk 10.20, `index.d.ts` of launchdarkly-react-native-client-sdk 9.0, `lib/types` of
 * launchdarkly-react-client-sdk 3.9, `hooks.d.ts` of launchdarkly-vue-client-sdk 2.5, `typings.d.ts` of launchdarkly-js-sdk-common 5.8
 * (`change:KEY`); launchdarkly/js-core `packages/sdk/{vue,svelte}`.
 */
export const launchDarkly: Sdk = {
  name: 'LaunchDarkly',
  families: [
    {
      packages: [
        '@launchdarkly/node-server-sdk',
        'launchdarkly-node-server-sdk',
        'ldclient-node',
        '@launchdarkly/js-server-sdk-common',
        '@launchdarkly/vercel-server-sdk',
        '@launchdarkly/cloudflare-server-sdk',
        'launchdarkly-cloudflare-edge-sdk',
        '@launchdarkly/fastly-server-sdk',
        '@launchdarkly/shopify-oxygen-sdk',
        '@launchdarkly/akamai-server-base-sdk',
        '@launchdarkly/akamai-server-edgekv-sdk',
      ],
      shapes: server,
    },
    {
      packages: [
        '@launchdarkly/js-client-sdk',
        '@launchdarkly/js-client-sdk-common',
        'launchdarkly-js-client-sdk',
        'launchdarkly-js-sdk-common',
        'ldclient-js',
        '@launchdarkly/node-client-sdk',
        'launchdarkly-node-client-sdk',
        '@launchdarkly/electron-client-sdk',
        'launchdarkly-electron-client-sdk',
      ],
      shapes: client,
    },
    {
      packages: ['launchdarkly-react-client-sdk'],
      shapes: [...client, { form: 'record', names: ['useFlags'], spelling: 'lodash-camelCase' }, providers],
      props: [{ prop: 'flags', of: ['withLDConsumer', 'LDProps'], spelling: 'lodash-camelCase' }],
    },
    {
      packages: ['@launchdarkly/react-sdk'],
      shapes: [...client, ...hooks, { form: 'record', names: ['useFlags'], spelling: 'launchdarkly-camelCase' }],
    },
    // A session knows its context; the client that it is made of does not.
    {
      packages: ['@launchdarkly/react-sdk/server'],
      shapes: [
        ...typedVariations(1, { holder: 'promise', arity: 2 }),
        ...typedVariations(2, { holder: 'promise' }),
        ...flagsState,
      ],
    },
    { packages: ['@launchdarkly/react-native-client-sdk'], shapes: [...client, ...hooks, ...typedHook] },
    {
      packages: ['launchdarkly-react-native-client-sdk'],
      shapes: [
        ...typedVariations(1, { holder: 'promise' }),
        { form: 'record', names: ['allFlags'], spelling: 'as-is', holder: 'promise' },
        {
          form: 'call',
          names: ['registerFeatureFlagListener', 'unregisterFeatureFlagListener'],
          key: 0,
          effect: 'listen',
          type: 'any',
        },
      ],
    },
    // Composables return a Ref: the value stands in `.value`.
    {
      packages: ['@launchdarkly/vue-client-sdk'],
      shapes: [...client, ...composables],
    },
    {
      packages: ['launchdarkly-vue-client-sdk'],
      shapes: [...client, { form: 'call', names: ['useLDFlag'], key: 0, default: 1, field: 'value', type: 'any' }],
    },
    {
      packages: ['@launchdarkly/svelte-client-sdk'],
      shapes: [
        ...client,
        { form: 'call', names: ['useFlag'], key: 0, default: 1, type: 'any' },
        { form: 'call', names: ['watch'], key: 0, holder: 'store', clue: 'LD', type: 'any' },
      ],
    },
  ],
};
