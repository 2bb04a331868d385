import type { SdkCase } from './case.ts';

export const statsig: readonly SdkCase[] = [
  {
    name: 'client: the key comes first; what holds parameters is not the value',
    text: `import { StatsigClient } from '@statsig/js-client';
import { StatsigOnDeviceEvalClient } from '@statsig/js-on-device-eval-client';
const client = new StatsigClient('k', user);
client.checkGate('a'); client.getFeatureGate('b').value; client.getDynamicConfig('c').get('param', 1); client.getExperiment('d').get('p', 'x');
client.getLayer('e').get('p', true); client.getParameterStore('f').get('p', 2);
new StatsigOnDeviceEvalClient('k').checkGate('g', user);`,
    reads: [
      'a checkGate value boolean',
      'b getFeatureGate details:value boolean',
      'c getDynamicConfig other',
      'd getExperiment other',
      'e getLayer other',
      'f getParameterStore other',
      'g checkGate value boolean',
    ],
  },
  {
    name: 'react: hooks, functions of the context',
    text: `import { useDynamicConfig, useExperiment, useFeatureGate, useGateValue, useLayer, useParameterStore, useStatsigClient } from '@statsig/react-bindings';
export function A() {
  const { checkGate, client } = useStatsigClient();
  useGateValue('a'); useFeatureGate('b').value; useDynamicConfig('c').get('p', 1); useExperiment('d'); useLayer('e'); useParameterStore('f');
  return checkGate('g') && client.checkGate('h');
}`,
    reads: [
      'a useGateValue value boolean',
      'b useFeatureGate details:value boolean',
      'c useDynamicConfig other',
      'd useExperiment other',
      'e useLayer other',
      'f useParameterStore other',
      'g checkGate value boolean',
      'h checkGate value boolean',
    ],
  },
  {
    name: 'angular: a service',
    text: `import { StatsigService } from '@statsig/angular-bindings';
class A { constructor(private readonly statsig: StatsigService) {} on() { return this.statsig.checkGate('a'); } }`,
    reads: ['a checkGate value boolean'],
  },
  {
    name: 'legacy client and hooks',
    text: `import statsig from 'statsig-js';
import { Statsig, useConfig, useConfigWithExposureLoggingDisabled, useExperiment, useExperimentWithExposureLoggingDisabled, useFeatureGate, useGate, useGateWithExposureLoggingDisabled, useLayer, useLayerWithExposureLoggingDisabled } from 'statsig-react';
statsig.checkGate('a'); statsig.checkGateWithExposureLoggingDisabled('b'); statsig.getFeatureGate('c').value; statsig.getConfig('d').get('p', 1);
statsig.getConfigWithExposureLoggingDisabled('e'); statsig.getExperiment('f'); statsig.getExperimentWithExposureLoggingDisabled('g');
statsig.getLayer('h'); statsig.getLayerWithExposureLoggingDisabled('i');
export function A() {
  const { value, isLoading } = useGate('j');
  useGateWithExposureLoggingDisabled('k').value; useFeatureGate('l').gate.value; useConfig('m').config.get('p', 1); useConfigWithExposureLoggingDisabled('n');
  useExperiment('o'); useExperimentWithExposureLoggingDisabled('p'); useLayer('q'); useLayerWithExposureLoggingDisabled('r');
  return Statsig.checkGate('s');
}`,
    reads: [
      'a checkGate value boolean',
      'b checkGateWithExposureLoggingDisabled value boolean',
      'c getFeatureGate details:value boolean',
      'd getConfig other',
      'e getConfigWithExposureLoggingDisabled other',
      'f getExperiment other',
      'g getExperimentWithExposureLoggingDisabled other',
      'h getLayer other',
      'i getLayerWithExposureLoggingDisabled other',
      'j useGate details:value boolean',
      'k useGateWithExposureLoggingDisabled details:value boolean',
      'l useFeatureGate details:gate.value boolean',
      'm useConfig other',
      'n useConfigWithExposureLoggingDisabled other',
      'o useExperiment other',
      'p useExperimentWithExposureLoggingDisabled other',
      'q useLayer other',
      'r useLayerWithExposureLoggingDisabled other',
      's checkGate value boolean',
    ],
  },
  {
    name: 'server core: the user comes first',
    text: `import { Statsig } from '@statsig/statsig-node-core';
const statsig = new Statsig('k');
statsig.checkGate(user, 'a'); statsig.getFeatureGate(user, 'b').value; statsig.getDynamicConfig(user, 'c'); statsig.getExperiment(user, 'd');
statsig.getLayer(user, 'e'); statsig.getParameterStore(user, 'f');`,
    reads: [
      'a checkGate value boolean',
      'b getFeatureGate details:value boolean',
      'c getDynamicConfig other',
      'd getExperiment other',
      'e getLayer other',
      'f getParameterStore other',
    ],
  },
  {
    name: 'legacy server: a promise in version 5, at once in version 6',
    text: `import Statsig from 'statsig-node';
export async function f() {
  await Statsig.checkGate(user, 'a'); Statsig.checkGate(user, 'b'); (await Statsig.getFeatureGate(user, 'c')).value;
  await Statsig.checkGateWithExposureLoggingDisabled(user, 'd'); (await Statsig.getFeatureGateWithExposureLoggingDisabled(user, 'e')).value;
  Statsig.checkGateSync(user, 'f'); Statsig.getFeatureGateSync(user, 'g').value;
  Statsig.checkGateWithExposureLoggingDisabledSync(user, 'h'); Statsig.getFeatureGateWithExposureLoggingDisabledSync(user, 'i').value;
  Statsig.checkGateWithoutServerFallback(user, 'j'); await Statsig.getConfig(user, 'k'); Statsig.getLayerSync(user, 'l');
  await Statsig.getExperimentWithExposureLoggingDisabled(user, 'm'); Statsig.getConfigWithExposureLoggingDisabledSync(user, 'n');
  Statsig.getExperiment(user, 'o'); Statsig.getLayer(user, 'p'); Statsig.getConfigWithExposureLoggingDisabled(user, 'q');
  Statsig.getLayerWithExposureLoggingDisabled(user, 'r'); Statsig.getConfigSync(user, 's'); Statsig.getExperimentSync(user, 't');
  Statsig.getExperimentWithExposureLoggingDisabledSync(user, 'u'); Statsig.getLayerWithExposureLoggingDisabledSync(user, 'v');
}`,
    reads: [
      'a checkGate value async boolean',
      'b checkGate other boolean',
      'c getFeatureGate details:value async boolean',
      'd checkGateWithExposureLoggingDisabled value async boolean',
      'e getFeatureGateWithExposureLoggingDisabled details:value async boolean',
      'f checkGateSync value boolean',
      'g getFeatureGateSync details:value boolean',
      'h checkGateWithExposureLoggingDisabledSync value boolean',
      'i getFeatureGateWithExposureLoggingDisabledSync details:value boolean',
      'j checkGateWithoutServerFallback value boolean',
      'k getConfig other',
      'l getLayerSync other',
      'm getExperimentWithExposureLoggingDisabled other',
      'n getConfigWithExposureLoggingDisabledSync other',
      'o getExperiment other',
      'p getLayer other',
      'q getConfigWithExposureLoggingDisabled other',
      'r getLayerWithExposureLoggingDisabled other',
      's getConfigSync other',
      't getExperimentSync other',
      'u getExperimentWithExposureLoggingDisabledSync other',
      'v getLayerWithExposureLoggingDisabledSync other',
    ],
  },
];
