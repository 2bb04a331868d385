import { ts } from 'ts-morph';
import { isFunction } from './syntax.ts';

/** A declaration of a name, as far as one file tells. */
export interface Declared {
  readonly name: string;
  /** The declaring node: variable, parameter, function, class, import specifier, type... */
  readonly node: ts.Node;
  /** `block`: visible in its block, after its statement (`let`, `const`, `class`, `enum`). `hoisted`: visible in all of its scope. */
  readonly kind: 'block' | 'hoisted' | 'import';
  readonly constant: boolean;
}

/** Names by scope of one parsed file. Resolution follows the language: blocks, functions, `var` hoisting, type parameters. */
export class Scopes {
  readonly #file: ts.SourceFile;
  readonly #byScope = new Map<ts.Node, Map<string, Declared>>();

  constructor(file: ts.SourceFile) {
    this.#file = file;
  }

  /**
   * What a name means at a node. Declarations that `hidden` holds for are passed over. `undefined`: a global, or nothing.
   */
  resolve(name: string, from: ts.Node, hidden: (declared: Declared) => boolean = () => false): Declared | undefined {
    for (let at: ts.Node | undefined = from; at !== undefined; at = at.parent) {
      const found = this.#of(at).get(name);
      if (found !== undefined && !hidden(found)) return found;
    }
    return undefined;
  }

  /** The names that a scope declares itself. */
  declaredBy(scope: ts.Node): ReadonlyMap<string, Declared> {
    return this.#of(scope);
  }

  #of(scope: ts.Node): Map<string, Declared> {
    const known = this.#byScope.get(scope);
    if (known !== undefined) return known;
    const names = new Map<string, Declared>();
    this.#byScope.set(scope, names);
    const add = (name: ts.Node | undefined, node: ts.Node, kind: Declared['kind'], constant = false): void => {
      if (name === undefined) return;
      for (const identifier of bindingNames(name))
        if (!names.has(identifier.text)) names.set(identifier.text, { name: identifier.text, node, kind, constant });
    };
    if (
      isFunction(scope) ||
      ts.isFunctionTypeNode(scope) ||
      ts.isMethodSignature(scope) ||
      ts.isCallSignatureDeclaration(scope) ||
      ts.isConstructorTypeNode(scope)
    ) {
      for (const parameter of scope.parameters) add(parameter.name, parameter, 'hoisted');
      if (ts.isFunctionExpression(scope)) add(scope.name, scope, 'hoisted', true);
      const body = (scope as { body?: ts.Node }).body;
      if (body !== undefined)
        for (const declaration of hoistedVars(body)) add(declaration.name, declaration, 'hoisted');
    }
    if (ts.isSourceFile(scope) || ts.isModuleBlock(scope))
      for (const declaration of hoistedVars(scope)) add(declaration.name, declaration, 'hoisted');
    if (ts.isSourceFile(scope) || ts.isBlock(scope) || ts.isModuleBlock(scope)) this.#statements(scope.statements, add);
    if (ts.isCaseBlock(scope)) for (const clause of scope.clauses) this.#statements(clause.statements, add);
    if (ts.isForStatement(scope) || ts.isForInStatement(scope) || ts.isForOfStatement(scope)) {
      const list = scope.initializer;
      if (list !== undefined && ts.isVariableDeclarationList(list) && isBlockScoped(list))
        for (const declaration of list.declarations) add(declaration.name, declaration, 'hoisted', isConst(list));
    }
    if (ts.isCatchClause(scope)) add(scope.variableDeclaration?.name, scope, 'hoisted');
    if (ts.isClassExpression(scope)) add(scope.name, scope, 'hoisted', true);
    if (ts.isMappedTypeNode(scope)) add(scope.typeParameter.name, scope.typeParameter, 'hoisted');
    if (ts.isConditionalTypeNode(scope))
      for (const infer of inferred(scope.extendsType)) add(infer.name, infer, 'hoisted');
    for (const parameter of (scope as { typeParameters?: readonly ts.TypeParameterDeclaration[] }).typeParameters ?? [])
      add(parameter.name, parameter, 'hoisted');
    return names;
  }

  #statements(
    statements: readonly ts.Statement[],
    add: (name: ts.Node | undefined, node: ts.Node, kind: Declared['kind'], constant?: boolean) => void,
  ): void {
    for (const statement of statements) {
      if (ts.isVariableStatement(statement) && isBlockScoped(statement.declarationList))
        for (const declaration of statement.declarationList.declarations)
          add(declaration.name, declaration, 'block', isConst(statement.declarationList));
      else if (ts.isFunctionDeclaration(statement)) add(statement.name, statement, 'hoisted');
      else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
        add(statement.name, statement, 'hoisted');
      else if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement))
        add(statement.name, statement, 'block');
      else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name))
        add(statement.name, statement, 'hoisted');
      else if (ts.isImportEqualsDeclaration(statement)) add(statement.name, statement, 'import', true);
      else if (ts.isImportDeclaration(statement) && statement.importClause !== undefined) {
        const clause = statement.importClause;
        add(clause.name, clause, 'import', true);
        if (clause.namedBindings !== undefined && ts.isNamespaceImport(clause.namedBindings))
          add(clause.namedBindings.name, clause.namedBindings, 'import', true);
        else
          for (const specifier of clause.namedBindings?.elements ?? []) add(specifier.name, specifier, 'import', true);
      }
    }
  }

  get file(): ts.SourceFile {
    return this.#file;
  }
}

