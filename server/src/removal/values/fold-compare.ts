import { ts } from 'ts-morph';
import type { Json } from '../../flags/flag.ts';
import { constantOf } from './constants.ts';
import { type Decided, type Folded, type Folding, result, told } from './folded.ts';
import { isWhole, knownOf, type Value } from './known.ts';

/** `a === b`, `a < b`, `'k' in a`, of which flags decide one side, and the other one is constant. */
export function foldComparison(folding: Folding, node: ts.BinaryExpression): Folded | undefined {
  const left = folding.decide(node.left);
  const right = folding.decide(node.right);
  if (!left && !right) return undefined;
  if ((!left && folding.fold(node.left)) || (!right && folding.fold(node.right))) return undefined;
  const a = left ?? constantOf(folding.source, node.left);
  const b = right ?? constantOf(folding.source, node.right);
  if (!a || !b) return undefined;
  const outcome = compare(node.operatorToken.kind, a.value, b.value);
  if (outcome === undefined) return undefined;
  const sides = [left, right].filter((side): side is Decided => side !== undefined);
  return result(
    knownOf(outcome, ...sides),
    sides.flatMap((side) => side.effects),
  );
}

function compare(operator: ts.SyntaxKind, a: Value, b: Value): boolean | undefined {
  if (operator === ts.SyntaxKind.InKeyword) return isIn(a, b);
  // An object is equal to nothing but itself, and compared with text it becomes text.
  if (isWhole(a) || isWhole(b)) return compareWhole(operator, a, b);
  const ordered = typeof a === typeof b && (typeof a === 'number' || typeof a === 'string');
  switch (operator) {
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
      return a === b;
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return a !== b;
    case ts.SyntaxKind.EqualsEqualsToken:
      // biome-ignore lint/suspicious/noDoubleEquals: the program that is folded compares loosely
      return a == b;
    case ts.SyntaxKind.ExclamationEqualsToken:
      // biome-ignore lint/suspicious/noDoubleEquals: the program that is folded compares loosely
      return a != b;
    case ts.SyntaxKind.LessThanToken:
      return ordered ? a! < b! : undefined;
    case ts.SyntaxKind.LessThanEqualsToken:
      return ordered ? a! <= b! : undefined;
    case ts.SyntaxKind.GreaterThanToken:
      return ordered ? a! > b! : undefined;
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return ordered ? a! >= b! : undefined;
    default:
      return undefined;
  }
}

function compareWhole(operator: ts.SyntaxKind, a: Value, b: Value): boolean | undefined {
  const isNullish = (value: Value): boolean => value === null || value === undefined;
  if (!isNullish(a) && !isNullish(b)) return undefined;
  if (operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken) return false;
  if (operator === ts.SyntaxKind.ExclamationEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsToken)
    return true;
  return undefined;
}

function isIn(key: Value, owner: Value): boolean | undefined {
  if (typeof key !== 'string' || !isWhole(owner)) return undefined;
  return key in Object.prototype ? undefined : Object.hasOwn(owner, key);
}

/** `Boolean(x)`, `Number(x)`, `String(x)` of the globals, and `+x`. */
export function foldConversion(folding: Folding, node: ts.Expression): Folded | undefined {
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.PlusToken)
    return plainOnly(folding.decide(node.operand), toNumber);
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.arguments.length !== 1) return undefined;
  const [argument] = node.arguments;
  if (!argument || folding.source.symbolOf(node.expression) !== undefined) return undefined;
  switch (node.expression.text) {
    case 'Boolean':
      return told(folding.decide(argument), Boolean);
    case 'Number':
      return plainOnly(folding.decide(argument), toNumber);
    case 'String':
      return plainOnly(folding.decide(argument), String);
    default:
      return undefined;
  }
}

function toNumber(value: Value): Value {
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function plainOnly(from: Decided | undefined, map: (value: Value) => Value): Folded | undefined {
  if (!from || isWhole(from.value)) return undefined;
  const value: Value = map(from.value);
  return value === null ? undefined : told(from, () => value as Json);
}
