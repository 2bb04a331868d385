import type { SdkCase } from './case.ts';

/** The same method, whose key, default or yield stands elsewhere in another package. */
export const pairs: readonly SdkCase[] = [
  {
    name: 'variation: LaunchDarkly server and client, Harness',
    text: `import { init } from '@launchdarkly/node-server-sdk';
import { createClient } from '@launchdarkly/js-client-sdk';
import { initialize } from '@harnessio/ff-javascript-client-sdk';
init('k').variation('a', 'no-default', 'x');
createClient('k', user).variation('b', 'y', 'no-default');
initialize('k', target).variation('c', 'z');`,
    reads: ['a variation value async default="x"', 'b variation value default="y"', 'c variation value default="z"'],
  },
  {
    name: 'boolVariation: LaunchDarkly server, session and React Native, Harness server and React Native',
    text: `import { init } from '@launchdarkly/node-server-sdk';
import { createLDServerSession } from '@launchdarkly/react-sdk/server';
import LDClient from 'launchdarkly-react-native-client-sdk';
import { Client } from '@harnessio/ff-nodejs-server-sdk';
import native from '@harnessio/ff-react-native-client-sdk';
export async function f() {
  await init('k').boolVariation('a', user, true); await createLDServerSession(client, user).boolVariation('b', false);
  await new LDClient().boolVariation('c', true); await new Client('k').boolVariation('d', target, false); await native.boolVariation('e', true);
}`,
    reads: [
      'a boolVariation value async boolean default=true',
      'b boolVariation value async boolean default=false',
      'c boolVariation value async boolean default=true',
      'd boolVariation value async boolean default=false',
      'e boolVariation value async boolean default=true',
    ],
  },
  {
    name: 'getTreatment: Split on a server, in a browser, in React',
    text: `import { SplitFactory } from '@splitsoftware/splitio';
import { SplitFactory as Browser } from '@splitsoftware/splitio-browserjs';
import { useSplitClient } from '@splitsoftware/splitio-react';
SplitFactory(config).client().getTreatment('user', 'a');
Browser(config).client().getTreatment('b', 'attributes');
export const A = () => useSplitClient().client.getTreatment('c', 'attributes');`,
    reads: ['a getTreatment value string', 'b getTreatment value string', 'c getTreatment value string'],
  },
  {
    name: 'checkGate: Statsig on a server, in a browser, on the device',
    text: `import { Statsig } from '@statsig/statsig-node-core';
import { StatsigClient } from '@statsig/js-client';
import { StatsigOnDeviceEvalClient } from '@statsig/js-on-device-eval-client';
new Statsig('k').checkGate('user', 'a'); new StatsigClient('k', user).checkGate('b', 'options'); new StatsigOnDeviceEvalClient('k').checkGate('c', 'user');`,
    reads: ['a checkGate value boolean', 'b checkGate value boolean', 'c checkGate value boolean'],
  },
  {
    name: 'isFeatureEnabled: PostHog in a browser and on a server, Optimizely',
    text: `import posthog from 'posthog-js';
import { PostHog } from 'posthog-node';
import { createInstance } from '@optimizely/optimizely-sdk';
posthog.isFeatureEnabled('a', { defaultValue: true });
export const f = async () => await new PostHog('k').isFeatureEnabled('b', { defaultValue: true });
createInstance({}).isFeatureEnabled('c', 'user');`,
    reads: [
      'a isFeatureEnabled value boolean default=true',
      'b isFeatureEnabled value async boolean',
      'c isFeatureEnabled value boolean',
    ],
  },
  {
    name: 'getBooleanDetails: OpenFeature on a server, in a browser, in Angular',
    text: `import { OpenFeature } from '@openfeature/server-sdk';
import { OpenFeature as Web } from '@openfeature/web-sdk';
import { FeatureFlagService } from '@openfeature/angular-sdk';
export const f = async (service: FeatureFlagService) => [
  await OpenFeature.getClient().getBooleanDetails('a', true), Web.getClient().getBooleanDetails('b', false), service.getBooleanDetails('c', true),
];`,
    reads: [
      'a getBooleanDetails details:value async boolean default=true',
      'b getBooleanDetails details:value boolean default=false',
      'c getBooleanDetails other boolean default=true',
    ],
  },
  {
    name: 'isEnabled: Unleash on a server and in a browser, PostHog',
    text: `import { initialize } from 'unleash-client';
import { UnleashClient } from 'unleash-proxy-client';
import { PostHog } from 'posthog-node';
initialize({}).isEnabled('a', {}, true); new UnleashClient({}).isEnabled('b', {}, true);
export const f = async () => (await new PostHog('k').evaluateFlags('id')).isEnabled('c', {}, true);`,
    reads: ['a isEnabled value boolean default=true', 'b isEnabled value boolean', 'c isEnabled value boolean'],
  },
  {
    name: 'useFlag: OpenFeature, Unleash, LaunchDarkly for Svelte',
    text: `import { useFlag } from '@openfeature/react-sdk';
import { useFlag as unleash } from '@unleash/proxy-client-react';
import { LD } from '@launchdarkly/svelte-client-sdk';
export const A = () => useFlag('a', false).value && unleash('b', false) && LD.useFlag('c', true);`,
    reads: ['a useFlag details:value default=false', 'b useFlag value boolean', 'c useFlag value default=true'],
  },
  {
    name: 'useFeatureFlag: ConfigCat, Harness, PostHog for React Native',
    text: `import { useFeatureFlag } from 'configcat-react';
import { useFeatureFlag as harness } from '@harnessio/ff-react-client-sdk';
import { useFeatureFlag as posthog } from 'posthog-react-native';
export const A = () => useFeatureFlag('a', false).value && harness('b', true) && posthog('c', client);`,
    reads: [
      'a useFeatureFlag details:value default=false',
      'b useFeatureFlag value default=true',
      'c useFeatureFlag value',
    ],
  },
  {
    name: 'useExperiment: GrowthBook, Statsig, Optimizely',
    text: `import { useExperiment } from '@growthbook/growthbook-react';
import { useExperiment as statsig } from '@statsig/react-bindings';
import { useExperiment as optimizely } from '@optimizely/react-sdk';
export const A = () => [useExperiment({ key: 'a', variations: [1, 2] }).value, statsig('b').get('p', 1), optimizely('c')];`,
    reads: ['a useExperiment details:value', 'b useExperiment other', 'c useExperiment details:0 string'],
  },
  {
    name: 'useFeatureGate: Statsig, and as it was',
    text: `import { useFeatureGate } from '@statsig/react-bindings';
import { useFeatureGate as legacy } from 'statsig-react';
export const A = () => useFeatureGate('a').value && legacy('b').gate.value;`,
    reads: ['a useFeatureGate details:value boolean', 'b useFeatureGate details:gate.value boolean'],
  },
  {
    name: 'getValue: ConfigCat at once, Flagsmith beside its flag',
    text: `import { getClient } from '@configcat/sdk';
import flagsmith from 'flagsmith';
getClient('k').snapshot().getValue('a', 1); flagsmith.getValue('b', { fallback: 2 });`,
    reads: ['a getValue value default=1', 'b getValue other default=2'],
  },
];

