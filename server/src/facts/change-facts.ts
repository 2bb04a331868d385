import type { TextRange } from '../core/text.ts';

/**
 * A declaration of one text: function, method, class, variable, property, or the module's own statements. Facts that the
 * risk rules compare are taken with it, so that no AST outlives its parse.
 */
export interface Declaration {
  /** Container path, kind and name: `class Cart > method total`. Unique in its file (a number is added to doubles). */
  readonly id: string;
  readonly kind: 'function' | 'method' | 'class' | 'variable' | 'property' | 'module';
  readonly name: string;
  readonly container: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly exported: boolean;
  /**
   * Hash of the body in normal form: without comments, layout, parentheses and type-only parts, locals renamed by order.
   * Equal hashes mean that behaviour did not change. Nested declarations that are listed on their own are left out.
   */
  readonly normal: string;
  /** Hashes of the normal form's token windows, for likeness. */
  readonly shingles: readonly string[];
  /** Points at which its flow branches (if, ternary, &&, ||, ??, case, loop, catch). */
  readonly branches: number;
  readonly features: readonly Feature[];
}

/** What a risk rule compares. `key` matches features of base and now; `text` is shown to a person. */
export interface Feature {
  readonly kind: 'catch' | 'auth' | 'timeout' | 'default';
  readonly key: string;
  readonly range: TextRange;
  readonly text: string;
  /** The effective value where there is one: milliseconds, or a default's literal as source text. */
  readonly value?: string;
  /** For a catch: calls that it protects, in normal form. For an auth check: what it protects. */
  readonly protects?: readonly string[];
}

/** A branch and its condition, for telling what a flag guards. Early exits count: the rest of the block is a side. */
export interface ConditionFact {
  readonly condition: TextRange;
  /** Local names in the condition, with the range of the initializer they hold (`const on = flag('x')`). */
  readonly holders: readonly { readonly name: string; readonly initializer: TextRange }[];
  /** What runs only when the condition holds, and only when it does not. */
  readonly on: readonly TextRange[];
  readonly off: readonly TextRange[];
}

/** What is compared of one text of a changed file. Taken for base and now, cached by content hash in memory. */
export interface ChangeFacts {
  readonly declarations: readonly Declaration[];
  readonly conditions: readonly ConditionFact[];
}
