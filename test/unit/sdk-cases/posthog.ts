import type { SdkCase } from './case.ts';

export const postHog: readonly SdkCase[] = [
  {
    name: 'browser',
    text: `import posthog from 'posthog-js';
posthog.isFeatureEnabled('a'); posthog.isFeatureEnabled('b', { defaultValue: true, send_event: false }); posthog.getFeatureFlag('c') === 'test';
posthog.getFeatureFlagResult('d')?.enabled; posthog.getFeatureFlagResult('e')?.variant; const f = posthog.getFeatureFlagResult('f'); use(f?.enabled, f?.payload);
posthog.getFeatureFlagPayload('g'); posthog.featureFlags.getFlagVariants()['h']; posthog.onFeatureFlags((flags) => flags.includes('i'));`,
    reads: [
      'a isFeatureEnabled value boolean',
      'b isFeatureEnabled value boolean default=true',
      'c getFeatureFlag value',
      'd getFeatureFlagResult details:enabled boolean',
      'e getFeatureFlagResult details:variant string',
      'f getFeatureFlagResult details:enabled',
      'g getFeatureFlagPayload other',
      'h getFlagVariants value',
    ],
  },
  {
    name: 'react: hooks, component, client',
    text: `import { PostHogFeature, useActiveFeatureFlags, useFeatureFlagEnabled, useFeatureFlagPayload, useFeatureFlagResult, useFeatureFlagVariantKey, usePostHog } from 'posthog-js/react';
export function A() {
  const on = useFeatureFlagEnabled('a'); const off = useFeatureFlagEnabled('b', false); const variant = useFeatureFlagVariantKey('c');
  useFeatureFlagPayload('d'); useFeatureFlagResult('e')?.variant; useActiveFeatureFlags();
  const posthog = usePostHog();
  posthog.isFeatureEnabled('f'); posthog?.getFeatureFlag('g');
  return <PostHogFeature flag="h" match={true} fallback={<Old />}><New /></PostHogFeature>;
}`,
    reads: [
      'a useFeatureFlagEnabled value boolean',
      'b useFeatureFlagEnabled value boolean default=false',
      'c useFeatureFlagVariantKey value',
      'd useFeatureFlagPayload other',
      'e useFeatureFlagResult details:variant string',
      'f isFeatureEnabled value boolean',
      'g getFeatureFlag value',
      'h PostHogFeature component',
    ],
  },
  {
    name: 'react native',
    text: `import { PostHogFeature, useFeatureFlag, useFeatureFlagResult, useFeatureFlags, useFeatureFlagWithPayload, usePostHog } from 'posthog-react-native';
export function A() {
  const a = useFeatureFlag('a'); const [b, payload] = useFeatureFlagWithPayload('b'); const c = useFeatureFlagResult('c')?.enabled;
  const all = useFeatureFlags();
  return all?.d && usePostHog().getFeatureFlags()?.e && <PostHogFeature flag="f"><New /></PostHogFeature>;
}`,
    reads: [
      'a useFeatureFlag value',
      'b useFeatureFlagWithPayload details:0',
      'c useFeatureFlagResult details:enabled boolean',
      'd useFeatureFlags value',
      'e getFeatureFlags value',
      'f PostHogFeature component',
    ],
  },
  {
    name: 'nuxt: refs',
    text: `import { useFeatureFlagEnabled, useFeatureFlagPayload, useFeatureFlagVariantKey, usePostHog } from '@posthog/nuxt';
useFeatureFlagEnabled('a').value; useFeatureFlagVariantKey('b').value; useFeatureFlagPayload('c'); usePostHog()?.isFeatureEnabled('d');`,
    reads: [
      'a useFeatureFlagEnabled details:value boolean',
      'b useFeatureFlagVariantKey details:value',
      'c useFeatureFlagPayload other',
      'd isFeatureEnabled value boolean',
    ],
  },
  {
    name: 'node: one flag of a person, or all of them first',
    text: `import { PostHog } from 'posthog-node';
const client = new PostHog('k');
export async function f(id) {
  await client.isFeatureEnabled('a', id); (await client.getFeatureFlag('b', id)) === 'test'; await client.getFeatureFlagPayload('c', id);
  (await client.getFeatureFlagResult('d', id))?.enabled;
  const flags = await client.evaluateFlags(id);
  flags.isEnabled('e'); flags.getFlag('f') === 'x'; flags.getFlagPayload('g');
  const all = await client.getAllFlags(id); const { featureFlags } = await client.getAllFlagsAndPayloads(id);
  return all.h && featureFlags.i;
}`,
    reads: [
      'a isFeatureEnabled value async boolean',
      'b getFeatureFlag value async',
      'c getFeatureFlagPayload other',
      'd getFeatureFlagResult details:enabled async boolean',
      'e isEnabled value boolean',
      'f getFlag value',
      'g getFlagPayload other',
      'h getAllFlags value',
      'i getAllFlagsAndPayloads value',
    ],
  },
];
