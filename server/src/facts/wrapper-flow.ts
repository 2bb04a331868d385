import { ts } from 'ts-morph';
import type { WrapperFact } from './file-facts.ts';
import { nameOf } from './origins.ts';
import { held, returnedBy } from './places.ts';
import { returnsOf } from './returns.ts';
import type { Scopes } from './scope.ts';

/** What becomes of a value in a function. */
export type Flow = Pick<WrapperFact, 'exact' | 'member' | 'coerced' | 'inverted' | 'renders' | 'only'>;

interface OpenFlow {
  readonly members: string[];
  coerced: boolean;
  inverted: boolean;
}

/**
 * What a function does with the value of an expression in it: returns it as it is (through `await`, `!!`, members, constants), its
 * opposite, or something else that depends on it. Only a function without any other work is exact.
 */
export function flowOf(node: ts.Expression, owner: ts.FunctionLikeDeclaration, scopes: Scopes): Flow {
  const open: OpenFlow = { members: [], coerced: false, inverted: false };
  let at = node;
  for (let steps = 0; steps < 40; steps++) {
    const next = step(at, open, scopes);
    if (next === undefined) break;
    at = next;
  }
  if (returnedBy(at) === owner && worksForNothingElse(owner)) {
    const { members, coerced, inverted } = open;
    return {
      exact: true,
      ...(members.length > 0 && { member: members.join('.') }),
      ...(coerced && { coerced: true as const }),
      ...(inverted && { inverted: true as const }),
      only: true,
    };
  }
  const renders = rendering(at, open, owner);
  return { exact: false, ...(renders && { renders }) };
}

/** One step outwards that keeps the value, or says what becomes of it. */
function step(at: ts.Expression, open: OpenFlow, scopes: Scopes): ts.Expression | undefined {
  const outer = held(at);
  if (outer !== at) return outer;
  const { parent } = at;
  if (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken) {
    open.inverted = !open.inverted;
    open.coerced = true;
    return parent;
  }
  if (ts.isCallExpression(parent) && ts.isIdentifier(parent.expression) && parent.expression.text === 'Boolean') {
    open.coerced = true;
    return parent;
  }
  if (ts.isPropertyAccessExpression(parent) && parent.expression === at && !/^(?:then|catch)$/.test(parent.name.text)) {
    open.members.push(parent.name.text);
    return parent;
  }
  if (ts.isElementAccessExpression(parent) && parent.expression === at) {
    const index = parent.argumentExpression;
    if (!ts.isNumericLiteral(index) && !ts.isStringLiteralLike(index)) return undefined;
    open.members.push(index.text);
    return parent;
  }
  if (ts.isBinaryExpression(parent) && parent.left === at) return combined(parent, open);
  return ts.isVariableDeclaration(parent) && parent.initializer === at ? named(parent, open, scopes) : undefined;
}

/** `read ?? fallback` is the read where it yields anything; `read || false` and `read === true` are its truth. */
function combined(node: ts.BinaryExpression, open: OpenFlow): ts.Expression | undefined {
  const operator = node.operatorToken.kind;
  const isTrue = node.right.kind === ts.SyntaxKind.TrueKeyword;
  const isFalse = node.right.kind === ts.SyntaxKind.FalseKeyword;
  if (operator === ts.SyntaxKind.QuestionQuestionToken) return node;
  if (operator === ts.SyntaxKind.BarBarToken && isFalse) return node;
  const equal = operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken;
  if (!equal || !(isTrue || isFalse)) return undefined;
  open.coerced = true;
  if (isFalse) open.inverted = !open.inverted;
  return node;
}

/** Goes on where a constant that holds the value is used, if that is one place. */
function named(declaration: ts.VariableDeclaration, open: OpenFlow, scopes: Scopes): ts.Expression | undefined {
  let name: ts.BindingName = declaration.name;
  let holder: ts.Declaration = declaration;
  if ((ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) === 0) return undefined;
  if (!ts.isIdentifier(name)) {
    const elements: readonly ts.ArrayBindingElement[] = name.elements;
    const bound = elements.filter((one): one is ts.BindingElement => ts.isBindingElement(one));
    const element = bound[0];
    if (element === undefined || bound.length > 1 || element.dotDotDotToken !== undefined) return undefined;
    const member = ts.isObjectBindingPattern(name)
      ? nameOf(element.propertyName ?? element.name)
      : String(elements.indexOf(element));
    if (member === undefined) return undefined;
    open.members.push(member);
    name = element.name;
    holder = element;
  }
  if (!ts.isIdentifier(name)) return undefined;
  const uses = scopes.references(name, holder).filter((one) => !isName(one));
  const [use, ...more] = uses.filter((one) => !isDependency(one));
  return more.length === 0 ? use : undefined;
}

