import type { CallShape, Sdk, Shape } from './sdk.ts';

const typed = [
  ['bool', 'boolean'],
  ['number', 'number'],
  ['string', 'string'],
  ['json', 'object'],
] as const;

/** `variation`, `boolVariation`, ... and their `...Detail` twins, with the default at an index. */
function variations(defaultAt: number, timing: Pick<CallShape, 'holder'>): Shape[] {
  const shape = (name: string, type: CallShape['type']): Shape[] => [
    { form: 'call', names: [name], key: 0, default: defaultAt, type, ...timing },
    { form: 'call', names: [`${name}Detail`], key: 0, default: defaultAt, field: 'value', type, ...timing },
  ];
  return [...shape('variation', 'any'), ...typed.flatMap(([name, type]) => shape(`${name}Variation`, type))];
}

function hooks(suffix = ''): Shape[] {
  return typed.flatMap(([name, type]): Shape[] => {
    const hook = `use${name[0]!.toUpperCase()}${name.slice(1)}Variation${suffix}`;
    return [
      { form: 'call', names: [hook], key: 0, default: 1, type },
      { form: 'call', names: [`${hook}Detail`], key: 0, default: 1, field: 'value', type },
    ];
  });
}

const typedHook: Shape[] = [
  { form: 'call', names: ['useTypedVariation'], key: 0, default: 1, type: 'any' },
  { form: 'call', names: ['useTypedVariationDetail'], key: 0, default: 1, field: 'value', type: 'any' },
];

const server: Shape[] = [
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
  { form: 'call', names: ['getFlagValue'], key: 0, type: 'any' },
  { form: 'record', names: ['allValues'], spelling: 'as-is' },
];

const client: Shape[] = [...variations(1, {}), { form: 'record', names: ['allFlags'], spelling: 'as-is' }];

/**
 * Sources: launchdarkly/js-core `packages/shared/sdk-server/src/api/LDClient.ts`, `packages/shared/sdk-client/src/api/LDClient.ts`,
 * `packages/sdk/{react,react-native,vue,svelte}`; launchdarkly/react-client-sdk.
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
      shapes: [...client, { form: 'record', names: ['useFlags'], spelling: 'lodash-camelCase' }],
    },
    {
      packages: ['@launchdarkly/react-sdk'],
      shapes: [...client, ...hooks(), { form: 'record', names: ['useFlags'], spelling: 'launchdarkly-camelCase' }],
    },
    { packages: ['@launchdarkly/react-native-client-sdk'], shapes: [...client, ...hooks(), ...typedHook] },
    { packages: ['launchdarkly-react-native-client-sdk'], shapes: variations(1, { holder: 'promise' }) },
    // Its composables return a Ref: the value stands in `.value`.
    {
      packages: ['@launchdarkly/vue-client-sdk'],
      shapes: [...client, ...hooks().map((shape) => (shape.form === 'call' ? { ...shape, field: 'value' } : shape))],
    },
    { packages: ['launchdarkly-vue-client-sdk'], shapes: client },
    {
      packages: ['@launchdarkly/svelte-client-sdk'],
      shapes: [...client, { form: 'call', names: ['useFlag'], key: 0, default: 1, type: 'any' }],
    },
  ],
};
