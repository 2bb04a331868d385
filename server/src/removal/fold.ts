import { ts } from 'ts-morph';
import { isWrapper } from '../facts/run-time.ts';
import type { FlagValue } from '../flags/flag.ts';
import { bare, isBare, type Known, knownOf } from './known.ts';
import { isBooleanCall, isBooleanWhere, positionOf } from './position.ts';
import { isPure, skipParens } from './purity.ts';
import type { Source } from './source.ts';

/**
 * What an expression amounts to with the flags fixed: `effects` are evaluated first, in order, their values dropped; then
 * the result is either a `known` value or that of `node`, a part of the expression.
 */
export interface Folded {
  readonly effects: readonly ts.Expression[];
  readonly known?: Known;
  readonly node?: ts.Expression;
  readonly seeds: Known['seeds'];
}

/** The known values of one file, and what follows from them for the expressions around. */
export interface Folding {
  readonly source: Source;
  /** Expressions (and names in shorthand properties) that are known: reads, and references to what holds them. */
  readonly values: ReadonlyMap<ts.Node, Known>;
  /** What an expression folds to; undefined when it stays an expression of its own form. */
  fold(node: ts.Expression): Folded | undefined;
}

export function foldingOf(source: Source, values: ReadonlyMap<ts.Node, Known>): Folding {
  const memo = new Map<ts.Expression, Folded | undefined>();
  const fold = (node: ts.Expression): Folded | undefined => {
    if (memo.has(node)) return memo.get(node);
    const known = values.get(node);
    const folded = known ? result(known) : foldForm(folding, node);
    memo.set(node, folded);
    return folded;
  };
  const folding: Folding = { source, values, fold };
  return folding;
}

function result(known: Known, effects: readonly ts.Expression[] = []): Folded {
  return { effects, known, seeds: known.seeds };
}

function foldForm(folding: Folding, node: ts.Expression): Folded | undefined {
  if (isWrapper(node)) {
    const inner = folding.fold(node.expression);
    return inner?.known ? inner : undefined;
  }
  if (ts.isAwaitExpression(node)) return foldAwait(folding, node);
  if (ts.isPrefixUnaryExpression(node)) return foldNot(folding, node);
  if (ts.isTypeOfExpression(node)) return mapKnown(folding.fold(node.expression), (value) => typeof value);
  if (ts.isBinaryExpression(node)) return foldBinary(folding, node);
  if (ts.isConditionalExpression(node)) return foldConditional(folding, node);
  if (isBooleanCall(folding.source, node)) return mapKnown(folding.fold(node.arguments[0]!), Boolean);
  if (ts.isPropertyAccessExpression(node)) return foldField(folding, node);
  return undefined;
}

function mapKnown(inner: Folded | undefined, map: (value: FlagValue) => FlagValue): Folded | undefined {
  if (!inner?.known || !isBare(inner.known)) return undefined;
  return result(knownOf(map(inner.known.value), inner.known), inner.effects);
}

function foldAwait(folding: Folding, node: ts.AwaitExpression): Folded | undefined {
  const inner = folding.fold(node.expression);
  if (!inner?.known) return undefined;
  const { packing } = inner.known;
  return result({ ...inner.known, packing: packing.kind === 'promise' ? packing.of : packing }, inner.effects);
}

function foldNot(folding: Folding, node: ts.PrefixUnaryExpression): Folded | undefined {
  if (node.operator !== ts.SyntaxKind.ExclamationToken) return undefined;
  return mapKnown(folding.fold(node.operand), (value) => !value);
}

function foldField(folding: Folding, node: ts.PropertyAccessExpression): Folded | undefined {
  const inner = folding.fold(node.expression);
  if (inner?.known?.packing.kind !== 'details' || inner.known.packing.field !== node.name.text) return undefined;
  return result({ ...inner.known, packing: bare }, inner.effects);
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
  if (left?.known) {
    if (!isBare(left.known)) return undefined;
    const stops = stopsAt(node.operatorToken.kind, left.known.value);
    return stops ? left : follow(folding, left, node.right);
  }
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
  const right = folding.fold(inner.right)?.known;
  if (right !== undefined && isBare(right) && stopsAt(operator, right.value)) return right.seeds;
  return settledBy(folding, inner.left, operator);
}

function stopsAt(operator: ts.SyntaxKind, value: FlagValue): boolean {
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return !value;
  return operator === ts.SyntaxKind.BarBarToken ? !!value : true;
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
  if (matters && !(typeof right.value === 'boolean' && isBooleanWhere(folding.source, node.left, right.value)))
    return undefined;
  if (passes) return { effects: [], node: left?.node ?? node.left, seeds: [...(left?.seeds ?? []), ...right.seeds] };
  return result(right, isPure(node.left) ? [] : [effectOf(node.left)]);
}

