import { ts } from 'ts-morph';
import { isDenial, isGuardName, isGuardReference, namesAccess, namesRight } from '../auth-words.ts';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { normalText } from '../normal-form.ts';
import { registersOf } from '../routes.ts';
import { unwrap } from '../run-time.ts';
import type { Extractor, ExtractorPlace } from './extractor.ts';

/**
 * Checks of access: early exits that deny, guard calls as statements, middleware of routes, decorators, wrappers, and
 * procedures that are built on a protected one. What stands in such a place without any sign of a check is `guardable`.
 */
export const auth: Extractor = {
  nodes: [
    ts.SyntaxKind.IfStatement,
    ts.SyntaxKind.ExpressionStatement,
    ts.SyntaxKind.VariableDeclaration,
    ts.SyntaxKind.Decorator,
    ts.SyntaxKind.CallExpression,
    ts.SyntaxKind.JsxElement,
  ],
  mentions: /[(@<]/,
  take: authFeatures,
};

/** `protectedProcedure.input(...).mutation(...)` under the property that registers it. */
export const procedures: Extractor = {
  nodes: [ts.SyntaxKind.Identifier],
  mentions: /procedure/i,
  take: (node, { file }) => (ts.isIdentifier(node) ? procedure(node, file) : []),
};

function authFeatures(node: ts.Node, { bindings, file }: ExtractorPlace): Feature[] {
  if (ts.isIfStatement(node)) return denial(node);
  if (ts.isExpressionStatement(node)) return guardStatement(node.expression);
  if (ts.isVariableDeclaration(node) && node.initializer) return guardStatement(node.initializer);
  if (ts.isDecorator(node)) return decorator(node);
  if (ts.isCallExpression(node)) return [...middleware(node), ...wrapper(node)];
  if (ts.isJsxElement(node) && isGuardName(node.openingElement.tagName.getText(file), 'wrapper'))
    return [feature(true, node.openingElement, `element ${node.openingElement.tagName.getText(file)}`)];
  return [];

  function feature(isCheck: boolean, at: ts.Node, key: string, protects?: string[], named: ts.Node = at): Feature {
    return featureAt(at, isCheck, key, protects, named, file);
  }

  /** `if (!user.isAdmin) return res.sendStatus(403)`, or the same with the denial in `else`. */
  function denial(statement: ts.IfStatement): Feature[] {
    const { expression, thenStatement, elseStatement } = statement;
    const key = `if ${normalText(expression, bindings)}`;
    if (asksFailure(statement)) return [];
    if (isDenial(thenStatement, bindings)) return [feature(true, statement, key, undefined, expression)];
    if (elseStatement && isDenial(elseStatement, bindings))
      return [feature(true, elseStatement, key, undefined, expression)];
    const isCheck = denies(expression);
    return exits(thenStatement) && (isCheck || !elseStatement)
      ? [feature(isCheck, statement, key, undefined, expression)]
      : [];
  }

  /** `requireAuth(req)`, `await assertCanEdit(user, doc)`, `const session = await requireSession(req)`. */
  function guardStatement(expression: ts.Expression): Feature[] {
    let call = unwrap(expression);
    if (ts.isAwaitExpression(call) || ts.isVoidExpression(call)) call = unwrap(call.expression);
    if (!ts.isCallExpression(call) || call.arguments.some(ts.isFunctionLike)) return [];
    const name = calleeName(call.expression);
    const throwsDenial = /^throw/i.test(name) && /\bForbidden|\bUnauthorized/.test(call.expression.getText(file));
    return [feature(throwsDenial || isGuardName(name, 'call'), call, `call ${name}`)];
  }

  function decorator(node: ts.Decorator): Feature[] {
    const expression = unwrap(node.expression);
    const name = calleeName(ts.isCallExpression(expression) ? expression.expression : expression);
    const args = ts.isCallExpression(expression) ? expression.arguments : [];
    // `@Scopes(() => ({ withAuthor: ... }))` of an object-relational mapper names queries.
    if (/^(?:Default)?Scopes?$/.test(name) && args.some((one) => ts.isFunctionLike(unwrap(one)))) return [];
    if (name === 'UseGuards') return args.map((one) => feature(true, one, `@${normalText(one, bindings)}`));
    return [feature(isGuardName(name, 'decorator'), node, `@${name}`)];
  }

  /** `router.post('/orders', requireAuth, create)`, `app.use(auth)`, `{ preHandler: [requireAuth] }`. */
  function middleware(call: ts.CallExpression): Feature[] {
    const route = registersOf(call);
    const target = route?.title ?? route?.mount;
    const protects = target === undefined ? [] : [target];
    return (route?.middleware ?? []).map((one) =>
      feature(isGuardReference(one), one, `use ${normalText(one, bindings)}`, protects),
    );
  }

  /** `withAuth(handler)`, `requireRole('admin')(handler)`. */
  function wrapper(call: ts.CallExpression): Feature[] {
    const { parent } = call;
    if (ts.isExpressionStatement(parent) || ts.isAwaitExpression(parent) || ts.isDecorator(parent)) return [];
    const name = calleeName(call.expression);
    const curried = ts.isCallExpression(call.expression) || /^with[A-Z]/.test(name);
    const args = call.arguments.map(unwrap);
    if (!args.some((one) => ts.isFunctionLike(one) || (curried && ts.isIdentifier(one)))) return [];
    const isValue =
      ts.isVariableDeclaration(parent) || ts.isExportAssignment(parent) || ts.isPropertyAssignment(parent);
    const isCheck = isGuardName(name, 'wrapper');
    return isCheck || isValue ? [feature(isCheck, call.expression, `wrap ${name}`)] : [];
  }
}

function procedure(identifier: ts.Identifier, file: ts.SourceFile): Feature[] {
  const { parent } = identifier;
  if (!/procedure$/i.test(identifier.text) || !namesAccess(identifier.text)) return [];
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== identifier) return [];
  const holder = ts.findAncestor(identifier, ts.isPropertyAssignment);
  const protects = holder ? [`procedure ${holder.name.getText(file)}`] : undefined;
  return [featureAt(identifier, true, `procedure ${identifier.text}`, protects, identifier, file)];
}

