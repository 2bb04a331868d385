import type { Sdk, Shape } from './sdk.ts';

/**
 * A feature is on or off, and beside that holds a value of its own: what is fixed with the flag is the first. The value is
 * only told to hang on it.
 */
const client: Shape[] = [
  { form: 'call', names: ['hasFeature'], key: 0, default: 1, defaultField: 'fallback', type: 'boolean' },
  { form: 'call', names: ['getValue'], key: 0, default: 1, defaultField: 'fallback', effect: 'part', type: 'any' },
  { form: 'call', names: ['getExperimentFlag'], key: 0, field: 'enabled', type: 'boolean' },
  { form: 'record', names: ['getAllFlags'], spelling: 'as-is', field: 'enabled' },
];

const react: Shape[] = [
  { form: 'call', names: ['useFlags'], key: 0, keys: 'array', record: '', field: 'enabled', type: 'boolean' },
  { form: 'call', names: ['useExperiment'], key: 0, field: 'enabled', type: 'boolean' },
];

/**
 * Sources: `types.d.ts` and `react.d.ts` of flagsmith 10.0.0, @flagsmith/flagsmith 12.4.0 and react-native-flagsmith 9.3.5;
 * `sdk/models.d.ts` of flagsmith-nodejs 8.1.2. The traits in the second argument of `useFlags` are no flags.
 */
export const flagsmith: Sdk = {
  name: 'Flagsmith',
  families: [
    {
      packages: ['flagsmith', 'flagsmith-es', '@flagsmith/flagsmith', 'react-native-flagsmith'],
      shapes: [...client, ...react],
    },
    {
      packages: ['flagsmith-nodejs'],
      shapes: [
        { form: 'call', names: ['isFeatureEnabled'], key: 0, type: 'boolean' },
        { form: 'call', names: ['getFlag'], key: 0, field: 'enabled', type: 'boolean' },
        { form: 'call', names: ['getFeatureValue'], key: 0, effect: 'part', type: 'any' },
      ],
    },
  ],
};
