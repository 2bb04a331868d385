import { ts } from 'ts-morph';
import { unwrap } from './run-time.ts';

/** A boolean, number or string literal (also `-1`, `!0`, `5 * 1000`) in one spelling. */
export function literalOf(expression: ts.Expression): string | undefined {
  const node = unwrap(expression);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return 'true';
  if (node.kind === ts.SyntaxKind.FalseKeyword) return 'false';
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    const operand = unwrap(node.operand);
    return ts.isNumericLiteral(operand) ? String(Number(operand.text) === 0) : undefined;
  }
  if (ts.isStringLiteralLike(node)) return JSON.stringify(node.text);
  const number = numberOf(node);
  return number === undefined ? undefined : String(number);
}

export function numberOf(expression: ts.Expression): number | undefined {
  const node = unwrap(expression);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const inside = numberOf(node.operand);
    return inside === undefined ? undefined : -inside;
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AsteriskToken) {
    const [left, right] = [numberOf(node.left), numberOf(node.right)];
    return left === undefined || right === undefined ? undefined : left * right;
  }
  return undefined;
}
