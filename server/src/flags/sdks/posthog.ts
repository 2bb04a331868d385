import type { CallShape, Sdk, Shape } from './sdk.ts';

/** Beside `enabled`, a result tells the variant of a flag that has several. */
const result = { field: 'enabled', fields: { enabled: 'boolean', variant: 'string' } } as const;

function client(timing: Pick<CallShape, 'holder'>): Shape[] {
  return [
    { form: 'call', names: ['getFeatureFlag'], key: 0, type: 'any', ...timing },
    { form: 'call', names: ['getFeatureFlagResult'], key: 0, ...result, type: 'any', ...timing },
    { form: 'call', names: ['getFeatureFlagPayload'], key: 0, effect: 'part', type: 'any' },
  ];
}

/** Undefined until flags are loaded, where no default is given. */
const browser: Shape[] = [
  {
    form: 'call',
    names: ['isFeatureEnabled'],
    key: 0,
    default: 1,
    defaultField: 'defaultValue',
    type: 'boolean',
  },
  ...client({}),
  { form: 'record', names: ['getFlagVariants', 'getFeatureFlags'], spelling: 'as-is' },
];

const react: Shape[] = [
  { form: 'call', names: ['useFeatureFlagEnabled'], key: 0, default: 1, type: 'boolean' },
  { form: 'call', names: ['useFeatureFlagVariantKey'], key: 0, type: 'any' },
  { form: 'call', names: ['useFeatureFlagResult'], key: 0, ...result, type: 'any' },
  { form: 'call', names: ['useFeatureFlagPayload'], key: 0, effect: 'part', type: 'any' },
  { form: 'component', names: ['PostHogFeature'], key: 'flag', off: 'fallback', type: 'any' },
];

const reactNative: Shape[] = [
  { form: 'call', names: ['useFeatureFlag'], key: 0, type: 'any' },
  { form: 'call', names: ['useFeatureFlagWithPayload'], key: 0, field: '0', type: 'any' },
  { form: 'call', names: ['useFeatureFlagResult'], key: 0, ...result, type: 'any' },
  { form: 'record', names: ['useFeatureFlags'], spelling: 'as-is' },
  { form: 'component', names: ['PostHogFeature'], key: 'flag', off: 'fallback', type: 'any' },
];

/** Its composables return a Ref: the value stands in `.value`. */
const nuxt: Shape[] = [
  { form: 'call', names: ['useFeatureFlagEnabled'], key: 0, field: 'value', type: 'boolean' },
  { form: 'call', names: ['useFeatureFlagVariantKey'], key: 0, field: 'value', type: 'any' },
  { form: 'call', names: ['useFeatureFlagPayload'], key: 0, effect: 'part', type: 'any' },
];

/** A server asks for the person behind the key, or first for all flags of a person (`evaluateFlags`), and then for the key. */
const node: Shape[] = [
  { form: 'call', names: ['isFeatureEnabled'], key: 0, holder: 'promise', type: 'boolean' },
  ...client({ holder: 'promise' }),
  { form: 'call', names: ['isEnabled'], key: 0, type: 'boolean' },
  { form: 'call', names: ['getFlag'], key: 0, type: 'any' },
  { form: 'call', names: ['getFlagPayload'], key: 0, effect: 'part', type: 'any' },
  { form: 'record', names: ['getAllFlags'], spelling: 'as-is', holder: 'promise' },
  { form: 'record', names: ['getAllFlagsAndPayloads'], spelling: 'as-is', record: 'featureFlags', holder: 'promise' },
];

/**
 * Sources: `posthog-core.d.ts` of posthog-js 1.449, `index.d.ts` of @posthog/react 1.11 (posthog-js/react is the same), `types.d.ts`,
 * `client.d.ts` and `feature-flag-evaluations.d.ts` of posthog-node 5.70 (deprecates asking client and key at once, which is all that
 * version 4 has), `hooks/` of posthog-react-native 4.78, `posthog-core.d.ts` of @posthog/core 1.67, `composables/` of @posthog/nuxt 1.7.
 */
export const postHog: Sdk = {
  name: 'PostHog',
  families: [
    { packages: ['posthog-js', 'posthog-js-lite', '@posthog/core'], shapes: browser },
    { packages: ['posthog-js/react', '@posthog/react', '@posthog/next'], shapes: [...browser, ...react] },
    { packages: ['posthog-react-native'], shapes: [...browser, ...reactNative] },
    { packages: ['@posthog/nuxt'], shapes: [...browser, ...nuxt] },
    { packages: ['posthog-node'], shapes: node },
  ],
};
