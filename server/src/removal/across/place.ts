import type { ts } from 'ts-morph';
import type { Look } from '../tests/set-up.ts';
import type { Known } from '../values/known.ts';
import type { Why } from '../writing/cuts.ts';
import type { Fn } from './functions.ts';
import type { View } from './view.ts';

/** What follows when a place is constant: what is known elsewhere, and parts that leave, by file. */
export interface Outcome {
  /** Expressions, and elements of destructurings whose name holds the value. */
  readonly known: readonly {
    readonly path: string;
    readonly node: ts.Expression | ts.BindingElement;
    readonly known: Known;
  }[];
  readonly leaving: readonly { readonly path: string; readonly node: ts.Node; readonly why: Why }[];
  /** Tests that a person has to look at. */
  readonly looks: readonly (Look & { readonly path: string })[];
  /** A parameter that takes an object, which leaves with what is given for it once both are empty. */
  readonly options?: {
    readonly fn: Fn;
    readonly parameter: ts.ParameterDeclaration;
    readonly given: readonly { readonly path: string; readonly node: ts.ObjectLiteralExpression }[];
    readonly why: Why;
  };
}

/** Something that holds a value which a flag made known: a parameter, a prop, a member of an object, a field, a result. */
export interface Place {
  readonly name: string;
  /** What follows if it holds that value always and everything that takes it is known; undefined otherwise. */
  outcome(view: View): Outcome | undefined;
}
