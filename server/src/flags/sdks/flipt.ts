import type { Sdk, Shape } from './sdk.ts';

/** Requests, whose results come back in the same order. */
const batch: Shape = {
  form: 'call',
  names: ['evaluateBatch'],
  key: 0,
  keys: 'array',
  elementField: 'flagKey',
  effect: 'part',
  type: 'any',
};

const byRequest: Shape[] = [
  { form: 'call', names: ['evaluateBoolean'], key: 0, keyField: 'flagKey', field: 'enabled', type: 'boolean' },
  { form: 'call', names: ['evaluateVariant'], key: 0, keyField: 'flagKey', field: 'variantKey', type: 'string' },
  batch,
];

const byPosition: Shape[] = [
  { form: 'call', names: ['evaluateBoolean'], key: 0, field: 'enabled', type: 'boolean' },
  { form: 'call', names: ['evaluateVariant'], key: 0, field: 'variantKey', type: 'string' },
  batch,
];

/**
 * Sources: `core/base.d.ts` of @flipt-io/flipt-client-js 0.5 (one request object), `index.d.ts` of @flipt-io/flipt-client 0.14 and
 * @flipt-io/flipt-client-browser 0.4 (positions), `useFliptClient.d.ts` of @flipt-io/flipt-client-react 1.2,
 * `evaluation/index.d.ts` of @flipt-io/flipt 1.5 (promises).
 */
export const flipt: Sdk = {
  name: 'Flipt',
  families: [
    { packages: ['@flipt-io/flipt-client-js'], shapes: byRequest },
    { packages: ['@flipt-io/flipt-client', '@flipt-io/flipt-client-browser'], shapes: byPosition },
    {
      packages: ['@flipt-io/flipt-client-react'],
      shapes: [
        ...byRequest,
        { form: 'call', names: ['useFliptBoolean'], key: 0, default: 1, type: 'boolean' },
        { form: 'call', names: ['useFliptVariant'], key: 0, default: 1, type: 'string' },
      ],
    },
    {
      packages: ['@flipt-io/flipt'],
      shapes: [
        {
          form: 'call',
          names: ['boolean'],
          clue: 'flagKey',
          key: 0,
          keyField: 'flagKey',
          field: 'enabled',
          holder: 'promise',
          type: 'boolean',
        },
        {
          form: 'call',
          names: ['variant'],
          key: 0,
          keyField: 'flagKey',
          field: 'variantKey',
          holder: 'promise',
          type: 'string',
        },
      ],
    },
  ],
};
