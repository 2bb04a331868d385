import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import type { ExportFact, GroupMember, NameFact, ValueExpr } from './file-facts.ts';
import { boundNames, isModuleExports } from './imports.ts';
import { nameOf, type Origins } from './origins.ts';
import { rangeOf } from './parse.ts';
import { returnsOf } from './returns.ts';
import type { Scopes } from './scope.ts';
import { isConstant, valueExprOf, withoutTypes, writtenAt } from './values.ts';

/**
 * Names of a file's top level that other facts can refer to: string constants, groups of strings (enums, constant objects,
 * unions of literals), and what derives from imports (clients, services that hold clients, functions that return them).
 * @param deep also tell what derives from imports; costly, and pointless in files that have nothing to do with flags
 */
export function namesOf(scopes: Scopes, origins: Origins, exports: readonly ExportFact[], deep: boolean): NameFact[] {
  const exported = new Set(exports.flatMap((fact) => (fact.local === undefined ? [] : [fact.local])));
  const context: Context = { scopes, origins, exported, deep, found: [] };
  for (const statement of scopes.source.statements) statementNames(statement, '', context);
  return withoutDeadEnds(context.found, scopes);
}

/**
 * Leaves out what leads to a class or interface of this file of which nothing is known to derive from an import. What a context
 * holds, its providers say.
 */
function withoutDeadEnds(found: readonly NameFact[], scopes: Scopes): NameFact[] {
  const owners = new Set(found.flatMap((fact) => fact.name.split('.')[0] ?? []));
  const isContext = (name: string) => {
    const declaration = scopes.lookup(name, scopes.source, 'value');
    return declaration !== undefined && ts.isVariableDeclaration(declaration);
  };
  const members = new Set(found.filter((fact) => fact.name.includes('.')).map((fact) => fact.name.split('.')[0]));
  return found.flatMap((fact) => {
    const origins = fact.origins?.filter(
      ({ specifier, imported }) =>
        specifier !== '' ||
        (imported !== fact.name && (members.has(imported) || owners.has(imported) || isContext(imported))),
    );
    if (origins === undefined || origins.length === fact.origins?.length) return [fact];
    return origins.length === 0 ? [] : [{ ...fact, origins }];
  });
}

interface Context {
  readonly scopes: Scopes;
  readonly origins: Origins;
  readonly exported: ReadonlySet<string>;
  readonly deep: boolean;
  readonly found: NameFact[];
}

function statementNames(statement: ts.Statement, prefix: string, context: Context): void {
  if (ts.isVariableStatement(statement))
    for (const declaration of statement.declarationList.declarations) variableNames(declaration, prefix, context);
  else if (ts.isEnumDeclaration(statement)) enumGroup(statement, prefix, context);
  else if (ts.isTypeAliasDeclaration(statement)) typeNames(statement, prefix, context);
  else if (ts.isClassDeclaration(statement))
    classNames(statement, prefix + (statement.name?.text ?? 'default'), context);
  else if (ts.isInterfaceDeclaration(statement))
    typeMembers(statement, prefix + statement.name.text, statement.members, context);
  else if (ts.isFunctionDeclaration(statement))
    derived(statement, prefix + (statement.name?.text ?? 'default'), statement.name ?? statement, true, context);
  else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name))
    moduleNames(statement, prefix, context);
  else if (ts.isExportAssignment(statement) && !ts.isIdentifier(statement.expression))
    valueNames(
      statement.isExportEquals ? 'export=' : 'default',
      statement.expression,
      statement,
      statement,
      true,
      context,
    );
  else if (ts.isExpressionStatement(statement)) assignedNames(statement.expression, context);
}

function moduleNames(statement: ts.ModuleDeclaration, prefix: string, context: Context): void {
  if (statement.body === undefined || !ts.isModuleBlock(statement.body)) return;
  for (const inner of statement.body.statements) statementNames(inner, `${prefix}${statement.name.text}.`, context);
}

