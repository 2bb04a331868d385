import { ts } from 'ts-morph';
import { UserError } from '../core/user-error.ts';
import { ancestor, functionName, isAsync, isFunction } from '../wrap/syntax.ts';

/** What a test calls. */
export interface Target {
  /** For titles: `price`, `Cart.total`. */
  readonly name: string;
  readonly fn: ts.FunctionLikeDeclaration;
  /** What the test imports: `default`, `*` (`module.exports = ...`), or an exported name. */
  readonly imported: string;
  /** The name that the test gives it. */
  readonly local: string;
  /** Members between the import and the function: `['total']` of a class or object. */
  readonly members: readonly string[];
  /** The class that has to be made first. */
  readonly instanceOf?: ts.ClassLikeDeclaration;
  readonly kind: 'function' | 'constructor' | 'getter' | 'component' | 'hook';
  readonly async: boolean;
}

/**
 * Finds what stands at the name of a declaration and how a test gets at it.
 * @throws UserError where no test can: not exported, private, abstract, or no function
 */
export function findTarget(file: ts.SourceFile, nameStart: number): Target {
  const node = declarationAt(file, nameStart);
  const fn = node === undefined ? undefined : functionOf(node);
  if (node === undefined || fn === undefined || (fn.body === undefined && !ts.isConstructorDeclaration(fn)))
    throw new UserError(
      'There is no function here that a test could call. Write the test by hand, for what uses this code.',
    );
  const owner =
    ts.isClassElement(fn) && ts.isClassLike(fn.parent)
      ? fn.parent
      : ts.isClassElement(node) && ts.isClassLike(node.parent)
        ? node.parent
        : undefined;
  return owner === undefined ? functionTarget(fn, file) : memberTarget(fn, node, owner, file);
}

function functionTarget(fn: ts.FunctionLikeDeclaration, file: ts.SourceFile): Target {
  const path = memberPath(fn, file);
  const name = path.names.join('.') || functionName(fn) || 'default';
  const exported = exportedAs(path.top, path.names[0], file);
  if (exported === undefined)
    throw new UserError(
      `"${name}" is not exported, so a test cannot call it. Export it, or test it through what calls it.`,
    );
  const local = exported === 'default' || exported === '*' ? localName(path.names[0] ?? baseOf(file)) : exported;
  const last = path.names.at(-1) ?? local;
  const kind = /^use[A-Z]/.test(last) ? 'hook' : /^[A-Z]/.test(last) && hasJsx(fn) ? 'component' : 'function';
  return {
    name: path.names.length === 0 ? local : name,
    fn,
    imported: exported,
    local,
    members: path.names.slice(1),
    kind,
    async: returnsPromise(fn, file),
  };
}

function memberTarget(
  fn: ts.FunctionLikeDeclaration,
  member: ts.Node,
  owner: ts.ClassLikeDeclaration,
  file: ts.SourceFile,
): Target {
  const className = owner.name?.text ?? functionlessName(owner);
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  const has = (kind: ts.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind);
  const isMaking = ts.isConstructorDeclaration(fn);
  const nameNode = (member as { name?: ts.Node }).name;
  const method = isMaking ? 'constructor' : (nameNode?.getText(file) ?? '');
  const name = isMaking ? `new ${className}` : `${className}.${method}`;
  const through = `Test it through a public method of ${className}.`;
  if (
    has(ts.SyntaxKind.PrivateKeyword) ||
    has(ts.SyntaxKind.ProtectedKeyword) ||
    (nameNode && ts.isPrivateIdentifier(nameNode))
  )
    throw new UserError(`"${name}" is not public. ${through}`);
  const ownerModifiers = ts.canHaveModifiers(owner) ? (ts.getModifiers(owner) ?? []) : [];
  const isStatic = has(ts.SyntaxKind.StaticKeyword);
  if (!isStatic && ownerModifiers.some((modifier) => modifier.kind === ts.SyntaxKind.AbstractKeyword))
    throw new UserError(`"${className}" is abstract. Test "${name}" through a class that extends it.`);
  const exported = exportedAs(owner, className, file);
  if (exported === undefined)
    throw new UserError(
      `"${className}" is not exported, so a test cannot use it. Export it, or test it through what uses it.`,
    );
  if (nameNode !== undefined && ts.isComputedPropertyName(nameNode))
    throw new UserError(`"${name}" has a computed name. Write its test by hand.`);
  return {
    name,
    fn,
    imported: exported,
    local: exported === 'default' || exported === '*' ? className : exported,
    members: isMaking ? [] : [method],
    ...(isStatic || isMaking ? {} : { instanceOf: owner }),
    kind: isMaking ? 'constructor' : ts.isGetAccessorDeclaration(fn) ? 'getter' : 'function',
    async: returnsPromise(fn, file),
  };
}

function declarationAt(file: ts.SourceFile, offset: number): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > offset || node.end < offset) return;
    const name = (node as { name?: ts.Node }).name;
    const starts = (name ?? node).getStart(file) === offset;
    if (
      starts &&
      (isFunction(node) ||
        ts.isClassLike(node) ||
        ts.isVariableDeclaration(node) ||
        ts.isPropertyDeclaration(node) ||
        ts.isPropertyAssignment(node))
    )
      found ??= node;
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      functionOf(node.right) !== undefined &&
      contains(node.left, offset, file)
    )
      found ??= node.right;
    if (ts.isExportAssignment(node) && node.getStart(file) === offset) found ??= node.expression;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function contains(node: ts.Node, offset: number, file: ts.SourceFile): boolean {
  return node.getStart(file) <= offset && offset <= node.end;
}

