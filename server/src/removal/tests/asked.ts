import { ts } from 'ts-morph';
import { unwrap } from '../../facts/run-time.ts';
import type { FlagValue } from '../../flags/flag.ts';
import type { Source } from '../source.ts';
import { calleeNames, isFunction } from './context.ts';
import type { Naming } from './names.ts';

/** A function that stands in for the reader, and looks at the key that it is asked for. */
export interface Asked {
  readonly by: ts.FunctionLikeDeclaration;
  /** It does nothing but ask for this key. */
  readonly alone: boolean;
  /** What it answers for a key, where that can be told. */
  value(key: string): Answered | undefined;
}

/** A value, or a name that stands for one. */
export type Answered = FlagValue | ts.Identifier;

/** The mock around a key that is compared with what the mock is asked for. */
export function askedBy(source: Source, key: ts.Expression, naming: Naming): Asked | undefined {
  const asks = comparisonAround(key);
  const id = asks && rootOf(asks.with);
  const parameter = id && source.symbolOf(id)?.valueDeclaration;
  const owner = parameter && ts.findAncestor(parameter, ts.isFunctionLike);
  if (!asks || !owner || !isMock(owner)) return undefined;
  const by = owner as ts.FunctionLikeDeclaration;
  const { body } = by;
  if (!body) return undefined;
  return {
    by,
    alone: asks.alone && unwrapBody(body) === asks.whole,
    value: (asked) => answerOf(body, { parameter: parameter!, source, naming, asked }),
  };
}

/** What a function answers when it is asked for a key, where that can be told. */
export function answerFor(
  source: Source,
  by: ts.ArrowFunction | ts.FunctionExpression,
  asked: string,
  naming: Naming,
): Answered | undefined {
  return answerOf(by.body, { parameter: by.parameters[0], source, naming, asked });
}

interface Comparison {
  /** The comparison: `k === 'x'`, `['x', 'y'].includes(k)`, the `case`. */
  readonly whole: ts.Node;
  readonly with: ts.Expression;
  /** With this key and no other. */
  readonly alone: boolean;
}

/** What a key is compared with, whatever that is. */
export function comparisonAround(key: ts.Expression): Comparison | undefined {
  const { parent } = key;
  if (ts.isBinaryExpression(parent) && equality.has(parent.operatorToken.kind))
    return { whole: parent, with: parent.left === key ? parent.right : parent.left, alone: true };
  if (ts.isCaseClause(parent) && parent.expression === key)
    return { whole: parent, with: parent.parent.parent.expression, alone: false };
  if (!ts.isArrayLiteralExpression(parent) || !ts.isPropertyAccessExpression(parent.parent)) return undefined;
  const call = parent.parent.parent;
  const [asked] = ts.isCallExpression(call) ? call.arguments : [];
  if (!asked || parent.parent.name.text !== 'includes') return undefined;
  return { whole: call, with: asked, alone: parent.elements.length === 1 };
}

const equality = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);

/** `flag` of `flag`, `flag.id`, `flag?.key`. */
function rootOf(node: ts.Expression): ts.Identifier | undefined {
  const plain = unwrap(node);
  if (ts.isIdentifier(plain)) return plain;
  return ts.isPropertyAccessExpression(plain) ? rootOf(plain.expression) : undefined;
}

/** A function that is given to a mock, or stands in a record or a module that is put in place of the real one. */
function isMock(node: ts.Node): boolean {
  if (!isFunction(node) && !ts.isMethodDeclaration(node)) return false;
  const { parent } = node;
  if (ts.isCallExpression(parent))
    return /^(?:mockImplementation(?:Once)?|fn|callsFake|withImplementation|fake|stub)$/.test(
      calleeNames(parent.expression).at(-1) ?? '',
    );
  return ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(node);
}

function unwrapBody(body: ts.Node): ts.Node {
  if (!ts.isBlock(body)) return unwrap(body as ts.Expression);
  const [only, ...more] = body.statements;
  return only && more.length === 0 && ts.isReturnStatement(only) && only.expression ? unwrap(only.expression) : body;
}

interface Question {
  readonly parameter: ts.Declaration | undefined;
  readonly source: Source;
  readonly naming: Naming;
  readonly asked: string;
}

