import type { TextRange } from '../core/text.ts';
import type { ArgFact, SiteUse } from '../facts/file-facts.ts';
import type { Orphan } from './definitions/orphan-reads.ts';
import type { Spelling } from './sdks/sdk.ts';

export type FlagValue = boolean | string | number;

/** What a flag of any kind may yield; an object or a list for a flag that holds JSON. */
export type Json = boolean | number | string | null | readonly Json[] | { readonly [name: string]: Json };

/** Where a flag is defined, in the one model that all definition formats are read into. */
export interface FlagDefinition {
  readonly key: string;
  readonly path: string;
  /** The key itself, for navigation. */
  readonly keyRange: TextRange;
  /** The whole entry, without a separating comma. */
  readonly range: TextRange;
  /**
   * The format: `flagd`, `openfeature-manifest`, `unleash-export`..., or in code `typescript-enum`, `-object`, `-union`, `-array`,
   * `-members` (of an interface), `-defaults` (values by key), `-flag` (declared with `flag({ key })`), `-functions` (exported).
   */
  readonly source: string;
  /** For a registry in TypeScript: the enum, object or union (`range` is its whole declaration) and the member in it. */
  readonly registry?: {
    readonly name: string;
    /** Dotted for nested objects; without the field that holds the key where entries are records. */
    readonly member: string;
    readonly range: TextRange;
    /** Entries are records with one field for the key: `{ flag: 'new-checkout', default: false }`. */
    readonly records?: true;
    /** It holds more keys than can be told: a spread, an index signature, what is inherited. */
    readonly partial?: true;
  };
  readonly type: 'boolean' | 'string' | 'number' | 'object' | 'unknown';
  /** What code falls back to, where the definition says so without deciding what people get. */
  readonly fallback?: FlagValue;
  /** Over all environments: `constant` only when it is certain that everybody gets `value`. */
  readonly state: DefinitionState;
  /** Where the source tells them apart, in its order. */
  readonly environments?: readonly { readonly name: string; readonly state: DefinitionState }[];
  /** What the flag may yield, where the source lists it. Objects are left out of `value`. */
  readonly variations?: readonly Variation[];
  readonly kind?: FlagKind;
  /** What its source says of its life. */
  readonly life?: 'archived' | 'stale';
  /** Names of environment, project, namespace: two definitions of different scopes do not contradict one another. */
  readonly scope?: string;
  readonly description?: string;
  readonly owner?: string;
  /** ISO dates. */
  readonly created?: string;
  readonly expires?: string;
}

export type DefinitionState =
  | { readonly kind: 'constant'; readonly value: FlagValue; readonly why: string }
  | { readonly kind: 'varies'; readonly why?: string }
  | { readonly kind: 'unknown' };

export interface Variation {
  readonly name?: string;
  readonly value?: FlagValue;
}

/** What a flag is for. Kill switches and permissions are meant to stay. */
export type FlagKind = 'release' | 'experiment' | 'operational' | 'kill-switch' | 'permission';

/** What the expression at a read evaluates to. */
export type ReadResult =
  /** The flag's value itself (after `await` where `async`). */
  | { readonly kind: 'value'; readonly async: boolean }
  /** An object that holds the value (or, for Unleash variants, its name) in `field`, a dotted path as in `CallShape`. */
  | { readonly kind: 'details'; readonly field: string; readonly async: boolean }
  /** Code that depends on the flag in a way that no value stands for: the sentence says how. Never folded. */
  | { readonly kind: 'other'; readonly how: string }
  /** A binding element of a destructured record: the local name is the value, or holds it in `field`, as in `details`. */
  | { readonly kind: 'binding'; readonly field?: string }
  /** A component that renders its children when the flag is on. */
  | { readonly kind: 'component' };

/** Where code reads a flag. */
export interface FlagRead {
  readonly key: string;
  readonly path: string;
  /** The expression (call without `await`, property access, JSX element) or binding element. */
  readonly range: TextRange;
  /** The key as written: literal, constant, property name. */
  readonly keyRange: TextRange;
  /** The literal that holds the key, where `keyRange` is not all of it or is a name for it. */
  readonly written?: { readonly path: string; readonly range: TextRange };
  /** How the record that it is a member of spells keys, where not as they are. */
  readonly spelling?: Spelling;
  /** For a person: `LaunchDarkly variation`, `policy: isFeatureEnabled`. */
  readonly reader: string;
  readonly result: ReadResult;
  readonly default?: ArgFact;
  /** What the shape of the read says of the value. Left out where it says nothing (`variation`). */
  readonly type?: 'boolean' | 'string' | 'number' | 'object';
  readonly inTest: boolean;
  /** The read is true when the flag is off: `isOff('x')`, `isDisabled('x')`. */
  readonly inverted?: true;
  /** The read goes through a function of this workspace that was found to read flags. */
  readonly through?: ReaderRef;
  /** How its value is used, as far as the file tells. */
  readonly use?: SiteUse;
}

