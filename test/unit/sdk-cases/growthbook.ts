import type { SdkCase } from './case.ts';

export const growthBook: readonly SdkCase[] = [
  {
    name: 'client: on, off, values, results, experiments in code',
    text: `import { GrowthBook } from '@growthbook/growthbook';
const gb = new GrowthBook({ clientKey: 'k' });
gb.isOn('a'); gb.isOff('b'); gb.getFeatureValue('c', 'blue');
gb.evalFeature('d').value; gb.feature('e').on; gb.evalFeature('f').off;
const g = gb.evalFeature('g'); use(g.on, g.source);
const { value } = gb.run({ key: 'h', variations: ['x', 'y'] });`,
    reads: [
      'a isOn value boolean',
      'b isOff value boolean off',
      'c getFeatureValue value default="blue"',
      'd evalFeature details:value',
      'e feature details:on boolean',
      'f evalFeature details:off boolean off',
      'g evalFeature details:value',
      'h run details:value',
    ],
  },
  {
    name: 'server: the user comes last, or is bound before',
    text: `import { GrowthBookClient } from '@growthbook/growthbook';
const client = new GrowthBookClient({ clientKey: 'k' });
client.isOn('a', { attributes }); client.isOff('b', user); client.getFeatureValue('c', 1, user); client.evalFeature('d', user).value;
client.runInlineExperiment({ key: 'e', variations: [0, 1] }, user).value;
const bound = client.createScopedInstance(user);
bound.isOn('f') || bound.getFeatureValue('g', 2);`,
    reads: [
      'a isOn value boolean',
      'b isOff value boolean off',
      'c getFeatureValue value default=1',
      'd evalFeature details:value',
      'e runInlineExperiment details:value',
      'f isOn value boolean',
      'g getFeatureValue value default=2',
    ],
  },
  {
    name: 'react: hooks and components',
    text: `import { FeaturesReady, FeatureString, IfFeatureEnabled, useExperiment, useFeature, useFeatureIsOn, useFeatureValue, useGrowthBook, withRunExperiment } from '@growthbook/growthbook-react';
export function A() {
  const on = useFeatureIsOn('a'); const value = useFeatureValue('b', 'x'); const c = useFeature('c').on; const { value: d } = useFeature('d');
  const e = useExperiment({ key: 'e', variations: ['x', 'y'] }).value;
  useGrowthBook().isOn('f');
  return <FeaturesReady><IfFeatureEnabled feature="g"><New /></IfFeatureEnabled><FeatureString feature="h" default="x" /></FeaturesReady>;
}
export const B = withRunExperiment(({ runExperiment }) => null);`,
    reads: [
      'a useFeatureIsOn value boolean',
      'b useFeatureValue value default="x"',
      'c useFeature details:on boolean',
      'd useFeature details:value',
      'e useExperiment details:value',
      'f isOn value boolean',
      'g IfFeatureEnabled component boolean',
      'h FeatureString component string default="x"',
    ],
  },
  {
    name: 'react: a component that is given the experiment runner',
    text: `import type { WithRunExperimentProps } from '@growthbook/growthbook-react';
export const B = ({ runExperiment }: WithRunExperimentProps) => runExperiment({ key: 'a', variations: [1, 2] }).value;`,
    reads: ['a runExperiment details:value'],
  },
];
