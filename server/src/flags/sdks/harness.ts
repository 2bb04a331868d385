import type { Sdk, Shape } from './sdk.ts';

const client: Shape[] = [
  // With debugging asked for, the value is wrapped.
  { form: 'call', names: ['variation'], key: 0, default: 1, arity: 3, field: 'value', type: 'any' },
  { form: 'call', names: ['variation'], key: 0, default: 1, type: 'any' },
];

const types = [
  ['bool', 'boolean'],
  ['string', 'string'],
  ['number', 'number'],
  ['json', 'object'],
] as const;

function typed(defaultAt: number): Shape[] {
  return types.map(([name, type]) => ({
    form: 'call',
    names: [`${name}Variation`],
    key: 0,
    default: defaultAt,
    holder: 'promise',
    type,
  }));
}

const react: Shape[] = [
  { form: 'call', names: ['useFeatureFlag'], key: 0, default: 1, type: 'any' },
  {
    form: 'call',
    names: ['useFeatureFlags'],
    key: 0,
    keys: 'array',
    record: '',
    given: { at: 0, as: 'array' },
    type: 'any',
  },
  {
    form: 'call',
    names: ['useFeatureFlags'],
    key: 0,
    keys: 'properties',
    defaultField: '',
    record: '',
    given: { at: 0, as: 'object' },
    type: 'any',
  },
  // Without keys: all flags.
  { form: 'record', names: ['useFeatureFlags'], spelling: 'as-is' },
  { form: 'call', names: ['ifFeatureFlag'], key: 0, effect: 'guard', type: 'any' },
];

/**
 * Feature flags of Harness as they were before FME. Sources: `types.d.ts` of @harnessio/ff-javascript-client-sdk 1.32, `hooks/` and
 * `hoc/` of @harnessio/ff-react-client-sdk 2.4, `client.d.ts` of @harnessio/ff-nodejs-server-sdk 1.8, `index.d.ts` of
 * @harnessio/ff-react-native-client-sdk 1.0.
 */
export const harness: Sdk = {
  name: 'Harness',
  families: [
    { packages: ['@harnessio/ff-javascript-client-sdk'], shapes: client },
    {
      packages: ['@harnessio/ff-react-client-sdk'],
      shapes: [...client, ...react],
      props: [{ prop: 'flags', of: ['withFeatureFlags'], spelling: 'as-is' }],
    },
    { packages: ['@harnessio/ff-nodejs-server-sdk'], shapes: typed(2) },
    { packages: ['@harnessio/ff-react-native-client-sdk'], shapes: typed(1) },
  ],
};
