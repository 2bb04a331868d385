import type { CallShape, Sdk, Shape } from './sdk.ts';

const frontend: Shape[] = [
  { form: 'call', names: ['isEnabled'], key: 0, type: 'boolean' },
  { form: 'call', names: ['getVariant'], key: 0, field: 'name', type: 'string' },
];

const hooks: CallShape[] = [
  { form: 'call', names: ['useFlag'], key: 0, type: 'boolean' },
  { form: 'call', names: ['useVariant'], key: 0, field: 'name', type: 'string' },
];

/**
 * Sources: `lib/unleash.d.ts` of unleash-client 6.12 and 5.6, `index.d.ts` of unleash-proxy-client 3.8, `use*.d.ts` of
 * @unleash/proxy-client-react 5.1 and @unleash/proxy-client-vue 0.1, `flag.d.ts` and `hooks.d.ts` of @unleash/nextjs 1.6; `src/lib` of
 * Unleash/proxy-client-svelte, `src` of nunogois/proxy-client-solid.
 */
export const unleash: Sdk = {
  name: 'Unleash',
  families: [
    {
      packages: ['unleash-client'],
      shapes: [
        { form: 'call', names: ['isEnabled'], key: 0, default: 2, type: 'boolean' },
        { form: 'call', names: ['getVariant', 'forceGetVariant'], key: 0, default: 2, field: 'name', type: 'string' },
        // Whether it is enabled for anybody is not whether it is on for somebody.
        { form: 'call', names: ['getFeatureToggleDefinition'], key: 0, effect: 'part', type: 'any' },
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
      shapes: [
        ...frontend,
        { form: 'call', names: ['useFlag'], key: 0, field: 'value', type: 'boolean' },
        { form: 'call', names: ['useVariant'], key: 0, field: 'value.name', type: 'string' },
      ],
    },
    // Its functions return a readable store.
    {
      packages: ['@unleash/proxy-client-svelte'],
      shapes: [...frontend, ...hooks.map((shape): Shape => ({ ...shape, holder: 'store' }))],
    },
    // Its functions return a signal, which is called.
    {
      packages: ['@nunogois/proxy-client-solid'],
      shapes: [
        ...frontend,
        { form: 'call', names: ['useFlag'], key: 0, field: '()', type: 'boolean' },
        { form: 'call', names: ['useVariant'], key: 0, field: '().name', type: 'string' },
      ],
    },
  ],
};
