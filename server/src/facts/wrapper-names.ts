import { ts } from 'ts-morph';
import type { ModuleSymbol, WrapperFact } from './file-facts.ts';
import { nameOf, type Origins } from './origins.ts';
import { calledName, dotted, held, type PlacePath, placeOf, returnedBy } from './places.ts';
import type { Scopes } from './scope.ts';

/**
 * By which other names a function can be called: as a member of what a function returns (`useFlags().isOn` for `return { isOn }`),
 * of a constant object, an instance or a context (`also`), and as the member of a type that its holder is declared to have (`typed`).
 */
export function otherNames(
  fn: ts.FunctionLikeDeclaration,
  scopes: Scopes,
  origins: Origins,
): Pick<WrapperFact, 'also' | 'typed'> {
  const names: OpenNames = { scopes, origins, found: new Map(), types: new Map(), visited: new Set() };
  declared(fn, [], names, 0);
  const primary = placeOf(fn)?.name;
  const also = [...names.found.values()].filter((one) => one.specifier !== '' || one.imported !== primary);
  const typed = [...names.types.values()];
  return { ...(also.length > 0 && { also }), ...(typed.length > 0 && { typed }) };
}

interface OpenNames {
  readonly scopes: Scopes;
  readonly origins: Origins;
  readonly found: Map<string, ModuleSymbol>;
  readonly types: Map<string, ModuleSymbol>;
  readonly visited: Set<string>;
}

const maxDepth = 8;

/** A declaration whose value, after the members and calls of `path`, is the function. */
function declared(node: ts.Node, path: PlacePath, names: OpenNames, depth: number): void {
  if (depth > maxDepth || !isNew(node, path, names)) return;
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
    own(placeOf(node)?.name, path, names);
    if (node.name !== undefined) references(node.name, node, path, names, depth);
  } else if (ts.isClassElement(node)) inClass(node, path, names, depth);
  else if (ts.isObjectLiteralElementLike(node)) {
    const name = node.name === undefined ? undefined : nameOf(node.name);
    if (name !== undefined && ts.isObjectLiteralExpression(node.parent))
      standing(node.parent, [name, ...path], names, depth + 1);
  } else if (ts.isExpression(node)) standing(node, path, names, depth + 1);
}

function inClass(node: ts.ClassElement, path: PlacePath, names: OpenNames, depth: number): void {
  const name = node.name === undefined ? undefined : nameOf(node.name);
  const owner = node.parent;
  if (name === undefined || !ts.isClassLike(owner)) return;
  const whole = [name, ...path];
  for (const clause of owner.heritageClauses ?? [])
    for (const base of clause.types)
      if (ts.isIdentifier(base.expression)) typed(base, base.expression, clause.token, whole, names);
  declared(owner, whole, names, depth + 1);
}

/** The member of the interface, or of the abstract class, that a class has. */
function typed(
  node: ts.ExpressionWithTypeArguments,
  name: ts.Identifier,
  token: ts.SyntaxKind,
  path: PlacePath,
  { scopes, origins, types }: OpenNames,
): void {
  const type = scopes.lookup(name.text, node, 'type');
  const symbols =
    token === ts.SyntaxKind.ExtendsKeyword || type === undefined || !ts.isInterfaceDeclaration(type)
      ? origins.calleesOf(name, path)
      : placeOf(type) === undefined
        ? []
        : [{ specifier: '', imported: dotted([placeOf(type)!.name, ...path]) }];
  for (const one of symbols) keep(one, types);
}

/** An expression whose value, after `path`, is the function: what holds it. */
function standing(node: ts.Expression, path: PlacePath, names: OpenNames, depth: number): void {
  if (depth > maxDepth || !isNew(node, ['=', ...path], names)) return;
  const at = declaredAs(node, path, names);
  own(placeOf(at)?.name, path, names);
  const { parent } = at;
  if (ts.isVariableDeclaration(parent) && parent.initializer === at) {
    byType(parent.type, path, names);
    if (ts.isIdentifier(parent.name)) references(parent.name, parent, path, names, depth);
    else if (ts.isObjectBindingPattern(parent.name)) destructured(parent.name, path, names, depth);
  } else if (ts.isPropertyAssignment(parent) && parent.initializer === at) declared(parent, path, names, depth + 1);
  else if (ts.isPropertyDeclaration(parent) && parent.initializer === at) {
    byType(parent.type, path, names);
    inClass(parent, path, names, depth + 1);
  } else if (ts.isJsxExpression(parent) && ts.isJsxAttribute(parent.parent)) provided(parent.parent, path, names);
  else if (ts.isSpreadAssignment(parent)) standing(parent.parent, path, names, depth + 1);
  else {
    const owner = returnedBy(at);
    if (owner === undefined) return;
    byType(owner.type, path, names);
    declared(owner, ['()', ...path], names, depth + 1);
  }
}

