import { ts } from 'ts-morph';
import type { Source } from '../source.ts';

/**
 * What the surroundings of an expression take from its value besides whether it is truthy: the value itself when it is
 * truthy, when it is falsy. In a boolean position neither is taken.
 */
export interface Position {
  readonly truthy: boolean;
  readonly falsy: boolean;
}

const anyValue: Position = { truthy: true, falsy: true };
const onlyTruth: Position = { truthy: false, falsy: false };

/** Where an expression stands: `a` in `if (a)` is only asked for its truth, `a` in `a && b` keeps its falsy value. */
export function positionOf(source: Source, node: ts.Expression, asked: Set<ts.Node> = new Set()): Position {
  const parent = node.parent;
  if (
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isNonNullExpression(parent)
  )
    return positionOf(source, parent, asked);
  if (
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isDoStatement(parent) ||
    ts.isVoidExpression(parent)
  )
    return onlyTruth;
  if (ts.isExpressionStatement(parent)) return onlyTruth;
  if (ts.isForStatement(parent)) return onlyTruth;
  if (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken) return onlyTruth;
  if (isBooleanCall(source, parent) && parent.arguments[0] === node) return onlyTruth;
  if (ts.isConditionalExpression(parent))
    return parent.condition === node ? onlyTruth : positionOf(source, parent, asked);
  if (ts.isBinaryExpression(parent)) return inBinary(source, node, parent, asked);
  if (ts.isVariableDeclaration(parent)) return inHolder(source, parent, asked);
  return anyValue;
}

function inBinary(source: Source, node: ts.Expression, parent: ts.BinaryExpression, asked: Set<ts.Node>): Position {
  const isLeft = parent.left === node;
  switch (parent.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return isLeft
        ? { truthy: false, falsy: positionOf(source, parent, asked).falsy }
        : positionOf(source, parent, asked);
    case ts.SyntaxKind.BarBarToken:
      return isLeft
        ? { truthy: positionOf(source, parent, asked).truthy, falsy: false }
        : positionOf(source, parent, asked);
    case ts.SyntaxKind.QuestionQuestionToken:
      return isLeft ? anyValue : positionOf(source, parent, asked);
    case ts.SyntaxKind.CommaToken:
      return isLeft ? onlyTruth : positionOf(source, parent, asked);
    default:
      return anyValue;
  }
}

/** The initializer of a `const` that is only ever asked for its truth stands in a boolean position too. */
function inHolder(source: Source, declaration: ts.VariableDeclaration, asked: Set<ts.Node>): Position {
  const list = declaration.parent;
  if (asked.has(declaration) || !ts.isIdentifier(declaration.name)) return anyValue;
  if (!ts.isVariableDeclarationList(list) || !(list.flags & ts.NodeFlags.Const)) return anyValue;
  const symbol = source.symbolOf(declaration.name);
  if (!symbol || declaration.type || isExportedStatement(list.parent)) return anyValue;
  asked.add(declaration);
  const references = source.referencesOf(symbol);
  if (references.length === 0) return anyValue;
  let position = onlyTruth;
  for (const reference of references) {
    const own =
      ts.isShorthandPropertyAssignment(reference.parent) || !ts.isExpression(reference)
        ? anyValue
        : positionOf(source, reference, asked);
    position = { truthy: position.truthy || own.truthy, falsy: position.falsy || own.falsy };
  }
  return position;
}

export function isExportedStatement(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword);
}

/** `Boolean(x)` of the global `Boolean`. */
export function isBooleanCall(source: Source, node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'Boolean' &&
    node.arguments.length === 1 &&
    source.symbolOf(node.expression) === undefined
  );
}

/** True when an expression is certain to yield `true` or `false`, by its form or by declared types. */
function yieldsBoolean(source: Source, node: ts.Expression, truth: boolean): boolean {
  if (isBooleanCall(source, node)) return true;
  if (ts.isParenthesizedExpression(node)) return yieldsBoolean(source, node.expression, truth);
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isBinaryExpression(node) && comparisons.has(node.operatorToken.kind)) return true;
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return true;
  // What JavaScript infers from a default or a first value binds nobody.
  if (/\.[cm]?jsx?$/.test(source.path)) return false;
  return [source.checker, source.wideChecker()].some((checker) => isBooleanType(checker, node, truth));
}

