import type { SdkCase } from './case.ts';

const flagsmith: readonly SdkCase[] = [
  {
    name: 'client: has, value, fallbacks in options',
    text: `import flagsmith from '@flagsmith/flagsmith';
flagsmith.hasFeature('a');
flagsmith.hasFeature('b', { fallback: true });
flagsmith.getValue('c', { json: true, fallback: [] });
flagsmith.getAllFlags().d.enabled;`,
    reads: [
      'a hasFeature value',
      'b hasFeature value default=true',
      'c getValue other default=[]',
      'd getAllFlags details:enabled',
    ],
  },
  {
    name: 'react: a list of keys, destructured, and the client of the context',
    text: `import { useFlags, useFlagsmith } from 'flagsmith/react';
export function A() {
  const { a, 'b-c': b } = useFlags(['a', 'b-c'], ['age']);
  const flags = useFlags(['d']);
  const client = useFlagsmith();
  return a.enabled && b.enabled && flags.d.enabled && client.hasFeature('e') ? <p>{a.value}</p> : null;
}`,
    reads: [
      'a useFlags binding',
      'b-c useFlags binding',
      'a useFlags other',
      'b-c useFlags other',
      'd useFlags other',
      'd useFlags details:enabled',
      'e hasFeature value',
    ],
  },
  {
    name: 'react: an experiment',
    text: `import { useExperiment } from '@flagsmith/flagsmith/react';
export const A = () => (useExperiment('a')?.enabled ? 1 : 2);`,
    reads: ['a useExperiment details:enabled'],
  },
  {
    name: 'react native, an instance of one’s own',
    text: `import { createFlagsmithInstance } from 'flagsmith/isomorphic';
import rn from 'react-native-flagsmith';
const own = createFlagsmithInstance();
own.hasFeature('a') && rn.hasFeature('b');`,
    reads: ['a hasFeature value', 'b hasFeature value'],
  },
  {
    name: 'node: flags of an identity',
    text: `import { Flagsmith } from 'flagsmith-nodejs';
const client = new Flagsmith({ environmentKey: 'k' });
export async function f(id) {
  const flags = await client.getIdentityFlags(id);
  if (flags.isFeatureEnabled('a')) return flags.getFeatureValue('b');
  return (await client.getEnvironmentFlags()).getFlag('c').enabled;
}`,
    reads: ['a isFeatureEnabled value', 'b getFeatureValue other', 'c getFlag details:enabled'],
  },
];

const devCycle: readonly SdkCase[] = [
  {
    name: 'server: user first',
    text: `import { initializeDevCycle } from '@devcycle/nodejs-server-sdk';
const client = initializeDevCycle('k');
client.variable(user, 'a', 'no-key').value;
client.variableValue(user, 'b', true);
client.allVariables(user).c.value;`,
    reads: [
      'a variable details:value default="no-key"',
      'b variableValue value default=true',
      'c allVariables details:value',
    ],
  },
  {
    name: 'server that asks the cloud: promises',
    text: `import { DevCycleCloudClient } from '@devcycle/js-cloud-server-sdk';
export async function f(client: DevCycleCloudClient) { return (await client.variableValue(user, 'a', 1)) + (await client.variable(user, 'b', 2)).value }`,
    reads: ['a variableValue value async default=1', 'b variable details:value async default=2'],
  },
  {
    name: 'client: key first, updates',
    text: `import { initializeDevCycle } from '@devcycle/js-client-sdk';
const client = initializeDevCycle('k', user);
client.variable('a', 'x').onUpdate((value) => {});
client.variableValue('b', false);
client.subscribe('variableUpdated:c', () => {});
client.subscribe('variableEvaluated:d', () => {});
client.subscribe('initialized', () => {});`,
    reads: [
      'a variable details:value default="x"',
      'b variableValue value default=false',
      'c subscribe other',
      'd subscribe other',
    ],
  },
  {
    name: 'react: hooks, component, swapped components',
    text: `import { RenderIfEnabled, SwapComponents, useDevCycleClient, useDVCVariable, useVariable, useVariableValue } from '@devcycle/react-client-sdk';
const New = SwapComponents(OldComponent, NewComponent, 'a');
export function A() {
  const value = useVariableValue('b', false);
  const variable = useVariable('c', 'x');
  const old = useDVCVariable('d', 1);
  useDevCycleClient().variableValue('e', 2);
  return <RenderIfEnabled variableKey="f">{variable.value}{old.value}</RenderIfEnabled>;
}`,
    reads: [
      'a SwapComponents other',
      'b useVariableValue value default=false',
      'c useVariable details:value default="x"',
      'd useDVCVariable details:value default=1',
      'e variableValue value default=2',
      'f RenderIfEnabled component',
    ],
  },
  {
    name: 'next: server functions of a setup, a component loaded on demand',
    text: `import { setupDevCycle } from '@devcycle/nextjs-sdk/server';
import { renderIfEnabled, useAllVariables, useVariableValue } from '@devcycle/nextjs-sdk';
export const { getVariableValue, getAllVariables } = setupDevCycle({ serverSDKKey: 'k' });
export async function Page() { const on = await getVariableValue('a', false); return (await getAllVariables()).b?.value }
export const Part = renderIfEnabled('c', () => import('./Part'));
export const Client = () => useVariableValue('d', true) && useAllVariables().e.value;`,
    reads: [
      'a getVariableValue value async default=false',
      'b getAllVariables details:value',
      'c renderIfEnabled other',
      'd useVariableValue value default=true',
      'e useAllVariables details:value',
    ],
  },
  {
    name: 'nest: guard, parameter, and a service that knows its user',
    text: `import { DevCycleClient, DevCycleService, RequireVariableValue, VariableValue } from '@devcycle/nestjs-server-sdk';
@Controller()
export class A {
  constructor(private readonly service: DevCycleService, private readonly client: DevCycleClient) {}
  @RequireVariableValue({ a: true, 'b-c': 'x' })
  get(@VariableValue({ key: 'd', default: false }) d: boolean) {
    return this.service.isEnabled('e') && this.service.variableValue('f', 1) && this.client.variableValue(user, 'g', 2);
  }
}`,
    reads: [
      'a RequireVariableValue other',
      'b-c RequireVariableValue other',
      'd VariableValue other default=false',
      'e isEnabled value',
      'f variableValue value default=1',
      'g variableValue value default=2',
    ],
  },
];

