import { ts } from 'ts-morph';
import type { Feature } from '../change-facts.ts';
import { isWrapper } from '../run-time.ts';
import type { Extractor } from './extractor.ts';

/**
 * Reads of environment variables: `process.env.X`, `import.meta.env.X`, `process.env['X']`, and what is destructured from them. The
 * value says whether the code does without it: it has a fallback, or is only asked whether it is there.
 */
export const envVarExtractor: Extractor = {
  nodes: [ts.SyntaxKind.BindingElement, ts.SyntaxKind.PropertyAccessExpression, ts.SyntaxKind.ElementAccessExpression],
  mentions: /\benv\b/,
  take(node, { file }) {
    if (ts.isBindingElement(node)) {
      const holder = node.parent.parent;
      const isOurs = ts.isVariableDeclaration(holder) && holder.initializer && isEnvironment(holder.initializer);
      const name = node.propertyName ?? node.name;
      if (!isOurs || node.dotDotDotToken || !ts.isIdentifier(name)) return [];
      return [feature(name.text, node, node.initializer === undefined)];
    }
    const name = memberOf(node);
    return name !== undefined && ts.isExpression(node) && !isWritten(node) ? [feature(name, node, isNeeded(node))] : [];

    function feature(name: string, at: ts.Node, needed: boolean): Feature {
      const range = { start: at.getStart(file), end: at.end };
      return { kind: 'env-var', key: name, range, text: at.getText(file), value: needed ? 'needed' : 'optional' };
    }
  },
};

function memberOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && isEnvironment(node.expression)) return node.name.text;
  if (ts.isElementAccessExpression(node) && isEnvironment(node.expression))
    return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
  return undefined;
}

/** `process.env`, `globalThis.process.env`, `import.meta.env`, `Bun.env`. */
function isEnvironment(node: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'env') return false;
  const of = node.expression;
  if (ts.isMetaProperty(of)) return true;
  if (ts.isIdentifier(of)) return of.text === 'process' || of.text === 'Bun';
  return ts.isPropertyAccessExpression(of) && of.name.text === 'process';
}

function isWritten(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isDeleteExpression(parent)) return true;
  return (
    ts.isBinaryExpression(parent) && parent.left === node && /^(?:\?\?|\|\||&&)?=$/.test(parent.operatorToken.getText())
  );
}

/** Nothing around it says what holds without it: no fallback, no comparison, no question whether it is there. */
function isNeeded(node: ts.Expression): boolean {
  let outer: ts.Node = node;
  while (isWrapper(outer.parent)) outer = outer.parent;
  const { parent } = outer;
  if (ts.isPropertyAccessExpression(parent)) return !parent.questionDotToken;
  if (ts.isPrefixUnaryExpression(parent) || ts.isConditionalExpression(parent)) return false;
  if (ts.isIfStatement(parent)) return false;
  if (!ts.isBinaryExpression(parent)) return true;
  return parent.operatorToken.kind === ts.SyntaxKind.PlusToken;
}
