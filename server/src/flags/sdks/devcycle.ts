import type { CallShape, Sdk, Shape } from './sdk.ts';

/** `variable` (the value stands in `.value`) and `variableValue`; a server asks for a user first. */
function variables(key: number, timing: Pick<CallShape, 'holder' | 'arity'> = {}): Shape[] {
  return [
    { form: 'call', names: ['variable'], key, default: key + 1, field: 'value', type: 'any', ...timing },
    { form: 'call', names: ['variableValue'], key, default: key + 1, type: 'any', ...timing },
  ];
}

const allVariables: Shape = { form: 'record', names: ['allVariables'], spelling: 'as-is', field: 'value' };

const client: Shape[] = [
  ...variables(0),
  allVariables,
  { form: 'call', names: ['subscribe'], key: 0, keyPrefix: 'variableUpdated:', effect: 'listen', type: 'any' },
  { form: 'call', names: ['subscribe'], key: 0, keyPrefix: 'variableEvaluated:', effect: 'listen', type: 'any' },
];

const hooks: Shape[] = [
  { form: 'call', names: ['useVariable', 'useDVCVariable'], key: 0, default: 1, field: 'value', type: 'any' },
  { form: 'call', names: ['useVariableValue'], key: 0, default: 1, type: 'any' },
];

const react: Shape[] = [
  ...client,
  ...hooks,
  { form: 'component', names: ['RenderIfEnabled'], key: 'variableKey', default: 'defaultValue', type: 'any' },
  // `SwapComponents(OldComponent, NewComponent, key)` yields a component.
  { form: 'call', names: ['SwapComponents'], key: 2, effect: 'guard', type: 'boolean' },
];

const server: Shape[] = [...variables(1), allVariables];

const nest: Shape[] = [
  // The service knows its user; the client that the same package passes on does not.
  ...variables(0, { arity: 2 }).filter((shape) => 'names' in shape && shape.names.includes('variableValue')),
  { form: 'call', names: ['isEnabled'], key: 0, type: 'boolean' },
  {
    form: 'call',
    names: ['VariableValue'],
    key: 0,
    keyField: 'key',
    default: 0,
    defaultField: 'default',
    effect: 'inject',
    type: 'any',
  },
  { form: 'call', names: ['RequireVariableValue'], key: 0, keys: 'properties', effect: 'guard', type: 'any' },
  ...server,
];

/**
 * Sources: `Client.d.ts` of @devcycle/js-client-sdk 1.47 and @devcycle/nodejs-server-sdk 1.55 (whose cloud client, like
 * @devcycle/js-cloud-server-sdk 1.33, yields promises), `useVariable.d.ts`, `RenderIfEnabled.d.ts` and `SwapComponents.d.ts` of
 * @devcycle/react-client-sdk 1.45, `setupDevCycle.d.ts` and `renderIfEnabled.d.ts` of @devcycle/nextjs-sdk 3.0,
 * `DevCycleService.d.ts` of @devcycle/nestjs-server-sdk 0.8.
 */
export const devCycle: Sdk = {
  name: 'DevCycle',
  families: [
    { packages: ['@devcycle/nodejs-server-sdk'], shapes: server },
    {
      packages: ['@devcycle/js-cloud-server-sdk'],
      shapes: [...variables(1, { holder: 'promise' }), { ...allVariables, holder: 'promise' }],
    },
    { packages: ['@devcycle/nestjs-server-sdk'], shapes: nest },
    { packages: ['@devcycle/js-client-sdk', '@devcycle/devcycle-js-sdk'], shapes: client },
    {
      packages: [
        '@devcycle/react-client-sdk',
        '@devcycle/devcycle-react-sdk',
        '@devcycle/react-native-client-sdk',
        '@devcycle/react-native-expo-client-sdk',
      ],
      shapes: react,
    },
    {
      packages: ['@devcycle/nextjs-sdk'],
      shapes: [
        ...client,
        ...hooks,
        { form: 'call', names: ['getVariableValue'], key: 0, default: 1, holder: 'promise', type: 'any' },
        { form: 'record', names: ['getAllVariables'], spelling: 'as-is', field: 'value', holder: 'promise' },
        { form: 'record', names: ['useAllVariables'], spelling: 'as-is', field: 'value' },
        // `renderIfEnabled(key, () => import('./New'))` yields a component.
        { form: 'call', names: ['renderIfEnabled'], key: 0, effect: 'guard', type: 'boolean' },
      ],
    },
  ],
};