function variableNames(declaration: ts.VariableDeclaration, prefix: string, context: Context): void {
  if (!ts.isIdentifier(declaration.name)) {
    for (const name of context.deep ? boundNames(declaration.name) : []) {
      const element = context.scopes.lookup(name, context.scopes.source, 'value');
      if (element !== undefined) derived(element, name, element, false, context);
    }
    return;
  }
  const name = prefix + declaration.name.text;
  const constant = isConstant(declaration, context.scopes);
  if (declaration.initializer !== undefined)
    valueNames(name, declaration.initializer, declaration, declaration.name, constant, context);
  else derived(declaration, name, declaration.name, false, context);
}

/** A value under a name: a string, a group, or something that derives from an import. */
function valueNames(
  name: string,
  value: ts.Expression,
  declaration: ts.Node,
  nameNode: ts.Node,
  constant: boolean,
  context: Context,
): void {
  const { scopes } = context;
  const plain = withoutTypes(value);
  if (constant && ts.isObjectLiteralExpression(plain)) {
    const members = objectMembers(plain, '', scopes);
    if (members.length > 0 && isWorthKeeping(name, plain, members, context) && !isMutated(name, scopes))
      context.found.push({
        ...head(name, declaration, nameNode, context),
        kind: 'object',
        members,
        ...(plain.properties.some(ts.isSpreadAssignment) ? { partial: true as const } : {}),
      });
    madeNames(name, plain, context);
    if (context.deep) objectOrigins(name, plain, context, 0);
    return;
  }
  if (constant) madeName(name, plain, declaration, nameNode, context);
  const known = constant ? valueExprOf(plain, scopes) : undefined;
  if (known?.kind === 'string')
    context.found.push({
      ...head(name, declaration, nameNode, context),
      ...constantOf(known, writtenAt(plain, known, scopes)),
    });
  else if (ts.isClassExpression(plain)) classNames(plain, name, context);
  else if (ts.isVariableDeclaration(declaration))
    derived(declaration, name, nameNode, isFunction(plain), context, plain);
  else derived(plain, name, nameNode, isFunction(plain), context, plain);
}

function constantOf({ value }: { readonly value: string }, written: TextRange | undefined) {
  return { kind: 'const' as const, value, ...(written && { written }) };
}

/** Where a member's string is written, where that is not all of its initializer. */
function writtenMember(initializer: ts.Expression, value: ValueExpr, scopes: Scopes): { written?: TextRange } {
  const written = writtenAt(withoutTypes(initializer), value, scopes);
  return written === undefined || ts.isStringLiteralLike(initializer) ? {} : { written };
}

function head(name: string, declaration: ts.Node, nameNode: ts.Node, context: Context) {
  const { source } = context.scopes;
  const top = name.split('.')[0]!;
  const exported = context.exported.has(top);
  return { name, exported, range: rangeOf(declaration, source), nameRange: rangeOf(nameNode, source) };
}

/** An exported object counts when it has a string; one for the file's own use only when it is nothing but strings. */
function isWorthKeeping(
  name: string,
  value: ts.ObjectLiteralExpression,
  members: readonly GroupMember[],
  context: Context,
): boolean {
  return context.exported.has(name) || members.length >= value.properties.length;
}

/** `FLAGS.x = ...` somewhere in the file. */
function isMutated(name: string, scopes: Scopes): boolean {
  // Most names occur nowhere with a member that is set: a search spares the walk.
  const set = new RegExp(`\\b${name}\\s*[.[][^;{}]{0,200}?=(?![=>])|\\bdelete\\s+${name}\\b`);
  if (!/^\w+$/.test(name) || !set.test(scopes.source.text)) return false;
  return scopes.identifiers(name).some((node) => {
    let target: ts.Node = node;
    while (
      (ts.isPropertyAccessExpression(target.parent) || ts.isElementAccessExpression(target.parent)) &&
      target.parent.expression === target
    )
      target = target.parent;
    if (target === node) return false;
    const user = target.parent;
    return (
      (ts.isBinaryExpression(user) &&
        user.left === target &&
        user.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
        user.operatorToken.kind <= ts.SyntaxKind.LastAssignment) ||
      ts.isDeleteExpression(user)
    );
  });
}

