import { ts } from 'ts-morph';

/** The outermost expression that stands for the same value: without `await`, parentheses, `!`, `as`, `satisfies` around it. */
export function outermost(node: ts.Expression): ts.Expression {
  let at = node;
  while (isTransparent(at.parent)) at = at.parent;
  return at;
}

/** An expression that yields what it holds, once that has settled. */
export function isTransparent(node: ts.Node): node is ts.Expression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isAwaitExpression(node)
  );
}

/** The expression inside of all that is transparent. */
export function innermost(node: ts.Expression): ts.Expression {
  let at = node;
  while (isTransparent(at)) at = (at as ts.ParenthesizedExpression).expression;
  return at;
}

/** A receiver as written, in plain form: `this.flags`, `getFlags()`, `ctx.flags`; `?` for what is no path. */
export function writtenPath(node: ts.Expression): string {
  const plain = innermost(node);
  if (ts.isIdentifier(plain)) return plain.text;
  if (plain.kind === ts.SyntaxKind.ThisKeyword) return 'this';
  if (plain.kind === ts.SyntaxKind.SuperKeyword) return 'super';
  if (ts.isMetaProperty(plain)) return `${ts.tokenToString(plain.keywordToken)}.${plain.name.text}`;
  if (ts.isPropertyAccessExpression(plain)) return `${writtenPath(plain.expression)}.${plain.name.text}`;
  if (ts.isElementAccessExpression(plain) && ts.isStringLiteralLike(plain.argumentExpression))
    return `${writtenPath(plain.expression)}.${plain.argumentExpression.text}`;
  if (ts.isCallExpression(plain)) return `${writtenPath(plain.expression)}()`;
  return '?';
}
