import type { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import { type Known, knownOf, type Value } from './known.ts';

/**
 * What an expression amounts to with the flags fixed: `effects` are evaluated first, in order, their values dropped; then
 * the result is either a `known` value or that of `node`, a part of the expression (or a name that stands for its value).
 */
export interface Folded {
  readonly effects: readonly ts.Expression[];
  readonly known?: Known;
  readonly node?: ts.Expression;
  readonly seeds: Known['seeds'];
}

/** The value that an expression is certain to have, also where it is written otherwise than as that value. */
export interface Decided {
  readonly value: Value;
  readonly effects: readonly ts.Expression[];
  readonly seeds: Known['seeds'];
}

/** The known values of one file, and what follows from them for the expressions around. */
export interface Folding {
  readonly source: Source;
  /** Expressions (and names in shorthand properties) that are known: reads, and references to what holds them. */
  readonly values: ReadonlyMap<ts.Node, Known>;
  /** What an expression folds to; undefined when it stays an expression of its own form. */
  fold(node: ts.Expression): Folded | undefined;
  /** The value of an expression, where flags decide it. */
  decide(node: ts.Expression): Decided | undefined;
}

export function result(known: Known, effects: readonly ts.Expression[] = []): Folded {
  return { effects, known, seeds: known.seeds };
}

/** A known value that follows from one that is decided. */
export function told(from: Decided | undefined, map: (value: Value) => Value): Folded | undefined {
  return from && result(knownOf(map(from.value), from), from.effects);
}
