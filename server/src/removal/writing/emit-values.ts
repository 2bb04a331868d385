import { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import type { Value } from '../values/known.ts';

/** A value as a literal, strings quoted as the file quotes them, numbers in parentheses where they would grow together. */
export function literalText(source: Source, value: Value, place: ts.Expression): string {
  if (typeof value === 'string') return quote(value, quoteOf(source.file));
  if (typeof value === 'boolean') return String(value);
  const text = String(value);
  if (typeof value !== 'number') return text;
  const parent = place.parent;
  const grows =
    ts.isPropertyAccessExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    (Number(value) < 0 && ts.isBinaryExpression(parent) && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken);
  return grows ? `(${text})` : text;
}

export function quote(value: string, mark: string): string {
  const body = JSON.stringify(value).slice(1, -1);
  return mark === '"' ? `"${body}"` : `'${body.replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

/** The quotation mark of the first string in the file. */
export function quoteOf(file: ts.SourceFile): string {
  const visit = (node: ts.Node): string | undefined =>
    ts.isStringLiteral(node) && !ts.isJsxAttribute(node.parent)
      ? file.text[node.getStart(file)]
      : ts.forEachChild(node, visit);
  return visit(file) ?? "'";
}
