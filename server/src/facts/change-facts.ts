import type { TextRange } from '../core/text.ts';
import type { ExportFact } from './file-facts.ts';
import type { MutedCheck } from './muted-checks.ts';

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
  /** Hash of the same normal form with free names and property names numbered too; they stand in `names`. */
  readonly shape: string;
  /** Free names (`charge`) and property names (`.total`) in the order of their first use; imports under their imported name. */
  readonly names: readonly string[];
  /** Hashes of the normal form's token windows, for likeness. */
  readonly shingles: readonly number[];
  /** Points at which its flow branches (if, ternary, &&, ||, ??, case, loop, catch). */
  readonly branches: number;
  /** Branches that do more than choose what to render. */
  readonly logicBranches: number;
  /** It holds JSX: what it does is mostly what it looks like. */
  readonly renders: boolean;
  readonly features: readonly Feature[];
  readonly calls: readonly CallFact[];
  /** Its branches, in order: what a flag guards is told by them. */
  readonly conditions: readonly ConditionFact[];
  /** The statements of its body, in order. */
  readonly statements: readonly StatementFact[];
  /** Routes (`post /orders`) and procedures that it registers, guarded or not. */
  readonly routes: readonly string[];
  /** Parameters that it declares, by name, in order. */
  readonly parameters: readonly string[];
  /** Its function is `async`. */
  readonly async: boolean;
  /** What it takes, where the declaration itself is a function. */
  readonly signature?: readonly ParameterFact[];
}

/** What a declaration is by its form alone: enough to tell what is nearly the same, at a fifth of the price. */
export type DeclarationForm = Pick<
  Declaration,
  'id' | 'kind' | 'name' | 'container' | 'range' | 'nameRange' | 'normal' | 'shingles'
>;

export interface ParameterFact {
  /** A pattern as it is written: `{ id, name }`. */
  readonly name: string;
  /** It may be left out. */
  readonly optional: boolean;
  readonly rest: boolean;
  /** As it is written; '' without one. */
  readonly type: string;
}

/** What kinds of features there are: those that the walk itself takes, and one for each extractor in `features/`. */
export type FeatureKind =
  | 'catch'
  | 'auth'
  | 'guardable'
  | 'timeout'
  | 'default'
  | 'retry'
  | 'concurrency'
  | 'transaction'
  | 'cleanup'
  | 'auth-condition'
  | 'validation'
  | 'tested'
  | 'crypto'
  | 'tls'
  | 'cookie'
  | 'sql'
  | 'route'
  | 'status'
  | 'response'
  | 'wire-name'
  | 'member'
  | 'flag-default'
  | 'money'
  | 'boundary'
  | 'env-var'
  | 'threshold';

/** What a risk rule compares. `key` matches features of base and now; `text` is shown to a person. */
export interface Feature {
  /**
   * `guardable`: it stands where an access check would stand, but only a policy could say that it is one. `tested`: a part of a
   * condition, whatever it decides: for telling a guard that was written otherwise from a lost one.
   */
  readonly kind: FeatureKind;
  readonly key: string;
  readonly range: TextRange;
  readonly text: string;
  /**
   * The effective value where there is one: milliseconds as a decimal number, or a default's literal in one spelling. Undefined
   * where the value is not known from this file. For a catch: what it does with a failure (`handles`, `translates`, `passes`).
   */
  readonly value?: string;
  /** The value as written, for a person. */
  readonly literal?: string;
  /** For a catch: calls that it protects, in normal form. For an access check: the route that it protects, if one. */
  readonly protects?: readonly string[];
  /** For a timeout or a default: what it belongs to, for a person (`fetch`, `options.retry`). */
  readonly owner?: string;
  /**
   * For an access check: the words of its condition or names, for telling a rewritten check from a lost one. For a catch: what its
   * handler does (see `features/catch-deeds.ts`). For a value: its name, and the names of the properties beside it.
   */
  readonly words?: readonly string[];
  /** For a timeout or a default: the constant of the same file that holds the value; a change of it is told there. */
  readonly via?: string;
  /** For a default of a parameter: its index. */
  readonly index?: number;
  /** For a guard: how much of the text after it, in UTF-16 code units, runs only where the guard lets through. */
  readonly rest?: number;
}

/** A call in a declaration, for telling whether what was protected still stands, and where. */
export interface CallFact {
  /** The callee in normal form, local receivers as `_`: `stripe.charges.create`, `_.save`, `new URL`; `await this.ready` where no call is awaited. */
  readonly key: string;
  /** Its last name. */
  readonly name: string;
  readonly range: TextRange;
  /** How many catches of this declaration are around it, one in another; a callback for failures among its own arguments is one. */
  readonly caught: number;
  /** Awaited, returned, or continued with `then`: a failure of it is a rejection. */
  readonly awaited: boolean;
  /**
   * What becomes of what it gives: `awaited` (or a part of a group of promises), `returned`, `chained` (continued with `then` or `catch`,
   * and nobody waits for the chain), `bare` (nothing: it is a statement of its own), or `used` (everything else, `void` too).
   */
  readonly stands: 'awaited' | 'returned' | 'chained' | 'bare' | 'used';
  /** Names of the calls, decorators and elements in whose arguments it stands, innermost first. */
  readonly within: readonly string[];
  /** The number of its arguments; infinite with a spread. */
  readonly args: number;
}

interface StatementFact {
  readonly range: TextRange;
  /** Hash of its normal form, all locals alike. */
  readonly normal: string;
}

/** A branch and its condition, for telling what a flag guards. Early exits count: the rest of the block is a side. */
export interface ConditionFact {
  readonly condition: TextRange;
  /** Local names in the condition, with the range of the initializer they hold (`const on = flag('x')`). */
  readonly holders: readonly { readonly name: string; readonly initializer: TextRange }[];
  /** What is known of the parts of the condition on either side; names are followed to their initializers. */
  readonly operands: readonly Operand[];
  /** What runs only when the condition holds, and only when it does not. */
  readonly on: readonly TextRange[];
  readonly off: readonly TextRange[];
}

/** A part of a condition. In `a && !b` the `on` side knows that a is true and b is false; the `off` side knows nothing. */
export interface Operand {
  /** From the whole expression (`(await client.details(k)).value`) ... */
  readonly outer: TextRange;
  /** ... to the innermost expression that it takes its value from (`client.details(k)`). */
  readonly inner: TextRange;
  readonly on?: boolean;
  readonly off?: boolean;
}

/**
 * What is compared of one text of a changed file, taken for base and now. Told when it is asked for: most declarations of a changed
 * file did not change, and nobody asks what is in them.
 */
export interface ChangeFacts {
  readonly declarations: readonly Declaration[];
  readonly mutedChecks: readonly MutedCheck[];
  readonly exports: readonly ExportFact[];
}