const flipt: readonly SdkCase[] = [
  {
    name: 'client with a request object',
    text: `import { FliptClient } from '@flipt-io/flipt-client-js';
const client = await FliptClient.init({ url: 'x' });
client.evaluateBoolean({ flagKey: 'a', entityId: 'b', context: {} }).enabled;
client.evaluateVariant({ entityId: 'b', flagKey: 'c', context: {} }).variantKey;
client.evaluateBatch([{ flagKey: 'd', entityId: 'e', context: {} }, { flagKey: 'f', entityId: 'e', context: {} }]);`,
    reads: [
      'a evaluateBoolean details:enabled',
      'c evaluateVariant details:variantKey',
      'd evaluateBatch other',
      'f evaluateBatch other',
    ],
  },
  {
    name: 'client with positions',
    text: `import { FliptEvaluationClient } from '@flipt-io/flipt-client';
const client = await FliptEvaluationClient.init('default', {});
client.evaluateBoolean('a', 'b', {}).enabled;
client.evaluateVariant('c', 'd', {}).variantKey;`,
    reads: ['a evaluateBoolean details:enabled', 'c evaluateVariant details:variantKey'],
  },
  {
    name: 'react: hooks with a fallback, and the client of the context',
    text: `import { useFliptBoolean, useFliptContext, useFliptVariant } from '@flipt-io/flipt-client-react';
export function A() {
  const { client } = useFliptContext();
  client?.evaluateBoolean({ flagKey: 'a', entityId: 'x', context: {} });
  return useFliptBoolean('b', false, 'x') && useFliptVariant('c', 'blue', 'x');
}`,
    reads: [
      'a evaluateBoolean details:enabled',
      'b useFliptBoolean value default=false',
      'c useFliptVariant value default="blue"',
    ],
  },
  {
    name: 'server: promises',
    text: `import { FliptClient } from '@flipt-io/flipt';
const client = new FliptClient({ url: 'x' });
export async function f() {
  const on = (await client.evaluation.boolean({ namespaceKey: 'n', flagKey: 'a', entityId: 'x', context: {} })).enabled;
  const { variantKey } = await client.evaluation.variant({ namespaceKey: 'n', flagKey: 'b', entityId: 'x', context: {} });
}`,
    reads: ['a boolean details:enabled async', 'b variant details:variantKey async'],
  },
];

