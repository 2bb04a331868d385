import type { Sdk, Shape } from './sdk.ts';

/** Beside `value`, a result tells whether that is truthy. */
const result = { field: 'value', fields: { on: 'boolean', off: 'off' } } as const;

/** With a user's context behind them, where the client serves many users. */
const client: Shape[] = [
  { form: 'call', names: ['isOn'], key: 0, type: 'boolean' },
  { form: 'call', names: ['isOff'], key: 0, inverted: true, type: 'boolean' },
  { form: 'call', names: ['getFeatureValue'], key: 0, default: 1, type: 'any' },
  { form: 'call', names: ['evalFeature', 'feature'], key: 0, ...result, type: 'any' },
  // An experiment in code: its key is the flag.
  {
    form: 'call',
    names: ['run', 'runInlineExperiment'],
    key: 0,
    keyField: 'key',
    field: 'value',
    clue: 'variations',
    type: 'any',
  },
];

const react: Shape[] = [
  { form: 'call', names: ['useFeatureIsOn'], key: 0, type: 'boolean' },
  { form: 'call', names: ['useFeatureValue'], key: 0, default: 1, type: 'any' },
  { form: 'call', names: ['useFeature'], key: 0, ...result, type: 'any' },
  { form: 'call', names: ['useExperiment', 'runExperiment'], key: 0, keyField: 'key', field: 'value', type: 'any' },
  { form: 'component', names: ['IfFeatureEnabled'], key: 'feature', type: 'boolean' },
  { form: 'component', names: ['FeatureString'], key: 'feature', default: 'default', type: 'string' },
];

/**
 * Sources: `GrowthBook.d.ts` and `GrowthBookClient.d.ts` of @growthbook/growthbook 1.8, `GrowthBookReact.d.ts` of
 * @growthbook/growthbook-react 1.8.
 */
export const growthBook: Sdk = {
  name: 'GrowthBook',
  families: [
    { packages: ['@growthbook/growthbook'], shapes: client, onRequest: 'growthbook' },
    { packages: ['@growthbook/growthbook-react'], shapes: [...client, ...react] },
  ],
};
