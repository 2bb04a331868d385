/** How one vendor's packages read flags: data only. */
export interface Sdk {
  /** For a person: `LaunchDarkly`. */
  readonly name: string;
  readonly families: readonly SdkFamily[];
}

/** Packages that share their shapes. The same method may take its key elsewhere in another family. */
export interface SdkFamily {
  /** Package names; subpaths (`unleash-proxy-client/client`) count as the package unless they are named by themselves. */
  readonly packages: readonly string[];
  readonly shapes: readonly Shape[];
  readonly props?: readonly PropShape[];
  /** Where the vendor's guides put a client on a request: `growthbook` for `req.growthbook`, of which no import tells. */
  readonly onRequest?: string;
}

/** A prop that holds a record of flags, of components that are wrapped: `withLDConsumer()(({ flags }) => flags.newCheckout)`. */
export interface PropShape {
  readonly prop: string;
  /** Functions that wrap a component, and types of the props that they give it. */
  readonly of: readonly string[];
  readonly spelling: Spelling;
}

export type ValueType = 'boolean' | 'string' | 'number' | 'object' | 'any';

/** How a record spells the flags' keys. */
export type Spelling = 'as-is' | 'lodash-camelCase' | 'launchdarkly-camelCase';

export type Shape =
  | CallShape
  | RecordShape
  | ComponentShape
  | DirectiveShape
  | SymbolShape
  | PropertyShape
  | CollectionShape
  | EqualityShape
  | DefineShape
  | SelectorShape
  | ModuleShape;

/**
 * What wraps the value of a read, where it is not at once the value: a promise (`await` it), an observable (subscribe, or turn
 * it into a signal), a store (Svelte: `$x`). `maybe-promise`: versions of the package differ, so that only `await` makes sure.
 */
export type Holder = 'promise' | 'maybe-promise' | 'observable' | 'store';

/** `client.variation(key, context, default)`, `useFlag(key)`, `@BooleanFeatureFlag({ flagKey })` */
export interface CallShape {
  readonly form: 'call';
  readonly names: readonly string[];
  /** Index of the argument that is the key, or holds it. */
  readonly key: number;
  /** The key is this field of that argument: `useTreatment({ name: 'x' })`. */
  readonly keyField?: string;
  /** Several keys at once: an array of keys, or an object whose property names are the keys. One key alone counts as well. */
  readonly keys?: 'array' | 'properties';
  /** With `keys: 'array'`: elements are objects, and the key is this field of each: `[{ flagKey: 'x' }]`. */
  readonly elementField?: string;
  /** The key stands behind these words of a string: `client.on('change:new-checkout', ...)`. */
  readonly keyPrefix?: string;
  /** Index of the argument that is the default, or holds it. */
  readonly default?: number;
  /**
   * The default is this field of that argument: `{ defaultValue: false }`. With `elementField`: of the same element; with
   * `keys: 'properties'` and '' the property's value.
   */
  readonly defaultField?: string;
  /**
   * Where in the result the value stands, as a dotted path; without it the result is the value. A number is an element of a
   * tuple, `()` calls: `value`, `treatment.treatment`, `0.enabled`, `asBoolean()`. With `keys`: below the member for the key.
   */
  readonly field?: string;
  /**
   * Other fields that tell the value, with what they yield; `off` yields true when the flag is off. The one that the code takes
   * counts, where it takes one only.
   */
  readonly fields?: Readonly<Record<string, ValueType | 'off'>>;
  /** With `keys`: the result is a record of the keys, or holds one in this field (`treatments`; '' for the result itself). */
  readonly record?: string;
  /** The result is true when the flag is off: `isOff(key)`. */
  readonly inverted?: true;
  readonly holder?: Holder;
  /**
   * Nothing of the result is the flag's value: a decorator that guards a method, a listener, a call that only registers, a
   * part of what hangs on the flag (a variable of it, a payload).
   */
  readonly effect?: 'guard' | 'listen' | 'inject' | 'part';
  /** Only calls with that many arguments: tells overloads and clients of one package apart. */
  readonly arity?: number;
  /** Only calls with a literal of that kind at that index: tells clients of one package apart. */
  readonly given?: { readonly at: number; readonly as: 'object' | 'array' };
  /**
   * Text that a file with such a call holds, for names that are everyday words (`run`): other files need not be looked at for
   * them. A `keyPrefix` is such a text by itself.
   */
  readonly clue?: string;
  readonly type: ValueType;
}

