import type { SdkCase } from './case.ts';

/** Names that the snippets of `more-vendors.ts` leave out. */
export const rest: readonly SdkCase[] = [
  {
    name: 'Flagsmith and DevCycle',
    text: `import flagsmith from 'flagsmith';
import { DevCycleCloudClient } from '@devcycle/js-cloud-server-sdk';
flagsmith.getExperimentFlag('a')?.enabled;
export const f = async (client: DevCycleCloudClient) => (await client.allVariables(user)).b.value;`,
    reads: ['a getExperimentFlag details:enabled boolean', 'b allVariables details:value'],
  },
  {
    name: 'Optimizely: parts of a feature, promises of decisions',
    text: `import { createInstance } from '@optimizely/optimizely-sdk';
import { useDecideAsync, useDecideForKeysAsync } from '@optimizely/react-sdk';
const client = createInstance({});
client.getFeatureVariableBoolean('a', 'v', 'u'); client.getFeatureVariableDouble('b', 'v', 'u'); client.getFeatureVariableInteger('c', 'v', 'u');
client.getFeatureVariableJSON('d', 'v', 'u'); client.getAllFeatureVariables('e', 'u');
export async function f() {
  const user = client.createUserContext('u');
  return (await user.decideForKeysAsync(['g']))['g'].enabled && (await user.decideAllAsync())['h'].enabled;
}
export const A = () => useDecideAsync('i').decision.enabled && useDecideForKeysAsync(['j']).decisions.j.enabled;`,
    reads: [
      'a getFeatureVariableBoolean other',
      'b getFeatureVariableDouble other',
      'c getFeatureVariableInteger other',
      'd getFeatureVariableJSON other',
      'e getAllFeatureVariables other',
      'g decideForKeysAsync details:enabled',
      'g decideForKeysAsync other',
      'h decideAllAsync details:enabled',
      'i useDecideAsync details:decision.enabled',
      'j useDecideForKeysAsync other',
      'j useDecideForKeysAsync details:enabled',
    ],
  },
  {
    name: 'Optimizely: the same of the react package',
    text: `import { createInstance, getFeatureVariables } from '@optimizely/react-sdk';
const client = createInstance({});
client.getFeatureVariableBoolean('a', 'v'); client.getFeatureVariableDouble('b', 'v'); client.getFeatureVariableInteger('c', 'v');
client.getFeatureVariableJSON('d', 'v'); client.getAllFeatureVariables('e'); client.getFeatureVariables('f');
export const g = async () => (await client.decideForKeysAsync(['h'])).h.enabled && (await client.decideAllAsync()).i.enabled;`,
    reads: [
      'a getFeatureVariableBoolean other',
      'b getFeatureVariableDouble other',
      'c getFeatureVariableInteger other',
      'd getFeatureVariableJSON other',
      'e getAllFeatureVariables other',
      'f getFeatureVariables other',
      'h decideForKeysAsync details:enabled',
      'h decideForKeysAsync other',
      'i decideAllAsync details:enabled',
    ],
  },
  {
    name: 'Eppo: all types, for any subject and for one',
    text: `import { getInstance } from '@eppo/js-client-sdk';
const eppo = getInstance();
eppo.getStringAssignment('a', 's', {}, 'x'); eppo.getStringAssignmentDetails('b', 's', {}, 'x').variation; eppo.getNumericAssignment('c', 's', {}, 1.5);
eppo.getNumericAssignmentDetails('d', 's', {}, 1.5); eppo.getIntegerAssignment('e', 's', {}, 1); eppo.getIntegerAssignmentDetails('f', 's', {}, 1);
eppo.getJSONAssignment('g', 's', {}, {}); eppo.getJSONAssignmentDetails('h', 's', {}, {}); eppo.getAssignmentDetail('i', 's');
eppo.getStringAssignment('j', 'x'); eppo.getNumericAssignment('k', 1.5); eppo.getIntegerAssignment('l', 1); eppo.getJSONAssignment('m', {});`,
    reads: [
      'a getStringAssignment value string default="x"',
      'b getStringAssignmentDetails details:variation string default="x"',
      'c getNumericAssignment value number default=1.5',
      'd getNumericAssignmentDetails details:variation number default=1.5',
      'e getIntegerAssignment value number default=1',
      'f getIntegerAssignmentDetails details:variation number default=1',
      'g getJSONAssignment value object default={}',
      'h getJSONAssignmentDetails details:variation object default={}',
      'i getAssignmentDetail details:variation.value',
      'j getStringAssignment value string default="x"',
      'k getNumericAssignment value number default=1.5',
      'l getIntegerAssignment value number default=1',
      'm getJSONAssignment value object default={}',
    ],
  },
  {
    name: 'Vercel: the name is the flag',
    text: `import { evaluate, flag, generatePermutations, getPrecomputed, precompute } from 'flags/next';
import { unstable_evaluate, unstable_flag, unstable_generatePermutations, unstable_getPrecomputed, unstable_precompute } from '@vercel/flags/next';
export const cart = flag<boolean>({ key: 'new-cart', decide: () => false });
export const old = unstable_flag({ key: 'old', decide: () => true });
const group = { inner: flag({ key: 'inner', decide: () => 1 }) };
export async function Page(request) {
  await cart(); cart(request); await cart.run({ identify: {} }); await old();
  await evaluate([cart, old]); await unstable_evaluate([cart]); await precompute([cart]); await unstable_precompute([old]);
  generatePermutations([cart]); unstable_generatePermutations([old]); getPrecomputed(cart, [cart], code); unstable_getPrecomputed(old, [old], code);
}
function other(cart) { cart(); }`,
    reads: [
      'new-cart cart value async',
      'new-cart cart value async',
      'new-cart run value async',
      'old old value async',
      'new-cart evaluate other',
      'old evaluate other',
      'new-cart unstable_evaluate other',
      'new-cart precompute other',
      'old unstable_precompute other',
      'new-cart generatePermutations other',
      'old unstable_generatePermutations other',
      'new-cart getPrecomputed other',
      'old unstable_getPrecomputed other',
    ],
  },
  {
    name: 'Firebase: texts, numbers, changes, hooks',
    text: `import { getNumber, getRemoteConfig, getString } from '@react-native-firebase/remote-config';
import { getNumberChanges, getStringChanges, getValueChanges } from '@angular/fire/remote-config';
import firebase from 'firebase/compat/app';
import { useRemoteConfigNumber, useRemoteConfigString, useRemoteConfigValue } from 'reactfire';
getString(getRemoteConfig(), 'a'); getNumber(getRemoteConfig(), 'b'); firebase.remoteConfig().getString('c'); firebase.remoteConfig().getNumber('d');
getStringChanges(config, 'e'); getNumberChanges(config, 'f'); getValueChanges(config, 'g'); useRemoteConfigString('h').data; useRemoteConfigNumber('i').data;
useRemoteConfigValue('j').data.asBoolean();`,
    reads: [
      'a getString value string',
      'b getNumber value number',
      'c getString value string',
      'd getNumber value number',
      'e getStringChanges other string',
      'f getNumberChanges other number',
      'g getValueChanges other',
      'h useRemoteConfigString details:data string',
      'i useRemoteConfigNumber details:data number',
      'j useRemoteConfigValue details:data.asBoolean()',
    ],
  },
  {
    name: 'React Native Firebase: methods',
    text: `import remoteConfig from '@react-native-firebase/remote-config';
remoteConfig().getString('a'); remoteConfig().getNumber('b');`,
    reads: ['a getString value string', 'b getNumber value number'],
  },
];
