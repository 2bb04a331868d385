import type { SdkCase } from './case.ts';

export const split: readonly SdkCase[] = [
  {
    name: 'server: the user comes first',
    text: `import { SplitFactory } from '@splitsoftware/splitio';
const client = SplitFactory({ core: { authorizationKey: 'k' } }).client();
client.getTreatment('user', 'a') === 'on'; client.getTreatment(user.id, 'b', { plan }); client.getTreatmentWithConfig(id, 'c').treatment;
const { d, e } = client.getTreatments('user', ['d', 'e']);
client.getTreatmentsWithConfig(id, ['f'], attributes).f.treatment;
export const later = async () => (await client.getTreatment('user', 'g')) === 'on';`,
    reads: [
      'a getTreatment value string',
      'b getTreatment value string',
      'c getTreatmentWithConfig details:treatment string',
      'd getTreatments binding string',
      'e getTreatments binding string',
      'd getTreatments other string',
      'e getTreatments other string',
      'f getTreatmentsWithConfig other string',
      'f getTreatmentsWithConfig details:treatment string',
      'g getTreatment value async string',
    ],
  },
  {
    name: 'the same package in a browser: the flag comes first',
    text: `import { SplitFactory } from '@splitsoftware/splitio';
const client = SplitFactory({ core: { authorizationKey: 'k', key: 'user' } }).client();
client.getTreatment('a'); client.getTreatment('b', { plan: 'pro' }); client.getTreatmentWithConfig('c'); client.getTreatmentWithConfig('d', {});
client.getTreatments(['e']).e; client.getTreatments(['f'], {}).f; client.getTreatmentsWithConfig(['g']).g.treatment;
client.getTreatmentsWithConfig(['h'], { plan: 'pro' })['h'].treatment;
client.getTreatment('i', attributes);`,
    reads: [
      'a getTreatment value string',
      'b getTreatment value string',
      'c getTreatmentWithConfig details:treatment string',
      'd getTreatmentWithConfig details:treatment string',
      'e getTreatments other string',
      'e getTreatments value string',
      'f getTreatments other string',
      'f getTreatments value string',
      'g getTreatmentsWithConfig other string',
      'g getTreatmentsWithConfig details:treatment string',
      'h getTreatmentsWithConfig other string',
      'h getTreatmentsWithConfig details:treatment string',
    ],
    // Whether the second argument names a flag or holds attributes only run time knows.
    dynamic: 1,
  },
  {
    name: 'browser package',
    text: `import { SplitFactory } from '@splitsoftware/splitio-browserjs';
const client = SplitFactory(config).client();
client.getTreatment('a', attributes); client.getTreatmentWithConfig('b', attributes).treatment;
const all = client.getTreatments(['c', KEY], attributes); all.c; all['unasked'];
client.getTreatmentsWithConfig(['d'])['d'].treatment;`,
    reads: [
      'a getTreatment value string',
      'b getTreatmentWithConfig details:treatment string',
      'c getTreatments other string',
      'c getTreatments value string',
      'd getTreatmentsWithConfig other string',
      'd getTreatmentsWithConfig details:treatment string',
    ],
    dynamic: 1,
  },
  {
    name: 'react: hooks, component, wrapper',
    text: `import { SplitTreatments, useSplitClient, useSplitTreatments, useTreatment, useTreatments, useTreatmentsWithConfig, useTreatmentWithConfig, withSplitTreatments } from '@splitsoftware/splitio-react';
export function A() {
  const { treatment } = useTreatment({ name: 'a' });
  const b = useTreatmentWithConfig({ name: 'b' }).treatment.treatment;
  const c = useTreatments({ names: ['c'] }).treatments.c;
  const { treatments } = useTreatmentsWithConfig({ names: ['d', 'e'] });
  const { treatments: { f } } = useSplitTreatments({ names: ['f'] });
  const old = useTreatments(['g']).g.treatment;
  const { client } = useSplitClient();
  client.getTreatment('h', attributes); client.getTreatmentWithConfig('i'); client.getTreatments(['j']).j; client.getTreatmentsWithConfig(['k']);
  return <SplitTreatments names={['l', 'm']}>{({ treatments }) => treatments.l.treatment}</SplitTreatments>;
  function inner() { return treatments.d.treatment + treatments['e'].treatment + f.treatment; }
}
export default withSplitTreatments(['n'])(A);`,
    reads: [
      'a useTreatment details:treatment string',
      'b useTreatmentWithConfig details:treatment.treatment string',
      'c useTreatments other string',
      'c useTreatments value string',
      'd useTreatmentsWithConfig other string',
      'e useTreatmentsWithConfig other string',
      'f useSplitTreatments binding:treatment string',
      'f useSplitTreatments other string',
      'g useTreatments other string',
      'g useTreatments details:treatment string',
      'h getTreatment value string',
      'i getTreatmentWithConfig details:treatment string',
      'j getTreatments other string',
      'j getTreatments value string',
      'k getTreatmentsWithConfig other string',
      'l SplitTreatments other string',
      'm SplitTreatments other string',
      'd useTreatmentsWithConfig details:treatment string',
      'e useTreatmentsWithConfig details:treatment string',
      'n withSplitTreatments other string',
    ],
  },
  {
    name: 'redux: actions and selectors',
    text: `import { connectToggler, getTreatments, mapIsFeatureOnToProps, mapTreatmentToProps, selectTreatmentAndStatus, selectTreatmentValue, selectTreatmentWithConfig, selectTreatmentWithConfigAndStatus } from '@splitsoftware/splitio-redux';
dispatch(getTreatments({ splitNames: ['a', 'b'] })); dispatch(getTreatments({ splitNames: 'c' })); dispatch(getTreatments({ flagSets: ['set'] }));
selectTreatmentValue(state.splitio, 'd', key, 'off'); selectTreatmentWithConfig(state.splitio, 'e').treatment;
selectTreatmentAndStatus(state.splitio, 'f').treatment; selectTreatmentWithConfigAndStatus(state.splitio, 'g').treatment.treatment;
export const A = connectToggler('h')(On, Off);
connect(mapTreatmentToProps('i'))(A); connect(mapIsFeatureOnToProps('j'))(A);`,
    reads: [
      'a getTreatments other',
      'b getTreatments other',
      'c getTreatments other',
      'd selectTreatmentValue value string default="off"',
      'e selectTreatmentWithConfig details:treatment string',
      'f selectTreatmentAndStatus details:treatment string',
      'g selectTreatmentWithConfigAndStatus details:treatment.treatment string',
      'h connectToggler other',
      'i mapTreatmentToProps other',
      'j mapIsFeatureOnToProps other',
    ],
  },
];
