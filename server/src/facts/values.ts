import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import type { ArgFact, ValueExpr } from './file-facts.ts';
import { importedSymbol, nameOf, requiredModule } from './origins.ts';
import { rangeOf } from './parse.ts';
import type { Scopes } from './scope.ts';

const dynamic: ValueExpr = { kind: 'dynamic' };

/** An argument or property value, with its span. */
export function argFact(node: ts.Expression, scopes: Scopes): ArgFact {
  return fact(node, scopes, -1);
}

/**
 * What an expression says, as far as one file can tell: a literal, at once or through local constants, or the name of a
 * constant (`FLAGS.checkout`) that other facts resolve. Everything else is dynamic.
 */
export function valueExprOf(node: ts.Expression, scopes: Scopes, depth = 0): ValueExpr {
  if (depth > 12) return dynamic;
  if (ts.isStringLiteralLike(node))
    return { kind: 'string', value: node.text, ...(depth > 0 && { written: rangeOf(node, scopes.source) }) };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { kind: 'boolean', value: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { kind: 'boolean', value: false };
  if (ts.isNumericLiteral(node)) return { kind: 'number', value: Number(node.text) };
  if (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.MinusToken &&
    ts.isNumericLiteral(node.operand)
  )
    return { kind: 'number', value: -Number(node.operand.text) };
  const plain = withoutTypes(node);
  if (plain !== node) return valueExprOf(plain, scopes, depth + 1);
  if (ts.isConditionalExpression(node)) return either([node.whenTrue, node.whenFalse], scopes, depth);
  if (ts.isTemplateExpression(node)) return template(node, scopes, depth);
  if (ts.isBinaryExpression(node)) return joined(node, scopes, depth);
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
    return named(node, [], scopes, depth);
  if (ts.isObjectLiteralExpression(node)) return fields(node, scopes, depth);
  if (ts.isArrayLiteralExpression(node)) {
    const entries = node.elements.map((element, index) => [String(index), fact(element, scopes, depth)] as const);
    return { kind: 'fields', fields: Object.fromEntries(entries) };
  }
  return dynamic;
}

/** Where the string of `value`, which `node` stands for, is written as one literal. */
export function writtenAt(node: ts.Expression, value: ValueExpr, scopes: Scopes): TextRange | undefined {
  if (value.kind !== 'string') return undefined;
  return ts.isStringLiteralLike(node) ? rangeOf(node, scopes.source) : value.written;
}

/** An expression without parentheses, `as`, `satisfies`, `!`, and the freeze around a constant. */
export function withoutTypes(node: ts.Expression): ts.Expression {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node)
  )
    return withoutTypes(node.expression);
  if (
    ts.isCallExpression(node) &&
    node.arguments.length === 1 &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'freeze' &&
    ts.isIdentifier(node.expression.expression) &&
    node.expression.expression.text === 'Object'
  )
    return withoutTypes(node.arguments[0]!);
  return node;
}

function fact(node: ts.Expression, scopes: Scopes, depth: number): ArgFact {
  const range = rangeOf(node, scopes.source);
  const value = valueExprOf(node, scopes, depth + 1);
  if (value.kind !== 'string' || !ts.isStringLiteralLike(node)) return { range, value };
  return { range, value: { kind: 'string', value: value.value } };
}

/** Both sides of a conditional, where each is known. */
function either(sides: readonly ts.Expression[], scopes: Scopes, depth: number): ValueExpr {
  const options = sides.flatMap((side) => {
    const option = fact(side, scopes, depth);
    return option.value.kind === 'either' ? option.value.options : [option];
  });
  const known = options.every(({ value }) => value.kind === 'string' || value.kind === 'name');
  return known && options.length <= 8 ? { kind: 'either', options } : dynamic;
}

function template(node: ts.TemplateExpression, scopes: Scopes, depth: number): ValueExpr {
  let text = node.head.text;
  for (const span of node.templateSpans) {
    const value = valueExprOf(span.expression, scopes, depth + 1);
    if (value.kind !== 'string') return dynamic;
    text += value.value + span.literal.text;
  }
  return { kind: 'string', value: text };
}

