import { ts } from 'ts-morph';

/** The outermost expression that spans the offsets exactly. */
export function expressionAt(file: ts.SourceFile, start: number, end: number): ts.Expression | undefined {
  const visit = (node: ts.Node): ts.Expression | undefined => {
    if (node.end < end || node.pos > start) return undefined;
    if (ts.isExpression(node) && node.getStart(file) === start && node.end === end) return node;
    return ts.forEachChild(node, visit);
  };
  return visit(file);
}
