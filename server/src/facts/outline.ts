import { ts } from 'ts-morph';
import type { Declaration } from './change-facts.ts';
import { isTypeOnly, unwrap } from './run-time.ts';

/** A declaration that is listed on its own, with the node that holds it. Lives no longer than the parse. */
export interface Listed {
  readonly kind: Declaration['kind'];
  readonly name: string;
  readonly container: string;
  readonly id: string;
  readonly exported: boolean;
  /** The span of the whole declaration: statement, member or property. */
  readonly holder: ts.Node;
  readonly nameNode: ts.Node;
  /** What is compared. For the module: its own statements. */
  readonly roots: readonly ts.Node[];
}

/**
 * The declarations of a file: functions, classes and their members, variables, members of object literals that hold code,
 * callbacks that are registered under a string (`router.post('/orders', ...)`), functions within functions, and the
 * module's own statements.
 */
export function outlineOf(file: ts.SourceFile): Listed[] {
  const list: Listed[] = [];
  const exported = exportedNames(file);
  const taken = new Set<string>();

  const add = (
    kind: Listed['kind'],
    name: string,
    container: string,
    holder: ts.Node,
    nameNode: ts.Node,
    isExported: boolean,
    roots: readonly ts.Node[] = [holder],
  ): string => {
    const plain = `${container === '' ? '' : `${container} > `}${kind} ${name}`;
    let id = plain;
    for (let n = 2; taken.has(id); n++) id = `${plain} ${n}`;
    taken.add(id);
    list.push({ kind, name, container, id, exported: isExported, holder, nameNode, roots });
    return id;
  };

  const statements = (all: readonly ts.Statement[], container: string, parentExported: boolean) => {
    for (const one of all) statement(one, container, parentExported);
  };

  const statement = (node: ts.Statement, container: string, parentExported: boolean): void => {
    const top = container === '';
    const isExported = (name: string | undefined) =>
      top ? hasExport(node) || (name !== undefined && exported.has(name)) : parentExported && hasExport(node);
    if (isTypeOnly(node)) return;
    if (ts.isFunctionDeclaration(node)) {
      const name = node.name?.text ?? 'default';
      const id = add('function', name, container, node, node.name ?? node, isExported(node.name?.text));
      if (node.body) inner(node.body, id);
    } else if (ts.isClassDeclaration(node)) classLike(node, node, container, isExported(node.name?.text));
    else if (ts.isVariableStatement(node)) {
      for (const one of node.declarationList.declarations) {
        if (!ts.isIdentifier(one.name)) continue;
        const holder = node.declarationList.declarations.length === 1 ? node : one;
        if (one.initializer && (top || isCode(unwrap(one.initializer))))
          valued(one.name.text, one.name, one.initializer, container, holder, isExported(one.name.text));
      }
    } else if (ts.isExportAssignment(node)) valued('default', node, node.expression, container, node, true);
    else if (ts.isModuleDeclaration(node) && node.body && ts.isModuleBlock(node.body))
      statements(
        node.body.statements,
        `${container === '' ? '' : `${container} > `}namespace ${node.name.text}`,
        isExported(node.name.text),
      );
    else if (ts.isEnumDeclaration(node) && top)
      add('variable', node.name.text, container, node, node.name, isExported(node.name.text));
    else if (ts.isExpressionStatement(node)) expression(node, container);
  };

  /** `module.exports = ...`, `exports.create = ...`, and registered callbacks. */
  const expression = (node: ts.ExpressionStatement, container: string) => {
    const inside = unwrap(node.expression);
    if (ts.isBinaryExpression(inside) && inside.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const target = inside.left.getText(file);
      const match = /^(?:module\.)?exports(?:\.([\w$]+))?$/.exec(target);
      if (match) valued(match[1] ?? 'default', inside.left, inside.right, container, node, true);
      return;
    }
    const call = ts.isAwaitExpression(inside) ? inside.expression : inside;
    const title = ts.isCallExpression(call) ? registeredTitle(call) : undefined;
    if (title && ts.isCallExpression(call)) {
      const id = add('function', title, container, node, call.arguments[0]!, false, [node]);
      const handler = call.arguments.find((one) => ts.isFunctionLike(one)) as ts.FunctionLikeDeclaration | undefined;
      if (handler?.body && ts.isBlock(handler.body)) inner(handler.body, id);
    }
  };

  /** A name with a value: a function is a function however it is written. */
  const valued = (
    name: string,
    nameNode: ts.Node,
    value: ts.Expression,
    container: string,
    holder: ts.Node,
    isExported: boolean,
  ) => {
    const node = unwrap(value);
    if (ts.isClassExpression(node)) return classLike(node, holder, container, isExported, name, nameNode);
    const isFunction = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
    const id = add(isFunction ? 'function' : 'variable', name, container, holder, nameNode, isExported, [node]);
    if (isFunction && ts.isBlock(node.body)) inner(node.body, id);
    else members(node, id, isExported);
  };

  const classLike = (
    node: ts.ClassLikeDeclaration,
    holder: ts.Node,
    container: string,
    isExported: boolean,
    name = node.name?.text ?? 'default',
    nameNode: ts.Node = node.name ?? node,
  ) => {
    const id = add('class', name, container, holder, nameNode, isExported, [node]);
    for (const member of node.members) {
      if (isTypeOnly(member) || ts.isClassStaticBlockDeclaration(member) || ts.isSemicolonClassElement(member))
        continue;
      const memberName = ts.isConstructorDeclaration(member) ? 'constructor' : nameText(member.name!);
      const open = isExported && !isHidden(member);
      const initializer = ts.isPropertyDeclaration(member) && member.initializer && unwrap(member.initializer);
      const isCodeMember = !ts.isPropertyDeclaration(member) || (initializer && ts.isFunctionLike(initializer));
      const memberId = add(isCodeMember ? 'method' : 'property', memberName, id, member, member.name ?? member, open);
      const code = initializer
        ? ts.isFunctionLike(initializer)
          ? (initializer as ts.ArrowFunction)
          : undefined
        : (member as ts.MethodDeclaration);
      if (code?.body && ts.isBlock(code.body)) inner(code.body, memberId);
    }
  };

  /** Members of an object literal that hold code, also where the object is an argument: `router({ create: ... })`. */
  const members = (value: ts.Expression, container: string, isExported: boolean): void => {
    const node = unwrap(value);
    if (ts.isCallExpression(node)) for (const one of node.arguments) members(one, container, isExported);
    if (!ts.isObjectLiteralExpression(node)) return;
    for (const one of node.properties) {
      if (ts.isMethodDeclaration(one) || ts.isAccessor(one)) {
        const id = add('method', nameText(one.name), container, one, one.name, isExported);
        if (one.body) inner(one.body, id);
      } else if (ts.isPropertyAssignment(one)) {
        const inside = unwrap(one.initializer);
        const name = nameText(one.name);
        if (ts.isArrowFunction(inside) || ts.isFunctionExpression(inside)) {
          const id = add('method', name, container, one, one.name, isExported, [inside]);
          if (ts.isBlock(inside.body)) inner(inside.body, id);
        } else if (ts.isObjectLiteralExpression(inside)) {
          if (holdsCode(inside)) members(inside, `${container} > property ${name}`, isExported);
        } else if (isCode(inside)) {
          const id = add('property', name, container, one, one.name, isExported, [inside]);
          members(inside, id, isExported);
        }
      }
    }
  };

  /** Functions, registered callbacks and returned members directly in a function's body. */
  const inner = (body: ts.Block, container: string) => {
    for (const node of body.statements) {
      if (ts.isReturnStatement(node) && node.expression) {
        if (ts.isObjectLiteralExpression(unwrap(node.expression))) members(node.expression, container, false);
      } else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) statement(node, container, false);
      else if (ts.isExpressionStatement(node)) expression(node, container);
      else if (ts.isVariableStatement(node)) {
        for (const one of node.declarationList.declarations) {
          const value = one.initializer && unwrap(one.initializer);
          if (
            value &&
            ts.isIdentifier(one.name) &&
            ts.isFunctionLike(value) &&
            ts.isBlock((value as ts.ArrowFunction).body)
          )
            valued(one.name.text, one.name, value, container, one, false);
        }
      }
    }
  };

  statements(file.statements, '', false);
  const own = ownStatements(file, list);
  if (own.length > 0)
    list.push({
      kind: 'module',
      name: 'module',
      container: '',
      id: 'module',
      exported: false,
      holder: own[0]!,
      nameNode: own[0]!,
      roots: own,
    });
  return list;
}

