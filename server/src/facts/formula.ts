import { ts } from 'ts-morph';
import type { Bindings } from './bindings.ts';
import { type Atom, atomsOf } from './features/tested.ts';
import { unwrap } from './run-time.ts';
import { squeezed } from './squeezed.ts';

/** A condition as plain JSON: a part by its spelling, or a conjunction, disjunction or negation of others. */
export type Formula = string | readonly ['&' | '|' | '!', ...Formula[]];

/** A condition with its parts. Comparisons are spelled one way: `a !== b` is the negation of `a === b`; a list that includes a value is a choice. */
export function formulaOf(
  condition: ts.Expression,
  bindings: Bindings,
  file: ts.SourceFile,
): { formula: Formula; atoms: readonly Atom[] } {
  const atoms: Atom[] = [];
  return { formula: build(condition), atoms };

  function build(expression: ts.Expression): Formula {
    const node = unwrap(expression);
    if (ts.isAwaitExpression(node)) return build(node.expression);
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      return negated(build(node.operand));
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return ['&', build(node.left), build(node.right)];
      if (kind === ts.SyntaxKind.BarBarToken) return ['|', build(node.left), build(node.right)];
      return compared(node);
    }
    return inList(node) ?? part(node);
  }

  function part(node: ts.Expression): Formula {
    const [only, ...more] = atomsOf(node, bindings, file);
    if (!only || more.length > 0) return node.getText(file);
    atoms.push(only);
    return only.named;
  }

  function compared(node: ts.BinaryExpression): Formula {
    const right = unwrap(node.right);
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.ExclamationEqualsToken:
      case ts.SyntaxKind.ExclamationEqualsEqualsToken:
        return isNothing(right) ? part(node) : negated(truth(node, right) ?? part(node));
      case ts.SyntaxKind.EqualsEqualsToken:
      case ts.SyntaxKind.EqualsEqualsEqualsToken:
        return isNothing(right) ? negated(part(node)) : (truth(node, right) ?? part(node));
      case ts.SyntaxKind.GreaterThanEqualsToken:
        return level(node, right) ?? negated(part(node));
      case ts.SyntaxKind.LessThanEqualsToken:
        return negated(part(node));
      default:
        return part(node);
    }
  }

  /** `x === true` is `x`. */
  function truth(node: ts.BinaryExpression, right: ts.Expression): Formula | undefined {
    if (right.kind === ts.SyntaxKind.TrueKeyword) return build(node.left);
    return right.kind === ts.SyntaxKind.FalseKeyword ? negated(build(node.left)) : undefined;
  }

  /** `level >= 3` holds where `level >= 2` does and more. */
  function level(node: ts.BinaryExpression, right: ts.Expression): Formula | undefined {
    const top = ts.isNumericLiteral(right) ? Number(right.text) : Number.NaN;
    if (!Number.isInteger(top) || top < 1 || top > 5) return undefined;
    const steps = Array.from({ length: top }, (_, i) => `${squeezed(node.left.getText(file))} >= ${i + 1}`);
    atoms.push(...steps.map((named) => ({ node: node.left, named, key: named, subjects: [] })));
    return steps.length === 1 ? steps[0]! : ['&', ...steps];
  }

  /** `['admin', 'owner'].includes(role)` */
  function inList(node: ts.Expression): Formula | undefined {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
    const list = unwrap(node.expression.expression);
    const [value] = node.arguments;
    if (node.expression.name.text !== 'includes' || !value || !ts.isArrayLiteralExpression(list)) return undefined;
    if (list.elements.length > 8 || list.elements.some(ts.isSpreadElement)) return undefined;
    const given = sureOf(value).getText(file);
    const parts = list.elements.map((one) => `${squeezed(given)} = ${squeezed(one.getText(file))}`);
    atoms.push(...parts.map((named) => ({ node: value, named, key: named, subjects: [] })));
    return ['|', ...parts];
  }
}

/** `role` for `role ?? ''`: what is in no list anyway. */
function sureOf(value: ts.Expression): ts.Expression {
  const node = unwrap(value);
  const isOr = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
  return isOr && ts.isStringLiteralLike(unwrap(node.right)) ? unwrap(node.left) : node;
}

function negated(formula: Formula): Formula {
  return typeof formula !== 'string' && formula[0] === '!' ? (formula[1] as Formula) : ['!', formula];
}

function isNothing(node: ts.Expression): boolean {
  if (node.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(node)) return true;
  return (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === 'undefined';
}