/** The identifiers that a name or pattern binds. */
function bindingNames(name: ts.Node): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name))
    return name.elements.flatMap((element) => (ts.isBindingElement(element) ? bindingNames(element.name) : []));
  return [];
}

/** Identifiers below a node that refer to a name of some scope: no property names, labels, or names being declared. */
export function references(top: ts.Node): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (isReference(node)) found.push(node);
    } else ts.forEachChild(node, visit);
  };
  visit(top);
  return found;
}

/** Names that the statements assign to, declared elsewhere or not. */
export function assignedNames(top: ts.Node): Set<string> {
  const names = new Set<string>();
  const target = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    else if (
      ts.isArrayLiteralExpression(node) ||
      ts.isObjectLiteralExpression(node) ||
      ts.isParenthesizedExpression(node)
    )
      ts.forEachChild(node, target);
    else if (ts.isPropertyAssignment(node)) target(node.initializer);
    else if (ts.isShorthandPropertyAssignment(node)) target(node.name);
    else if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) target(node.expression);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) target(node.left);
    else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
        target(node.operand);
    } else if (
      (ts.isForInStatement(node) || ts.isForOfStatement(node)) &&
      !ts.isVariableDeclarationList(node.initializer)
    )
      target(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(top);
  return names;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isExportSpecifier(parent))
    return (parent.propertyName ?? parent.name) === node && parent.parent.parent.moduleSpecifier === undefined;
  if (
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent) ||
    ts.isNamespaceExport(parent)
  )
    return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakStatement(parent) || ts.isContinueStatement(parent)) return false;
  if (ts.isJsxAttribute(parent) || ts.isJsxNamespacedName(parent) || ts.isMetaProperty(parent)) return false;
  if (ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent))
    return parent.tagName === node && !/^[a-z]/.test(node.text);
  if (ts.isNamedTupleMember(parent) || ts.isTypePredicateNode(parent)) return false;
  if (ts.isTypeParameterDeclaration(parent)) return false;
  const named = parent as { name?: ts.Node };
  if (named.name === node && (ts.isDeclarationStatement(parent) || isDeclaring(parent))) return false;
  return true;
}

function isDeclaring(node: ts.Node): boolean {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isFunctionExpression(node) ||
    ts.isClassExpression(node) ||
    ts.isClassElement(node) ||
    ts.isTypeElement(node) ||
    ts.isEnumMember(node) ||
    ts.isObjectLiteralElement(node)
  );
}

/** `var` declarations that belong to the function or module that a node is the body of. */
export function hoistedVars(body: ts.Node): ts.VariableDeclaration[] {
  const found: ts.VariableDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node) || ts.isClassLike(node) || ts.isModuleBlock(node)) return;
    if (ts.isVariableDeclarationList(node) && !isBlockScoped(node)) found.push(...node.declarations);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}

function inferred(type: ts.Node): ts.TypeParameterDeclaration[] {
  const found: ts.TypeParameterDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isInferTypeNode(node)) found.push(node.typeParameter);
    ts.forEachChild(node, visit);
  };
  visit(type);
  return found;
}

function isBlockScoped(list: ts.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped) !== 0;
}

function isConst(list: ts.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped) !== ts.NodeFlags.Let;
}
