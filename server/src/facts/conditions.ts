import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import type { Bindings } from './bindings.ts';
import type { ConditionFact } from './change-facts.ts';
import { exits } from './features/auth.ts';
import { operandsOf } from './operands.ts';

/** The branch that a node opens: what runs only when its condition holds, and only when it does not. */
export function conditionFact(node: ts.Node, bindings: Bindings, file: ts.SourceFile): ConditionFact | undefined {
  if (ts.isIfStatement(node)) {
    const on = [rangeOf(node.thenStatement)];
    const off = node.elseStatement ? [rangeOf(node.elseStatement)] : [];
    const rest = restAfter(node, file);
    if (rest && exits(node.thenStatement)) off.push(rest);
    else if (rest && node.elseStatement && exits(node.elseStatement)) on.push(rest);
    return fact(node.expression, on, off);
  }
  if (ts.isConditionalExpression(node))
    return fact(node.condition, [rangeOf(node.whenTrue)], [rangeOf(node.whenFalse)]);
  if (ts.isWhileStatement(node)) return fact(node.expression, [rangeOf(node.statement)], []);
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return fact(node.left, [rangeOf(node.right)], []);
    if (operator === ts.SyntaxKind.BarBarToken) return fact(node.left, [], [rangeOf(node.right)]);
  }
  return undefined;

  function fact(condition: ts.Expression, on: TextRange[], off: TextRange[]): ConditionFact {
    return { condition: rangeOf(condition), ...operandsOf(condition, bindings, file), on, off };
  }

  function rangeOf(at: ts.Node): TextRange {
    return { start: at.getStart(file), end: at.end };
  }
}

/** The statements after an `if` in its block. */
function restAfter(node: ts.IfStatement, file: ts.SourceFile): TextRange | undefined {
  const { parent } = node;
  if (!ts.isBlock(parent) && !ts.isSourceFile(parent) && !ts.isCaseOrDefaultClause(parent)) return undefined;
  const next = parent.statements[parent.statements.indexOf(node) + 1];
  return next && { start: next.getStart(file), end: parent.statements.at(-1)!.end };
}