function answerOf(body: ts.ConciseBody, question: Question): Answered | undefined {
  if (!ts.isBlock(body)) return evaluate(body, question);
  const answer = run(body.statements, question);
  return answer === 'unknown' || answer === 'goes on' ? undefined : answer.value;
}

type Run = { readonly value: Answered | undefined } | 'goes on' | 'unknown';

function run(statements: readonly ts.Statement[], question: Question): Run {
  for (const statement of statements) {
    const outcome = runOne(statement, question);
    if (outcome !== 'goes on') return outcome;
  }
  return 'goes on';
}

function runOne(statement: ts.Statement, question: Question): Run {
  if (ts.isReturnStatement(statement))
    return { value: statement.expression && evaluate(statement.expression, question) };
  if (ts.isBlock(statement)) return run(statement.statements, question);
  if (ts.isIfStatement(statement)) {
    const test = evaluate(statement.expression, question);
    if (test === undefined || isOpen(test)) return 'unknown';
    const taken = test ? statement.thenStatement : statement.elseStatement;
    return taken ? runOne(taken, question) : 'goes on';
  }
  if (!ts.isSwitchStatement(statement)) return 'unknown';
  const { clauses } = statement.caseBlock;
  const value = evaluate(statement.expression, question);
  const hit = clauses.findIndex((one) => ts.isCaseClause(one) && evaluate(one.expression, question) === value);
  const from = hit >= 0 ? hit : clauses.findIndex(ts.isDefaultClause);
  return value === undefined || isOpen(value) || from < 0
    ? 'goes on'
    : run(
        clauses.slice(from).flatMap((one) => [...one.statements]),
        question,
      );
}

/** Names are not known, but may be what the whole amounts to. */
function isOpen(value: Answered): value is ts.Identifier {
  return typeof value === 'object';
}

function evaluate(node: ts.Expression, question: Question): Answered | undefined {
  const plain = unwrap(node);
  const of = (one: ts.Expression) => evaluate(one, question);
  if (plain.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (plain.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isStringLiteralLike(plain)) return plain.text;
  if (ts.isNumericLiteral(plain)) return Number(plain.text);
  const root = rootOf(plain);
  const declaration = root && question.source.symbolOf(root)?.valueDeclaration;
  if (declaration && declaration === question.parameter) return question.asked;
  // A member of a registry that is not the key is another one.
  if (root) return question.naming(plain)?.key ?? (ts.isIdentifier(plain) ? plain : '\u0000');
  if (ts.isPrefixUnaryExpression(plain) && plain.operator === ts.SyntaxKind.ExclamationToken) {
    const inner = of(plain.operand);
    return inner === undefined || isOpen(inner) ? undefined : !inner;
  }
  if (ts.isConditionalExpression(plain)) {
    const test = of(plain.condition);
    return test === undefined || isOpen(test) ? undefined : of(test ? plain.whenTrue : plain.whenFalse);
  }
  if (ts.isBinaryExpression(plain)) return evaluateBinary(plain.operatorToken.kind, of(plain.left), of(plain.right));
  if (!ts.isCallExpression(plain) || !ts.isPropertyAccessExpression(plain.expression)) return undefined;
  const list = unwrap(plain.expression.expression);
  const asked = plain.arguments[0] && of(plain.arguments[0]);
  if (!ts.isArrayLiteralExpression(list) || plain.expression.name.text !== 'includes') return undefined;
  if (asked === undefined || isOpen(asked)) return undefined;
  return list.elements.some((one) => of(one) === asked);
}

function evaluateBinary(
  operator: ts.SyntaxKind,
  left: Answered | undefined,
  right: Answered | undefined,
): Answered | undefined {
  const isOr = operator === ts.SyntaxKind.BarBarToken;
  if (isOr || operator === ts.SyntaxKind.AmpersandAmpersandToken) {
    const settles = (value: Answered | undefined): boolean => value !== undefined && !isOpen(value) && !!value === isOr;
    if (settles(left)) return left;
    if (settles(right)) return right;
    // What does not settle it leaves it to the other side.
    if (left === undefined || right === undefined) return undefined;
    return isOpen(left) ? (isOpen(right) ? undefined : left) : right;
  }
  if (left === undefined || right === undefined || isOpen(left) || isOpen(right)) return undefined;
  if (operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken)
    return left === right;
  if (operator === ts.SyntaxKind.ExclamationEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsToken)
    return left !== right;
  return undefined;
}
