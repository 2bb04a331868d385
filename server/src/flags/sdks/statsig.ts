import type { CallShape, Sdk, Shape } from './sdk.ts';

type How = Pick<CallShape, 'key' | 'holder'>;

/** A gate is on or off. */
function gates(how: How, suffix = ''): Shape[] {
  return [
    { form: 'call', names: [`checkGate${suffix}`], ...how, type: 'boolean' },
    { form: 'call', names: [`getFeatureGate${suffix}`], ...how, field: 'value', type: 'boolean' },
  ];
}

/** Configs, experiments, layers and parameter stores hold parameters, which are read by name further on. */
function holders(names: readonly string[], key: number): Shape {
  return { form: 'call', names, key, effect: 'part', type: 'any' };
}

const parameters = ['getDynamicConfig', 'getExperiment', 'getLayer', 'getParameterStore'];
const legacyParameters = ['getConfig', 'getExperiment', 'getLayer'];

const unlogged = 'WithExposureLoggingDisabled';

const client: Shape[] = [...gates({ key: 0 }), holders(parameters, 0)];
const legacyClient: Shape[] = [
  ...gates({ key: 0 }),
  { form: 'call', names: [`checkGate${unlogged}`], key: 0, type: 'boolean' },
  holders(
    legacyParameters.flatMap((name) => [name, `${name}${unlogged}`]),
    0,
  ),
];

/** Version 5 yields promises, version 6 does not; `...Sync` never did. */
const legacyServer: Shape[] = [
  ...gates({ key: 1, holder: 'maybe-promise' }),
  ...gates({ key: 1, holder: 'maybe-promise' }, unlogged),
  ...gates({ key: 1 }, 'Sync'),
  ...gates({ key: 1 }, `${unlogged}Sync`),
  holders(
    ['', unlogged, 'Sync', `${unlogged}Sync`].flatMap((suffix) => legacyParameters.map((name) => `${name}${suffix}`)),
    1,
  ),
  { form: 'call', names: ['checkGateWithoutServerFallback'], key: 1, type: 'boolean' },
];

const hooks: Shape[] = [
  { form: 'call', names: ['useGateValue'], key: 0, type: 'boolean' },
  { form: 'call', names: ['useFeatureGate'], key: 0, field: 'value', type: 'boolean' },
  {
    form: 'call',
    names: ['useDynamicConfig', 'useExperiment', 'useLayer', 'useParameterStore'],
    key: 0,
    effect: 'part',
    type: 'any',
  },
];

const legacyHooks: Shape[] = [
  { form: 'call', names: ['useGate', `useGate${unlogged}`], key: 0, field: 'value', type: 'boolean' },
  { form: 'call', names: ['useFeatureGate'], key: 0, field: 'gate.value', type: 'boolean' },
  {
    form: 'call',
    names: ['useConfig', 'useExperiment', 'useLayer'].flatMap((name) => [name, `${name}${unlogged}`]),
    key: 0,
    effect: 'part',
    type: 'any',
  },
];

/**
 * Sources: `StatsigClient.d.ts` of @statsig/js-client 3.33, `ClientInterfaces.d.ts` of @statsig/client-core 3.33, `src/use*.d.ts` of
 * @statsig/react-bindings 3.33, `statsig.service.d.ts` and `checkGate.directive.d.ts` of @statsig/angular-bindings 3.20, `index.d.ts` of
 * @statsig/statsig-node-core 0.23, statsig-node 6.5 and 5.33, statsig-js 5.1 and statsig-react 2.1. Clients that evaluate on the
 * device take the user second, so that the key stays first; servers take the user first.
 */
export const statsig: Sdk = {
  name: 'Statsig',
  families: [
    {
      packages: [
        '@statsig/js-client',
        '@statsig/client-core',
        '@statsig/js-on-device-eval-client',
        '@statsig/serverless-client',
        '@statsig/vercel-edge',
      ],
      shapes: client,
    },
    {
      packages: [
        '@statsig/react-bindings',
        '@statsig/react-native-bindings',
        '@statsig/expo-bindings',
        '@statsig/react-bindings-on-device-eval',
        '@statsig/next',
      ],
      shapes: [...client, ...hooks],
    },
    {
      packages: ['@statsig/angular-bindings'],
      shapes: [...client, { form: 'directive', names: ['stgCheckGate'], type: 'boolean' }],
    },
    { packages: ['statsig-js', 'statsig-js-lite'], shapes: legacyClient },
    {
      packages: ['statsig-react', 'statsig-react-native', 'statsig-react-native-expo'],
      shapes: [...legacyClient, ...legacyHooks],
    },
    { packages: ['@statsig/statsig-node-core'], shapes: [...gates({ key: 1 }), holders(parameters, 1)] },
    { packages: ['statsig-node', 'statsig-node-lite'], shapes: legacyServer },
  ],
};
