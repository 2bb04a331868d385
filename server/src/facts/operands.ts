import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import type { Bindings } from './bindings.ts';
import type { ConditionFact, Operand } from './change-facts.ts';
import { unwrap } from './run-time.ts';

/** Names are followed to what they hold this many times. */
const deepest = 5;

/** What is known of the parts of a condition where it holds, and where it does not. */
export function operandsOf(
  condition: ts.Expression,
  bindings: Bindings,
  file: ts.SourceFile,
): Pick<ConditionFact, 'operands' | 'holders'> {
  const operands: Operand[] = [];
  const holders = new Map<string, TextRange>();
  collect(condition, { on: true, off: true }, true, 0);
  return { operands, holders: [...holders].map(([name, initializer]) => ({ name, initializer })) };

  /**
   * @param told on which sides the value of this part is known
   * @param value what it is on the `on` side; on the `off` side it is the opposite
   */
  function collect(part: ts.Expression, told: Sides, value: boolean, depth: number): void {
    const at = unwrap(part);
    const compared = ts.isBinaryExpression(at) ? comparison(at) : undefined;
    if (ts.isPrefixUnaryExpression(at) && at.operator === ts.SyntaxKind.ExclamationToken)
      collect(at.operand, told, !value, depth);
    else if (ts.isBinaryExpression(at) && isJunction(at.operatorToken.kind)) {
      // `a && b` being true tells both, being false tells neither; `a || b` the other way round.
      const tellsWhenTrue = at.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
      const kept = value === tellsWhenTrue ? { on: told.on, off: false } : { on: false, off: told.off };
      collect(at.left, kept, value, depth);
      collect(at.right, kept, value, depth);
    } else if (compared) collect(compared.expression, told, compared.equal ? value : !value, depth);
    else operand(at, told, value, depth);
  }

  function operand(at: ts.Expression, told: Sides, value: boolean, depth: number): void {
    const inner = innermost(at);
    const known = { on: told.on ? value : undefined, off: told.off ? !value : undefined };
    operands.push({ outer: rangeOf(at), inner: rangeOf(inner), ...known });
    const holder = ts.isIdentifier(inner) && depth < deepest ? bindings.constant(inner, inner.text) : undefined;
    if (!holder) return;
    const held = ts.isBindingElement(holder) ? holder : holder.initializer;
    if (!held) return;
    holders.set((inner as ts.Identifier).text, rangeOf(held));
    if (ts.isBindingElement(held)) operands.push({ outer: rangeOf(held), inner: rangeOf(held), ...known });
    else collect(held, told, value, depth + 1);
  }

  function rangeOf(at: ts.Node): TextRange {
    return { start: at.getStart(file), end: at.end };
  }
}

interface Sides {
  readonly on: boolean;
  readonly off: boolean;
}

function isJunction(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken;
}

/** `flag === true`, `variant !== 'b'`: the side that is no literal, and whether it equals a literal that is not false. */
function comparison(node: ts.BinaryExpression): { expression: ts.Expression; equal: boolean } | undefined {
  const operator = node.operatorToken.kind;
  const equal = operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken;
  const differs =
    operator === ts.SyntaxKind.ExclamationEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsToken;
  if (!equal && !differs) return undefined;
  const [literal, expression] = isLiteral(node.right) ? [node.right, node.left] : [node.left, node.right];
  if (!isLiteral(literal)) return undefined;
  const isFalse = literal.kind === ts.SyntaxKind.FalseKeyword;
  return { expression, equal: equal !== isFalse };
}

function isLiteral(node: ts.Expression): boolean {
  return (
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node)
  );
}

/** What a value comes from: `client.details(k)` in `(await client.details(k)).value`. */
function innermost(expression: ts.Expression): ts.Expression {
  let at = unwrap(expression);
  for (;;) {
    if (ts.isAwaitExpression(at)) at = unwrap(at.expression);
    else if (ts.isPropertyAccessExpression(at)) at = unwrap(at.expression);
    else if (
      ts.isCallExpression(at) &&
      ts.isIdentifier(at.expression) &&
      at.expression.text === 'Boolean' &&
      at.arguments[0]
    )
      at = unwrap(at.arguments[0]);
    else return at;
  }
}
