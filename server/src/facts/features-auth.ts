import { ts } from 'ts-morph';
import { type AuthWords, isDenial, isGuardName, isGuardReference, namesAccess } from './auth-words.ts';
import type { Bindings } from './bindings.ts';
import { calleeName } from './calls.ts';
import type { Feature } from './change-facts.ts';
import { normalText } from './normal-form.ts';
import { registersOf } from './routes.ts';
import { unwrap } from './run-time.ts';

/**
 * Checks of access: early exits that deny, guard calls as statements, middleware of routes, decorators, wrappers, and
 * procedures that are built on a protected one.
 */
export function authFeatures(node: ts.Node, bindings: Bindings, file: ts.SourceFile, words: AuthWords): Feature[] {
  if (ts.isIfStatement(node)) return denial(node);
  if (ts.isExpressionStatement(node)) return guardStatement(node.expression);
  if (ts.isVariableDeclaration(node) && node.initializer) return guardStatement(node.initializer);
  if (ts.isDecorator(node)) return decorator(node);
  if (ts.isCallExpression(node)) return [...middleware(node), ...wrapper(node)];
  if (ts.isJsxElement(node) && isGuardName(node.openingElement.tagName.getText(file), 'wrapper', words))
    return [feature(node.openingElement, `element ${node.openingElement.tagName.getText(file)}`)];
  if (ts.isIdentifier(node)) return procedure(node);
  return [];

  function feature(at: ts.Node, key: string, protects?: string[]): Feature {
    const range = { start: at.getStart(file), end: at.end };
    const text = file.text.slice(range.start, range.end);
    return { kind: 'auth', key, range, text, protects, words: identifiersIn(at, file) };
  }

  /** `if (!user.isAdmin) return res.sendStatus(403)`, or the same with the denial in `else`. */
  function denial(statement: ts.IfStatement): Feature[] {
    const denied = [statement.thenStatement, statement.elseStatement].find((side) => side && isDenial(side, file));
    const byWords =
      !denied &&
      exits(statement.thenStatement) &&
      !statement.elseStatement &&
      deniesAccess(statement.expression, words);
    if (!denied && !byWords) return [];
    const key = `if ${normalText(statement.expression, bindings)}`;
    const whole = denied === statement.elseStatement ? (statement.elseStatement ?? statement) : statement;
    return [{ ...feature(whole, key), words: identifiersIn(statement.expression, file) }];
  }

  /** `requireAuth(req)`, `await assertCanEdit(user, doc)`, `const session = await requireSession(req)`. */
  function guardStatement(expression: ts.Expression): Feature[] {
    let call = unwrap(expression);
    if (ts.isAwaitExpression(call) || ts.isVoidExpression(call)) call = unwrap(call.expression);
    if (!ts.isCallExpression(call) || call.arguments.some(ts.isFunctionLike)) return [];
    const name = calleeName(call.expression);
    const chain = call.expression.getText(file);
    if (isGuardName(name, 'call', words) || (/\bForbidden|\bUnauthorized/.test(chain) && /^throw/i.test(name)))
      return [feature(call, `call ${name}`)];
    return [];
  }

  function decorator(node: ts.Decorator): Feature[] {
    const expression = unwrap(node.expression);
    const name = calleeName(ts.isCallExpression(expression) ? expression.expression : expression);
    const args = ts.isCallExpression(expression) ? expression.arguments : [];
    if (name === 'UseGuards') return args.map((one) => feature(one, `@${normalText(one, bindings)}`));
    return isGuardName(name, 'decorator', words) ? [feature(node, `@${name}`)] : [];
  }

  /** `router.post('/orders', requireAuth, create)`, `app.use(auth)`, `{ preHandler: [requireAuth] }`. */
  function middleware(call: ts.CallExpression): Feature[] {
    const route = registersOf(call);
    if (!route) return [];
    const protects = route.title === undefined ? [] : [route.title];
    return route.middleware
      .filter((one) => isGuardReference(one, words))
      .map((one) => feature(one, `use ${normalText(one, bindings)}`, protects));
  }

  /** `withAuth(handler)`, `requireRole('admin')(handler)`. */
  function wrapper(call: ts.CallExpression): Feature[] {
    if (ts.isExpressionStatement(call.parent) || ts.isAwaitExpression(call.parent) || ts.isDecorator(call.parent))
      return [];
    const name = calleeName(call.expression);
    const curried = ts.isCallExpression(call.expression) || /^with[A-Z]/.test(name);
    const wraps = call.arguments.some(
      (one) => ts.isFunctionLike(unwrap(one)) || (curried && ts.isIdentifier(unwrap(one))),
    );
    return wraps && isGuardName(name, 'wrapper', words) ? [feature(call.expression, `wrap ${name}`)] : [];
  }

  /** `protectedProcedure.input(...).mutation(...)` under the property that registers it. */
  function procedure(identifier: ts.Identifier): Feature[] {
    if (!/procedure$/i.test(identifier.text) || !namesAccess(identifier.text, words)) return [];
    if (!ts.isPropertyAccessExpression(identifier.parent) || identifier.parent.expression !== identifier) return [];
    const holder = ts.findAncestor(identifier, ts.isPropertyAssignment);
    const protects = holder ? [`procedure ${holder.name.getText(file)}`] : undefined;
    return [feature(identifier, `procedure ${identifier.text}`, protects)];
  }
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

/** A condition that holds for those who lack a right: `!user.isAdmin`, `role !== 'admin'`, `!(await canEdit(doc))`. */
function deniesAccess(condition: ts.Expression, words: AuthWords): boolean {
  const node = unwrap(condition);
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.AmpersandAmpersandToken)
      return deniesAccess(node.left, words) || deniesAccess(node.right, words);
    const differs =
      operator === ts.SyntaxKind.ExclamationEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsToken;
    const equals = operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken;
    if (differs) return mentions(node, words);
    return equals && node.right.kind === ts.SyntaxKind.FalseKeyword && mentions(node.left, words);
  }
  return (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.ExclamationToken &&
    mentions(node.operand, words)
  );
}

function mentions(node: ts.Node, words: AuthWords): boolean {
  if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && namesAccess(node.text, words)) return true;
  return ts.forEachChild(node, (child) => (mentions(child, words) ? true : undefined)) ?? false;
}

function identifiersIn(node: ts.Node, file: ts.SourceFile): string[] {
  const found = new Set<string>();
  const visit = (at: ts.Node): void => {
    if (ts.isFunctionLike(at)) return;
    if (ts.isIdentifier(at) && (!ts.isPropertyAccessExpression(at.parent) || at.parent.name === at)) found.add(at.text);
    ts.forEachChild(at, visit);
  };
  visit(node);
  return found.size > 0 ? [...found] : [node.getText(file)];
}
