/** How one vendor's packages read flags: data only. */
export interface Sdk {
  /** For a person: `LaunchDarkly`. */
  readonly name: string;
  readonly families: readonly SdkFamily[];
}

/** Packages that share their shapes. The same method may take its key elsewhere in another family. */
interface SdkFamily {
  /** Package names; subpaths (`unleash-proxy-client/client`) count as the package. */
  readonly packages: readonly string[];
  readonly shapes: readonly Shape[];
}

type ValueType = 'boolean' | 'string' | 'number' | 'object' | 'any';

/** How a record spells the flags' keys. */
export type Spelling = 'as-is' | 'lodash-camelCase' | 'launchdarkly-camelCase';

export type Shape = CallShape | RecordShape | ComponentShape;

/** `client.variation(key, context, default)`, `useFlag(key)` */
export interface CallShape {
  readonly form: 'call';
  readonly names: readonly string[];
  /** Index of the argument that is the key. */
  readonly key: number;
  /** Index of the argument that is the default, where there is one. */
  readonly default?: number;
  /** The field of the result that holds the value; without it the result is the value. */
  readonly field?: string;
  /** The result is a promise. */
  readonly async?: true;
  readonly type: ValueType;
}

/** A function or hook that returns a record of flags: `useFlags().newCheckout`, `client.allFlags()['new-checkout']`. */
interface RecordShape {
  readonly form: 'record';
  readonly names: readonly string[];
  readonly spelling: Spelling;
}

/** `<FeatureFlag flagKey="new-checkout">` */
interface ComponentShape {
  readonly form: 'component';
  readonly names: readonly string[];
  /** Props. */
  readonly key: string;
  readonly default?: string;
  readonly type: ValueType;
}
