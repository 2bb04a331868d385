import type { Sdk } from './sdk.ts';

/** Source: `index.d.ts` of @microsoft/feature-management 2.3. A variant's `configuration` is whatever was configured for its name. */
export const azure: Sdk = {
  name: 'Azure',
  families: [
    {
      packages: ['@microsoft/feature-management'],
      shapes: [
        { form: 'call', names: ['isEnabled'], key: 0, holder: 'promise', type: 'boolean' },
        { form: 'call', names: ['getVariant'], key: 0, field: 'name', holder: 'promise', type: 'string' },
      ],
    },
  ],
};