/** Statements of the module that no other declaration covers. */
function ownStatements(file: ts.SourceFile, list: readonly Listed[]): ts.Statement[] {
  const covered = new Set<ts.Node>(list.map((one) => one.holder));
  return file.statements.filter((one) => {
    if (covered.has(one) || isTypeOnly(one) || ts.isModuleDeclaration(one)) return false;
    if (!ts.isVariableStatement(one)) return true;
    return one.declarationList.declarations.some((declaration) => !covered.has(declaration));
  });
}

/** `post /orders` for `router.post('/orders', auth, async () => { ... })`: a title and a callback. */
function registeredTitle(call: ts.CallExpression): string | undefined {
  const [first] = call.arguments;
  if (!first || !ts.isStringLiteralLike(first)) return undefined;
  if (!call.arguments.some((one) => containsFunction(one))) return undefined;
  const callee = call.expression;
  const name = ts.isPropertyAccessExpression(callee)
    ? callee.name.text
    : ts.isIdentifier(callee)
      ? callee.text
      : undefined;
  return name && `${name} ${first.text}`;
}

function isCode(node: ts.Expression): boolean {
  return ts.isFunctionLike(node) || ts.isClassExpression(node) || (ts.isCallExpression(node) && holdsCode(node));
}

function holdsCode(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return true;
  return ts.forEachChild(node, (child) => (holdsCode(child) ? true : undefined)) ?? false;
}

function containsFunction(node: ts.Node): boolean {
  return ts.isFunctionLike(node) || (ts.isCallExpression(node) && node.arguments.some(containsFunction));
}

function nameText(name: ts.PropertyName | ts.DeclarationName): string {
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name)
    ? name.text
    : name.getText();
}

function hasExport(node: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}

function isHidden(member: ts.ClassElement): boolean {
  if (member.name && ts.isPrivateIdentifier(member.name)) return true;
  return (
    ts.canHaveModifiers(member) &&
    (ts
      .getModifiers(member)
      ?.some((one) => one.kind === ts.SyntaxKind.PrivateKeyword || one.kind === ts.SyntaxKind.ProtectedKeyword) ??
      false)
  );
}

/** Names of `export { a, b as c }` and `export default a`. */
function exportedNames(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const node of file.statements) {
    if (
      ts.isExportDeclaration(node) &&
      !node.moduleSpecifier &&
      node.exportClause &&
      ts.isNamedExports(node.exportClause)
    )
      for (const one of node.exportClause.elements) names.add((one.propertyName ?? one.name).text);
    if (ts.isExportAssignment(node) && ts.isIdentifier(node.expression)) names.add(node.expression.text);
  }
  return names;
}
