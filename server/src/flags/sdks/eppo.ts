import type { CallShape, Sdk, Shape } from './sdk.ts';

const types = [
  ['Boolean', 'boolean'],
  ['String', 'string'],
  ['Numeric', 'number'],
  ['Integer', 'number'],
  ['JSON', 'object'],
] as const;

/** Clients for which a server decided beforehand know their subject: key and default are all that they are asked. */
function assignments(name: string, type: CallShape['type']): Shape[] {
  return [
    { form: 'call', names: [name], key: 0, default: 1, arity: 2, type },
    { form: 'call', names: [name], key: 0, default: 3, type },
    { form: 'call', names: [`${name}Details`], key: 0, default: 3, field: 'variation', type },
  ];
}

const bandits: Shape[] = [
  { form: 'call', names: ['getBanditAction'], key: 0, default: 1, field: 'variation', arity: 2, type: 'string' },
  {
    form: 'call',
    names: ['getBanditAction', 'getBanditActionDetails'],
    key: 0,
    default: 4,
    field: 'variation',
    type: 'string',
  },
  // The action alone, which the variation does not tell.
  { form: 'call', names: ['getBestAction'], key: 0, default: 3, effect: 'part', type: 'string' },
];

/**
 * Sources: `eppo-client.d.ts` and `eppo-precomputed-client.d.ts` of @eppo/js-client-sdk-common 4.14 (which the other packages pass on:
 * @eppo/node-server-sdk 3.10, @eppo/react-native-sdk 3.5), `src/index.ts` of Eppo-exp/js-client-sdk@78cba3e.
 */
export const eppo: Sdk = {
  name: 'Eppo',
  families: [
    {
      packages: [
        '@eppo/js-client-sdk',
        '@eppo/node-server-sdk',
        '@eppo/react-native-sdk',
        '@eppo/js-client-sdk-common',
      ],
      shapes: [
        ...types.flatMap(([name, type]) => assignments(`get${name}Assignment`, type)),
        { form: 'call', names: ['getBoolAssignment'], key: 0, default: 3, type: 'boolean' },
        { form: 'call', names: ['getAssignmentDetail'], key: 0, field: 'variation.value', type: 'any' },
        // Which of the entries it yields hangs on the flag.
        {
          form: 'call',
          names: ['getExperimentContainerEntry'],
          key: 0,
          keyField: 'flagKey',
          effect: 'part',
          type: 'any',
        },
        ...bandits,
      ],
    },
  ],
};