function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node) ||
    ts.isJsxAttribute(parent)
  );
}

/** `[value]`, the list of what a hook depends on. */
function isDependency(node: ts.Identifier): boolean {
  const list = node.parent;
  return (
    ts.isArrayLiteralExpression(list) && ts.isCallExpression(list.parent) && list.parent.arguments.indexOf(list) > 0
  );
}

/** A body of constants and one return: what it holds besides the value can only be what the value is asked with. */
function worksForNothingElse(owner: ts.FunctionLikeDeclaration): boolean {
  if (owner.body === undefined || owner.asteriskToken !== undefined) return false;
  if (!ts.isBlock(owner.body)) return true;
  const { statements } = owner.body;
  return (
    statements.every((one) => ts.isVariableStatement(one) || ts.isReturnStatement(one)) &&
    returnsOf(owner.body).length === 1
  );
}

/** `return on ? children : null`, `return on && children`, `if (!on) return null; return children`. */
function rendering(at: ts.Expression, open: OpenFlow, owner: ts.FunctionLikeDeclaration): Flow['renders'] {
  const { parent } = at;
  if (open.members.length > 0) return undefined;
  if (ts.isConditionalExpression(parent) && parent.condition === at && yields(parent, owner)) {
    const [on, off] = open.inverted ? [parent.whenFalse, parent.whenTrue] : [parent.whenTrue, parent.whenFalse];
    return sides(on, off);
  }
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return parent.left === at && !open.inverted && yields(parent, owner) ? sides(parent.right, undefined) : undefined;
  if (!ts.isIfStatement(parent) || parent.elseStatement !== undefined || !ts.isBlock(parent.parent)) return undefined;
  const first = returnIn(parent.thenStatement);
  const next = parent.parent.statements[parent.parent.statements.indexOf(parent) + 1];
  const second = next && returnIn(next);
  if (first === undefined || second === undefined || parent.parent !== owner.body) return undefined;
  return open.inverted ? sides(second, first) : sides(first, second);
}

function yields(node: ts.Expression, owner: ts.FunctionLikeDeclaration): boolean {
  let at: ts.Expression = node;
  while (ts.isParenthesizedExpression(at.parent) || isBareHole(at.parent)) at = at.parent as ts.Expression;
  return returnedBy(at) === owner || (ts.isJsxExpression(at.parent) && isBareFragment(at.parent.parent, owner));
}

function isBareHole(node: ts.Node): boolean {
  return ts.isJsxFragment(node) && node.children.filter((one) => !blank(one)).length === 1;
}

/** `<>{on ? children : null}</>` */
function isBareFragment(node: ts.Node, owner: ts.FunctionLikeDeclaration): boolean {
  return ts.isJsxFragment(node) && isBareHole(node) && yields(node, owner);
}

function blank(node: ts.JsxChild): boolean {
  return ts.isJsxText(node) && node.containsOnlyTriviaWhiteSpaces;
}

function returnIn(statement: ts.Statement): ts.Expression | undefined {
  const only = ts.isBlock(statement) && statement.statements.length === 1 ? statement.statements[0]! : statement;
  return ts.isReturnStatement(only) ? only.expression : undefined;
}

function sides(on: ts.Expression, off: ts.Expression | undefined): Flow['renders'] {
  if (propNamed(on) !== 'children') return undefined;
  if (off === undefined || isNothing(off)) return {};
  const prop = propNamed(off);
  return prop === undefined ? undefined : { off: prop };
}

function isNothing(node: ts.Expression): boolean {
  const plain = inner(node);
  return (
    plain.kind === ts.SyntaxKind.NullKeyword ||
    plain.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(plain) && plain.text === 'undefined') ||
    (ts.isJsxFragment(plain) && plain.children.every(blank))
  );
}

/** `children`, `props.children`, `<>{children}</>` */
function propNamed(node: ts.Expression): string | undefined {
  const plain = inner(node);
  if (ts.isIdentifier(plain)) return plain.text;
  if (ts.isPropertyAccessExpression(plain) && ts.isIdentifier(plain.expression) && plain.expression.text === 'props')
    return plain.name.text;
  if (!ts.isJsxFragment(plain)) return undefined;
  const [child, ...more] = plain.children.filter((one) => !blank(one));
  return child !== undefined && more.length === 0 && ts.isJsxExpression(child) && child.expression !== undefined
    ? propNamed(child.expression)
    : undefined;
}

function inner(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)
    ? inner(node.expression)
    : node.kind === ts.SyntaxKind.BinaryExpression &&
        (node as ts.BinaryExpression).operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken &&
        isNothing((node as ts.BinaryExpression).right)
      ? inner((node as ts.BinaryExpression).left)
      : node;
}