/** A function or hook that returns a record of flags: `useFlags().newCheckout`, `client.allFlags()['new-checkout']`. */
export interface RecordShape {
  readonly form: 'record';
  readonly names: readonly string[];
  readonly spelling: Spelling;
  /** The record stands in this field of the result: `featureFlags`. */
  readonly record?: string;
  /** The field of a member that holds the value: `useFlags(['x']).x.enabled`. */
  readonly field?: string;
  readonly holder?: Holder;
}

/** `<FeatureFlag flagKey="new-checkout" fallback={...}>` */
export interface ComponentShape {
  readonly form: 'component';
  readonly names: readonly string[];
  /** The prop that is the key. */
  readonly key: string;
  /** That prop is an array of keys. */
  readonly keys?: 'array';
  readonly default?: string;
  /** Props that hold the sides; children are the on side when `on` is left out. */
  readonly on?: string;
  readonly off?: string;
  readonly type: ValueType;
}

/**
 * A structural directive of an Angular template: `*booleanFeatureFlag="'new-checkout'; default: false; else: old"`, or spelled out,
 * `[booleanFeatureFlag]="'new-checkout'" [booleanFeatureFlagDefault]="false" [booleanFeatureFlagElse]="old"`.
 */
export interface DirectiveShape {
  readonly form: 'directive';
  /** The attribute, which holds the key. */
  readonly names: readonly string[];
  /** The input of the default, without the directive's name: `default` stands for `booleanFeatureFlagDefault`. */
  readonly default?: string;
  /** The input of the template that is shown when the flag is off. */
  readonly off?: string;
  readonly type: ValueType;
}

/**
 * A function that declares a flag, so that the declared name is the flag: `export const newCheckout = flag({ key: 'new-checkout' })`.
 * Calling the name is the read.
 */
export interface SymbolShape {
  readonly form: 'symbol';
  readonly names: readonly string[];
  readonly key: number;
  readonly keyField?: string;
  readonly holder?: Holder;
  readonly type: ValueType;
}

/** Members of a place: `config.featureToggles.newCheckout`, `flags['new-checkout']`, `process.env.FEATURE_X`. */
export interface PropertyShape {
  readonly form: 'property';
  /** The place as written, dotted: `config.featureToggles`, `import.meta.env`. */
  readonly path: string;
  readonly spelling: Spelling;
  /** Only members whose name this glob covers: `FEATURE_*`. */
  readonly members?: string;
  /** The field of a member that holds the value: `toggles.x.value`; `()` where it is called. */
  readonly field?: string;
  /** Members are texts, which functions by these names make true or false of. */
  readonly text?: { readonly parsers: readonly string[] };
}

/** Keys in a collection: `features.includes('x')`, `.has('x')`. */
export interface CollectionShape {
  readonly form: 'collection';
  readonly path: string;
}

/** A place that is compared with a key: `user.group === 'beta-search'`. The read is the comparison. */
export interface EqualityShape {
  readonly form: 'equality';
  readonly path: string;
}

/** Constants that a build puts in: `__FEATURE_X__`. The name is the key. */
export interface DefineShape {
  readonly form: 'define';
  /** A glob over names of globals. */
  readonly pattern: string;
}

/**
 * A function of a store's state: with `key` one that is made for a key (`useSelector(selectFlag('x'))`), without it one that is
 * the flag itself (`useSelector(selectNewCheckout)`), by its name.
 */
export interface SelectorShape {
  readonly form: 'selector';
  readonly key?: number;
}

/** A module whose exported functions are the flags: `isNewCheckoutEnabled()`. The name of the function is the key. */
export interface ModuleShape {
  readonly form: 'module';
  /** A package, or a file counted from the workspace folder. */
  readonly from: string;
  /** What the module calls the function that was found. */
  readonly name?: string;
  /** Only functions whose name this glob covers. */
  readonly members?: string;
  readonly holder?: Holder;
}
