import type { CallShape, Sdk, Shape } from './sdk.ts';

const typed = [
  ['getBoolean', 'boolean'],
  ['getString', 'string'],
  ['getNumber', 'number'],
] as const;

const all: Shape = { form: 'record', names: ['getAll'], spelling: 'as-is', field: 'asBoolean()' };

/** Functions ask for the instance first; methods of an instance for the key alone. */
function values(key: 0 | 1, suffix = '', timing: Pick<CallShape, 'holder'> = {}): Shape[] {
  const arity = key + 1;
  return [
    ...typed.map(([name, type]): Shape => ({ form: 'call', names: [`${name}${suffix}`], key, arity, type, ...timing })),
    { form: 'call', names: [`getValue${suffix}`], key, arity, field: 'asBoolean()', type: 'any', ...timing },
  ];
}

const functions: Shape[] = [...values(1), all];
const methods: Shape[] = [...values(0), all];

/** A hook's `.data` holds what its function yields. */
const hooks: Shape[] = [
  ...typed.map(
    ([name, type]): Shape => ({
      form: 'call',
      names: [name.replace('get', 'useRemoteConfig')],
      key: 0,
      field: 'data',
      type,
    }),
  ),
  { form: 'call', names: ['useRemoteConfigValue'], key: 0, field: 'data.asBoolean()', type: 'any' },
];

/**
 * Firebase Remote Config. Sources: `api.d.ts` and `public_types.d.ts` of @firebase/remote-config 0.9 (firebase 13.2 passes it on),
 * `remoteConfig.d.ts` of @firebase/remote-config-compat 0.2, `index.d.ts` of @react-native-firebase/remote-config 21 (methods and
 * functions; 26 has functions only), `remote-config-api.d.ts` of firebase-admin 14.5, `remote-config/index.d.ts` of @angular/fire 20.1
 * (whose `...Changes` yield observables), `remote-config.d.ts` of reactfire 4.2.
 */
export const firebase: Sdk = {
  name: 'Firebase',
  families: [
    { packages: ['firebase/remote-config', '@firebase/remote-config'], shapes: functions },
    {
      packages: ['@angular/fire/remote-config'],
      shapes: [...functions, ...values(1, 'Changes', { holder: 'observable' })],
    },
    { packages: ['@react-native-firebase/remote-config'], shapes: [...functions, ...methods] },
    {
      packages: [
        'firebase/app',
        'firebase/compat/app',
        'firebase/compat/remote-config',
        '@firebase/remote-config-compat',
        '@angular/fire/compat/remote-config',
        '@react-native-firebase/app',
        'firebase-admin',
        'firebase-admin/remote-config',
      ],
      shapes: methods,
    },
    { packages: ['reactfire'], shapes: hooks },
  ],
};
