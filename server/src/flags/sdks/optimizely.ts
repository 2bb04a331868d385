import type { Sdk, Shape } from './sdk.ts';

/** A decision is on or off (`enabled`), and names its variation beside that (`variationKey`). */
const decisions: Shape[] = [
  { form: 'call', names: ['decide'], key: 0, field: 'enabled', type: 'any' },
  { form: 'call', names: ['decideAsync'], key: 0, field: 'enabled', holder: 'promise', type: 'any' },
  { form: 'call', names: ['decideForKeys'], key: 0, keys: 'array', record: '', field: 'enabled', type: 'any' },
  {
    form: 'call',
    names: ['decideForKeysAsync'],
    key: 0,
    keys: 'array',
    record: '',
    field: 'enabled',
    holder: 'promise',
    type: 'any',
  },
  { form: 'record', names: ['decideAll'], spelling: 'as-is', field: 'enabled' },
  { form: 'record', names: ['decideAllAsync'], spelling: 'as-is', field: 'enabled', holder: 'promise' },
];

const legacy: Shape[] = [
  { form: 'call', names: ['isFeatureEnabled'], key: 0, type: 'boolean' },
  {
    form: 'call',
    names: [
      'getFeatureVariable',
      'getFeatureVariableBoolean',
      'getFeatureVariableDouble',
      'getFeatureVariableInteger',
      'getFeatureVariableString',
      'getFeatureVariableJSON',
      'getAllFeatureVariables',
      'getFeatureVariables',
    ],
    key: 0,
    effect: 'part',
    type: 'any',
  },
  // Experiments: the key of a variation.
  { form: 'call', names: ['activate', 'getVariation'], key: 0, type: 'string' },
];

const react: Shape[] = [
  { form: 'call', names: ['useDecision'], key: 0, field: '0.enabled', type: 'any' },
  { form: 'call', names: ['useFeature'], key: 0, field: '0', type: 'boolean' },
  { form: 'call', names: ['useExperiment'], key: 0, field: '0', type: 'string' },
  { form: 'call', names: ['useDecide', 'useDecideAsync'], key: 0, field: 'decision.enabled', type: 'any' },
  {
    form: 'call',
    names: ['useDecideForKeys', 'useDecideForKeysAsync'],
    key: 0,
    keys: 'array',
    record: 'decisions',
    field: 'enabled',
    type: 'any',
  },
  {
    form: 'record',
    names: ['useDecideAll', 'useDecideAllAsync'],
    spelling: 'as-is',
    record: 'decisions',
    field: 'enabled',
  },
  { form: 'component', names: ['OptimizelyFeature'], key: 'feature', type: 'boolean' },
  { form: 'component', names: ['OptimizelyExperiment'], key: 'experiment', type: 'string' },
];

/**
 * Sources: `shared_types.d.ts` and `optimizely_user_context/index.d.ts` of @optimizely/optimizely-sdk 6.6, `hooks.d.ts`,
 * `Feature.d.ts`, `Experiment.d.ts` and `client.d.ts` of @optimizely/react-sdk 3.4; `src/hooks/` of optimizely/react-sdk@dd5bf34
 * for the `useDecide` hooks of its next version, which return `{ decision, isLoading, error }` and no tuple.
 */
export const optimizely: Sdk = {
  name: 'Optimizely',
  families: [
    { packages: ['@optimizely/optimizely-sdk'], shapes: [...decisions, ...legacy] },
    { packages: ['@optimizely/react-sdk'], shapes: [...decisions, ...legacy, ...react] },
  ],
};
