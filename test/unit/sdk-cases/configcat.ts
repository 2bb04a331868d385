import type { SdkCase } from './case.ts';

export const configCat: readonly SdkCase[] = [
  {
    name: 'client: promises; a snapshot: at once',
    text: `import * as configcat from '@configcat/sdk';
import { getClient } from 'configcat-js';
const client = configcat.getClient('k');
export async function f() {
  await client.getValueAsync('a', false, user); (await client.getValueDetailsAsync('b', 'x')).value;
  const snapshot = client.snapshot();
  getClient('old').getValueAsync('c', 1).then((value) => value);
  return snapshot.getValue('d', true) && snapshot.getValueDetails('e', 2).value;
}`,
    reads: [
      'a getValueAsync value async default=false',
      'b getValueDetailsAsync details:value async default="x"',
      'c getValueAsync value async default=1',
      'd getValue value default=true',
      'e getValueDetails details:value default=2',
    ],
  },
  {
    name: 'browser and node subpaths',
    text: `import { getClient } from '@configcat/sdk/browser';
import * as node from '@configcat/sdk/node';
export const f = async () => (await getClient('k').getValueAsync('a', false)) || (await node.getClient('k').getValueAsync('b', true));`,
    reads: ['a getValueAsync value async default=false', 'b getValueAsync value async default=true'],
  },
  {
    name: 'react: a hook, the client, what a component is given',
    text: `import { useConfigCatClient, useFeatureFlag, type WithConfigCatClientProps } from 'configcat-react';
export function A() {
  const { value, loading } = useFeatureFlag('a', false);
  const snapshot = useConfigCatClient().snapshot();
  return value && snapshot.getValue('b', 1) && snapshot.getValueDetails('c', 2).value;
}
export async function g({ getValue, configCatClient }: WithConfigCatClientProps) {
  await getValue('d', true); await configCatClient.getValueAsync('e', 'x'); (await configCatClient.getValueDetailsAsync('f', 'y')).value;
}`,
    reads: [
      'a useFeatureFlag details:value default=false',
      'b getValue other default=1',
      'c getValueDetails details:value default=2',
      'd getValue value async default=true',
      'e getValueAsync value async default="x"',
      'f getValueDetailsAsync details:value async default="y"',
    ],
  },
];