/** The function that a declaration holds, through wrappers such as `memo(...)` or `as`; the constructor of a class. */
function functionOf(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  if (isFunction(node)) return node;
  if (ts.isClassLike(node)) return node.members.find((member) => ts.isConstructorDeclaration(member));
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node))
    return node.initializer && functionOf(node.initializer);
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return functionOf(node.expression);
  if (ts.isCallExpression(node)) return node.arguments.map(functionOf).find((fn) => fn !== undefined);
  return undefined;
}

/** The names from the module to a function: `['api', 'get']` for `const api = { get() {} }`; and the declaration on top. */
function memberPath(fn: ts.Node, file: ts.SourceFile): { names: string[]; top: ts.Node } {
  const names: string[] = [];
  let at: ts.Node = fn;
  for (; at.parent !== undefined && at !== file; at = at.parent) {
    if (at !== fn && isFunction(at))
      throw new UserError('This function exists only inside another one. Test it through the function around it.');
    const name = (at as { name?: ts.Node }).name;
    if (
      ts.isVariableDeclaration(at) ||
      ts.isFunctionDeclaration(at) ||
      ts.isPropertyAssignment(at) ||
      ts.isMethodDeclaration(at)
    ) {
      if (name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name))) names.unshift(name.text);
    }
    if (ts.isFunctionDeclaration(at) || ts.isVariableDeclaration(at) || ts.isExportAssignment(at)) break;
    if (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.EqualsToken) break;
  }
  if (!ts.isExportAssignment(at) && ancestor(at.parent, isFunction) !== undefined)
    throw new UserError(
      `"${names.join('.')}" exists only inside another function. Test it through the function around it.`,
    );
  return { names, top: at };
}

/** The name under which a module exports a declaration; `*` for the module itself. */
function exportedAs(top: ts.Node, name: string | undefined, file: ts.SourceFile): string | undefined {
  const statement = ancestor(top, (at): at is ts.Statement => at.parent === file);
  if (ts.isExportAssignment(top) || (statement !== undefined && ts.isExportAssignment(statement))) return 'default';
  const modifiers = statement !== undefined && ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  if (modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)) return 'default';
  if (modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) return name;
  if (ts.isBinaryExpression(top)) return assignedExport(top.left, file);
  for (const one of file.statements) {
    if (ts.isExportAssignment(one) && ts.isIdentifier(one.expression) && one.expression.text === name)
      return one.isExportEquals ? '*' : 'default';
    if (
      ts.isExportDeclaration(one) &&
      one.moduleSpecifier === undefined &&
      one.exportClause !== undefined &&
      ts.isNamedExports(one.exportClause)
    )
      for (const specifier of one.exportClause.elements)
        if ((specifier.propertyName ?? specifier.name).text === name) return specifier.name.text;
    const expression =
      ts.isExpressionStatement(one) && ts.isBinaryExpression(one.expression) ? one.expression : undefined;
    if (expression === undefined) continue;
    const as = assignedExport(expression.left, file);
    if (as === undefined) continue;
    if (ts.isIdentifier(expression.right) && expression.right.text === name) return as;
    if (as === '*' && ts.isObjectLiteralExpression(expression.right))
      for (const property of expression.right.properties) {
        if (ts.isShorthandPropertyAssignment(property) && property.name.text === name) return name;
        if (
          ts.isPropertyAssignment(property) &&
          ts.isIdentifier(property.initializer) &&
          property.initializer.text === name
        )
          return property.name.getText(file);
      }
  }
  return undefined;
}

/** `module.exports` is `*`; `exports.x` and `module.exports.x` are `x`. */
function assignedExport(left: ts.Node, file: ts.SourceFile): string | undefined {
  const text = left.getText(file);
  if (text === 'module.exports') return '*';
  return /^(?:module\.)?exports\.([A-Za-z_$][\w$]*)$/.exec(text)?.[1];
}

function functionlessName(owner: ts.ClassLikeDeclaration): string {
  return ts.isVariableDeclaration(owner.parent) && ts.isIdentifier(owner.parent.name)
    ? owner.parent.name.text
    : 'Subject';
}

function returnsPromise(fn: ts.FunctionLikeDeclaration, file: ts.SourceFile): boolean {
  return isAsync(fn) || /^Promise(Like)?\b/.test(fn.type?.getText(file) ?? '');
}

function hasJsx(node: ts.Node): boolean {
  if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return true;
  return ts.forEachChild(node, (child) => hasJsx(child) || undefined) ?? false;
}

function baseOf(file: ts.SourceFile): string {
  return file.fileName.slice(file.fileName.lastIndexOf('/') + 1).replace(/\..*$/, '');
}

function localName(text: string): string {
  const name = text.replace(/[^A-Za-z0-9_$]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase());
  return /^[A-Za-z_$]/.test(name) ? name : `subject${name}`;
}
