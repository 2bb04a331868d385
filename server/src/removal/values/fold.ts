import { ts } from 'ts-morph';
import { isWrapper } from '../../facts/run-time.ts';
import type { Source } from '../source.ts';
import { constantOf } from './constants.ts';
import { foldAccess, isCutShort } from './fold-access.ts';
import { foldComparison, foldConversion } from './fold-compare.ts';
import { foldChained } from './fold-promise.ts';
import { type Decided, type Folded, type Folding, result, told } from './folded.ts';
import { isBare, type Known, knownOf, type Value } from './known.ts';
import { isBooleanWhere, positionOf } from './position.ts';
import { isPure, skipParens } from './purity.ts';

/** @param derived names of constants that hold one literal or another, as flags decide: they stay names, their value is told */
export function foldingOf(
  source: Source,
  values: ReadonlyMap<ts.Node, Known>,
  derived: ReadonlyMap<ts.Node, Known> = new Map(),
): Folding {
  const memo = new Map<ts.Expression, Folded | undefined>();
  const fold = (node: ts.Expression): Folded | undefined => {
    if (memo.has(node)) return memo.get(node);
    const known = values.get(node);
    const folded = known ? result(known) : foldForm(folding, node);
    memo.set(node, folded);
    return folded;
  };
  const decide = (node: ts.Expression): Decided | undefined => {
    const folded = fold(node);
    if (folded?.known) return isBare(folded.known) ? { ...folded, value: folded.known.value } : undefined;
    if (folded?.node && folded.node !== node) {
      const inner = constantOf(source, folded.node) ?? decide(folded.node);
      return inner && { value: inner.value, effects: folded.effects, seeds: folded.seeds };
    }
    if (isWrapper(node)) return decide(node.expression);
    const held = derived.get(node);
    return held && { value: held.value, effects: [], seeds: held.seeds };
  };
  const folding: Folding = { source, values, fold, decide };
  return folding;
}

function foldForm(folding: Folding, node: ts.Expression): Folded | undefined {
  if (isWrapper(node)) {
    const inner = folding.fold(node.expression);
    return inner?.known ? inner : undefined;
  }
  if (isCutShort(folding, node)) return foldAccess(folding, node);
  if (ts.isAwaitExpression(node)) return foldAwait(folding, node);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return told(folding.decide(node.operand), (value) => !value);
  if (ts.isVoidExpression(node)) return told(folding.decide(node.expression), () => undefined);
  if (ts.isTypeOfExpression(node)) return told(folding.decide(node.expression), (value) => typeof value);
  if (ts.isBinaryExpression(node)) return foldBinary(folding, node);
  if (ts.isConditionalExpression(node)) return foldConditional(folding, node);
  return foldConversion(folding, node) ?? foldChained(folding, node) ?? foldAccess(folding, node);
}

function foldAwait(folding: Folding, node: ts.AwaitExpression): Folded | undefined {
  const inner = folding.fold(node.expression);
  if (!inner?.known) return undefined;
  const { packing } = inner.known;
  return result({ ...inner.known, packing: packing.kind === 'promise' ? packing.of : packing }, inner.effects);
}

function foldBinary(folding: Folding, node: ts.BinaryExpression): Folded | undefined {
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return foldLogical(folding, node);
    case ts.SyntaxKind.CommaToken:
      return foldComma(folding, node);
    default:
      return foldComparison(folding, node);
  }
}

function foldLogical(folding: Folding, node: ts.BinaryExpression): Folded | undefined {
  const left = folding.fold(node.left);
  const decided = folding.decide(node.left);
  if (decided) {
    const stops = stopsAt(node.operatorToken.kind, decided.value);
    if (!stops) return follow(folding, decided, node.right);
    return left ?? { effects: [], node: node.left, seeds: decided.seeds };
  }
  if (left?.known) return undefined;
  const settled = settledBy(folding, node.left, node.operatorToken.kind);
  if (settled) return { effects: [], node: node.left, seeds: settled };
  const right = folding.fold(node.right);
  if (!right?.known || !isBare(right.known) || right.effects.length > 0) return undefined;
  if (left && left.effects.length > 0) return undefined;
  return foldRight(folding, node, left, right.known);
}

