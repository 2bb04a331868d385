import { ts } from 'ts-morph';

/**
 * True when an expression can be dropped: evaluating it changes nothing. Getters are taken to be quiet, and reading a
 * property is taken to succeed.
 */
export function isPure(node: ts.Node): boolean {
  return isQuiet(node, () => false);
}

/**
 * True when the parts of a flag read (receiver, context, default) can be dropped with it: besides what is pure, calls and
 * constructors that only fetch or build something, told by their names (`getUser()`, `new EvaluationContext()`).
 */
export function isContextOnly(node: ts.Node): boolean {
  return isQuiet(node, (call) => {
    if (ts.isNewExpression(call)) return true;
    const callee = call.expression;
    const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
    return fetches.test(name);
  });
}

const fetches =
  /^(get|create|build|make|to|as|is|has|use|resolve|find|with|from|select|current|default|context|user|client|inject|String|Number|Boolean|unref|isEnabled$|anonymous)(?![a-z])|(Context|User|Client|Key|Id|Attributes|Service|Provider)$/;

type Call = ts.CallExpression | ts.NewExpression;

/** True when evaluating an expression does nothing but to call what `allows` lets pass. */
export function isQuiet(node: ts.Node, allows: (call: Call) => boolean): boolean {
  if (ts.isCallExpression(node) || ts.isNewExpression(node))
    return (
      allows(node) && isQuiet(node.expression, allows) && (node.arguments ?? []).every((arg) => isQuiet(arg, allows))
    );
  if (ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isTypeNode(node)) return true;
  if (ts.isMethodDeclaration(node) || ts.isAccessor(node))
    return !ts.isComputedPropertyName(node.name) || isQuiet(node.name.expression, allows);
  if (ts.isAwaitExpression(node)) return ts.isCallExpression(node.expression) && isQuiet(node.expression, allows);
  if (loud.has(node.kind)) return false;
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return false;
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
    if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) return false;
  if (ts.isSpreadElement(node) && !ts.isArrayLiteralExpression(skipParens(node.expression))) return false;
  return ts.forEachChild(node, (child) => !isQuiet(child, allows)) !== true;
}

const loud = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.YieldExpression,
  ts.SyntaxKind.DeleteExpression,
  ts.SyntaxKind.TaggedTemplateExpression,
  ts.SyntaxKind.ClassExpression,
  ts.SyntaxKind.Decorator,
]);

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** The expression inside parentheses. */
export function skipParens(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? skipParens(node.expression) : node;
}

/** True for `a.b = ...`, `a++`, `[a] = ...`, `for (a of ...)`: the identifier is written to. */
export function isWritten(id: ts.Node): boolean {
  const parent = id.parent;
  if (ts.isBinaryExpression(parent)) return parent.left === id && isAssignment(parent.operatorToken.kind);
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  if (ts.isForInStatement(parent) || ts.isForOfStatement(parent)) return parent.initializer === id;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === id && isPatternTarget(parent.parent);
  if (ts.isShorthandPropertyAssignment(parent) || ts.isSpreadAssignment(parent)) return isPatternTarget(parent.parent);
  if (ts.isArrayLiteralExpression(parent)) return isPatternTarget(parent);
  if (ts.isSpreadElement(parent)) return ts.isArrayLiteralExpression(parent.parent) && isPatternTarget(parent.parent);
  if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent) || ts.isAsExpression(parent))
    return isWritten(parent);
  return false;
}

/** `[a] = ...`, `({ a } = ...)`, also nested and with defaults. */
function isPatternTarget(literal: ts.Node): boolean {
  return isWritten(literal);
}
