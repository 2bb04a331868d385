import type { Sdk, Shape } from './sdk.ts';

const declared: Shape = {
  form: 'symbol',
  names: ['flag', 'unstable_flag'],
  key: 0,
  keyField: 'key',
  holder: 'promise',
  type: 'any',
};

/** Several flags at once: what comes back stands at the places of an array, or is written into a code. */
const bulk: Shape[] = [
  { form: 'call', names: ['evaluate', 'unstable_evaluate'], key: 0, keys: 'array', effect: 'part', type: 'any' },
  {
    form: 'call',
    names: [
      'precompute',
      'unstable_precompute',
      'generatePermutations',
      'unstable_generatePermutations',
      'getPrecomputed',
      'unstable_getPrecomputed',
    ],
    key: 0,
    keys: 'array',
    effect: 'inject',
    type: 'any',
  },
];

/**
 * The declared name is the flag, and calling it the read. Sources: `next.d.ts` and `sveltekit.d.ts` of flags 4.3 and @vercel/flags 3.1,
 * `next/index.d.ts` of @vercel/flags 2.6 (everything called `unstable_`), `types.d.ts` of @vercel/flags-core 1.8. In SvelteKit
 * a flag may yield its value at once; awaiting it is right there too.
 */
export const vercel: Sdk = {
  name: 'Vercel',
  families: [
    {
      packages: ['flags/next', 'flags/sveltekit', '@vercel/flags/next', '@vercel/flags/sveltekit'],
      shapes: [declared, ...bulk],
    },
    {
      packages: ['@vercel/flags-core'],
      shapes: [
        { form: 'call', names: ['evaluate'], key: 0, default: 1, field: 'value', holder: 'promise', type: 'any' },
        {
          form: 'call',
          names: ['bulkEvaluate'],
          key: 0,
          keys: 'array',
          elementField: 'key',
          defaultField: 'defaultValue',
          record: '',
          field: 'value',
          holder: 'promise',
          type: 'any',
        },
      ],
    },
  ],
};
