import { ts } from 'ts-morph';
import { hashText } from '../../core/hash.ts';
import type { Feature } from '../change-facts.ts';
import { isWrapper, unwrap } from '../run-time.ts';
import type { Extractor } from './extractor.ts';

/**
 * The comparisons and names that a condition is made of. Two conditions have the same key where they differ in nothing but the
 * direction of comparisons, a bound that is one off, or negations: `i < n`, `n > i`, `i <= n - 1`. The value says which cases
 * hold, so that another spelling of the same condition has the same one. `protects` holds what runs by it: a branch that was
 * turned around with its condition is another.
 */
export const boundaryExtractor: Extractor = {
  nodes: [
    ts.SyntaxKind.IfStatement,
    ts.SyntaxKind.ConditionalExpression,
    ts.SyntaxKind.WhileStatement,
    ts.SyntaxKind.DoStatement,
    ts.SyntaxKind.ForStatement,
    ts.SyntaxKind.ReturnStatement,
    ts.SyntaxKind.ArrowFunction,
    ts.SyntaxKind.VariableDeclaration,
    ts.SyntaxKind.BinaryExpression,
    ts.SyntaxKind.PrefixUnaryExpression,
  ],
  mentions: /[<>!?]|==|&&|\|\||\bif\b|\bwhile\b|\bfor\b|=>|\breturn\b/,
  take(node, { file }) {
    const condition = conditionAt(node, file);
    if (!condition) return [];
    const parts: Part[] = [];
    const root = read(condition.expression, false, parts, file);
    const key = hashText(`${condition.owner ?? ''} ${root}`);
    const protects = (condition.runs ?? []).map((one) => hashText(one ? flat(one, file) : ''));
    return parts.map(({ at, value }, index): Feature => {
      const range = { start: at.getStart(file), end: at.end };
      return { kind: 'boundary', key: `${key} ${index}`, range, text: at.getText(file), value, protects };
    });
  },
};

/** So many characters of a part or a branch tell it from another one. */
const longest = 1000;

interface Condition {
  readonly expression: ts.Expression;
  /** What it says or decides, where that has a name: the variable, the start of a loop. */
  readonly owner?: string;
  readonly runs?: readonly (ts.Node | undefined)[];
}

/** The condition that a node holds, or is: each is met once. */
function conditionAt(node: ts.Node, file: ts.SourceFile): Condition | undefined {
  if (ts.isIfStatement(node)) return { expression: node.expression, runs: [node.thenStatement, node.elseStatement] };
  if (ts.isConditionalExpression(node))
    return { expression: node.condition, owner: '?', runs: [node.whenTrue, node.whenFalse] };
  if (ts.isWhileStatement(node) || ts.isDoStatement(node))
    return { expression: node.expression, owner: 'while', runs: [node.statement] };
  if (ts.isForStatement(node))
    return (
      node.condition && { expression: node.condition, owner: node.initializer?.getText(file), runs: [node.statement] }
    );
  if (ts.isReturnStatement(node)) return node.expression && told(node.expression, 'return');
  if (ts.isArrowFunction(node)) return ts.isBlock(node.body) ? undefined : told(node.body, '=>');
  if (ts.isVariableDeclaration(node)) return node.initializer && told(node.initializer, node.name.getText(file));
  if (!ts.isExpression(node) || !isLogic(node)) return undefined;
  let outer: ts.Node = node;
  while (isWrapper(outer.parent)) outer = outer.parent;
  return isToldByParent(outer) ? undefined : { expression: node, owner: ownerOf(outer.parent, file) };
}

/** A value that may be a condition somewhere else. */
function told(expression: ts.Expression, owner: string): Condition | undefined {
  const value = unwrap(expression);
  const isName = ts.isIdentifier(value) || ts.isPropertyAccessExpression(value) || ts.isCallExpression(value);
  return isName || isLogic(value) ? { expression: value, owner } : undefined;
}

