import type { SdkCase } from './case.ts';

export const openFeature: readonly SdkCase[] = [
  {
    name: 'server: promises',
    text: `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
export async function f() {
  await client.getBooleanValue('a', false, context); (await client.getBooleanDetails('b', true)).value;
  await client.getStringValue('c', 'x'); await client.getStringDetails('d', 'x');
  await client.getNumberValue('e', 1); await client.getNumberDetails('f', 1);
  await client.getObjectValue('g', {}); const { value } = await client.getObjectDetails('h', {});
}`,
    reads: [
      'a getBooleanValue value async boolean default=false',
      'b getBooleanDetails details:value async boolean default=true',
      'c getStringValue value async string default="x"',
      'd getStringDetails details:value async string default="x"',
      'e getNumberValue value async number default=1',
      'f getNumberDetails details:value async number default=1',
      'g getObjectValue value async object default={}',
      'h getObjectDetails details:value async object default={}',
    ],
  },
  {
    name: 'web: at once',
    text: `import { OpenFeature } from '@openfeature/web-sdk';
const client = OpenFeature.getClient('domain');
client.getBooleanValue('a', false); client.getBooleanDetails('b', true).value; client.getStringValue('c', 'x');
client.getStringDetails('d', 'x'); client.getNumberValue('e', 1); client.getNumberDetails('f', 1);
client.getObjectValue('g', {}); client.getObjectDetails('h', {});`,
    reads: [
      'a getBooleanValue value boolean default=false',
      'b getBooleanDetails details:value boolean default=true',
      'c getStringValue value string default="x"',
      'd getStringDetails details:value string default="x"',
      'e getNumberValue value number default=1',
      'f getNumberDetails details:value number default=1',
      'g getObjectValue value object default={}',
      'h getObjectDetails details:value object default={}',
    ],
  },
  {
    name: 'react: queries, values, details, a component',
    text: `import { FeatureFlag, useBooleanFlagDetails, useBooleanFlagValue, useFlag, useNumberFlagDetails, useNumberFlagValue, useObjectFlagDetails, useObjectFlagValue, useStringFlagDetails, useStringFlagValue, useSuspenseFlag } from '@openfeature/react-sdk';
export function A() {
  const { value: a } = useFlag('a', false); const b = useSuspenseFlag('b', 'x').value;
  useBooleanFlagValue('c', true); useBooleanFlagDetails('d', true); useStringFlagValue('e', 'x'); useStringFlagDetails('f', 'x');
  useNumberFlagValue('g', 1); useNumberFlagDetails('h', 1); useObjectFlagValue('i', {}); useObjectFlagDetails('j', {});
  return <FeatureFlag flagKey="k" defaultValue={false} fallback={<Old />}><New /></FeatureFlag>;
}`,
    reads: [
      'a useFlag details:value default=false',
      'b useSuspenseFlag details:value default="x"',
      'c useBooleanFlagValue value boolean default=true',
      'd useBooleanFlagDetails details:value boolean default=true',
      'e useStringFlagValue value string default="x"',
      'f useStringFlagDetails details:value string default="x"',
      'g useNumberFlagValue value number default=1',
      'h useNumberFlagDetails details:value number default=1',
      'i useObjectFlagValue value object default={}',
      'j useObjectFlagDetails details:value object default={}',
      'k FeatureFlag component default=false',
    ],
  },
  {
    name: 'nest: parameters and guards',
    text: `import { BooleanFeatureFlag, NumberFeatureFlag, ObjectFeatureFlag, OpenFeatureClient, RequireFlagsEnabled, StringFeatureFlag, type Client } from '@openfeature/nestjs-sdk';
@RequireFlagsEnabled({ flags: [{ flagKey: 'a' }, { flagKey: 'b', defaultValue: true }] })
class Shop {
  constructor(@OpenFeatureClient() private readonly client: Client) {}
  @RequireFlagsEnabled({ flags: [{ flagKey: 'c' }] })
  show(
    @BooleanFeatureFlag({ flagKey: 'd', defaultValue: false }) on: Observable<EvaluationDetails<boolean>>,
    @StringFeatureFlag({ flagKey: 'e', defaultValue: 'x' }) text, @NumberFeatureFlag({ flagKey: 'f', defaultValue: 1 }) n,
    @ObjectFeatureFlag({ flagKey: 'g', defaultValue: {} }) o,
  ) { return this.client.getBooleanValue('h', false); }
}`,
    reads: [
      'a RequireFlagsEnabled other boolean',
      'b RequireFlagsEnabled other boolean default=true',
      'c RequireFlagsEnabled other boolean',
      'd BooleanFeatureFlag other boolean default=false',
      'e StringFeatureFlag other string default="x"',
      'f NumberFeatureFlag other number default=1',
      'g ObjectFeatureFlag other object default={}',
      'h getBooleanValue value async boolean default=false',
    ],
  },
  {
    name: 'angular: the service yields observables, the client does not',
    text: `import { FeatureFlagService, OpenFeature } from '@openfeature/angular-sdk';
class A {
  private readonly flags = inject(FeatureFlagService);
  a$ = this.flags.getBooleanDetails('a', false); b$ = this.flags.getStringDetails('b', 'x');
  c$ = this.flags.getNumberDetails('c', 1); d$ = this.flags.getObjectDetails('d', {});
  constructor(private readonly other: FeatureFlagService) { this.other.getBooleanDetails('e', true); }
  now() {
    const client = OpenFeature.getClient();
    return [client.getBooleanValue('f', false), client.getStringValue('g', 'x'), client.getNumberValue('h', 1), client.getObjectValue('i', {})];
  }
}`,
    reads: [
      'a getBooleanDetails other boolean default=false',
      'b getStringDetails other string default="x"',
      'c getNumberDetails other number default=1',
      'd getObjectDetails other object default={}',
      'e getBooleanDetails other boolean default=true',
      'f getBooleanValue value boolean default=false',
      'g getStringValue value string default="x"',
      'h getNumberValue value number default=1',
      'i getObjectValue value object default={}',
    ],
  },
  {
    name: 'clients of nest are those of the server, clients of react those of the web',
    text: `import { OpenFeatureClient, type Client } from '@openfeature/nestjs-sdk';
import { useOpenFeatureClient } from '@openfeature/react-sdk';
class Shop {
  @OpenFeatureClient() private client: Client;
  async f() {
    await this.client.getBooleanDetails('a', false); await this.client.getStringValue('b', 'x'); await this.client.getStringDetails('c', 'x');
    await this.client.getNumberValue('d', 1); await this.client.getNumberDetails('e', 1); await this.client.getObjectValue('f', {});
    await this.client.getObjectDetails('g', {});
  }
}
export function A() {
  const client = useOpenFeatureClient();
  client.getBooleanValue('h', false); client.getBooleanDetails('i', false); client.getStringValue('j', 'x'); client.getStringDetails('k', 'x');
  client.getNumberValue('l', 1); client.getNumberDetails('m', 1); client.getObjectValue('n', {}); client.getObjectDetails('o', {});
}`,
    reads: [
      'a getBooleanDetails details:value async boolean default=false',
      'b getStringValue value async string default="x"',
      'c getStringDetails details:value async string default="x"',
      'd getNumberValue value async number default=1',
      'e getNumberDetails details:value async number default=1',
      'f getObjectValue value async object default={}',
      'g getObjectDetails details:value async object default={}',
      'h getBooleanValue value boolean default=false',
      'i getBooleanDetails details:value boolean default=false',
      'j getStringValue value string default="x"',
      'k getStringDetails details:value string default="x"',
      'l getNumberValue value number default=1',
      'm getNumberDetails details:value number default=1',
      'n getObjectValue value object default={}',
      'o getObjectDetails details:value object default={}',
    ],
  },
  {
    name: 'keys from a generated file',
    text: `import { OpenFeature } from '@openfeature/web-sdk';
const FlagKeys = { NEW_CART: 'new-cart' } as const;
OpenFeature.getClient().getBooleanValue(FlagKeys.NEW_CART, false);`,
    reads: ['new-cart getBooleanValue value boolean default=false'],
  },
];