function objectMembers(node: ts.ObjectLiteralExpression, prefix: string, scopes: Scopes): GroupMember[] {
  return node.properties.flatMap((property): GroupMember[] => {
    const name = property.name === undefined ? undefined : nameOf(property.name);
    if (name === undefined || !ts.isPropertyAssignment(property)) return [];
    const value = withoutTypes(property.initializer);
    if (ts.isObjectLiteralExpression(value)) return objectMembers(value, `${prefix}${name}.`, scopes);
    const known = valueExprOf(value, scopes);
    if (known.kind !== 'string') return [];
    return [
      {
        name: prefix + name,
        value: known.value,
        range: rangeOf(property, scopes.source),
        valueRange: rangeOf(property.initializer, scopes.source),
        ...writtenMember(property.initializer, known, scopes),
      },
    ];
  });
}

/** Members of a constant object that are made from a text each: `{ newCheckout: new Feature('new-checkout', false) }`. */
function madeNames(name: string, node: ts.ObjectLiteralExpression, context: Context): void {
  for (const property of node.properties) {
    const own = property.name === undefined ? undefined : nameOf(property.name);
    if (own === undefined || !ts.isPropertyAssignment(property)) continue;
    const value = withoutTypes(property.initializer);
    if (ts.isObjectLiteralExpression(value)) madeNames(`${name}.${own}`, value, context);
    else madeName(`${name}.${own}`, value, property, property.name, context);
  }
}

/** What is made from a text: `new Feature('new-checkout', false)`. Which field of it the text is, the class knows. */
function madeName(name: string, value: ts.Expression, whole: ts.Node, nameNode: ts.Node, context: Context): void {
  const first = ts.isNewExpression(value) ? value.arguments?.[0] : undefined;
  if (first === undefined || !ts.isStringLiteralLike(first)) return;
  const made = { value: first.text, range: rangeOf(first, context.scopes.source) };
  context.found.push({ ...head(name, whole, nameNode, context), kind: 'origin', made });
}

function enumGroup(statement: ts.EnumDeclaration, prefix: string, context: Context): void {
  const { scopes } = context;
  const members = statement.members.flatMap((member): GroupMember[] => {
    const name = nameOf(member.name);
    if (name === undefined || member.initializer === undefined) return [];
    const known = valueExprOf(member.initializer, scopes);
    if (known.kind !== 'string') return [];
    const range = rangeOf(member, scopes.source);
    const valueRange = rangeOf(member.initializer, scopes.source);
    return [{ name, value: known.value, range, valueRange, ...writtenMember(member.initializer, known, scopes) }];
  });
  if (members.length === 0) return;
  const name = prefix + statement.name.text;
  context.found.push({ ...head(name, statement, statement.name, context), kind: 'enum', members });
}

function typeNames(statement: ts.TypeAliasDeclaration, prefix: string, context: Context): void {
  const { source } = context.scopes;
  const name = prefix + statement.name.text;
  const literals = ts.isUnionTypeNode(statement.type) ? statement.type.types : [statement.type];
  const members = literals.flatMap((member): GroupMember[] => {
    if (!ts.isLiteralTypeNode(member) || !ts.isStringLiteralLike(member.literal)) return [];
    const range = rangeOf(member, source);
    return [{ name: member.literal.text, value: member.literal.text, range, valueRange: range }];
  });
  if (members.length > 0 && members.length === literals.length)
    context.found.push({ ...head(name, statement, statement.name, context), kind: 'union', members });
  else if (ts.isTypeLiteralNode(statement.type)) typeMembers(statement, name, statement.type.members, context);
  else derived(statement, name, statement.name, false, context);
}

