import { ts } from 'ts-morph';
import type { ModuleSymbol, ValueExpr } from './file-facts.ts';
import { importedSymbol, nameOf } from './origins.ts';
import { placeOf } from './places.ts';
import type { Scopes } from './scope.ts';
import { isConstant } from './values.ts';

/** An expression that is a parameter of a function around it, or a field of one. */
export interface ParameterUse {
  readonly owner: ts.FunctionLikeDeclaration;
  readonly value: Extract<ValueExpr, { kind: 'parameter' }>;
  readonly declaration: ts.ParameterDeclaration;
}

/**
 * `key`, `props.name`, a name destructured from a parameter, a constant that holds one, `FLAGS[key]`, and `` `${key}` `` with nothing
 * around it. A parameter that is assigned to is none.
 */
export function parameterUse(node: ts.Expression, scopes: Scopes, depth = 0): ParameterUse | undefined {
  if (depth > 6) return undefined;
  const plain = withoutTypes(node);
  if (ts.isIdentifier(plain)) {
    const declaration = scopes.lookup(plain.text, plain, 'value');
    return declaration && declaredUse(declaration, plain.text, scopes, depth);
  }
  if (ts.isPropertyAccessExpression(plain))
    return fieldOf(parameterUse(plain.expression, scopes, depth + 1), plain.name.text);
  if (ts.isElementAccessExpression(plain)) return memberNamedBy(plain, scopes, depth);
  if (ts.isTemplateExpression(plain)) {
    const [span, ...more] = plain.templateSpans;
    const bare = plain.head.text === '' && more.length === 0 && span?.literal.text === '';
    return bare ? parameterUse(span.expression, scopes, depth + 1) : undefined;
  }
  return undefined;
}

function withoutTypes(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node)
    ? withoutTypes(node.expression)
    : node;
}

function declaredUse(
  declaration: ts.Declaration,
  name: string,
  scopes: Scopes,
  depth: number,
): ParameterUse | undefined {
  if (ts.isParameter(declaration)) return isAssigned(declaration, name, scopes) ? undefined : ofParameter(declaration);
  if (ts.isVariableDeclaration(declaration)) {
    if (declaration.initializer === undefined || !isConstant(declaration, scopes)) return undefined;
    return parameterUse(declaration.initializer, scopes, depth + 1);
  }
  if (!ts.isBindingElement(declaration) || declaration.dotDotDotToken !== undefined) return undefined;
  const pattern = declaration.parent;
  const field = nameOf(declaration.propertyName ?? declaration.name);
  if (!ts.isObjectBindingPattern(pattern) || field === undefined || isAssigned(declaration, name, scopes))
    return undefined;
  const owner = pattern.parent;
  if (ts.isParameter(owner)) return fieldOf(ofParameter(owner), field);
  if (!ts.isVariableDeclaration(owner) || owner.initializer === undefined) return undefined;
  return fieldOf(parameterUse(owner.initializer, scopes, depth + 1), field);
}

function ofParameter(declaration: ts.ParameterDeclaration): ParameterUse | undefined {
  const owner = declaration.parent as ts.FunctionLikeDeclaration;
  if (declaration.dotDotDotToken !== undefined || owner.body === undefined) return undefined;
  const names = owner.parameters.filter((one) => !(ts.isIdentifier(one.name) && one.name.text === 'this'));
  return { owner, declaration, value: { kind: 'parameter', index: names.indexOf(declaration) } };
}

function fieldOf(use: ParameterUse | undefined, field: string): ParameterUse | undefined {
  if (use === undefined || use.value.within !== undefined) return undefined;
  const outer = use.value.field;
  if (outer?.includes('.')) return undefined;
  return { ...use, value: { ...use.value, field: outer === undefined ? field : `${outer}.${field}` } };
}

/** `FLAGS[key]` */
function memberNamedBy(node: ts.ElementAccessExpression, scopes: Scopes, depth: number): ParameterUse | undefined {
  const use = parameterUse(node.argumentExpression, scopes, depth + 1);
  const within = use && groupNamed(node.expression, [], scopes);
  return use?.value.within !== undefined || within === undefined
    ? undefined
    : { ...use!, value: { ...use!.value, within } };
}

type Group = NonNullable<ParameterUse['value']['within']>;