/** True when a value that is falsy is `false`, `null` or `undefined`, never a number or a text: JSX shows nothing for it. */
export function isNothingWhenFalsy(source: Source, node: ts.Expression): boolean {
  if (yieldsBoolean(source, node, false)) return true;
  const quiet = ts.TypeFlags.BooleanLike | ts.TypeFlags.Object | ts.TypeFlags.NonPrimitive | nothing;
  return [source.checker, source.wideChecker()].some((checker) => {
    const type = checker.getTypeAtLocation(node);
    const parts = type.isUnion() ? type.types : [type];
    return !/\.[cm]?jsx?$/.test(source.path) && parts.every(({ flags }) => (flags & quiet) !== 0);
  });
}

/** True when the values of a type that are truthy, or falsy, are all of them `true` or `false`. */
function isBooleanType(checker: ts.TypeChecker, node: ts.Expression, truth: boolean): boolean {
  const type = checker.getTypeAtLocation(node);
  const parts = type.isUnion() ? type.types : [type];
  const isOther = ({ flags }: ts.Type): boolean => (flags & nothing) !== 0 && truth;
  return (
    parts.some(({ flags }) => flags & ts.TypeFlags.BooleanLike) &&
    parts.every((one) => (one.flags & ts.TypeFlags.BooleanLike) !== 0 || isOther(one))
  );
}

/** Types that are never truthy. */
const nothing = ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void;

/** Operators that yield `true` or `false`. */
export const comparisons = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.InKeyword,
  ts.SyntaxKind.InstanceOfKeyword,
]);

/**
 * True when an expression, where it is truthy (`truth`) or falsy (not `truth`), is certain to be `true` or `false` itself:
 * `items && items.length > 0` may be undefined, but never a truthy value other than `true`.
 */
export function isBooleanWhere(source: Source, node: ts.Expression, truth: boolean, stays: Stays, depth = 0): boolean {
  const kept = stays(node);
  if (kept !== node) return kept !== undefined && depth <= 8 && isBooleanWhere(source, kept, truth, stays, depth + 1);
  if (yieldsBoolean(source, node, truth)) return true;
  if (depth > 8) return false;
  if (ts.isParenthesizedExpression(node)) return isBooleanWhere(source, node.expression, truth, stays, depth + 1);
  if (ts.isIdentifier(node)) {
    const held = constantOf(source, node) ?? firstState(source, node);
    return held !== undefined && isBooleanWhere(source, held, truth, stays, depth + 1);
  }
  if (!ts.isBinaryExpression(node)) return false;
  const kind = node.operatorToken.kind;
  const isAnd = kind === ts.SyntaxKind.AmpersandAmpersandToken;
  if (!isAnd && kind !== ts.SyntaxKind.BarBarToken) return false;
  const right = isBooleanWhere(source, node.right, truth, stays, depth + 1);
  return right && (isAnd === truth || isBooleanWhere(source, node.left, truth, stays, depth + 1));
}

/** What is left of an expression: itself, the part that it folds to, or undefined where a literal stands in its place. */
export type Stays = (node: ts.Expression) => ts.Expression | undefined;

/** What a state of React begins with: in TypeScript, a state that begins as a boolean stays one. */
function firstState(source: Source, id: ts.Identifier): ts.Expression | undefined {
  const element = source.symbolOf(id)?.valueDeclaration;
  if (!element || !ts.isBindingElement(element) || !/\.[cm]?tsx?$/.test(source.path)) return undefined;
  const { parent: pattern } = element;
  const call =
    ts.isArrayBindingPattern(pattern) && pattern.elements[0] === element ? pattern.parent.initializer : undefined;
  const isState = call && ts.isCallExpression(call) && /^(?:React\.)?useState$/.test(call.expression.getText());
  return isState && !call.typeArguments ? call.arguments[0] : undefined;
}

/** The initializer of a `const` of this file. */
function constantOf(source: Source, id: ts.Identifier): ts.Expression | undefined {
  const declaration = source.symbolOf(id)?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
  const { parent, initializer } = declaration;
  return ts.isVariableDeclarationList(parent) && parent.flags & ts.NodeFlags.Const ? initializer : undefined;
}
