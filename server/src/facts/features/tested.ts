import { ts } from 'ts-morph';
import type { Bindings } from '../bindings.ts';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { unwrap } from '../run-time.ts';
import { squeezed } from '../squeezed.ts';
import type { Extractor } from './extractor.ts';

/**
 * What conditions test, part by part and without its polarity: `if (!order || total < 0)`, `order?.id`, `order ?? fallback` and
 * `order ? a : b` all test `order`. `key` has locals as `_`, `literal` by name; `words` are the paths that are tested.
 */
export const tested: Extractor = {
  nodes: [
    ts.SyntaxKind.IfStatement,
    ts.SyntaxKind.WhileStatement,
    ts.SyntaxKind.DoStatement,
    ts.SyntaxKind.SwitchStatement,
    ts.SyntaxKind.ConditionalExpression,
    ts.SyntaxKind.ForStatement,
    ts.SyntaxKind.BinaryExpression,
    ts.SyntaxKind.CallExpression,
    ts.SyntaxKind.PropertyAccessExpression,
    ts.SyntaxKind.ElementAccessExpression,
  ],
  mentions:
    /\bif\b|\?|&&|\|\||\bwhile\b|\bswitch\b|\bfor\b|\b(?:assert|invariant|filter|find|some|every|min|max)\w*\s*[(<]/,
  take: (node, { bindings, file }) =>
    testsAt(node)
      .flatMap((one) => atomsOf(one, bindings, file))
      .map(
        (atom) =>
          ({
            kind: 'tested',
            key: atom.key,
            range: { start: atom.node.getStart(file), end: atom.node.end },
            text: atom.named,
            literal: atom.named,
            words: atom.subjects,
          }) satisfies Feature,
      ),
};

/** A condition without `!`, `&&` and `||`, and without saying which way it decides. */
export interface Atom {
  readonly node: ts.Expression;
  readonly named: string;
  readonly key: string;
  /** Dotted paths of locals and members of `this`; names of the module where there are no others. */
  readonly subjects: readonly string[];
}

const choosing = new Set(['filter', 'find', 'findIndex', 'findLast', 'some', 'every']);
const bounding = new Set(['max', 'min', 'clamp']);

/** Expressions that a node tests. */
function testsAt(node: ts.Node): readonly ts.Expression[] {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node) || ts.isSwitchStatement(node))
    return [node.expression];
  if (ts.isConditionalExpression(node)) return [node.condition];
  if (ts.isForStatement(node)) return node.condition ? [node.condition] : [];
  if (ts.isBinaryExpression(node)) return isChoice(node) && !isPartOfTest(node) ? [node.left] : [];
  if (ts.isCallExpression(node)) {
    const name = calleeName(node.expression);
    const [first] = node.arguments;
    if (first && /^(?:assert|invariant)/.test(name)) return [first];
    if (bounding.has(name)) return node.arguments.filter((one) => !ts.isSpreadElement(one));
    if (first && choosing.has(name) && ts.isArrowFunction(first) && !ts.isBlock(first.body)) return [first.body];
  }
  return isOptional(node) ? [node.expression] : [];
}

function isOptional(node: ts.Node): node is ts.PropertyAccessExpression {
  return (
    (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node)) &&
    node.questionDotToken !== undefined
  );
}

function isChoice({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken ||
    kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
    kind === ts.SyntaxKind.BarBarEqualsToken
  );
}

/** What is taken apart where the whole condition is. */
function isPartOfTest(node: ts.Expression): boolean {
  let at: ts.Node = node;
  for (;;) {
    const { parent } = at;
    if (ts.isParenthesizedExpression(parent) || ts.isPrefixUnaryExpression(parent)) at = parent;
    else if (ts.isBinaryExpression(parent) && isChoice(parent)) {
      if (parent.left === at) return true;
      at = parent;
    } else return testsAt(parent).some((one) => one === at);
  }
}

