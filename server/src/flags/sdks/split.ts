import type { CallShape, Sdk, Shape } from './sdk.ts';

type Telling = Pick<CallShape, 'arity' | 'given'>;

/** A treatment is a string, there is no default: `control` stands in. */
function one(key: number, telling: Telling = {}): Shape[] {
  return [
    { form: 'call', names: ['getTreatment'], key, ...telling, type: 'string' },
    { form: 'call', names: ['getTreatmentWithConfig'], key, field: 'treatment', ...telling, type: 'string' },
  ];
}

function several(key: number, telling: Telling = {}): Shape[] {
  return [
    { form: 'call', names: ['getTreatments'], key, keys: 'array', record: '', ...telling, type: 'string' },
    {
      form: 'call',
      names: ['getTreatmentsWithConfig'],
      key,
      keys: 'array',
      record: '',
      field: 'treatment',
      ...telling,
      type: 'string',
    },
  ];
}

/** A client in a browser is one user's. */
const browser: Shape[] = [...one(0), ...several(0)];

/**
 * On a server the user comes first. The same package makes clients for browsers: there the flag stands alone, or attributes
 * follow it.
 */
const either: Shape[] = [
  ...one(0, { arity: 1 }),
  ...one(0, { given: { at: 1, as: 'object' } }),
  ...several(0, { arity: 1 }),
  ...several(0, { given: { at: 0, as: 'array' } }),
  ...one(1),
  ...several(1),
];

const names = { key: 0, keyField: 'names', keys: 'array', record: 'treatments' } as const;

const react: Shape[] = [
  { form: 'call', names: ['useTreatment'], key: 0, keyField: 'name', field: 'treatment', type: 'string' },
  {
    form: 'call',
    names: ['useTreatmentWithConfig'],
    key: 0,
    keyField: 'name',
    field: 'treatment.treatment',
    type: 'string',
  },
  // Until version 2: the names alone, and treatments with their configs.
  {
    form: 'call',
    names: ['useTreatments'],
    key: 0,
    keys: 'array',
    record: '',
    field: 'treatment',
    given: { at: 0, as: 'array' },
    type: 'string',
  },
  { form: 'call', names: ['useTreatments'], ...names, type: 'string' },
  {
    form: 'call',
    names: ['useTreatmentsWithConfig', 'useSplitTreatments'],
    ...names,
    field: 'treatment',
    type: 'string',
  },
  { form: 'call', names: ['withSplitTreatments'], key: 0, keys: 'array', effect: 'inject', type: 'string' },
  { form: 'component', names: ['SplitTreatments'], key: 'names', keys: 'array', type: 'string' },
];

const redux: Shape[] = [
  {
    form: 'call',
    names: ['getTreatments'],
    key: 0,
    keyField: 'splitNames',
    keys: 'array',
    effect: 'inject',
    type: 'any',
  },
  { form: 'call', names: ['selectTreatmentValue'], key: 1, default: 3, type: 'string' },
  { form: 'call', names: ['selectTreatmentWithConfig'], key: 1, field: 'treatment', type: 'string' },
  { form: 'call', names: ['selectTreatmentAndStatus'], key: 1, default: 3, field: 'treatment', type: 'string' },
  {
    form: 'call',
    names: ['selectTreatmentWithConfigAndStatus'],
    key: 1,
    field: 'treatment.treatment',
    type: 'string',
  },
  { form: 'call', names: ['connectToggler'], key: 0, effect: 'guard', type: 'any' },
  { form: 'call', names: ['mapTreatmentToProps', 'mapIsFeatureOnToProps'], key: 0, effect: 'inject', type: 'any' },
];

/**
 * Split, now Harness FME. Sources: `types/splitio.d.ts` of @splitsoftware/splitio-commons 3.1 (under splitio 11 and splitio-browserjs
 * 1.7), `types/` of @splitsoftware/splitio-react 2.6 and 1.13 (whose `useTreatments` took the names alone), `types/` of
 * splitio-redux 1.13, `splitio.service.d.ts` of splitio-angular 2.0. Consumers of a storage get promises: awaiting is right in all.
 */
export const split: Sdk = {
  name: 'Split',
  families: [
    { packages: ['@splitsoftware/splitio', '@splitsoftware/splitio-angular'], shapes: either },
    { packages: ['@splitsoftware/splitio-browserjs', '@splitsoftware/splitio-react-native'], shapes: browser },
    { packages: ['@splitsoftware/splitio-react'], shapes: [...browser, ...react] },
    { packages: ['@splitsoftware/splitio-redux'], shapes: redux },
  ],
};
