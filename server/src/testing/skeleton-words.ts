import { ts } from 'ts-morph';
import { own } from '../core/own.ts';

/** A condition as part of a sentence: `!user.name` is `user.name is not set`. */
export function inWords(condition: ts.Expression, file: ts.SourceFile): string {
  return clause(condition, file, true);
}

/** The opposite of a condition as part of a sentence. */
export function negatedInWords(condition: ts.Expression, file: ts.SourceFile): string {
  return clause(condition, file, false);
}

/** The text of an expression on one line, without `this.`, and not endless. */
export function said(node: ts.Node, file: ts.SourceFile): string {
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAwaitExpression(node))
    return said(node.expression, file);
  if (ts.isStringLiteralLike(node) && node.text.length <= 40) return `"${node.text}"`;
  const text = node
    .getText(file)
    .replace(/\/\*.*?\*\/|\/\/.*/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\bthis\./g, '')
    .replace(/\s*\?\./g, '.')
    .replace(/ \./g, '.')
    .trim();
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

const comparisons: Readonly<Record<number, readonly [string, string]>> = {
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: ['is', 'is not'],
  [ts.SyntaxKind.EqualsEqualsToken]: ['is', 'is not'],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: ['is not', 'is'],
  [ts.SyntaxKind.ExclamationEqualsToken]: ['is not', 'is'],
  [ts.SyntaxKind.GreaterThanToken]: ['is greater than', 'is at most'],
  [ts.SyntaxKind.LessThanToken]: ['is less than', 'is at least'],
  [ts.SyntaxKind.GreaterThanEqualsToken]: ['is at least', 'is less than'],
  [ts.SyntaxKind.LessThanEqualsToken]: ['is at most', 'is greater than'],
};

const methods: Readonly<Record<string, readonly [string, string]>> = {
  includes: ['includes', 'does not include'],
  has: ['has', 'does not have'],
  startsWith: ['starts with', 'does not start with'],
  endsWith: ['ends with', 'does not end with'],
};

function clause(node: ts.Expression, file: ts.SourceFile, holds: boolean): string {
  if (ts.isParenthesizedExpression(node)) return clause(node.expression, file, holds);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return clause(node.operand, file, !holds);
  if (ts.isBinaryExpression(node)) return binary(node, file, holds);
  if (ts.isCallExpression(node)) return call(node, file, holds);
  if (ts.isPropertyAccessExpression(node) && (node.name.text === 'length' || node.name.text === 'size'))
    return `${said(node.expression, file)} is ${holds ? 'not empty' : 'empty'}`;
  return `${said(node, file)} is ${holds ? 'set' : 'not set'}`;
}

function binary(node: ts.BinaryExpression, file: ts.SourceFile, holds: boolean): string {
  const operator = node.operatorToken.kind;
  const { left, right } = node;
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken) {
    const and = (operator === ts.SyntaxKind.AmpersandAmpersandToken) === holds;
    return `${clause(left, file, holds)} ${and ? 'and' : 'or'} ${clause(right, file, holds)}`;
  }
  if (operator === ts.SyntaxKind.InstanceOfKeyword)
    return `${said(left, file)} is ${holds ? '' : 'not '}${withArticle(said(right, file))}`;
  if (operator === ts.SyntaxKind.InKeyword)
    return `${said(right, file)} ${holds ? 'has' : 'does not have'} ${said(left, file)}`;
  const words = comparisons[operator];
  if (words === undefined) return `${said(node, file)} is ${holds ? 'true' : 'false'}`;
  const is = words[holds ? 0 : 1]!;
  if (ts.isTypeOfExpression(left) && ts.isStringLiteralLike(right)) {
    if (right.text === 'undefined') return `${said(left.expression, file)} ${is === 'is' ? 'is missing' : 'is given'}`;
    return `${said(left.expression, file)} ${is} ${withArticle(right.text)}`;
  }
  if (right.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(right) && right.text === 'undefined'))
    return `${said(left, file)} ${is === 'is' ? 'is missing' : 'is given'}`;
  if (ts.isPropertyAccessExpression(left) && left.name.text === 'length' && right.getText(file) === '0') {
    if (is === 'is' || is === 'is at most' || is === 'is less than') return `${said(left.expression, file)} is empty`;
    return `${said(left.expression, file)} is not empty`;
  }
  return `${said(left, file)} ${is} ${said(right, file)}`;
}

function call(node: ts.CallExpression, file: ts.SourceFile, holds: boolean): string {
  const [first] = node.arguments;
  if (ts.isPropertyAccessExpression(node.expression) && first !== undefined) {
    const { name, expression } = node.expression;
    if (name.text === 'isArray') return `${said(first, file)} is ${holds ? '' : 'not '}an array`;
    const words = own(methods, name.text);
    if (words !== undefined && node.arguments.length === 1)
      return `${said(expression, file)} ${words[holds ? 0 : 1]} ${said(first, file)}`;
  }
  return `${said(node, file)} is ${holds ? 'true' : 'false'}`;
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}
