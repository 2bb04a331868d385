import type { Sdk, Shape } from './sdk.ts';

const frontend: Shape[] = [
  { form: 'call', names: ['isEnabled'], key: 0, type: 'boolean' },
  { form: 'call', names: ['getVariant'], key: 0, field: 'name', type: 'string' },
];

const hooks: Shape[] = [
  { form: 'call', names: ['useFlag'], key: 0, type: 'boolean' },
  { form: 'call', names: ['useVariant'], key: 0, field: 'name', type: 'string' },
];

/** Sources: Unleash/unleash-node-sdk `src/unleash.ts`, Unleash/unleash-proxy-client-js, Unleash/proxy-client-react, Unleash/unleash-sdk-nextjs. */
export const unleash: Sdk = {
  name: 'Unleash',
  families: [
    {
      packages: ['unleash-client'],
      shapes: [
        { form: 'call', names: ['isEnabled'], key: 0, default: 2, type: 'boolean' },
        { form: 'call', names: ['getVariant', 'forceGetVariant'], key: 0, default: 2, field: 'name', type: 'string' },
        { form: 'call', names: ['getFeatureToggleDefinition'], key: 0, field: 'enabled', type: 'boolean' },
      ],
    },
    { packages: ['unleash-proxy-client', '@unleash/proxy-client'], shapes: frontend },
    {
      packages: ['@unleash/proxy-client-react', '@unleash/unleash-proxy-react', '@unleash/react'],
      shapes: [...frontend, ...hooks],
    },
    {
      packages: ['@unleash/nextjs'],
      shapes: [
        ...frontend,
        ...hooks,
        { form: 'call', names: ['flag'], key: 0, field: 'enabled', holder: 'promise', type: 'boolean' },
      ],
    },
    // Its composables return a Ref: the value stands in `.value`.
    {
      packages: ['@unleash/proxy-client-vue'],
      shapes: [...frontend, { form: 'call', names: ['useFlag'], key: 0, field: 'value', type: 'boolean' }],
    },
  ],
};
