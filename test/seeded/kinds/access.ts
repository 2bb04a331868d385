import { ts } from 'ts-morph';
import { calledName, functionAround, insert, removeElement, removeLine, replace, some, textOf } from '../code.ts';
import { firing, type Kind, type Site, site } from '../kind.ts';
import type { Source } from '../source.ts';

/** Somebody's right: a role, permissions, ownership, or a predicate that is named after one. */
const access = new RegExp(
  [
    /\b(?:user|member|account|session|actor|viewer)!?\??\.(?:role|roles|permissions|scopes|isAdmin|disabled)\b/,
    /\b(?:isAdmin|ownerId)\b/,
    /\b(?:is|has)(?:Allowed|Authori[sz]ed|Authenticated|Permission|Role)\w*\(/,
    /\bcan(?:Edit|View|Read|Write|Delete|Manage|Access|Refund)\w*\(/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
/** An answer that says no. */
const refusal =
  /(?:[sS]tatus|Error)\(\s*40[13]\b|\b(?:Forbidden|Unauthori[sz]ed)\w*\(|['"](?:UNAUTHORIZED|FORBIDDEN)['"]/;
const check = /^(?:validate|assert|ensure|check|verify|require)[A-Z]/;

/** `if (...) throw ...;` or `if (...) return ...;` as a statement of a function's body, with nothing else in it. */
function* exits(source: Source, is: (node: ts.Statement) => boolean): Iterable<ts.IfStatement> {
  for (const one of source.all(ts.isIfStatement)) {
    if (one.elseStatement || !ts.isBlock(one.parent) || !one.parent.parent || !ts.isFunctionLike(one.parent.parent))
      continue;
    const { thenStatement } = one;
    const last = ts.isBlock(thenStatement) ? thenStatement.statements.at(-1) : thenStatement;
    if (last && is(last)) yield one;
  }
}

function isDenial({ expression, thenStatement }: ts.IfStatement): boolean {
  const last = ts.isBlock(thenStatement) ? thenStatement.statements.at(-1) : thenStatement;
  if (!last || !(ts.isThrowStatement(last) || ts.isReturnStatement(last))) return false;
  const then = thenStatement.getText();
  if (refusal.test(then) && !/catch|status ===/.test(then)) return true;
  const isNo =
    ts.isThrowStatement(last) ||
    !last.expression ||
    /^(?:false|null|undefined)$|^next\(/.test(last.expression.getText());
  return access.test(expression.getText()) && isNo;
}

function* without(source: Source, statements: Iterable<ts.Statement>): Iterable<Site> {
  for (const one of statements) yield site(one.getStart(), removeLine(source, one));
}

/** `a && b` that grants something (what a predicate returns, an `if` that goes on), `a || b` that denies it. */
function* accessConditions(source: Source): Iterable<ts.BinaryExpression> {
  for (const one of source.all(ts.isBinaryExpression)) {
    const operator = one.operatorToken.getText();
    if (!/^(?:&&|\|\|)$/.test(operator) || !access.test(one.getText())) continue;
    const holder = ts.findAncestor(one.parent, (up) => !ts.isParenthesizedExpression(up) && !isJoined(up));
    if (!holder) continue;
    const isIf = ts.isIfStatement(holder) && some(holder.expression, (up) => up === one);
    const denies = isIf && isDenial(holder);
    if (
      denies ? operator === '||' : operator === '&&' && (isIf || (ts.isReturnStatement(holder) && isPredicate(holder)))
    )
      yield one;
  }
}

function isJoined(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && /^(?:&&|\|\|)$/.test(node.operatorToken.getText());
}

function isPredicate(node: ts.Node): boolean {
  const around = functionAround(node);
  const name = around && 'name' in around ? (around.name as ts.Node | undefined)?.getText() : undefined;
  return /^(?:is|can|has|may|should|allow)/i.test(name ?? '');
}

/** Options of a cookie that is taken away. */
function clears(property: ts.Node): boolean {
  const call = property.parent.parent;
  return ts.isCallExpression(call) && /clear|delete|remove/i.test(calledName(call));
}

export const accessKinds: readonly Kind[] = [
  firing('drop-access-check', ['risk/auth-check-removed'], (source) =>
    without(
      source,
      [...exits(source, (last) => ts.isThrowStatement(last) || ts.isReturnStatement(last))].filter(isDenial),
    ),
  ),

  firing('drop-throwing-guard', ['risk/validation-removed', 'risk/auth-check-removed'], (source) =>
    without(source, exits(source, ts.isThrowStatement)),
  ),

  firing('drop-middleware', ['risk/auth-check-removed'], function* (source) {
    for (const one of source.all(ts.isCallExpression)) {
      if (
        !/^(?:get|post|put|patch|delete|use)$/.test(calledName(one)) ||
        !/outes?$|^app\b/.test(one.expression.getText().replace(/\.\w+$/, ''))
      )
        continue;
      for (const argument of one.arguments)
        if (/^require[A-Z]/.test(argument.getText()))
          yield site(one.getStart(), removeElement(source, one.arguments, argument));
    }
  }),

  firing('loosen-access-condition', ['risk/auth-condition-weakened'], function* (source) {
    for (const one of accessConditions(source))
      yield site(
        one.operatorToken.getStart(),
        replace(source, one.operatorToken, one.operatorToken.getText() === '&&' ? '||' : '&&'),
      );
  }),

  firing('drop-access-operand', ['risk/auth-condition-weakened'], function* (source) {
    for (const one of accessConditions(source))
      if (access.test(one.right.getText())) yield site(one.getStart(), replace(source, one, textOf(source, one.left)));
  }),

  firing('drop-validation-call', ['risk/validation-removed', 'risk/auth-check-removed'], function* (source) {
    for (const one of source.all(ts.isExpressionStatement)) {
      const call = ts.isAwaitExpression(one.expression) ? one.expression.expression : one.expression;
      if (!ts.isCallExpression(call) || !check.test(calledName(call)) || !ts.isBlock(one.parent)) continue;
      if (call.arguments.length > 0 && !call.arguments.some(ts.isFunctionLike))
        yield site(one.getStart(), removeLine(source, one));
    }
  }),

  firing('drop-schema-parse', ['risk/validation-removed'], function* (source) {
    for (const one of source.all(ts.isCallExpression)) {
      if (
        calledName(one) !== 'parse' ||
        one.arguments.length !== 1 ||
        !/^(?:req|event|input|body|JSON)\b/.test(one.arguments[0]!.getText())
      )
        continue;
      if (/^(?:JSON|Date|url|path|qs)\./.test(one.expression.getText())) continue;
      yield site(one.getStart(), replace(source, one, textOf(source, one.arguments[0]!)));
    }
  }),

  firing('drop-schema-bound', ['risk/validation-removed'], function* (source) {
    if (!/from 'zod'/.test(source.text)) return;
    for (const one of source.all(ts.isCallExpression)) {
      const { expression } = one;
      if (
        !/^(?:min|max|email|uuid|int|positive|strict)$/.test(calledName(one)) ||
        !ts.isPropertyAccessExpression(expression)
      )
        continue;
      yield site(expression.name.getStart(), { start: expression.expression.end, end: one.end, text: '' });
    }
  }),

  firing('equal-in-any-time', ['risk/crypto-changed'], function* (source) {
    for (const one of source.all(ts.isCallExpression)) {
      const [a, b] = one.arguments;
      if (!a || !b || !/^(?:crypto\.)?timingSafeEqual$/.test(one.expression.getText())) continue;
      const of = (node: ts.Node) => `${textOf(source, node)}.toString('hex')`;
      yield site(one.getStart(), replace(source, one, `${of(a)} === ${of(b)}`));
    }
  }),

  firing('weaker-crypto', ['risk/crypto-changed'], function* (source) {
    for (const one of source.all(ts.isCallExpression)) {
      if (!/^create(?:Hmac|Hash)$/.test(calledName(one))) continue;
      const [algorithm] = one.arguments;
      if (algorithm && ts.isStringLiteral(algorithm) && /^sha(?:256|512)$/.test(algorithm.text))
        yield site(one.getStart(), replace(source, algorithm, "'md5'"));
    }
    for (const one of source.all(ts.isVariableDeclaration))
      if (/^(?:salt)?rounds$/i.test(one.name.getText()) && one.initializer && ts.isNumericLiteral(one.initializer))
        yield site(one.getStart(), replace(source, one.initializer, '4'));
  }),

  firing('tls-unverified', ['risk/tls-verify-off'], function* (source) {
    const option = 'rejectUnauthorized: false';
    for (const one of [...source.all(ts.isNewExpression), ...source.all(ts.isCallExpression)]) {
      const called = one.expression.getText();
      const text = /^https\.(?:Agent|request|get)$|^tls\.connect$/.test(called)
        ? option
        : { createTransport: `tls: { ${option} }`, Pool: `ssl: { ${option} }` }[called.replace(/^.*\./, '')];
      const first = one.arguments?.find(ts.isObjectLiteralExpression)?.properties[0];
      if (text && first) yield site(one.getStart(), insert(first.getStart(), `${text}, `));
    }
  }),

  firing('weaker-cookie', ['risk/cors-cookie-weakened'], function* (source) {
    for (const one of source.all(ts.isPropertyAssignment)) {
      const name = one.name.getText();
      const value = one.initializer;
      if (
        /^(?:httpOnly|secure)$/i.test(name) &&
        value.kind === ts.SyntaxKind.TrueKeyword &&
        /sameSite/i.test(one.parent.getText()) &&
        !clears(one)
      )
        yield site(one.getStart(), replace(source, value, 'false'));
      if (/^sameSite$/i.test(name) && ts.isStringLiteral(value) && /^(?:lax|strict)$/i.test(value.text) && !clears(one))
        yield site(one.getStart(), replace(source, value, "'none'"));
    }
    for (const one of source.all(ts.isCallExpression)) {
      const origin = one.expression.getText() === 'cors' && one.arguments[0];
      if (!origin || !ts.isObjectLiteralExpression(origin)) continue;
      for (const property of origin.properties)
        if (property.name?.getText() === 'origin') yield site(one.getStart(), replace(source, property, "origin: '*'"));
    }
  }),

  firing('query-by-concatenation', ['risk/raw-sql-introduced'], function* (source) {
    for (const one of source.all(ts.isCallExpression)) {
      const [text, values] = one.arguments;
      if (
        calledName(one) !== 'query' ||
        !text ||
        !ts.isStringLiteral(text) ||
        !values ||
        !ts.isArrayLiteralExpression(values)
      )
        continue;
      const last = values.elements.at(-1)!;
      const mark = `$${values.elements.length}`;
      const literal = textOf(source, text);
      const at = literal.indexOf(mark);
      if (at < 0 || !ts.isIdentifier(last)) continue;
      const joined = `${literal.slice(0, at)}'" + ${last.text} + "'${literal.slice(at + mark.length)}`;
      const fixed = joined.replace(/^'/, '"').replace(/'$/, '"');
      const rest = values.elements.slice(0, -1).map((value) => textOf(source, value));
      const end =
        rest.length > 0
          ? [replace(source, values, `[${rest.join(', ')}]`)]
          : [{ start: text.end, end: values.end, text: '' }];
      yield site(one.getStart(), replace(source, text, fixed), ...end);
    }
  }),
];