/** What an expression does, its value left aside: `load()` of `!load()`. */
function effectOf(node: ts.Expression): ts.Expression {
  const plain = skipParens(node);
  const isNot = ts.isPrefixUnaryExpression(plain) && plain.operator === ts.SyntaxKind.ExclamationToken;
  return isNot ? effectOf(plain.operand) : plain;
}

function foldComma(folding: Folding, node: ts.BinaryExpression): Folded | undefined {
  const left = folding.fold(node.left);
  if (left?.known && isBare(left.known)) return follow(folding, left, node.right);
  const right = folding.fold(node.right);
  if (!right?.known) return undefined;
  return result(right.known, [...(isPure(node.left) ? [] : [effectOf(node.left)]), ...right.effects]);
}

function foldConditional(folding: Folding, node: ts.ConditionalExpression): Folded | undefined {
  const test = folding.fold(node.condition);
  if (!test?.known || !isBare(test.known)) return undefined;
  return follow(folding, test, test.known.value ? node.whenTrue : node.whenFalse);
}

/** What `next` amounts to after `first` was decided. A literal `true` or `false` counts as known from here on. */
function follow(folding: Folding, first: Folded, next: ts.Expression): Folded {
  const folded = folding.fold(next);
  const seeds = [...first.seeds, ...(folded?.seeds ?? [])];
  if (folded) return { ...folded, effects: [...first.effects, ...folded.effects], seeds };
  const plain = skipParens(next);
  if (plain.kind === ts.SyntaxKind.TrueKeyword || plain.kind === ts.SyntaxKind.FalseKeyword)
    return { effects: first.effects, known: knownOf(plain.kind === ts.SyntaxKind.TrueKeyword, first.known!), seeds };
  return { effects: first.effects, node: next, seeds };
}

function foldComparison(folding: Folding, node: ts.BinaryExpression): Folded | undefined {
  const left = folding.fold(node.left);
  const right = folding.fold(node.right);
  if ((left && !left.known) || (right && !right.known)) return undefined;
  const knowns = [left?.known, right?.known].filter((known) => known !== undefined);
  if (knowns.length === 0 || !knowns.every(isBare)) return undefined;
  const a = left?.known ? { value: left.known.value } : literalOf(folding.source, node.left);
  const b = right?.known ? { value: right.known.value } : literalOf(folding.source, node.right);
  if (!a || !b) return undefined;
  const outcome = compare(node.operatorToken.kind, a.value, b.value);
  if (outcome === undefined) return undefined;
  return result(knownOf(outcome, ...knowns), [...(left?.effects ?? []), ...(right?.effects ?? [])]);
}

type Literal = FlagValue | null | undefined;

function compare(operator: ts.SyntaxKind, a: Literal, b: Literal): boolean | undefined {
  const ordered = typeof a === typeof b && (typeof a === 'number' || typeof a === 'string');
  switch (operator) {
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
      return a === b;
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return a !== b;
    case ts.SyntaxKind.EqualsEqualsToken:
      // biome-ignore lint/suspicious/noDoubleEquals: the program that is folded compares loosely
      return a == b;
    case ts.SyntaxKind.ExclamationEqualsToken:
      // biome-ignore lint/suspicious/noDoubleEquals: the program that is folded compares loosely
      return a != b;
    case ts.SyntaxKind.LessThanToken:
      return ordered ? a! < b! : undefined;
    case ts.SyntaxKind.LessThanEqualsToken:
      return ordered ? a! <= b! : undefined;
    case ts.SyntaxKind.GreaterThanToken:
      return ordered ? a! > b! : undefined;
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return ordered ? a! >= b! : undefined;
    default:
      return undefined;
  }
}

/** The value of a literal, also through a `const` of this file that holds one. */
function literalOf(source: Source, node: ts.Expression): { readonly value: Literal } | undefined {
  const plain = isWrapper(node) ? node.expression : node;
  if (plain !== node) return literalOf(source, plain);
  if (ts.isStringLiteralLike(node)) return { value: node.text };
  if (ts.isNumericLiteral(node)) return { value: Number(node.text) };
  if (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.MinusToken &&
    ts.isNumericLiteral(node.operand)
  )
    return { value: -Number(node.operand.text) };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { value: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { value: false };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { value: null };
  if (!ts.isIdentifier(node)) return undefined;
  const symbol = source.symbolOf(node);
  if (!symbol) return node.text === 'undefined' ? { value: undefined } : undefined;
  const declaration = symbol.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  if (!(declaration.parent.flags & ts.NodeFlags.Const) || !ts.isVariableDeclarationList(declaration.parent))
    return undefined;
  return ts.isIdentifier(declaration.initializer) ? undefined : literalOf(source, declaration.initializer);
}