/** The parts of a condition. */
export function atomsOf(condition: ts.Expression, bindings: Bindings, file: ts.SourceFile): Atom[] {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return atomsOf(node.operand, bindings, file);
  if (ts.isAwaitExpression(node)) return atomsOf(node.expression, bindings, file);
  if (ts.isCallExpression(node) && node.expression.getText(file) === 'Boolean' && node.arguments[0])
    return atomsOf(node.arguments[0], bindings, file);
  if (ts.isBinaryExpression(node)) {
    if (isChoice(node)) return [node.left, node.right].flatMap((one) => atomsOf(one, bindings, file));
    const { operator, sides } = comparison(node);
    return [atom(node, operator, sides, bindings, file)];
  }
  return [atom(node, '', [node], bindings, file)];
}

/** `a !== undefined`, `null == a` and `typeof a === 'undefined'` test `a`; `a > b`, `b < a` and `a <= b` are one test. */
function comparison(node: ts.BinaryExpression): { operator: string; sides: ts.Expression[] } {
  const [left, right] = [unwrap(node.left), unwrap(node.right)];
  const plain = [node.left, node.right];
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      if (isNothing(right)) return { operator: '', sides: [ts.isTypeOfExpression(left) ? left.expression : left] };
      return isNothing(left) ? { operator: '', sides: [right] } : { operator: '=', sides: plain };
    case ts.SyntaxKind.LessThanToken:
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return { operator: '<', sides: plain };
    case ts.SyntaxKind.GreaterThanToken:
    case ts.SyntaxKind.LessThanEqualsToken:
      return { operator: '<', sides: plain.reverse() };
    default:
      return { operator: ts.tokenToString(node.operatorToken.kind) ?? '?', sides: plain };
  }
}

function isNothing(node: ts.Expression): boolean {
  if (node.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(node)) return true;
  if (ts.isStringLiteralLike(node)) return node.text === 'undefined';
  return ts.isIdentifier(node) && node.text === 'undefined';
}

function atom(
  node: ts.Expression,
  operator: string,
  sides: readonly ts.Expression[],
  bindings: Bindings,
  file: ts.SourceFile,
): Atom {
  const names = sides.map((side) => namesIn(side, bindings));
  const spelled = (locals: boolean) =>
    sides.map((side, i) => spelling(side, locals ? names[i]!.locals : [], file)).join(` ${operator} `);
  const local = names.flatMap((one) => one.localPaths);
  const free = names.flatMap((one) => one.freePaths);
  return { node, named: spelled(false), key: spelled(true), subjects: [...new Set(local.length > 0 ? local : free)] };
}

interface Names {
  readonly locals: readonly ts.Identifier[];
  readonly localPaths: readonly string[];
  readonly freePaths: readonly string[];
}

function namesIn(root: ts.Node, bindings: Bindings): Names {
  const locals: ts.Identifier[] = [];
  const localPaths: string[] = [];
  const freePaths: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      const path = pathFrom(node, root);
      if (path !== '') localPaths.push(path);
    } else if (ts.isIdentifier(node) && isValue(node)) {
      const local = bindings.local(node, node.text) !== undefined;
      if (local) locals.push(node);
      const path = pathFrom(node, root);
      if (path !== '') (local ? localPaths : freePaths).push(path);
    } else ts.forEachChild(node, visit);
  };
  visit(root);
  return { locals, localPaths, freePaths };
}

/** `order.items` for `order` in `order.items.includes(x)`; nothing for what is only called. */
function pathFrom(node: ts.Node, root: ts.Node): string {
  let path = node.getText();
  let at = node;
  for (; at !== root; at = at.parent) {
    const { parent } = at;
    if (ts.isNonNullExpression(parent) || ts.isParenthesizedExpression(parent)) continue;
    const isCallee = ts.isCallExpression(parent) && parent.expression === at;
    if (isCallee) return path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '';
    if (!ts.isPropertyAccessExpression(parent) || parent.expression !== at) break;
    path += `.${parent.name.text}`;
  }
  return path === 'undefined' ? '' : path;
}

function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return true;
}

/** The text without layout, in one kind of quotes, with the locals as `_`. */
function spelling(node: ts.Node, locals: readonly ts.Identifier[], file: ts.SourceFile): string {
  let text = '';
  let from = node.getStart(file);
  for (const one of locals) {
    const start = one.getStart(file);
    text += `${file.text.slice(from, start)}_`;
    from = one.end;
  }
  return squeezed(text + file.text.slice(from, node.end));
}
