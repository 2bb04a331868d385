import { ts } from 'ts-morph';
import type { ExportFact, ImportFact } from './file-facts.ts';
import { importedSymbol, nameOf, requiredModule } from './origins.ts';
import { rangeOf, walk } from './parse.ts';
import { perStatement } from './per-statement.ts';
import type { Scopes } from './scope.ts';

type Binding = ImportFact['bindings'][number];

/** Imports by statements of a file: `import`, `export ... from`, `import x = require()`. */
export function statementImports(source: ts.SourceFile): ImportFact[] {
  const found: ImportFact[] = [];
  for (const statement of source.statements) {
    const fact = statementImport(statement, source);
    if (fact !== undefined) found.push(fact);
    // `declare module 'x' { import ... }` and namespaces hold imports of their own.
    if (ts.isModuleDeclaration(statement) && statement.body !== undefined && ts.isModuleBlock(statement.body))
      for (const inner of statement.body.statements) {
        const nested = statementImport(inner, source);
        if (nested !== undefined) found.push(nested);
      }
  }
  return found;
}

function statementImport(statement: ts.Statement, source: ts.SourceFile): ImportFact | undefined {
  if (ts.isImportDeclaration(statement) && ts.isStringLiteralLike(statement.moduleSpecifier)) {
    const clause = statement.importClause;
    return {
      specifier: statement.moduleSpecifier.text,
      kind: 'import',
      typeOnly: clause?.isTypeOnly ?? false,
      range: rangeOf(statement, source),
      bindings: clause === undefined ? [] : clauseBindings(clause),
    };
  }
  if (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined) {
    if (!ts.isStringLiteralLike(statement.moduleSpecifier)) return undefined;
    const clause = statement.exportClause;
    return {
      specifier: statement.moduleSpecifier.text,
      kind: 'export',
      typeOnly: statement.isTypeOnly,
      range: rangeOf(statement, source),
      bindings: clause !== undefined && ts.isNamedExports(clause) ? clause.elements.map(specifierBinding) : [],
    };
  }
  if (ts.isImportEqualsDeclaration(statement)) {
    const imported = importedSymbol(statement);
    if (imported === undefined) return undefined;
    return {
      specifier: imported.specifier,
      kind: 'require',
      typeOnly: statement.isTypeOnly,
      range: rangeOf(statement, source),
      bindings: [{ imported: '*', local: statement.name.text, typeOnly: statement.isTypeOnly }],
    };
  }
  return undefined;
}

function clauseBindings(clause: ts.ImportClause): Binding[] {
  const bindings: Binding[] = [];
  const typeOnly = clause.isTypeOnly;
  if (clause.name !== undefined) bindings.push({ imported: 'default', local: clause.name.text, typeOnly });
  const named = clause.namedBindings;
  if (named === undefined) return bindings;
  if (ts.isNamespaceImport(named)) bindings.push({ imported: '*', local: named.name.text, typeOnly });
  else
    bindings.push(
      ...named.elements.map((element) => ({ ...specifierBinding(element), typeOnly: typeOnly || element.isTypeOnly })),
    );
  return bindings;
}

function specifierBinding(element: ts.ImportSpecifier | ts.ExportSpecifier): Binding {
  return {
    imported: (element.propertyName ?? element.name).text,
    local: element.name.text,
    typeOnly: element.isTypeOnly,
  };
}

/** Nodes that may import. */
const mayImport = perStatement<readonly ts.Node[]>();

/** Imports inside code: `require('x')`, `import('x')`, and the type `import('x').Y`. */
export function innerImports(statement: ts.Statement, scopes: Scopes): ImportFact[] {
  const nodes = mayImport(statement, [], () => {
    const found: ts.Node[] = [];
    walk(statement, (node) => {
      if (ts.isImportTypeNode(node) || (ts.isCallExpression(node) && requiredModule(node) !== undefined))
        found.push(node);
    });
    return found;
  });
  return nodes.flatMap((node) => innerImport(node, scopes) ?? []);
}

function innerImport(node: ts.Node, scopes: Scopes): ImportFact | undefined {
  const { source } = scopes;
  if (ts.isImportTypeNode(node)) {
    const argument = node.argument;
    if (!ts.isLiteralTypeNode(argument) || !ts.isStringLiteral(argument.literal)) return undefined;
    return {
      specifier: argument.literal.text,
      kind: 'import',
      typeOnly: true,
      range: rangeOf(node, source),
      bindings: [],
    };
  }
  if (!ts.isCallExpression(node)) return undefined;
  const specifier = requiredModule(node);
  if (specifier === undefined) return undefined;
  const dynamic = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  if (!dynamic && scopes.lookup('require', node, 'value') !== undefined) return undefined;
  return {
    specifier,
    kind: dynamic ? 'dynamic' : 'require',
    typeOnly: false,
    range: rangeOf(node, source),
    bindings: requireBindings(node),
  };
}

