import { ts } from 'ts-morph';
import type { TextEdit } from '../../core/source-change.ts';
import type { TextRange } from '../../core/text.ts';
import type { Source } from '../source.ts';
import { type Cut, lineEnd, lineStart } from '../writing/cuts.ts';

const usualWidth = 80;

/** White space that is left between brackets of which everything else went, or which hold a single short line now. */
export function tightened(source: Source, edits: readonly TextEdit[]): Cut[] {
  const cuts: Cut[] = [];
  const visit = (node: ts.Node): void => {
    const span = between(node);
    const inside = span && edits.filter(({ range }) => range.start < span.end && span.start < range.end);
    if (span && inside && inside.length > 0) {
      if (inside.every(({ range }) => span.start <= range.start && range.end <= span.end))
        cuts.push(...tighten(source.text, span, inside, isCondition(node)));
    }
    if (ts.isParenthesizedExpression(node)) cuts.push(...withoutParens(source.text, node, edits));
    ts.forEachChild(node, visit);
  };
  visit(source.file);
  return cuts;
}

function tighten(text: string, span: TextRange, edits: readonly TextEdit[], joins: boolean): Cut[] {
  const left = textAfter(text, span, edits);
  const [{ kind, reason }] = edits as [TextEdit];
  if (left.trim() === '')
    return text.slice(span.start, span.end).trim() === '' ? [] : [{ ...span, text: '', kind, reason }];
  if (!joins || !/^\s*[\r\n]/.test(left) || /[\r\n]|\/\//.test(left.trim())) return [];
  const before = span.start - lineStart(text, span.start);
  const after = lineEnd(text, span.end) - span.end;
  if (before + left.trim().length + after > usualWidth) return [];
  const [start, end] = [span.start + leadOf(text, span), span.end - tailOf(text, span)];
  return [
    { start: span.start, end: start, text: '', kind, reason },
    { start: end, end: span.end, text: '', kind, reason },
  ];
}

/** Parentheses around several lines of JSX, of which one short line is left. */
function withoutParens(text: string, node: ts.ParenthesizedExpression, edits: readonly TextEdit[]): Cut[] {
  const { parent, expression } = node;
  const span = { start: node.getStart() + 1, end: node.end - 1 };
  const inside = edits.filter(({ range }) => span.start <= range.start && range.end <= span.end);
  const isJsx = ts.isJsxElement(expression) || ts.isJsxFragment(expression);
  if (!isJsx || inside.length === 0 || edits.some(({ range }) => range.start < span.start && span.start < range.end))
    return [];
  if (!ts.isArrowFunction(parent) && !ts.isReturnStatement(parent) && !ts.isVariableDeclaration(parent)) return [];
  const left = textAfter(text, span, inside);
  if (!/^\s*[\r\n]/.test(left) || !/^(?:<.*>|null)$/.test(left.trim())) return [];
  const before = node.getStart() - lineStart(text, node.getStart());
  const after = lineEnd(text, node.end) - node.end;
  if (before + left.trim().length + after > usualWidth) return [];
  const [{ kind, reason }] = inside as [TextEdit];
  return [
    { start: node.getStart(), end: span.start + leadOf(text, span), text: '', kind, reason },
    { start: span.end - tailOf(text, span), end: node.end, text: '', kind, reason },
  ];
}

function leadOf(text: string, span: TextRange): number {
  return /^\s*/.exec(text.slice(span.start, span.end))![0].length;
}

function tailOf(text: string, span: TextRange): number {
  return /\s*$/.exec(text.slice(span.start, span.end))![0].length;
}

/** What a span reads after the edits inside of it. */
function textAfter(text: string, span: TextRange, edits: readonly TextEdit[]): string {
  let at = span.start;
  let out = '';
  for (const { range, newText } of edits) {
    out += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return out + text.slice(at, span.end);
}

/** What stands between the brackets of a node. */
function between(node: ts.Node): TextRange | undefined {
  if (isCondition(node)) {
    const { expression } = node as ts.IfStatement;
    const close = node.getChildren().find((one) => one.kind === ts.SyntaxKind.CloseParenToken);
    return close && { start: expression.pos, end: close.getStart() };
  }
  const hasBrackets =
    ts.isBlock(node) ||
    ts.isModuleBlock(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node);
  return hasBrackets ? { start: node.getStart() + 1, end: node.end - 1 } : undefined;
}

function isCondition(node: ts.Node): boolean {
  return ts.isIfStatement(node) || ts.isWhileStatement(node);
}