/** A reader that was inferred, by its place. */
export interface ReaderRef {
  readonly path: string;
  /** Dotted, as in `NameFact.name`: `useFeature`, `FlagService.isOn`, `useFlags().isEnabled`. */
  readonly name: string;
  /** The call yields what the inner read yields, nothing mixed in (`overrides[key] ?? read(key)` mixes). */
  readonly exact: boolean;
}

/** A function of the workspace that returns a flag read with one of its parameters as the key. */
export interface InferredReader extends ReaderRef {
  /** Its name in its declaration. */
  readonly nameRange: TextRange;
  /** Index of the parameter that is the key, and the field of it, where it is an object. */
  readonly key: number;
  readonly keyField?: string;
  /** Who reads at the end: `LaunchDarkly variation`. */
  readonly reads: string;
  /** Why it is one, as one sentence: `returns LaunchDarkly variation(key, ...) with its first parameter as the key`. */
  readonly reason: string;
}

/** A read whose key cannot be known from the source. Listed, never guessed. */
export interface DynamicRead {
  readonly path: string;
  readonly range: TextRange;
  readonly reader: string;
}

/**
 * `orphan-read`: read but defined nowhere (where definitions exist). `unused`: defined but read nowhere. `constant`: one
 * value for everybody, where that makes it a dead toggle. `expired`: past its date. `stale`: archived or stale in its source, or
 * past its type's lifetime. `live`: varies, or is meant to stay. `unknown`: nothing is known of its state.
 */
export type FlagHealth = 'orphan-read' | 'unused' | 'constant' | 'expired' | 'stale' | 'live' | 'unknown';

/** What is known of a flag's life, over all its definitions and the policy, whose word goes first. */
export interface Lifecycle {
  readonly owner?: string;
  /** ISO dates. */
  readonly created?: string;
  readonly expires?: string;
  readonly kind?: FlagKind;
  readonly life?: 'archived' | 'stale';
  readonly description?: string;
  /** Where each comes from: `policy`, or the path of a definition. */
  readonly from: Readonly<Partial<Record<'owner' | 'created' | 'expires' | 'kind' | 'life' | 'description', string>>>;
}

/** Why a flag should go by now. */
export interface Staleness {
  readonly by: 'expiry' | 'source' | 'lifetime';
  /** One clause for a person: `it expired on 2026-01-31`. */
  readonly reason: string;
}

export interface Flag {
  readonly key: string;
  readonly definitions: readonly FlagDefinition[];
  readonly reads: readonly FlagRead[];
  readonly health: FlagHealth;
  /** The value for everybody, when all definitions that know agree. */
  readonly value: FlagValue | undefined;
  readonly lifecycle: Lifecycle;
  /** As of the snapshot's day; empty for flags that are meant to stay. The strongest reason first. */
  readonly staleness: readonly Staleness[];
}

/** All that is known of flags in a workspace folder, sorted by key; reads and definitions sorted by path and offset. */
export interface Inventory {
  readonly flags: ReadonlyMap<string, Flag>;
  /** Functions that were found to read flags, sorted by path and name. */
  readonly readers: readonly InferredReader[];
  readonly dynamicReads: readonly DynamicRead[];
  /** Reads of keys that no definition knows, where definitions can tell. */
  readonly orphans: ReadonlyMap<FlagRead, Orphan>;
  /** Definition files that could not be read, with a sentence. */
  readonly problems: readonly DefinitionProblem[];
}

/** A definition file that could not be read, or a policy entry that leads nowhere. */
export interface DefinitionProblem {
  readonly path: string;
  readonly range: TextRange;
  readonly message: string;
  /** The setting of the policy that it is about, as a path in it; `range` is then told from its text. */
  readonly setting?: readonly (string | number)[];
  /** Property names of a broken file: any of them may be a key that it defines. */
  readonly mayDefine?: readonly string[];
}