export function featureAt(
  at: ts.Node,
  isCheck: boolean,
  key: string,
  protects: string[] | undefined,
  named: ts.Node,
  file: ts.SourceFile,
): Feature {
  const range = { start: at.getStart(file), end: at.end };
  const text = file.text.slice(range.start, range.end);
  return { kind: isCheck ? 'auth' : 'guardable', key, range, text, protects, words: accessWords(named, file) };
}

/** `if (error.status === 401)` in a catch answers a failure; it checks nobody's rights. */
function asksFailure(statement: ts.IfStatement): boolean {
  const clause = ts.findAncestor(statement, (at) => ts.isCatchClause(at) || ts.isFunctionLike(at));
  const variable = clause && ts.isCatchClause(clause) ? clause.variableDeclaration?.name.getText() : undefined;
  const condition = statement.expression.getText();
  if (variable !== undefined && new RegExp(`(?<![\\w$.])${variable.replace(/\$/g, '\\$')}(?![\\w$])`).test(condition))
    return true;
  return /\binstanceof\s+\w*(?:Error|Exception)\b|(?<![\w$.])(?:err|error|e|ex)\??\./.test(condition);
}

/** A statement after which the code below it does not run: it, or the last one of a block, leaves. */
export function exits(statement: ts.Statement): boolean {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement)) return true;
  if (ts.isContinueStatement(statement) || ts.isBreakStatement(statement)) return true;
  if (ts.isBlock(statement)) return statement.statements.length > 0 && exits(statement.statements.at(-1)!);
  if (ts.isIfStatement(statement))
    return exits(statement.thenStatement) && statement.elseStatement !== undefined && exits(statement.elseStatement);
  return false;
}

const lockedOut =
  /^[\w$.?!]*\b(?:user|account|member|actor|viewer)[?!]?\.(?:disabled|banned|suspended|blocked|deactivated)$/i;

/** A condition that holds for those who lack a right: `!user.isAdmin`, `role !== 'admin'`, `!(await canEdit(doc))`, `user.banned`. */
function denies(condition: ts.Expression, negated = false): boolean {
  const node = unwrap(condition);
  if (ts.isPropertyAccessExpression(node) && lockedOut.test(node.getText())) return !negated;
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return (!negated && mentions(node.operand)) || denies(node.operand, !negated);
  if (!ts.isBinaryExpression(node)) return false;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return denies(node.left, negated) || denies(node.right, negated);
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
      return !negated && mentions(node);
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsToken:
      return !negated && node.right.kind === ts.SyntaxKind.FalseKeyword && mentions(node.left);
    default:
      return false;
  }
}

function mentions(node: ts.Node): boolean {
  if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && namesRight(node.text)) return true;
  return ts.forEachChild(node, (child) => (mentions(child) ? true : undefined)) ?? false;
}

/** The names in a check that stand for a right; where none does, all of its names. */
function accessWords(node: ts.Node, file: ts.SourceFile): string[] {
  const found = new Set<string>();
  const visit = (at: ts.Node): void => {
    if (ts.isFunctionLike(at)) return;
    if (ts.isStringLiteralLike(at) && namesAccess(at.text)) found.add(at.text);
    if (ts.isIdentifier(at) && (!ts.isPropertyAccessExpression(at.parent) || at.parent.name === at)) found.add(at.text);
    ts.forEachChild(at, visit);
  };
  visit(node);
  const telling = [...found].filter((name) => namesAccess(name) || isGuardName(name, 'call'));
  if (telling.length > 0) return telling;
  return found.size > 0 ? [...found] : [node.getText(file)];
}
