import type { TextRange } from '../core/text.ts';
import type { ArgFact } from '../facts/file-facts.ts';
import type { Orphan } from './definitions/orphan-reads.ts';

export type FlagValue = boolean | string | number;

/** Where a flag is defined, in the one model that all definition formats are read into. */
export interface FlagDefinition {
  readonly key: string;
  readonly path: string;
  /** The key itself, for navigation. */
  readonly keyRange: TextRange;
  /** The whole entry, without a separating comma. */
  readonly range: TextRange;
  /** The format: `flagd`, `openfeature-manifest`, `unleash-export`, `typescript-enum`, `typescript-object`, `typescript-union`. */
  readonly source: string;
  /** For a registry in TypeScript: the enum, object or union (`range` is its whole declaration) and the member in it. */
  readonly registry?: {
    readonly name: string;
    /** Dotted for nested objects; without the field that holds the key where entries are records. */
    readonly member: string;
    readonly range: TextRange;
    /** Entries are records with one field for the key: `{ flag: 'new-checkout', default: false }`. */
    readonly records?: true;
  };
  readonly type: 'boolean' | 'string' | 'number' | 'object' | 'unknown';
  /** `constant` only when it is certain that everybody gets `value`. */
  readonly state:
    | { readonly kind: 'constant'; readonly value: FlagValue; readonly why: string }
    | { readonly kind: 'varies' }
    | { readonly kind: 'unknown' };
  readonly description?: string;
  readonly owner?: string;
  /** ISO dates. */
  readonly created?: string;
  readonly expires?: string;
}

/** What the expression at a read evaluates to. */
export type ReadResult =
  /** The flag's value itself (after `await` where `async`). */
  | { readonly kind: 'value'; readonly async: boolean }
  /** An object that holds the value (or, for Unleash variants, its name) in `field`. */
  | { readonly kind: 'details'; readonly field: string; readonly async: boolean }
  /** A binding element of a destructured record: the local name is the value. */
  | { readonly kind: 'binding' }
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
  /** For a person: `LaunchDarkly variation`, `policy: isFeatureEnabled`. */
  readonly reader: string;
  readonly result: ReadResult;
  readonly default?: ArgFact;
  /** What the shape of the read says of the value. Left out where it says nothing (`variation`). */
  readonly type?: 'boolean' | 'string' | 'number' | 'object';
  readonly inTest: boolean;
}

/** A read whose key cannot be known from the source. Listed, never guessed. */
export interface DynamicRead {
  readonly path: string;
  readonly range: TextRange;
  readonly reader: string;
}

/**
 * `orphan-read`: read but defined nowhere (where definitions exist). `unused`: defined but read nowhere. `constant`: one
 * value for everybody. `live`: varies. `unknown`: nothing is known of its state.
 */
export type FlagHealth = 'orphan-read' | 'unused' | 'constant' | 'live' | 'unknown';

export interface Flag {
  readonly key: string;
  readonly definitions: readonly FlagDefinition[];
  readonly reads: readonly FlagRead[];
  readonly health: FlagHealth;
  /** The value for everybody, when all definitions that know agree. */
  readonly value: FlagValue | undefined;
}

/** All that is known of flags in a workspace folder, sorted by key; reads and definitions sorted by path and offset. */
export interface Inventory {
  readonly flags: ReadonlyMap<string, Flag>;
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
  /** Property names of a broken file: any of them may be a key that it defines. */
  readonly mayDefine?: readonly string[];
}
