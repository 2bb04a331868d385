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
  { form: 'component', names: ['FeatureFlag'], key: 'flagKey', default: 'defaultValue', type: 'any' },
];

/** Source: open-feature/js-sdk, `packages/{server,web,react}/src`. */
export const openFeature: Sdk = {
  name: 'OpenFeature',
  families: [
    {
      packages: ['@openfeature/server-sdk', '@openfeature/js-sdk', '@openfeature/nestjs-sdk'],
      shapes: client({ holder: 'promise' }),
    },
    { packages: ['@openfeature/web-sdk', '@openfeature/angular-sdk'], shapes: client({}) },
    { packages: ['@openfeature/react-sdk'], shapes: [...client({}), ...react] },
  ],
};