function joined(node: ts.BinaryExpression, scopes: Scopes, depth: number): ValueExpr {
  if (node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return dynamic;
  const left = valueExprOf(node.left, scopes, depth + 1);
  if (left.kind !== 'string') return dynamic;
  const right = valueExprOf(node.right, scopes, depth + 1);
  return right.kind === 'string' ? { kind: 'string', value: left.value + right.value } : dynamic;
}

function fields(node: ts.ObjectLiteralExpression, scopes: Scopes, depth: number): ValueExpr {
  const found: Record<string, ArgFact> = {};
  for (const property of node.properties) {
    const name = property.name === undefined ? undefined : nameOf(property.name);
    if (name === undefined || name === '__proto__') continue;
    const value = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    if (value !== undefined)
      found[name] = { ...fact(value, scopes, depth), keyRange: rangeOf(property.name!, scopes.source) };
  }
  return { kind: 'fields', fields: found };
}

/** Follows `KEY`, `FLAGS.checkout` and `FLAGS['checkout']` to a literal, a top-level group, or an import. */
function named(node: ts.Expression, members: readonly string[], scopes: Scopes, depth: number): ValueExpr {
  if (depth > 12) return dynamic;
  const plain = withoutTypes(node);
  if (ts.isPropertyAccessExpression(plain))
    return named(plain.expression, [plain.name.text, ...members], scopes, depth + 1);
  if (ts.isElementAccessExpression(plain)) {
    const index = valueExprOf(plain.argumentExpression, scopes, depth + 1);
    const name = index.kind === 'string' ? index.value : index.kind === 'number' ? String(index.value) : undefined;
    return name === undefined ? dynamic : named(plain.expression, [name, ...members], scopes, depth + 1);
  }
  if (!ts.isIdentifier(plain)) return members.length === 0 ? dynamic : memberOf(plain, members, scopes, depth);
  const declaration = scopes.lookup(plain.text, plain, 'value');
  return declaration === undefined ? dynamic : declaredValue(declaration, plain.text, members, scopes, depth);
}

function declaredValue(
  declaration: ts.Declaration,
  name: string,
  members: readonly string[],
  scopes: Scopes,
  depth: number,
): ValueExpr {
  const from = importedSymbol(declaration);
  if (from !== undefined) return { kind: 'name', path: [name, ...members], from };
  if (ts.isEnumDeclaration(declaration)) return { kind: 'name', path: [name, ...members] };
  if (ts.isModuleDeclaration(declaration) || ts.isClassDeclaration(declaration))
    return members.length > 0 ? { kind: 'name', path: [name, ...members] } : dynamic;
  if (ts.isVariableDeclaration(declaration)) {
    if (!isConstant(declaration, scopes) || declaration.initializer === undefined) return dynamic;
    return valueOfConstant(declaration, name, members, scopes, depth);
  }
  if (ts.isBindingElement(declaration)) return bound(declaration, members, scopes, depth);
  return dynamic;
}

function valueOfConstant(
  declaration: ts.VariableDeclaration,
  name: string,
  members: readonly string[],
  scopes: Scopes,
  depth: number,
): ValueExpr {
  const initializer = withoutTypes(declaration.initializer!);
  const required = ts.isCallExpression(initializer) ? requiredModule(initializer) : undefined;
  if (required !== undefined) {
    const [first, ...rest] = members;
    return { kind: 'name', path: [first ?? name, ...rest], from: { specifier: required, imported: first ?? '*' } };
  }
  // What a call yields may be a flag that is declared under that name.
  if (members.length === 0 && ts.isCallExpression(initializer) && isTopLevel(declaration))
    return { kind: 'name', path: [name] };
  if (members.length === 0) return valueExprOf(initializer, scopes, depth + 1);
  if (ts.isArrayLiteralExpression(initializer)) return elementOf(initializer, members, scopes, depth);
  if (!ts.isObjectLiteralExpression(initializer)) return named(initializer, members, scopes, depth + 1);
  return isTopLevel(declaration)
    ? { kind: 'name', path: [name, ...members] }
    : memberOf(initializer, members, scopes, depth);
}

/** An element of a list that nothing can change: `KEYS[0]`. */
function elementOf(
  node: ts.ArrayLiteralExpression,
  [first, ...rest]: readonly string[],
  scopes: Scopes,
  depth: number,
): ValueExpr {
  const element = first !== undefined && /^\d+$/.test(first) ? node.elements[Number(first)] : undefined;
  if (element === undefined || node.elements.some(ts.isSpreadElement) || !isReadonly(node)) return dynamic;
  return rest.length === 0 ? valueExprOf(element, scopes, depth + 1) : named(element, rest, scopes, depth + 1);
}

/** `[...] as const`, `Object.freeze([...])` */
function isReadonly(node: ts.ArrayLiteralExpression): boolean {
  const { parent } = node;
  return (ts.isAsExpression(parent) && parent.type.getText() === 'const') || ts.isCallExpression(parent);
}

/** A member of an object literal. */
function memberOf(node: ts.Expression, members: readonly string[], scopes: Scopes, depth: number): ValueExpr {
  const [first, ...rest] = members;
  if (first === undefined || !ts.isObjectLiteralExpression(node)) return dynamic;
  for (const property of node.properties.toReversed()) {
    if (property.name === undefined) return dynamic;
    if (nameOf(property.name) !== first) continue;
    if (!ts.isPropertyAssignment(property)) return dynamic;
    if (rest.length === 0) return valueExprOf(property.initializer, scopes, depth + 1);
    return named(property.initializer, rest, scopes, depth + 1);
  }
  return dynamic;
}

/** `const { NEW_CHECKOUT } = FLAGS`, `const { FLAGS } = require('./flags')`. */
function bound(declaration: ts.BindingElement, members: readonly string[], scopes: Scopes, depth: number): ValueExpr {
  const pattern = declaration.parent;
  const name = nameOf(declaration.propertyName ?? declaration.name);
  if (!ts.isObjectBindingPattern(pattern) || declaration.dotDotDotToken !== undefined || name === undefined)
    return dynamic;
  const owner = pattern.parent;
  if (ts.isBindingElement(owner)) return bound(owner, [name, ...members], scopes, depth + 1);
  if (!ts.isVariableDeclaration(owner) || owner.initializer === undefined || !isConstant(owner, scopes)) return dynamic;
  const initializer = withoutTypes(owner.initializer);
  const required = ts.isCallExpression(initializer) ? requiredModule(initializer) : undefined;
  if (required !== undefined)
    return { kind: 'name', path: [name, ...members], from: { specifier: required, imported: name } };
  return named(initializer, [name, ...members], scopes, depth + 1);
}

/** A `const`, or a `let` or `var` that nothing assigns to. */
export function isConstant(declaration: ts.VariableDeclaration, scopes: Scopes): boolean {
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list) || ts.isForInStatement(list.parent) || ts.isForOfStatement(list.parent))
    return false;
  if ((list.flags & ts.NodeFlags.Const) !== 0) return true;
  return (
    ts.isIdentifier(declaration.name) &&
    !scopes.assignments(declaration.name.text).some((assignment) => ts.isIdentifier(assignment.left)) &&
    !scopes.identifiers(declaration.name.text).some(isStepped)
  );
}

/** `i++`, `--i` */
function isStepped(node: ts.Identifier): boolean {
  return ts.isPostfixUnaryExpression(node.parent) || ts.isPrefixUnaryExpression(node.parent);
}

/** Declared by a statement of the file itself. */
function isTopLevel(declaration: ts.VariableDeclaration): boolean {
  return ts.isVariableStatement(declaration.parent.parent) && ts.isSourceFile(declaration.parent.parent.parent);
}