function groupNamed(node: ts.Expression, members: readonly string[], scopes: Scopes): Group | undefined {
  const plain = withoutTypes(node);
  if (ts.isPropertyAccessExpression(plain)) return groupNamed(plain.expression, [plain.name.text, ...members], scopes);
  if (!ts.isIdentifier(plain)) return undefined;
  const declaration = scopes.lookup(plain.text, plain, 'value');
  if (declaration === undefined) return undefined;
  const from = importedSymbol(declaration);
  const path = [plain.text, ...members];
  if (from !== undefined) return { path, from };
  const constant = ts.isVariableDeclaration(declaration) && isConstant(declaration, scopes);
  return (constant || ts.isEnumDeclaration(declaration)) && isTopLevel(declaration) ? { path } : undefined;
}

function isTopLevel(declaration: ts.Declaration): boolean {
  const holder = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return ts.isSourceFile(holder.parent);
}

function isAssigned(declaration: ts.Declaration, name: string, scopes: Scopes): boolean {
  return scopes
    .assignments(name)
    .some(({ left }) => ts.isIdentifier(left) && scopes.lookup(name, left, 'value') === declaration);
}

/** What the declared types of a function's parameters are called, for those that are used. */
export function keyTypesOf(
  owner: ts.FunctionLikeDeclaration,
  uses: readonly ParameterUse[],
  scopes: Scopes,
): readonly (readonly ModuleSymbol[])[] {
  const types: ModuleSymbol[][] = [];
  for (const { owner: own, declaration, value } of uses) {
    if (own !== owner) continue;
    while (types.length <= value.index) types.push([]);
    const type = value.field === undefined ? declaration.type : fieldType(declaration.type, value.field, scopes);
    types[value.index]!.push(...typeNames(type, scopes, 0));
  }
  return types;
}

/** The type of a field of a type literal, or of an interface of this file. */
function fieldType(type: ts.TypeNode | undefined, field: string, scopes: Scopes): ts.TypeNode | undefined {
  if (type === undefined) return undefined;
  let members = ts.isTypeLiteralNode(type) ? type.members : undefined;
  if (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) {
    const found = scopes.lookup(type.typeName.text, type, 'type');
    if (found !== undefined && ts.isInterfaceDeclaration(found)) members = found.members;
    else if (found !== undefined && ts.isTypeAliasDeclaration(found) && ts.isTypeLiteralNode(found.type))
      members = found.type.members;
  }
  const member = members?.find((one) => one.name !== undefined && nameOf(one.name) === field);
  return member !== undefined && ts.isPropertySignature(member) ? member.type : undefined;
}

function typeNames(type: ts.TypeNode | undefined, scopes: Scopes, depth: number): ModuleSymbol[] {
  if (type === undefined || depth > 6) return [];
  if (ts.isUnionTypeNode(type)) return type.types.flatMap((one) => typeNames(one, scopes, depth + 1));
  if (ts.isParenthesizedTypeNode(type) || ts.isTypeOperatorNode(type)) return typeNames(type.type, scopes, depth + 1);
  if (ts.isIndexedAccessTypeNode(type)) return typeNames(type.objectType, scopes, depth + 1);
  if (ts.isTypeQueryNode(type)) return entityName(type.exprName, 'value', scopes, depth);
  return ts.isTypeReferenceNode(type) ? entityName(type.typeName, 'type', scopes, depth) : [];
}

function entityName(name: ts.EntityName, meaning: 'value' | 'type', scopes: Scopes, depth: number): ModuleSymbol[] {
  if (!ts.isIdentifier(name)) return [];
  const found = scopes.lookup(name.text, name, meaning);
  if (found === undefined) return [];
  const imported = importedSymbol(found);
  if (imported !== undefined) return [imported];
  if (ts.isTypeParameterDeclaration(found)) return typeNames(found.constraint, scopes, depth + 1);
  // A plain name for another type; a union of literals is a group itself.
  if (ts.isTypeAliasDeclaration(found)) {
    const inner = typeNames(found.type, scopes, depth + 1);
    if (inner.length > 0) return inner;
  }
  const place = placeOf(found) ?? (ts.isEnumDeclaration(found) ? { name: found.name.text } : undefined);
  return place === undefined ? [] : [{ specifier: '', imported: place.name }];
}
