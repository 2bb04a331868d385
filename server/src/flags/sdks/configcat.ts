import type { Sdk, Shape } from './sdk.ts';

/** A client yields promises; a snapshot of it (`client.snapshot()`), at once. */
const client: Shape[] = [
  { form: 'call', names: ['getValueAsync'], key: 0, default: 1, holder: 'promise', type: 'any' },
  { form: 'call', names: ['getValueDetailsAsync'], key: 0, default: 1, field: 'value', holder: 'promise', type: 'any' },
];

const snapshot: Shape[] = [
  { form: 'call', names: ['getValue'], key: 0, default: 1, type: 'any' },
  { form: 'call', names: ['getValueDetails'], key: 0, default: 1, field: 'value', type: 'any' },
];

/**
 * Sources: `ConfigCatClient.d.ts` of @configcat/sdk 1.1 and configcat-common 9.4 (under configcat-js, -js-ssr, -js-chromium-extension
 * and -node), `ConfigCatHooks.d.ts` and `ConfigCatHOC.d.ts` of configcat-react 5.1. What `withConfigCatClient` gives a component is
 * `getValue`, which yields a promise.
 */
export const configCat: Sdk = {
  name: 'ConfigCat',
  families: [
    {
      packages: [
        '@configcat/sdk',
        'configcat-js',
        'configcat-js-ssr',
        'configcat-js-chromium-extension',
        'configcat-node',
        'configcat-common',
      ],
      shapes: [...client, ...snapshot],
    },
    {
      packages: ['configcat-react'],
      shapes: [
        { form: 'call', names: ['useFeatureFlag'], key: 0, default: 1, field: 'value', type: 'any' },
        ...client,
        // The client's snapshot, or the prop of a component: only `await` tells.
        { form: 'call', names: ['getValue'], key: 0, default: 1, holder: 'maybe-promise', type: 'any' },
        { form: 'call', names: ['getValueDetails'], key: 0, default: 1, field: 'value', type: 'any' },
      ],
    },
  ],
};
