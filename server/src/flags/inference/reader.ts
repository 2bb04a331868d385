import type { TextRange } from '../../core/text.ts';
import type { ValueExpr } from '../../facts/file-facts.ts';
import type { InferredReader, ReadResult } from '../flag.ts';
import type { Place, ResolvedKey } from '../resolve.ts';
import type { Spelling, ValueType } from '../sdks/sdk.ts';

/** How a function of the workspace reads a flag, wherever it stands in its file. */
export interface ReaderShape {
  /** Where the key comes from: a parameter of its own, or a key that it has fixed. */
  readonly key: ParameterKey | FixedKey;
  /** Index of the parameter that is the default. */
  readonly default?: number;
  readonly result: ReadResult;
  readonly inverted?: true;
  readonly type: ValueType;
  readonly spelling?: Spelling;
  /** Only keys that this glob covers. */
  readonly members?: string;
  /** For an element: it renders its children when the flag is on, and this prop (or nothing) when not. */
  readonly renders?: { readonly off?: string };
  /** Who reads at the end: `LaunchDarkly variation`. */
  readonly reads: string;
}

export type FixedKey = ResolvedKey & { readonly kind: 'fixed' };

export type ParameterKey = Extract<ValueExpr, { kind: 'parameter' }>;

/** A reader with all names by which it is called. */
export interface Reader {
  readonly shape: ReaderShape;
  readonly inferred: InferredReader;
  readonly places: readonly Place[];
  /** The read inside of it: its call, and its key, which are no reads of an unknown key. */
  readonly inner: readonly TextRange[];
  /** Types of its key, where they lead to a name. */
  readonly types: readonly Place[];
}

/** For a place of a file. */
export function placeId({ path, name }: Place): string {
  return `${path}\n${name}`;
}

/** `isOn` of `useFlags().isOn`; undefined where the last step is a call. */
export function lastName({ name }: Place): string | undefined {
  return /([\w$#-]+)$/.exec(name)?.[1];
}