function requireBindings(node: ts.CallExpression): Binding[] {
  const holder = ts.isAwaitExpression(node.parent) ? node.parent : node;
  const declaration = holder.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer !== holder) return [];
  if (ts.isIdentifier(declaration.name)) return [{ imported: '*', local: declaration.name.text, typeOnly: false }];
  if (!ts.isObjectBindingPattern(declaration.name)) return [];
  return declaration.name.elements.flatMap((element) => {
    const imported = nameOf(element.propertyName ?? element.name);
    if (imported === undefined || !ts.isIdentifier(element.name) || element.dotDotDotToken !== undefined) return [];
    return [{ imported, local: element.name.text, typeOnly: false }];
  });
}

/** What a file exports, by statements and by CommonJS assignments at the top level. */
export function exportsOf(scopes: Scopes): ExportFact[] {
  const found: ExportFact[] = [];
  for (const statement of scopes.source.statements) {
    if (ts.isExportDeclaration(statement)) found.push(...declaredExports(statement, scopes));
    else if (ts.isExportAssignment(statement)) {
      const exported = statement.isExportEquals ? 'export=' : 'default';
      found.push(exportedAs(exported, statement.expression, scopes));
    } else if (ts.isExpressionStatement(statement)) found.push(...commonJs(statement.expression, scopes));
    else if (isExported(statement)) found.push(...modifierExports(statement));
  }
  return found;
}

function isExported(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.ExportKeyword);
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node)?.some((modifier: ts.Modifier) => modifier.kind === kind) ?? false)
  );
}

function declaredExports(statement: ts.ExportDeclaration, scopes: Scopes): ExportFact[] {
  const { moduleSpecifier, exportClause } = statement;
  const specifier =
    moduleSpecifier !== undefined && ts.isStringLiteralLike(moduleSpecifier) ? moduleSpecifier.text : undefined;
  if (exportClause === undefined)
    return specifier === undefined ? [] : [{ exported: '*', from: { specifier, imported: '*' } }];
  if (ts.isNamespaceExport(exportClause))
    return specifier === undefined ? [] : [{ exported: exportClause.name.text, from: { specifier, imported: '*' } }];
  return exportClause.elements.map((element) => {
    const name = (element.propertyName ?? element.name).text;
    if (specifier !== undefined) return { exported: element.name.text, from: { specifier, imported: name } };
    return localExport(element.name.text, name, scopes);
  });
}

/** A local name that is exported: passed on from its module where it was imported. */
function localExport(exported: string, local: string, scopes: Scopes): ExportFact {
  const declaration = scopes.lookup(local, scopes.source, 'value') ?? scopes.lookup(local, scopes.source, 'type');
  const from = declaration === undefined ? undefined : importedSymbol(declaration);
  return from === undefined ? { exported, local } : { exported, from };
}

function exportedAs(exported: string, expression: ts.Expression, scopes: Scopes): ExportFact {
  return ts.isIdentifier(expression) ? localExport(exported, expression.text, scopes) : { exported, local: exported };
}

function modifierExports(statement: ts.Statement): ExportFact[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations
      .flatMap((declaration) => boundNames(declaration.name))
      .map((name) => ({ exported: name, local: name }));
  const name = (statement as ts.Statement & { name?: ts.Node }).name;
  const local = name === undefined ? undefined : nameOf(name);
  if (hasModifier(statement, ts.SyntaxKind.DefaultKeyword)) return [{ exported: 'default', local: local ?? 'default' }];
  return local === undefined ? [] : [{ exported: local, local }];
}

export function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

/** `module.exports = X`, `module.exports = { A, b: B }`, `module.exports.A = X`, `exports.A = X`. */
function commonJs(node: ts.Expression, scopes: Scopes): ExportFact[] {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
  if (ts.isBinaryExpression(node.right)) return [...commonJs(node.right, scopes), ...commonJsTarget(node, scopes)];
  return commonJsTarget(node, scopes);
}

function commonJsTarget(node: ts.BinaryExpression, scopes: Scopes): ExportFact[] {
  const target = node.left;
  if (!ts.isPropertyAccessExpression(target)) return [];
  if (isModuleExports(target)) {
    if (!ts.isObjectLiteralExpression(node.right)) return [exportedAs('export=', node.right, scopes)];
    return [
      { exported: 'export=', local: 'export=' },
      ...node.right.properties.flatMap((property) => {
        const name = property.name === undefined ? undefined : nameOf(property.name);
        if (name === undefined) return [];
        if (ts.isShorthandPropertyAssignment(property)) return [localExport(name, name, scopes)];
        if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.initializer))
          return [localExport(name, property.initializer.text, scopes)];
        return [{ exported: name, local: name }];
      }),
    ];
  }
  const owner = target.expression;
  const isExports = (ts.isIdentifier(owner) && owner.text === 'exports') || isModuleExports(owner);
  return isExports ? [exportedNamed(target.name.text, node.right, scopes)] : [];
}

function exportedNamed(name: string, value: ts.Expression, scopes: Scopes): ExportFact {
  return ts.isIdentifier(value) ? localExport(name, value.text, scopes) : { exported: name, local: name };
}

export function isModuleExports(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'exports' &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'module'
  );
}
