import { ts } from 'ts-morph';
import { own } from '../../core/own.ts';
import type { Feature } from '../change-facts.ts';
import { numberOf } from '../literal.ts';
import { mayMeanMoney, moneyMention, speaksOfMoney } from '../money-words.ts';
import { isWrapper, unwrap } from '../run-time.ts';
import type { Extractor } from './extractor.ts';

/**
 * Arithmetic about money: calculations, rounding, limits and constants whose names speak of it. The key is what is calculated with,
 * without operators, numbers and rounding; the value is all of it, in one spelling.
 */
export const moneyExtractor: Extractor = {
  nodes: [
    ts.SyntaxKind.BinaryExpression,
    ts.SyntaxKind.CallExpression,
    ts.SyntaxKind.VariableDeclaration,
    ts.SyntaxKind.PropertyDeclaration,
  ],
  mentions: moneyMention,
  take(node, { file }) {
    const found = calculation(node, file) ?? constant(node, file) ?? limit(node, file);
    if (!found) return [];
    const { key, value, at, names } = found;
    const shown = found.shown ?? at;
    const around = namesAround(node);
    if (!mayMeanMoney([...names, ...around.slice(0, 1)]) || !speaksOfMoney([...names, ...around])) return [];
    const range = { start: at.getStart(file), end: at.end };
    return [
      { kind: 'money', key: `${around[0] ?? ''} ${key}`, range, text: shown.getText(file), value } satisfies Feature,
    ];
  },
};

interface Found {
  readonly key: string;
  readonly value: string;
  readonly at: ts.Node;
  /** What a person is shown, where `at` alone says too little. */
  readonly shown?: ts.Node;
  /** Names in it. */
  readonly names: readonly string[];
}

/** The whole of a calculation: parts of it are not told again. */
function calculation(node: ts.Node, file: ts.SourceFile): Found | undefined {
  if (!ts.isExpression(node) || !calculates(node) || isPart(node)) return undefined;
  const names: string[] = [];
  const sum = read(node, names, file);
  return sum && names.length > 0 ? { ...sum, at: node, names } : undefined;
}

/** `const TAX_RATE = 0.2`, `static fee = 30`. */
function constant(node: ts.Node, file: ts.SourceFile): Found | undefined {
  if (!(ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) || !node.initializer) return undefined;
  const value = numberOf(node.initializer);
  if (value === undefined || value === 0) return undefined;
  return { key: 'constant', value: String(value), at: node.initializer, shown: node, names: [node.name.getText(file)] };
}

/** `total > 100`. */
function limit(node: ts.Node, file: ts.SourceFile): Found | undefined {
  if (!ts.isBinaryExpression(node) || !/^[<>]=?$/.test(ts.tokenToString(node.operatorToken.kind) ?? ''))
    return undefined;
  const number = numberOf(node.right);
  if (number === undefined) return undefined;
  const names: string[] = [];
  const left = read(node.left, names, file);
  if (!left) return undefined;
  return { key: `${left.key} limit`, value: String(number), at: node, names };
}

interface Sum {
  readonly key: string;
  readonly value: string;
}

/** Undefined where texts are joined. */
function read(expression: ts.Expression, names: string[], file: ts.SourceFile): Sum | undefined {
  const node = unwrap(expression);
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isJsxElement(node)) return undefined;
  if (ts.isNumericLiteral(node)) return { key: '#', value: String(Number(node.text)) };
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const inside = read(node.operand, names, file);
    return inside && { key: inside.key, value: `-${inside.value}` };
  }
  if (ts.isBinaryExpression(node) && isArithmetic(node)) {
    const left = read(node.left, names, file);
    const right = left && read(node.right, names, file);
    const operator = ts.tokenToString(node.operatorToken.kind);
    return right && joined(left, operator ?? '', right);
  }
  if (ts.isCallExpression(node)) {
    const step = stepOf(node);
    const of = step && read(step.of, names, file);
    if (of && step.by === undefined) return { key: of.key, value: `${step.name}(${of.value} ${step.places ?? ''})` };
    const by = of && step?.by && read(step.by, names, file);
    if (of && by) return joined(of, step!.name, by);
  }
  const text = node.getText(file).replace(/\s+/g, '');
  names.push(...(text.match(/[\w$]+/g) ?? []));
  return { key: text, value: text };
}

/** Brackets that change nothing do not show: those of sums in sums. */
function joined(left: Sum, operator: string, right: Sum): Sum {
  const key = `${left.key} ~ ${right.key}`;
  const isOpen = (operator === '+' || operator === '*') && left.value.startsWith(`(${operator} `);
  const isAlso = (operator === '+' || operator === '*') && right.value.startsWith(`(${operator} `);
  const of = isOpen ? inner(left.value) : left.value;
  return { key, value: `(${operator} ${of} ${isAlso ? inner(right.value) : right.value})` };

  function inner(value: string): string {
    return value.slice(operator.length + 2, -1);
  }
}

interface Step {
  readonly name: string;
  readonly of: ts.Expression;
  readonly by?: ts.Expression;
  /** Of a rounding. */
  readonly places?: string;
}

const signs: Readonly<Record<string, string>> = {
  plus: '+',
  minus: '-',
  sub: '-',
  times: '*',
  mul: '*',
  multipliedBy: '*',
  multiply: '*',
  div: '/',
  dividedBy: '/',
  divide: '/',
  subtract: '-',
};

/** `Math.round(x)`, `x.toFixed(2)`, `x.times(y)` of a decimal. */
function stepOf(call: ts.CallExpression): Step | undefined {
  const { expression, arguments: args } = call;
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const name = expression.name.text;
  const [first] = args;
  if (expression.expression.getText() === 'Math')
    return first && args.length === 1 && /^(?:round|floor|ceil|trunc)$/.test(name) ? { name, of: first } : undefined;
  if (/^(?:toFixed|toPrecision|toDecimalPlaces|decimalPlaces|round|floor|ceil)$/.test(name) && args.length <= 1)
    return { name, of: expression.expression, places: first?.getText() };
  const sign = own(signs, name);
  return sign !== undefined && first && args.length === 1
    ? { name: sign, of: expression.expression, by: first }
    : undefined;
}

function isArithmetic({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return /^(?:\*\*|[-+*/%])=?$/.test(ts.tokenToString(kind) ?? '');
}

function calculates(node: ts.Expression): boolean {
  if (ts.isBinaryExpression(node)) return isArithmetic(node);
  return ts.isCallExpression(node) && stepOf(node) !== undefined;
}

function isPart(node: ts.Expression): boolean {
  let outer: ts.Node = node;
  while (isWrapper(outer.parent)) outer = outer.parent;
  const { parent } = outer;
  if (ts.isPrefixUnaryExpression(parent)) return isPart(parent);
  if (ts.isBinaryExpression(parent)) return isArithmetic(parent);
  if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent))
    return parent.parent.expression === parent && stepOf(parent.parent) !== undefined;
  return ts.isCallExpression(parent) && parent.expression !== outer && stepOf(parent) !== undefined;
}

/** What the value is called that a node makes, and the functions and the class around it, innermost first. */
function namesAround(node: ts.Node): string[] {
  const names: string[] = [];
  for (let at = node.parent; at && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.EqualsToken) names.push(at.left.getText());
    const named = at as ts.Node & { name?: ts.Node };
    const holds = ts.isVariableDeclaration(at) || ts.isPropertyAssignment(at) || ts.isPropertyDeclaration(at);
    if (named.name && (holds || ts.isFunctionLike(at) || ts.isClassLike(at))) names.push(named.name.getText());
  }
  return names;
}