/** The outermost expression that stands for the value; types that are written on the way count. */
function declaredAs(node: ts.Expression, path: PlacePath, names: OpenNames): ts.Expression {
  const at = held(node);
  for (let inner: ts.Node = node; inner !== at; inner = inner.parent)
    if (ts.isAsExpression(inner.parent) || ts.isSatisfiesExpression(inner.parent))
      byType(inner.parent.type, path, names);
  if (ts.isCallExpression(at)) for (const type of at.typeArguments ?? []) byType(type, path, names);
  return at;
}

/** `const { isOn } = createFlags()` */
function destructured(pattern: ts.ObjectBindingPattern, path: PlacePath, names: OpenNames, depth: number): void {
  const [first, ...rest] = path;
  for (const element of pattern.elements)
    if (ts.isIdentifier(element.name) && nameOf(element.propertyName ?? element.name) === first) {
      own(element.name.text, rest, names);
      references(element.name, element, rest, names, depth);
    }
}

function references(
  name: ts.Identifier,
  declaration: ts.Declaration,
  path: PlacePath,
  names: OpenNames,
  depth: number,
): void {
  const { scopes } = names;
  for (const one of scopes.identifiers(name.text)) {
    if (one === name || scopes.lookup(name.text, one, 'value') !== declaration) continue;
    const { parent } = one;
    if (ts.isShorthandPropertyAssignment(parent)) declared(parent, path, names, depth + 1);
    else if (ts.isExpressionWithTypeArguments(parent) && ts.isClassLike(parent.parent.parent))
      declared(parent.parent.parent, path, names, depth + 1);
    else if (ts.isNewExpression(parent) && parent.expression === one) standing(parent, path, names, depth + 1);
    else if (ts.isCallExpression(parent) && parent.expression === one) {
      if (path[0] === '()') standing(parent, path.slice(1), names, depth + 1);
    } else if (ts.isCallExpression(parent)) {
      if (path.length === 0 && /^with|^connect|^compose|^inject/.test(calledName(parent)))
        standing(parent, path, names, depth + 1);
      else if (held(one) !== one) standing(one, path, names, depth + 1);
    } else if (isValueUse(one)) standing(one, path, names, depth + 1);
  }
}

function isValueUse(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) && parent.initializer === node) ||
    (ts.isVariableDeclaration(parent) && parent.initializer === node) ||
    (ts.isPropertyDeclaration(parent) && parent.initializer === node) ||
    (ts.isBinaryExpression(parent) && parent.right === node) ||
    (ts.isArrowFunction(parent) && parent.body === node) ||
    ts.isReturnStatement(parent) ||
    ts.isJsxExpression(parent) ||
    ts.isSpreadAssignment(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isParenthesizedExpression(parent)
  );
}

/** `<FlagContext.Provider value={{ isOn }}>` */
function provided(attribute: ts.JsxAttribute, path: PlacePath, names: OpenNames): void {
  const tag = attribute.parent.parent.tagName as ts.Expression;
  if (!ts.isIdentifier(attribute.name) || attribute.name.text !== 'value') return;
  const context = ts.isPropertyAccessExpression(tag) && tag.name.text === 'Provider' ? tag.expression : tag;
  for (const one of names.origins.calleesOf(context, path)) keep(one, names.found);
  if (ts.isIdentifier(context)) own(context.text, path, names);
}

function byType(type: ts.TypeNode | undefined, path: PlacePath, names: OpenNames): void {
  if (type === undefined || path.length === 0) return;
  for (const one of names.origins.membersOf(type, path)) keep(one, names.types);
}

function own(place: string | undefined, path: PlacePath, names: OpenNames): void {
  if (place !== undefined) keep({ specifier: '', imported: dotted([place, ...path]) }, names.found);
}

function keep(one: ModuleSymbol, found: Map<string, ModuleSymbol>): void {
  found.set(`${one.specifier}\n${one.imported}\n${one.path?.join('.') ?? ''}`, one);
}

function isNew(node: ts.Node, path: PlacePath, { visited }: OpenNames): boolean {
  const step = `${node.pos}:${node.end}:${node.kind}:${path.join('.')}`;
  if (visited.has(step)) return false;
  visited.add(step);
  return true;
}
