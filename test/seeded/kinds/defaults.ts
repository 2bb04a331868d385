import { ts } from 'ts-morph';
import { isExported, replace, textOf } from '../code.ts';
import { firing, type Kind, site } from '../kind.ts';
import type { Source } from '../source.ts';

const { SyntaxKind } = ts;

/** Defaults of parameters, of what is taken out of options, after `??`, and values of exported configuration. */
function* defaults(source: Source): Iterable<ts.Expression> {
  for (const one of [...source.all(ts.isParameter), ...source.all(ts.isBindingElement)])
    if (one.initializer) yield one.initializer;
  for (const one of source.all(ts.isBinaryExpression))
    if (one.operatorToken.kind === SyntaxKind.QuestionQuestionToken) yield one.right;
  for (const one of source.all(ts.isVariableStatement)) {
    const [declaration] = one.declarationList.declarations;
    const value = declaration?.initializer;
    if (!isExported(one) || !value || !/config|options|settings|defaults|limits/i.test(declaration.name.getText()))
      continue;
    if (ts.isObjectLiteralExpression(value))
      for (const property of value.properties) if (ts.isPropertyAssignment(property)) yield property.initializer;
  }
}

function isBoolean(node: ts.Node): boolean {
  return node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword;
}

const money = /price|amount|total|fee|tax|rate|discount|refund/i;

function* operators(source: Source, kinds: readonly ts.SyntaxKind[]): Iterable<ts.BinaryExpression> {
  for (const one of source.all(ts.isBinaryExpression)) if (kinds.includes(one.operatorToken.kind)) yield one;
}

/** It decides what happens: a condition of a branch or a loop, or what a predicate returns. */
function decides(one: ts.Node): boolean {
  const { parent } = one;
  if (ts.isBinaryExpression(parent) && /^(?:&&|\|\|)$/.test(parent.operatorToken.getText())) return decides(parent);
  if (ts.isParenthesizedExpression(parent)) return decides(parent);
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === one;
  if (ts.isForStatement(parent) || ts.isConditionalExpression(parent)) return parent.condition === one;
  return ts.isReturnStatement(parent);
}

const wider: Readonly<Record<string, string>> = { '<': '<=', '>': '>=', '<=': '<', '>=': '>' };

export const defaultKinds: readonly Kind[] = [
  firing('flip-default', ['risk/default-flipped'], function* (source) {
    for (const value of defaults(source))
      if (isBoolean(value))
        yield site(value.getStart(), replace(source, value, value.getText() === 'true' ? 'false' : 'true'));
  }),

  firing(
    'change-default-number',
    [
      'risk/default-flipped',
      'risk/timeout-changed',
      'risk/retry-changed',
      'risk/concurrency-changed',
      'risk/money-arithmetic',
    ],
    function* (source) {
      for (const value of defaults(source)) {
        if (!ts.isNumericLiteral(value)) continue;
        const now = Number(value.text) === 0 ? '1' : String(Number(value.text) * 2);
        yield site(value.getStart(), replace(source, value, now));
      }
    },
  ),

  firing(
    'move-boundary',
    ['risk/boundary-changed', 'risk/money-arithmetic', 'risk/validation-removed', 'risk/auth-condition-weakened'],
    function* (source) {
      const { LessThanToken, GreaterThanToken, LessThanEqualsToken, GreaterThanEqualsToken } = SyntaxKind;
      for (const one of operators(source, [
        LessThanToken,
        GreaterThanToken,
        LessThanEqualsToken,
        GreaterThanEqualsToken,
      ]))
        if (decides(one))
          yield site(
            one.operatorToken.getStart(),
            replace(source, one.operatorToken, wider[one.operatorToken.getText()]!),
          );
    },
  ),

  firing(
    'negate-equality',
    ['risk/boundary-changed', 'risk/auth-condition-weakened', 'risk/validation-removed'],
    function* (source) {
      for (const one of operators(source, [SyntaxKind.EqualsEqualsEqualsToken]))
        if (decides(one)) yield site(one.operatorToken.getStart(), replace(source, one.operatorToken, '!=='));
    },
  ),

  firing(
    'drop-negation',
    ['risk/boundary-changed', 'risk/auth-condition-weakened', 'risk/auth-check-removed', 'risk/validation-removed'],
    function* (source) {
      for (const one of source.all(ts.isPrefixUnaryExpression))
        if (one.operator === SyntaxKind.ExclamationToken && ts.isIfStatement(one.parent))
          yield site(one.getStart(), replace(source, one, textOf(source, one.operand)));
    },
  ),

  firing('change-money', ['risk/money-arithmetic', 'risk/default-flipped'], function* (source) {
    for (const one of source.all(ts.isNumericLiteral)) {
      const { parent } = one;
      if (!ts.isBinaryExpression(parent) || !/^[*/+-]=?$/.test(parent.operatorToken.getText())) continue;
      if (!money.test(parent.getText()) || /^[01]$/.test(one.text)) continue;
      yield site(one.getStart(), replace(source, one, String(Number(one.text) * 2)));
    }
    for (const one of source.all(ts.isPropertyAccessExpression))
      if (one.getText() === 'Math.round' && money.test(one.parent.getText()))
        yield site(one.getStart(), replace(source, one, 'Math.floor'));
  }),
];
