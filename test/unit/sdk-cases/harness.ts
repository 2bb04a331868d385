import type { SdkCase } from './case.ts';

export const harness: readonly SdkCase[] = [
  {
    name: 'browser: with and without debugging',
    text: `import { initialize } from '@harnessio/ff-javascript-client-sdk';
const client = initialize('k', target);
client.variation('a', false); client.variation('b', 'x', true).value;`,
    reads: ['a variation value default=false', 'b variation details:value default="x"'],
  },
  {
    name: 'react: one flag, a list, a record with defaults, all, a wrapper',
    text: `import { ifFeatureFlag, useFeatureFlag, useFeatureFlags, useFeatureFlagsClient } from '@harnessio/ff-react-client-sdk';
export function A() {
  const a = useFeatureFlag('a', true);
  const { b } = useFeatureFlags(['b', 'c']);
  const some = useFeatureFlags({ d: false, 'e-f': 'x' });
  const all = useFeatureFlags();
  useFeatureFlagsClient().variation('g', 1); useFeatureFlagsClient().variation('h', 1, true);
  return some.d && some['e-f'] && all.i;
}
export const B = ifFeatureFlag('j', { matchValue: 'x' })(A);`,
    reads: [
      'a useFeatureFlag value default=true',
      'b useFeatureFlags binding',
      'b useFeatureFlags other',
      'c useFeatureFlags other',
      'd useFeatureFlags other default=false',
      'e-f useFeatureFlags other default="x"',
      'g variation value default=1',
      'h variation details:value default=1',
      'd useFeatureFlags value',
      'e-f useFeatureFlags value',
      'i useFeatureFlags value',
      'j ifFeatureFlag other',
    ],
  },
  {
    name: 'server: the default comes third; react native: second',
    text: `import { Client } from '@harnessio/ff-nodejs-server-sdk';
import native from '@harnessio/ff-react-native-client-sdk';
const client = new Client('k');
export async function f(target) {
  await client.boolVariation('a', target, false); await client.stringVariation('b', target, 'x');
  await client.numberVariation('c', target, 1); await client.jsonVariation('d', target, {});
  await native.boolVariation('e', true); await native.stringVariation('f', 'y'); await native.numberVariation('g', 2); await native.jsonVariation('h', []);
}`,
    reads: [
      'a boolVariation value async boolean default=false',
      'b stringVariation value async string default="x"',
      'c numberVariation value async number default=1',
      'd jsonVariation value async object default={}',
      'e boolVariation value async boolean default=true',
      'f stringVariation value async string default="y"',
      'g numberVariation value async number default=2',
      'h jsonVariation value async object default=[]',
    ],
  },
];