const optimizely: readonly SdkCase[] = [
  {
    name: 'decisions of a user',
    text: `import { createInstance } from '@optimizely/optimizely-sdk';
const client = createInstance({ sdkKey: 'k' });
const user = client.createUserContext('id');
user.decide('a').enabled;
const decisions = user.decideForKeys(['b', 'c']);
decisions.b.enabled;
decisions['c'].variationKey;
user.decideAll().d.enabled;
(await user.decideAsync('e')).enabled;`,
    reads: [
      'a decide details:enabled',
      'b decideForKeys other',
      'c decideForKeys other',
      'b decideForKeys details:enabled',
      'c decideForKeys details:enabled',
      'd decideAll details:enabled',
      'e decideAsync details:enabled async',
    ],
  },
  {
    name: 'features, variables and experiments of the client',
    text: `import optimizely from '@optimizely/optimizely-sdk';
const client = optimizely.createInstance({ sdkKey: 'k' });
client.isFeatureEnabled('a', 'user');
client.getFeatureVariableString('b', 'colour', 'user');
client.getFeatureVariable('c', 'size', 'user');
client.activate('d', 'user') === 'on';
client.getVariation('e', 'user');`,
    reads: [
      'a isFeatureEnabled value',
      'b getFeatureVariableString other',
      'c getFeatureVariable other',
      'd activate value',
      'e getVariation value',
    ],
  },
  {
    name: 'react: tuples and components',
    text: `import { OptimizelyExperiment, OptimizelyFeature, OptimizelyVariation, useDecision, useExperiment, useFeature } from '@optimizely/react-sdk';
export function A() {
  const [decision, ready] = useDecision('a');
  const [on] = useFeature('b');
  const [variation] = useExperiment('c');
  return decision.enabled ? <OptimizelyFeature feature="d">{(on, variables) => on}</OptimizelyFeature>
    : <OptimizelyExperiment experiment="e"><OptimizelyVariation variation="x">x</OptimizelyVariation></OptimizelyExperiment>;
}`,
    reads: [
      'a useDecision details:0.enabled',
      'b useFeature details:0',
      'c useExperiment details:0',
      'd OptimizelyFeature component',
      'e OptimizelyExperiment component',
    ],
  },
  {
    name: 'react: hooks of the next version, with fields',
    text: `import { useDecide, useDecideForKeys } from '@optimizely/react-sdk';
export function A() {
  const { decision, isLoading } = useDecide('a');
  const { decisions } = useDecideForKeys(['b']);
  return decision?.enabled && decisions.b?.enabled;
}`,
    reads: ['a useDecide details:decision.enabled', 'b useDecideForKeys other', 'b useDecideForKeys details:enabled'],
  },
  {
    name: 'react: all decisions of the next version',
    text: `import { useDecideAll, useDecideAllAsync } from '@optimizely/react-sdk';
export const A = () => useDecideAll().decisions['a']?.enabled;
export const B = () => { const { decisions } = useDecideAllAsync(); return decisions.b.enabled; };`,
    reads: ['a useDecideAll details:enabled', 'b useDecideAllAsync details:enabled'],
  },
];

const eppo: readonly SdkCase[] = [
  {
    name: 'assignments and their details',
    text: `import { getInstance } from '@eppo/node-server-sdk';
const client = getInstance();
client.getBooleanAssignment('a', 'subject', {}, false);
client.getStringAssignment('b', 'subject', {}, 'x');
client.getNumericAssignment('c', 'subject', {}, 1);
client.getIntegerAssignment('d', 'subject', {}, 2);
client.getJSONAssignment('e', 'subject', {}, {});
client.getBooleanAssignmentDetails('f', 'subject', {}, true).variation;
client.getBoolAssignment('g', 'subject', {}, false);`,
    reads: [
      'a getBooleanAssignment value default=false',
      'b getStringAssignment value default="x"',
      'c getNumericAssignment value default=1',
      'd getIntegerAssignment value default=2',
      'e getJSONAssignment value default={}',
      'f getBooleanAssignmentDetails details:variation default=true',
      'g getBoolAssignment value default=false',
    ],
  },
  {
    name: 'bandits',
    text: `import * as eppo from '@eppo/js-client-sdk';
eppo.getInstance().getBanditAction('a', 'subject', {}, ['x'], 'y').variation;
eppo.getInstance().getBanditActionDetails('b', 'subject', {}, ['x'], 'z').variation;
eppo.getInstance().getBestAction('c', {}, ['x'], 'y');
eppo.getInstance().getExperimentContainerEntry({ flagKey: 'd', controlVariationEntry: 1 }, 'subject', {});`,
    reads: [
      'a getBanditAction details:variation default="y"',
      'b getBanditActionDetails details:variation default="z"',
      'c getBestAction other default="y"',
      'd getExperimentContainerEntry other',
    ],
  },
  {
    name: 'the class of the browser',
    text: `import { EppoJSClient } from '@eppo/js-client-sdk';
export function f(client: EppoJSClient) { return client.getBooleanAssignment('a', id, {}, true) }`,
    reads: ['a getBooleanAssignment value default=true'],
  },
];