/** `x && <falsy>` before `&&`, also `x && <falsy> && y`, and `x || <truthy>` before `||`: what follows is never asked for. */
function settledBy(folding: Folding, node: ts.Expression, operator: ts.SyntaxKind): Known['seeds'] | undefined {
  const inner = skipParens(node);
  if (operator === ts.SyntaxKind.QuestionQuestionToken) return undefined;
  if (!ts.isBinaryExpression(inner) || inner.operatorToken.kind !== operator) return undefined;
  const right = folding.decide(inner.right);
  if (right !== undefined && stopsAt(operator, right.value)) return right.seeds;
  return settledBy(folding, inner.left, operator);
}

function stopsAt(operator: ts.SyntaxKind, value: Value): boolean {
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return !value;
  return operator === ts.SyntaxKind.BarBarToken ? !!value : value !== null && value !== undefined;
}

/** `x && known`, `x || known`: `x` itself, or a known value after the effects of `x`, or neither where its value counts. */
function foldRight(
  folding: Folding,
  node: ts.BinaryExpression,
  left: Folded | undefined,
  right: Known,
): Folded | undefined {
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.QuestionQuestionToken) return undefined;
  const isAnd = operator === ts.SyntaxKind.AmpersandAmpersandToken;
  const position = positionOf(folding.source, node);
  // `x && true` is x, and `x || false` is x, where the value that x does not give is not asked for or is a boolean anyway.
  const passes = isAnd === !!right.value;
  const matters = right.value ? position.truthy : position.falsy;
  // What made the left side a boolean may be a comparison that folds, too: what is left of it is asked.
  const stays = (one: ts.Expression): ts.Expression | undefined => {
    const folded = folding.fold(one);
    return folded ? folded.node : one;
  };
  if (matters && !(typeof right.value === 'boolean' && isBooleanWhere(folding.source, node.left, right.value, stays)))
    return undefined;
  if (passes) return { effects: [], node: left?.node ?? node.left, seeds: [...(left?.seeds ?? []), ...right.seeds] };
  return result(right, isPure(node.left) ? [] : [effectOf(node.left)]);
}

/** What an expression does, its value left aside: `load()` of `!load()`. */
export function effectOf(node: ts.Expression): ts.Expression {
  const plain = skipParens(node);
  const isNot = ts.isPrefixUnaryExpression(plain) && plain.operator === ts.SyntaxKind.ExclamationToken;
  if (isNot) return effectOf(plain.operand);
  const isLogical = ts.isBinaryExpression(plain) && isLogicalOperator(plain.operatorToken.kind);
  return isLogical && isPure(plain.right) ? effectOf(plain.left) : plain;
}

function isLogicalOperator(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

function foldComma(folding: Folding, node: ts.BinaryExpression): Folded | undefined {
  const left = folding.fold(node.left);
  if (left?.known && isBare(left.known)) return follow(folding, left, node.right);
  const right = folding.fold(node.right);
  if (!right?.known) return undefined;
  return result(right.known, [...(isPure(node.left) ? [] : [effectOf(node.left)]), ...right.effects]);
}

function foldConditional(folding: Folding, node: ts.ConditionalExpression): Folded | undefined {
  const test = folding.decide(node.condition);
  return test && follow(folding, test, test.value ? node.whenTrue : node.whenFalse);
}

/** What `next` amounts to after `first` was decided. A literal `true` or `false` counts as known from here on. */
function follow(folding: Folding, first: Omit<Decided, 'value'>, next: ts.Expression): Folded {
  const folded = folding.fold(next);
  const seeds = [...first.seeds, ...(folded?.seeds ?? [])];
  if (folded) return { ...folded, effects: [...first.effects, ...folded.effects], seeds };
  const plain = skipParens(next);
  if (plain.kind === ts.SyntaxKind.TrueKeyword || plain.kind === ts.SyntaxKind.FalseKeyword)
    return { effects: first.effects, known: knownOf(plain.kind === ts.SyntaxKind.TrueKeyword, first), seeds };
  return { effects: first.effects, node: next, seeds };
}
