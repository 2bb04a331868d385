import { ts } from 'ts-morph';
import { isWrapper, unwrap } from '../../facts/run-time.ts';
import type { Source } from '../source.ts';
import type { Value } from './known.ts';
import { isWritten } from './purity.ts';

/** The value of a literal, also through what holds one for good in this file: a `const`, an enum, a constant object. */
export function constantOf(source: Source, node: ts.Expression, depth = 0): { readonly value: Value } | undefined {
  if (isWrapper(node)) return constantOf(source, node.expression, depth);
  const literal = literalOf(node);
  if (literal || depth > 4) return literal;
  if (ts.isPropertyAccessExpression(node)) return memberOf(source, node.expression, node.name.text, depth);
  if (ts.isElementAccessExpression(node)) {
    const key = constantOf(source, node.argumentExpression, depth + 1)?.value;
    return typeof key === 'string' ? memberOf(source, node.expression, key, depth) : undefined;
  }
  if (!ts.isIdentifier(node)) return undefined;
  if (node.text === 'undefined' && !source.symbolOf(node)) return { value: undefined };
  const held = heldBy(source, node);
  return held === undefined ? undefined : constantOf(source, held, depth + 1);
}

/** The value that is written as a literal, without a look at what names hold. */
export function literalOf(node: ts.Expression): { readonly value: Value } | undefined {
  if (isWrapper(node)) return literalOf(node.expression);
  if (ts.isStringLiteralLike(node)) return { value: node.text };
  if (ts.isNumericLiteral(node)) return { value: Number(node.text) };
  if (ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand)) {
    if (node.operator === ts.SyntaxKind.MinusToken) return { value: -Number(node.operand.text) };
    return undefined;
  }
  if (ts.isVoidExpression(node) && ts.isNumericLiteral(node.expression)) return { value: undefined };
  switch (node.kind) {
    case ts.SyntaxKind.TrueKeyword:
      return { value: true };
    case ts.SyntaxKind.FalseKeyword:
      return { value: false };
    case ts.SyntaxKind.NullKeyword:
      return { value: null };
    default:
      return undefined;
  }
}

/** The initializer of a `const`, unless it is another name. */
function heldBy(source: Source, id: ts.Identifier): ts.Expression | undefined {
  const declaration = constDeclaration(source, id);
  const held = declaration?.initializer;
  return held && !ts.isIdentifier(held) ? held : undefined;
}

export function constDeclaration(source: Source, id: ts.Identifier): ts.VariableDeclaration | undefined {
  const declaration = source.symbolOf(id)?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
  const list = declaration.parent;
  return ts.isVariableDeclarationList(list) && list.flags & ts.NodeFlags.Const ? declaration : undefined;
}

function memberOf(
  source: Source,
  owner: ts.Expression,
  name: string,
  depth: number,
): { readonly value: Value } | undefined {
  const plain = unwrap(owner);
  if (!ts.isIdentifier(plain)) return undefined;
  const declaration = source.symbolOf(plain)?.valueDeclaration;
  if (declaration && ts.isEnumDeclaration(declaration)) {
    const member = declaration.members.find((one) => nameOf(one.name) === name);
    const value = member && source.checker.getConstantValue(member);
    return value === undefined ? undefined : { value };
  }
  const literal = steadyObject(source, plain);
  const property = literal && memberNamed(literal, name);
  return property && ts.isPropertyAssignment(property)
    ? constantOf(source, property.initializer, depth + 1)
    : undefined;
}

/** The object literal of a `const` whose members nothing in this file can set. */
export function steadyObject(source: Source, id: ts.Identifier): ts.ObjectLiteralExpression | undefined {
  const declaration = constDeclaration(source, id);
  if (!declaration?.initializer) return undefined;
  const literal = unwrap(unfrozen(declaration.initializer));
  if (!ts.isObjectLiteralExpression(literal)) return undefined;
  const isFixed = unwrap(declaration.initializer) !== literal || isConstAssertion(declaration.initializer);
  const isExported = ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export;
  if (isFixed) return literal;
  const references = source.referencesOf(source.symbolOf(id)!);
  return !isExported && references.every(isMemberRead) ? literal : undefined;
}

function unfrozen(node: ts.Expression): ts.Expression {
  const plain = unwrap(node);
  const isFreeze = ts.isCallExpression(plain) && plain.expression.getText() === 'Object.freeze';
  return isFreeze && plain.arguments[0] ? plain.arguments[0] : node;
}

function isConstAssertion(node: ts.Expression): boolean {
  if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node))
    return node.type.getText() === 'const' || isConstAssertion(node.expression);
  return isWrapper(node) && isConstAssertion(node.expression);
}

/** `T.a`, `T[k]`, read and not called (a method may set what `this` is), and types. */
function isMemberRead(id: ts.Identifier): boolean {
  if (ts.isTypeQueryNode(id.parent)) return true;
  let owner: ts.Node = id;
  while (isWrapper(owner.parent)) owner = owner.parent;
  const access = owner.parent;
  if (!ts.isPropertyAccessExpression(access) && !ts.isElementAccessExpression(access)) return false;
  if (access.expression !== owner || isWritten(access) || ts.isDeleteExpression(access.parent)) return false;
  return !(ts.isCallExpression(access.parent) && access.parent.expression === access);
}

export function nameOf(name: ts.PropertyName | undefined): string | undefined {
  if (name === undefined) return undefined;
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined;
}

/** The one member of that name; undefined where a spread, a computed name or a second one leaves a doubt. */
export function memberNamed(
  literal: ts.ObjectLiteralExpression,
  name: string,
): ts.ObjectLiteralElementLike | undefined {
  const { properties } = literal;
  if (name === '__proto__' || properties.some((one) => nameOf(one.name) === undefined)) return undefined;
  const named = properties.filter((one) => nameOf(one.name) === name);
  return named.length === 1 ? named[0] : undefined;
}