function typeMembers(
  declaration: ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
  name: string,
  members: readonly ts.TypeElement[],
  context: Context,
): void {
  if (!context.deep) return;
  memberOrigins(name, members, context);
  derived(declaration, name, declaration.name, false, context);
}

function memberOrigins(name: string, members: readonly ts.TypeElement[], context: Context): void {
  for (const member of members) {
    const own = member.name === undefined ? undefined : nameOf(member.name);
    if (own === undefined) continue;
    const path = `${name}.${own}`;
    if (ts.isPropertySignature(member) && member.type !== undefined && ts.isTypeLiteralNode(member.type))
      memberOrigins(path, member.type.members, context);
    else if (ts.isPropertySignature(member) && member.type !== undefined && ts.isFunctionTypeNode(member.type))
      derived(member, path, member.name!, true, context);
    else derived(member, path, member.name!, ts.isMethodSignature(member), context);
  }
}

function classNames(node: ts.ClassLikeDeclaration, name: string, context: Context): void {
  for (const member of node.members) {
    if (ts.isConstructorDeclaration(member)) {
      for (const parameter of member.parameters)
        if (ts.isParameterPropertyDeclaration(parameter, member) && ts.isIdentifier(parameter.name))
          derived(parameter, `${name}.${parameter.name.text}`, parameter.name, false, context);
      continue;
    }
    const own = member.name === undefined ? undefined : nameOf(member.name);
    if (own === undefined) continue;
    const path = `${name}.${own}`;
    if (ts.isPropertyDeclaration(member) && member.initializer !== undefined && isConstantProperty(member)) {
      const known = valueExprOf(member.initializer, context.scopes);
      if (known.kind === 'string') {
        const written = writtenAt(member.initializer, known, context.scopes);
        context.found.push({ ...head(path, member, member.name!, context), ...constantOf(known, written) });
        continue;
      }
    }
    derived(member, path, member.name!, ts.isMethodDeclaration(member), context);
  }
  if (node.heritageClauses !== undefined) derived(node, name, node.name ?? node, false, context);
}

function isConstantProperty(member: ts.PropertyDeclaration): boolean {
  const kinds = ts.getModifiers(member)?.map((modifier) => modifier.kind) ?? [];
  return kinds.includes(ts.SyntaxKind.StaticKeyword) || kinds.includes(ts.SyntaxKind.ReadonlyKeyword);
}

/** Members of an object that derive from imports: `services.ld`. */
function objectOrigins(name: string, node: ts.ObjectLiteralExpression, context: Context, depth: number): void {
  for (const property of node.properties) {
    const own = property.name === undefined ? undefined : nameOf(property.name);
    if (own === undefined) continue;
    const path = `${name}.${own}`;
    if (ts.isPropertyAssignment(property)) {
      const value = withoutTypes(property.initializer);
      if (ts.isObjectLiteralExpression(value)) {
        if (depth < 3) objectOrigins(path, value, context, depth + 1);
      } else derived(value, path, property.name!, isFunction(value), context, value);
    } else if (ts.isShorthandPropertyAssignment(property)) {
      const target = context.scopes.lookup(own, node, 'value');
      if (target !== undefined) {
        derived(target, path, property.name, false, context);
        derived(target, path, property.name, true, context);
      }
    } else derived(property, path, property.name!, ts.isMethodDeclaration(property), context);
  }
}