/** The same names where no flag is read. */
export const strangers: readonly SdkCase[] = [
  {
    name: 'methods of other objects',
    text: `import { theme, socket, builder } from './own';
import { EventEmitter } from 'node:events';
theme.variation('a', 1); socket.on('change:b', show); new EventEmitter().on('update:c', show); builder.run({ key: 'd', variations: [] });
theme.isOn('e'); theme.isOff('f'); theme.getTreatment('g', 'h'); theme.checkGate('i'); theme.getFeatureFlag('j'); theme.watch('k');
document.getValue('l', 1); useFeature('m'); useGate('n'); isEnabled('o'); window.posthog.isFeatureEnabled('p');`,
    reads: [],
  },
  {
    name: 'other things of the same packages',
    text: `import { init } from '@launchdarkly/node-server-sdk';
import posthog from 'posthog-js';
import { useGrowthBook } from '@growthbook/growthbook-react';
import { StatsigClient } from '@statsig/js-client';
const client = init('k');
client.track('a', user); client.on('ready', start); client.on('failed', stop); client.identify(user);
posthog.capture('b'); posthog.get_property('c'); posthog.onFeatureFlags(show); posthog.reloadFeatureFlags();
useGrowthBook().setAttributes({ d: 1 }); new StatsigClient('k').logEvent('e');`,
    reads: [],
  },
  {
    name: 'names of another family',
    text: `import { init } from '@launchdarkly/node-server-sdk';
import { UnleashClient } from 'unleash-proxy-client';
import { SplitFactory } from '@splitsoftware/splitio-browserjs';
import posthog from 'posthog-js';
init('k').isEnabled('a'); init('k').allFlags().b; new UnleashClient({}).variation('c', false); SplitFactory({}).client().checkGate('d');
posthog.isEnabled('e'); posthog.variation('f', 1); posthog.getFlag('g');`,
    reads: [],
  },
  {
    name: 'shadowed names, and the same strings elsewhere',
    text: `import { useFeatureIsOn } from '@growthbook/growthbook-react';
import posthog from 'posthog-js';
function f(useFeatureIsOn, posthog) { return useFeatureIsOn('a') && posthog.getFeatureFlag('b'); }
{ const posthog = { isFeatureEnabled: (key) => key }; posthog.isFeatureEnabled('c'); }
console.log("useFeatureIsOn('d')"); // posthog.isFeatureEnabled('e')
const text = \`posthog.isFeatureEnabled('f')\`; const keys = { isFeatureEnabled: 'g' }; track('new-cart');
export const A = () => useFeatureIsOn('yes');`,
    reads: ['yes useFeatureIsOn value boolean'],
  },
  {
    name: 'a provider that asks for no flags, treatments by sets',
    text: `import { asyncWithLDProvider } from 'launchdarkly-react-client-sdk';
import { getTreatments } from '@splitsoftware/splitio-redux';
asyncWithLDProvider({ clientSideID: 'id', context });
dispatch(getTreatments({ flagSets: ['set'] }));`,
    reads: [],
  },
];
