import type { CallShape, Sdk, Shape } from './sdk.ts';

const types = [
  ['Boolean', 'boolean'],
  ['String', 'string'],
  ['Number', 'number'],
  ['Object', 'object'],
] as const;

function client(timing: Pick<CallShape, 'holder'>): Shape[] {
  return types.flatMap(([name, type]): Shape[] => [
    { form: 'call', names: [`get${name}Value`], key: 0, default: 1, type, ...timing },
    { form: 'call', names: [`get${name}Details`], key: 0, default: 1, field: 'value', type, ...timing },
  ]);
}

const react: Shape[] = [
  { form: 'call', names: ['useFlag', 'useSuspenseFlag'], key: 0, default: 1, field: 'value', type: 'any' },
  ...types.flatMap(([name, type]): Shape[] => [
    { form: 'call', names: [`use${name}FlagValue`], key: 0, default: 1, type },
    { form: 'call', names: [`use${name}FlagDetails`], key: 0, default: 1, field: 'value', type },
  ]),
  {
    form: 'component',
    names: ['FeatureFlag'],
    key: 'flagKey',
    default: 'defaultValue',
    off: 'fallback',
    type: 'any',
  },
];

/** A parameter that gets an observable of details, and a class or method that answers only when its flags are on. */
const decorators: Shape[] = [
  ...types.map(
    ([name, type]): Shape => ({
      form: 'call',
      names: [`${name}FeatureFlag`],
      key: 0,
      keyField: 'flagKey',
      default: 0,
      defaultField: 'defaultValue',
      effect: 'inject',
      type,
    }),
  ),
  {
    form: 'call',
    names: ['RequireFlagsEnabled'],
    key: 0,
    keyField: 'flags',
    keys: 'array',
    elementField: 'flagKey',
    defaultField: 'defaultValue',
    effect: 'guard',
    type: 'boolean',
  },
];

/** `FeatureFlagService` yields observables; the client of the web SDK, which the same package passes on, does not. */
const angular: Shape[] = [
  ...types.map(
    ([name, type]): Shape => ({
      form: 'call',
      names: [`get${name}Details`],
      key: 0,
      default: 1,
      holder: 'observable',
      type,
    }),
  ),
  ...client({}).filter((shape) => 'names' in shape && shape.names.every((name) => name.endsWith('Value'))),
  ...types.map(
    ([name, type]): Shape => ({
      form: 'directive',
      names: [`${name.toLowerCase()}FeatureFlag`],
      default: 'default',
      off: 'else',
      type,
    }),
  ),
];

/**
 * Sources: `types.d.ts` of @openfeature/server-sdk 1.23, web-sdk 1.10, react-sdk 1.4 and nestjs-sdk 0.2, and
 * `openfeature-angular-sdk.d.ts` of @openfeature/angular-sdk 1.2.
 */
export const openFeature: Sdk = {
  name: 'OpenFeature',
  families: [
    { packages: ['@openfeature/server-sdk', '@openfeature/js-sdk'], shapes: client({ holder: 'promise' }) },
    { packages: ['@openfeature/nestjs-sdk'], shapes: [...client({ holder: 'promise' }), ...decorators] },
    { packages: ['@openfeature/web-sdk'], shapes: client({}) },
    { packages: ['@openfeature/angular-sdk'], shapes: angular },
    { packages: ['@openfeature/react-sdk'], shapes: [...client({}), ...react] },
  ],
};
