import type { SdkCase } from './case.ts';

export const unleash: readonly SdkCase[] = [
  {
    name: 'node: a client and functions of the module, fallbacks come third',
    text: `import { forceGetVariant, getFeatureToggleDefinition, getVariant, initialize, isEnabled } from 'unleash-client';
const unleash = initialize({ url });
unleash.isEnabled('a'); isEnabled('b', context, true); isEnabled('c', context, () => false);
unleash.getVariant('d', context, { name: 'off' }).name; getVariant('e').payload; forceGetVariant('f');
getFeatureToggleDefinition('g').enabled;`,
    reads: [
      'a isEnabled value boolean',
      'b isEnabled value boolean default=true',
      'c isEnabled value boolean default=() => false',
      'd getVariant details:name string default={ name: "off" }',
      'e getVariant details:name string',
      'f forceGetVariant details:name string',
      'g getFeatureToggleDefinition other',
    ],
  },
  {
    name: 'browser',
    text: `import { UnleashClient } from 'unleash-proxy-client';
const unleash = new UnleashClient({ url });
unleash.isEnabled('a'); unleash.getVariant('b').name;`,
    reads: ['a isEnabled value boolean', 'b getVariant details:name string'],
  },
  {
    name: 'react: hooks, the client of the context',
    text: `import { useFlag, useFlagContext, useUnleashClient, useVariant } from '@unleash/proxy-client-react';
export function A() {
  const { isEnabled, getVariant } = useFlagContext();
  return useFlag('a') && useVariant('b').name && isEnabled('c') && getVariant('d').name && useUnleashClient().isEnabled('e');
}`,
    reads: [
      'a useFlag value boolean',
      'b useVariant details:name string',
      'c isEnabled value boolean',
      'd getVariant details:name string',
      'e isEnabled value boolean',
    ],
  },
  {
    name: 'next: a promise of whether and which, a client of definitions',
    text: `import { evaluateFlags, flag, flagsClient, getDefinitions, useFlag, useVariant } from '@unleash/nextjs';
export async function Page() {
  const { enabled } = await flag('a');
  const flags = flagsClient(evaluateFlags(await getDefinitions(), {}).toggles);
  return enabled && flags.isEnabled('b') && flags.getVariant('c').name;
}
export const A = () => useFlag('d') && useVariant('e').name;`,
    reads: [
      'a flag details:enabled async boolean',
      'b isEnabled value boolean',
      'c getVariant details:name string',
      'd useFlag value boolean',
      'e useVariant details:name string',
    ],
  },
  {
    name: 'vue, svelte, solid: refs, stores, signals',
    text: `import { useFlag as vueFlag, useVariant as vueVariant } from '@unleash/proxy-client-vue';
import { useFlag as svelteFlag, useVariant as svelteVariant } from '@unleash/proxy-client-svelte';
import { useFlag as solidFlag, useUnleashClient, useVariant as solidVariant } from '@nunogois/proxy-client-solid';
vueFlag('a').value; vueVariant('b').value.name; svelteFlag('c'); svelteVariant('d'); solidFlag('e')(); solidVariant('f')().name;
useUnleashClient().isEnabled('g');`,
    reads: [
      'a useFlag details:value boolean',
      'b useVariant details:value.name string',
      'c useFlag other boolean',
      'd useVariant other string',
      'e useFlag details:() boolean',
      'f useVariant details:().name string',
      'g isEnabled value boolean',
    ],
  },
];