const vercel: readonly SdkCase[] = [
  {
    name: 'the client without declarations',
    text: `import { createClient } from '@vercel/flags-core';
const client = createClient('key');
export async function f() {
  const all = await client.bulkEvaluate([{ key: 'b', defaultValue: 1 }]);
  return (await client.evaluate('a', false)).value && all.b.value;
}`,
    reads: [
      'b bulkEvaluate other default=1',
      'a evaluate details:value async default=false',
      'b bulkEvaluate details:value',
    ],
  },
];

const azure: readonly SdkCase[] = [
  {
    name: 'promises of a manager',
    text: `import { ConfigurationObjectFeatureFlagProvider, FeatureManager } from '@microsoft/feature-management';
const manager = new FeatureManager(new ConfigurationObjectFeatureFlagProvider(config));
export async function f() { return (await manager.isEnabled('a')) && (await manager.getVariant('b', { userId: 'x' }))?.name === 'big' }`,
    reads: ['a isEnabled value async', 'b getVariant details:name async'],
  },
];

const firebase: readonly SdkCase[] = [
  {
    name: 'functions: the instance first',
    text: `import { getAll, getBoolean, getNumber, getRemoteConfig, getString, getValue } from 'firebase/remote-config';
const rc = getRemoteConfig();
getBoolean(rc, 'a');
getString(rc, 'b');
getNumber(rc, 'c');
getValue(rc, 'd').asBoolean();
getAll(rc)['e'].asBoolean();`,
    reads: [
      'a getBoolean value',
      'b getString value',
      'c getNumber value',
      'd getValue details:asBoolean()',
      'e getAll details:asBoolean()',
    ],
  },
  {
    name: 'compat: methods',
    text: `import firebase from 'firebase/compat/app';
import 'firebase/compat/remote-config';
const rc = firebase.remoteConfig();
rc.getBoolean('a') && rc.getValue('b').asBoolean() && rc.getAll().c.asBoolean();`,
    reads: ['a getBoolean value', 'b getValue details:asBoolean()', 'c getAll details:asBoolean()'],
  },
  {
    name: 'react native: methods and functions of one package',
    text: `import remoteConfig, { getBoolean, getRemoteConfig } from '@react-native-firebase/remote-config';
remoteConfig().getValue('a').asBoolean();
remoteConfig().getBoolean('b');
getBoolean(getRemoteConfig(), 'c');`,
    reads: ['a getValue details:asBoolean()', 'b getBoolean value', 'c getBoolean value'],
  },
  {
    name: 'server, angular, react',
    text: `import { getRemoteConfig } from 'firebase-admin/remote-config';
import { getBooleanChanges, RemoteConfig } from '@angular/fire/remote-config';
import { useRemoteConfigBoolean } from 'reactfire';
export class A {
  constructor(private readonly rc: RemoteConfig) {}
  on$ = getBooleanChanges(this.rc, 'b');
}
export async function f() {
  const template = await getRemoteConfig().getServerTemplate();
  return template.evaluate().getBoolean('a');
}
export const B = () => useRemoteConfigBoolean('c').data;`,
    reads: ['b getBooleanChanges other', 'a getBoolean value', 'c useRemoteConfigBoolean details:data'],
  },
];

const amplitude: readonly SdkCase[] = [
  {
    name: 'client: a variant and all of them',
    text: `import { Experiment } from '@amplitude/experiment-js-client';
const experiment = Experiment.initialize('k');
experiment.variant('a', 'off').value === 'on';
experiment.all()['b'].value;
experiment.exposure('c');`,
    reads: ['a variant details:value default="off"', 'b all details:value', 'c exposure other'],
  },
  {
    name: 'server: remote and local',
    text: `import { Experiment } from '@amplitude/experiment-node-server';
const remote = Experiment.initializeRemote('k');
const local = Experiment.initializeLocal('k');
export async function f(user) {
  const variants = await remote.fetchV2(user);
  return variants['a']?.value === 'on' && local.evaluateV2(user, ['b']).b?.value && (await local.evaluate(user)).c?.value;
}`,
    reads: ['a fetchV2 details:value', 'b evaluateV2 details:value', 'c evaluate details:value'],
  },
];