/** Records what a declaration derives from, or what calling it yields, where that leads to a module. */
function derived(
  node: ts.Node,
  name: string,
  nameNode: ts.Node,
  callable: boolean,
  context: Context,
  value?: ts.Expression,
): void {
  if (!context.deep || !canLeaveFile(node, name, context)) return;
  const { scopes } = context;
  const record = (recorded: string, path: readonly string[]): boolean => {
    const origins =
      ts.isExpressionStatement(node.parent) || isExpressionNode(node)
        ? context.origins.ofExpression(node as ts.Expression, path)
        : context.origins.ofDeclaration(node, path);
    if (origins.length === 0) return false;
    context.found.push({ ...head(name, node, nameNode, context), name: recorded, kind: 'origin', origins });
    return true;
  };
  if (!callable) {
    record(name, []);
    return;
  }
  if (record(`${name}()`, ['()'])) return;
  // A function that returns an object of clients: `const { ld } = useServices()`.
  for (const member of returnedMembers(value ?? node, scopes)) record(`${name}().${member}`, ['()', member]);
}

/** What other files can reach: exported names, and members of classes and interfaces, which exported values may have. */
function canLeaveFile(node: ts.Node, name: string, context: Context): boolean {
  if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.PrivateKeyword))
    return false;
  const owner = node.parent;
  if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isClassLike(owner) || ts.isConstructorDeclaration(owner) || ts.isTypeElement(node)) return true;
  const top = name.split('.')[0]!;
  return top === 'default' || top === 'export=' || context.exported.has(top);
}

function isExpressionNode(node: ts.Node): boolean {
  return ts.isExpression(node) && !ts.isClassLike(node) && !ts.isFunctionDeclaration(node);
}

function isFunction(node: ts.Node): boolean {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function returnedMembers(node: ts.Node, _scopes: Scopes): string[] {
  if (!ts.isFunctionLike(node)) return [];
  const body = (node as ts.FunctionLikeDeclaration).body;
  if (body === undefined) return [];
  const values = ts.isBlock(body) ? returnsOf(body) : [body];
  const names = values.map(withoutTypes).flatMap((value) => {
    if (!ts.isObjectLiteralExpression(value)) return [];
    return value.properties.flatMap((property) => (property.name === undefined ? [] : (nameOf(property.name) ?? [])));
  });
  return [...new Set(names)];
}

/** `module.exports = ...` and `exports.X = ...` of CommonJS. */
function assignedNames(node: ts.Expression, context: Context): void {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const target = node.left;
  if (!ts.isPropertyAccessExpression(target)) return;
  if (isModuleExports(target)) {
    valueNames('export=', node.right, node, target, true, context);
    if (ts.isObjectLiteralExpression(node.right))
      for (const property of node.right.properties)
        if (ts.isPropertyAssignment(property) && !ts.isIdentifier(property.initializer)) {
          const name = nameOf(property.name);
          if (name !== undefined) valueNames(name, property.initializer, property, property.name, true, context);
        }
    return;
  }
  const owner = target.expression;
  if (((ts.isIdentifier(owner) && owner.text === 'exports') || isModuleExports(owner)) && !ts.isIdentifier(node.right))
    valueNames(target.name.text, node.right, node, target.name, true, context);
  else if (ts.isIdentifier(owner) && isSetOnce(owner, target, context.scopes))
    valueNames(`${owner.text}.${target.name.text}`, node.right, node, target.name, true, context);
}

/** `FLAGS.checkout = 'checkout'` after `const FLAGS = {}`, where nothing else sets that member. */
function isSetOnce(owner: ts.Identifier, target: ts.PropertyAccessExpression, scopes: Scopes): boolean {
  const declaration = scopes.lookup(owner.text, owner, 'value');
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || !isConstant(declaration, scopes))
    return false;
  const { initializer } = declaration;
  const made = initializer && withoutTypes(initializer);
  if (made === undefined || !ts.isObjectLiteralExpression(made) || made.properties.length > 0) return false;
  const sets = scopes
    .assignments(target.name.text)
    .filter(({ left }) => ts.isPropertyAccessExpression(left) && left.expression.getText() === owner.text);
  return sets.length === 1 && !ts.isObjectLiteralExpression(sets[0]!.right);
}