function isToldByParent({ parent }: ts.Node): boolean {
  if (ts.isExpression(parent) && isLogic(parent)) return true;
  if (ts.isConditionalExpression(parent) || ts.isForStatement(parent)) return true;
  return (
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isDoStatement(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isArrowFunction(parent) ||
    ts.isVariableDeclaration(parent)
  );
}

function ownerOf(parent: ts.Node, file: ts.SourceFile): string {
  if (ts.isPropertyAssignment(parent) || ts.isJsxAttribute(parent)) return parent.name.getText(file);
  if (ts.isCallExpression(parent)) return parent.expression.getText(file);
  return ts.isBinaryExpression(parent) ? parent.left.getText(file) : '';
}

interface Part {
  readonly at: ts.Expression;
  readonly value: string;
}

/** The key of a condition; its parts are added in order. */
function read(expression: ts.Expression, negated: boolean, parts: Part[], file: ts.SourceFile): string {
  const node = unwrap(expression);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    const inside = unwrap(node.operand);
    if (isLogic(inside)) return read(inside, !negated, parts, file);
    parts.push({ at: node, value: negated ? 'true' : 'false' });
    return flat(inside, file);
  }
  if (ts.isBinaryExpression(node)) {
    const { left, right } = node;
    if (isJunction(node)) return `(${read(left, negated, parts, file)} ~ ${read(right, negated, parts, file)})`;
    const operator = comparisons.get(node.operatorToken.kind);
    if (operator !== undefined) return compared(node, operator, negated, parts, file);
  }
  parts.push({ at: node, value: negated ? 'false' : 'true' });
  return flat(node, file);
}

/** `a - b` against a bound: whole numbers make `a < b` and `a <= b - 1` the same. */
function compared(
  node: ts.BinaryExpression,
  operator: string,
  negated: boolean,
  parts: Part[],
  file: ts.SourceFile,
): string {
  const [left, right] = [shifted(node.left, file), shifted(node.right, file)];
  const swapped = left.text > right.text;
  const key = swapped ? `${right.text} ? ${left.text}` : `${left.text} ? ${right.text}`;
  const bound = (swapped ? -1 : 1) * (right.by - left.by);
  if (operator === '==' || operator === '!=') {
    parts.push({ at: node, value: `${(operator === '==') === negated ? 'not' : 'is'} ${bound}` });
    return key;
  }
  const upwards = operator.startsWith('>') !== swapped;
  const strict = operator.length === 1 ? 1 : 0;
  const value = upwards ? bound + strict : bound - strict;
  const [from, to] = negated ? [!upwards, upwards ? value - 1 : value + 1] : [upwards, value];
  parts.push({ at: node, value: `${from ? 'from' : 'to'} ${to}` });
  return key;
}

/** `n - 1` is `n`, shifted by -1. */
function shifted(expression: ts.Expression, file: ts.SourceFile): { text: string; by: number } {
  const node = unwrap(expression);
  if (ts.isBinaryExpression(node) && ts.isNumericLiteral(node.right) && node.right.text === '1') {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.PlusToken) return { text: flat(node.left, file), by: 1 };
    if (kind === ts.SyntaxKind.MinusToken) return { text: flat(node.left, file), by: -1 };
  }
  return { text: flat(node, file), by: 0 };
}

function isLogic(node: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.ExclamationToken;
  return ts.isBinaryExpression(node) && (isJunction(node) || comparisons.has(node.operatorToken.kind));
}

function isJunction({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
}

/** How operators that compare are written; the strict ones as the others. */
const comparisons: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.LessThanToken, '<'],
  [ts.SyntaxKind.LessThanEqualsToken, '<='],
  [ts.SyntaxKind.GreaterThanToken, '>'],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>='],
  [ts.SyntaxKind.EqualsEqualsToken, '=='],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '=='],
  [ts.SyntaxKind.ExclamationEqualsToken, '!='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '!='],
]);

function flat(node: ts.Node, file: ts.SourceFile): string {
  const start = node.getStart(file);
  return file.text.slice(start, Math.min(node.end, start + longest)).replace(/\s+/g, '');
}