/** The same method, whose key or default stands elsewhere in another package. */
const pairs: readonly SdkCase[] = [
  {
    name: 'variableValue: DevCycle server and client',
    text: `import { initializeDevCycle as server } from '@devcycle/nodejs-server-sdk';
import { initializeDevCycle as browser } from '@devcycle/js-client-sdk';
server('k').variableValue('user', 'a', 'x');
browser('k', user).variableValue('b', 'y');`,
    reads: ['a variableValue value default="x"', 'b variableValue value default="y"'],
  },
  {
    name: 'variableValue: service and client of DevCycle for Nest',
    text: `import type { DevCycleClient, DevCycleService } from '@devcycle/nestjs-server-sdk';
export function f(service: DevCycleService, client: DevCycleClient) {
  return service.variableValue('a', 'x') + client.variableValue('user', 'b', 'y');
}`,
    reads: ['a variableValue value default="x"', 'b variableValue value default="y"'],
  },
  {
    name: 'evaluateBoolean: Flipt with an object and with positions',
    text: `import { FliptClient } from '@flipt-io/flipt-client-js';
import { FliptEvaluationClient } from '@flipt-io/flipt-client-browser';
export function f(a: FliptClient, b: FliptEvaluationClient) {
  return a.evaluateBoolean({ flagKey: 'a', entityId: 'x', context: {} }).enabled && b.evaluateBoolean('b', 'y', {}).enabled;
}`,
    reads: ['a evaluateBoolean details:enabled', 'b evaluateBoolean details:enabled'],
  },
  {
    name: 'getBooleanAssignment: Eppo for any subject and for one',
    text: `import { getInstance, getPrecomputedInstance } from '@eppo/react-native-sdk';
getInstance().getBooleanAssignment('a', 'subject', {}, true);
getPrecomputedInstance().getBooleanAssignment('b', false);
getPrecomputedInstance().getBanditAction('c', 'x').variation;`,
    reads: [
      'a getBooleanAssignment value default=true',
      'b getBooleanAssignment value default=false',
      'c getBanditAction details:variation default="x"',
    ],
  },
  {
    name: 'getBoolean: Firebase functions and methods',
    text: `import { getBoolean, getRemoteConfig } from 'firebase/remote-config';
import firebase from 'firebase/compat/app';
getBoolean(getRemoteConfig(), 'a');
firebase.remoteConfig().getBoolean('b');`,
    reads: ['a getBoolean value', 'b getBoolean value'],
  },
  {
    name: 'isEnabled: Azure promises, Unleash does not',
    text: `import { FeatureManager } from '@microsoft/feature-management';
import { Unleash } from 'unleash-client';
export async function f(a: FeatureManager, b: Unleash) { return (await a.isEnabled('a', 'x')) && b.isEnabled('b', {}, true) }`,
    reads: ['a isEnabled value async', 'b isEnabled value default=true'],
  },
  {
    name: 'useFlags: keys asked for (Flagsmith) and all of them (LaunchDarkly)',
    text: `import { useFlags } from 'flagsmith/react';
import { useFlags as useAll } from 'launchdarkly-react-client-sdk';
export const A = () => useFlags(['a']).a.enabled && useAll().b;`,
    reads: ['a useFlags other', 'a useFlags details:enabled', 'b useFlags value'],
  },
];

/** Calls by the same names that read no flag. */
const strangers: readonly SdkCase[] = [
  {
    name: 'methods of other objects',
    text: `import { createInstance } from './own.ts';
const own = createInstance();
own.hasFeature('a'); own.getValue('b'); own.variable('c', 1); own.decide('d'); own.variant('e'); own.evaluate('f');
Promise.all([1]); new Map().getAll?.('g'); schema.boolean({ flagKey: 'h' }); device.isEnabled('i');`,
    reads: [],
  },
  {
    name: 'other things of the same packages',
    text: `import { getAuth } from 'firebase/auth';
import { getDatabase, getValue } from './database.ts';
import { getAnalytics } from 'firebase/analytics';
getAuth(); getValue(getDatabase(), 'x'); getAnalytics();`,
    reads: [],
  },
];

/** By vendor, and what is told apart. Reads are told as `key reader result default`, without the type. */
export const moreVendors = {
  flagsmith,
  devCycle,
  flipt,
  optimizely,
  eppo,
  vercel,
  azure,
  firebase,
  amplitude,
  pairs,
  strangers,
};
