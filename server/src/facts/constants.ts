import { ts } from 'ts-morph';
import { own } from '../core/own.ts';
import type { Bindings } from './bindings.ts';
import { calleeName } from './calls.ts';
import { unwrap } from './run-time.ts';
import { wordsOf } from './words.ts';

/** A number that an expression stands for, as far as its file tells. */
export interface Evaluated {
  readonly value: number;
  /** Milliseconds of one unit, where the expression itself names the unit (`'5s'`, `minutes(5)`). */
  readonly unit?: number;
  /** The constant of this file that the expression is: nothing but its name. */
  readonly via?: string;
  /** The literal to show: the initializer of the constant, or the expression itself. */
  readonly node: ts.Node;
}

const unitWords: Readonly<Record<string, number>> = {
  ms: 1,
  msec: 1,
  msecs: 1,
  millis: 1,
  millisecond: 1,
  milliseconds: 1,
  s: 1000,
  sec: 1000,
  secs: 1000,
  second: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  mins: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  hrs: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
};

/** Words of a name that say that its value limits a time. */
export const timeWords: ReadonlySet<string> = new Set(['timeout', 'timeouts', 'deadline', 'ttl']);

/** Milliseconds of the unit that a name ends in (`timeoutMs`, `ttl_seconds`), and the name's words without it. */
export function unitOf(words: readonly string[]): { words: string[]; unit: number | undefined } {
  const unit = words.length > 1 ? own(unitWords, words.at(-1)!) : undefined;
  const rest = unit === undefined ? [...words] : words.slice(0, -1);
  return { words: rest.at(-1) === 'in' && rest.length > 1 ? rest.slice(0, -1) : rest, unit };
}

/** Literals, arithmetic on them, constants of the file, fallbacks (`env ?? 5000`), durations (`'5s'`, `seconds(5)`). */
export function evaluate(expression: ts.Expression, bindings: Bindings, depth = 0): Evaluated | undefined {
  const node = unwrap(expression);
  if (depth > 8) return undefined;
  const next = (one: ts.Expression) => evaluate(one, bindings, depth + 1);
  if (ts.isNumericLiteral(node)) return { value: Number(node.text), node };
  if (ts.isStringLiteralLike(node)) return duration(node);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const inside = next(node.operand);
    return inside && { ...inside, value: -inside.value, node };
  }
  if (ts.isIdentifier(node)) {
    const holder = bindings.constant(node, node.text);
    if (!holder || !ts.isVariableDeclaration(holder) || !holder.initializer) return undefined;
    const inside = next(holder.initializer);
    // `TIMEOUT_SECONDS = 5` counts seconds; `FIVE_SECONDS = 5 * 1000` is a time of that length.
    const { words, unit } = unitOf(wordsOf(node.text));
    const counts = depth === 0 && words.some((word) => timeWords.has(word));
    return inside && { ...inside, unit: inside.unit ?? (counts ? unit : undefined), via: node.text };
  }
  if (ts.isBinaryExpression(node)) return binary(node, next);
  if (ts.isCallExpression(node) && node.arguments[0]) {
    const inside = next(node.arguments[0]);
    const name = calleeName(node.expression);
    if (!inside) return undefined;
    if (name === 'ms' || name === 'Number' || name === 'parseInt') return { ...inside, node };
    // `seconds(5)`, `Duration.seconds(5)`, `minutesToMilliseconds(5)`
    const unit = own(unitWords, name.replace(/(?:To|In)(?:Ms|Millis|Milliseconds)$/, ''));
    if (unit !== undefined) return { value: inside.value, unit, node };
  }
  return undefined;
}

function binary(node: ts.BinaryExpression, next: (one: ts.Expression) => Evaluated | undefined): Evaluated | undefined {
  const operator = node.operatorToken.kind;
  const right = next(node.right);
  if (operator === ts.SyntaxKind.QuestionQuestionToken || operator === ts.SyntaxKind.BarBarToken)
    return right && { ...right, via: undefined };
  const left = next(node.left);
  if (!left || !right) return undefined;
  const value = arithmetic(operator, left.value, right.value);
  return value === undefined ? undefined : { value, unit: left.unit ?? right.unit, node };
}

function arithmetic(operator: ts.SyntaxKind, a: number, b: number): number | undefined {
  switch (operator) {
    case ts.SyntaxKind.AsteriskToken:
      return a * b;
    case ts.SyntaxKind.SlashToken:
      return a / b;
    case ts.SyntaxKind.PlusToken:
      return a + b;
    case ts.SyntaxKind.MinusToken:
      return a - b;
    case ts.SyntaxKind.AsteriskAsteriskToken:
      return a ** b;
    default:
      return undefined;
  }
}

/** `'5s'`, `'10 minutes'`, `'500'`, as the `ms` package and many options read them. */
function duration(node: ts.StringLiteralLike): Evaluated | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(node.text);
  if (!match) return undefined;
  const unit = match[2] ? own(unitWords, match[2].toLowerCase()) : undefined;
  return match[2] && unit === undefined ? undefined : { value: Number(match[1]), unit, node };
}
