import { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import type { View } from './view.ts';

/** One mention of a name, in the file that declares it or in one that imports it. */
export interface Reference {
  readonly path: string;
  readonly source: Source;
  readonly id: ts.Identifier;
}

/**
 * Every mention that stays of what a name declares, in all files, imports and exports left out. Undefined where somebody may use
 * it whom nobody can name: through a namespace, a dynamic import, an entry point, markup.
 */
export function referencesAcross(view: View, path: string, name: ts.Identifier): Reference[] | undefined {
  const search: Search = { view, found: [], asked: new Set() };
  return fromName(search, path, name) ? search.found : undefined;
}

/** The same for what a module exports. */
export function referencesOfExport(view: View, path: string, exported: string): Reference[] | undefined {
  const search: Search = { view, found: [], asked: new Set() };
  return fromExport(search, path, exported) ? search.found : undefined;
}

interface Search {
  readonly view: View;
  readonly found: Reference[];
  readonly asked: Set<string>;
}

/** False where the search meets a user whom nobody can name. */
function fromName(search: Search, path: string, name: ts.Identifier): boolean {
  const source = search.view.source(path);
  const symbol = source?.symbolOf(name);
  if (!source || !symbol || (symbol.declarations?.length ?? 0) > 1) return false;
  const declaration = symbol.declarations![0]!;
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  if (ts.isSourceFile(statement.parent) && !ts.isExternalModule(source.file)) return false;
  for (const exported of exportedAs(statement, name.text)) if (!fromExport(search, path, exported)) return false;
  for (const id of source.referencesOf(symbol)) {
    if (search.view.isCut(path, id)) continue;
    if (ts.isExportSpecifier(id.parent)) {
      if (!fromExport(search, path, id.parent.name.text)) return false;
    } else if (ts.isExportAssignment(id.parent)) {
      if (id.parent.isExportEquals || !fromExport(search, path, 'default')) return false;
    } else search.found.push({ path, source, id });
  }
  return true;
}

function exportedAs(statement: ts.Node, name: string): string[] {
  const kinds = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []).map(({ kind }) => kind) : [];
  if (!kinds.includes(ts.SyntaxKind.ExportKeyword)) return [];
  return [kinds.includes(ts.SyntaxKind.DefaultKeyword) ? 'default' : name];
}

function fromExport(search: Search, path: string, exported: string): boolean {
  const { view, asked } = search;
  const question = `${path}\n${exported}`;
  if (asked.has(question)) return true;
  asked.add(question);
  if (!view.input.graph || view.isEntry(path)) return false;
  return view.usesOf(path).every((use) => {
    if (view.isDeleted(use.by) || use.imported === '') return true;
    if (use.exported !== undefined) {
      if (use.imported === '*' && use.exported !== '*') return false;
      if (use.imported !== '*' && use.imported !== exported) return true;
      return fromExport(search, use.by, use.exported === '*' ? exported : use.exported);
    }
    if (use.imported !== '*' && use.imported !== exported) return true;
    return fromImporter(search, use.by, use.specifier, use.imported, exported);
  });
}

function mentions(view: View, path: string, name: string): boolean {
  return view.input.text(path)?.includes(name) !== false;
}

function fromImporter(search: Search, by: string, specifier: string, imported: string, exported: string): boolean {
  const { view } = search;
  if (imported === '*') return exported !== 'default' && !mentions(view, by, exported);
  const source = view.source(by);
  if (!source) return false;
  const names = importedNames(source, specifier, exported);
  return names.length > 0 && names.every((name) => view.isCut(by, name) || fromName(search, by, name));
}

/** The local names under which a file imports a name of a module. */
function importedNames({ file }: Source, specifier: string, exported: string): ts.Identifier[] {
  return file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const clause = statement.importClause;
    if (statement.moduleSpecifier.text !== specifier || !clause) return [];
    const named = clause.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : [];
    const names = named.filter((one) => (one.propertyName ?? one.name).text === exported).map((one) => one.name);
    return exported === 'default' && clause.name ? [clause.name, ...names] : names;
  });
}

/** Where a name is declared: in its own file, or in the one that it is imported from, through any number of barrels. */
export function declarationOf(view: View, path: string, id: ts.Identifier): Declared | undefined {
  const source = view.source(path);
  const symbol = source?.symbolOf(id);
  const [declaration] = symbol?.declarations ?? [];
  if (!source || !declaration || symbol!.declarations!.length > 1) return undefined;
  const imported = importOf(declaration);
  if (!imported) return { path, source, node: declaration };
  const module = view.input.graph?.resolve(path, imported.specifier);
  return module === undefined ? undefined : exportedDeclaration(view, module, imported.name);
}

export interface Declared {
  readonly path: string;
  readonly source: Source;
  /** A declaration, or the expression of an `export default`. */
  readonly node: ts.Node;
}

function importOf(node: ts.Node): { specifier: string; name: string } | undefined {
  const declaration = ts.findAncestor(node, ts.isImportDeclaration);
  if (!declaration || !ts.isStringLiteral(declaration.moduleSpecifier)) return undefined;
  const specifier = declaration.moduleSpecifier.text;
  if (ts.isImportSpecifier(node)) return { specifier, name: (node.propertyName ?? node.name).text };
  return ts.isImportClause(node) ? { specifier, name: 'default' } : undefined;
}

function exportedDeclaration(view: View, path: string, name: string, depth = 0): Declared | undefined {
  const source = view.source(path);
  if (!source || depth > 10) return undefined;
  const fact = view.input.facts(path)?.exports.find(({ exported }) => exported === name);
  if (fact?.from) {
    const module = view.input.graph?.resolve(path, fact.from.specifier);
    return module === undefined ? undefined : exportedDeclaration(view, module, fact.from.imported, depth + 1);
  }
  const own = ownExport(source, name);
  if (own) return { path, source, node: own };
  for (const { exported, from } of view.input.facts(path)?.exports ?? []) {
    const module = exported === '*' && from ? view.input.graph?.resolve(path, from.specifier) : undefined;
    const found = module === undefined ? undefined : exportedDeclaration(view, module, name, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function ownExport(source: Source, name: string): ts.Node | undefined {
  for (const statement of source.file.statements) {
    if (ts.isExportAssignment(statement) && name === 'default')
      return ts.isIdentifier(statement.expression) ? target(source, statement.expression) : statement.expression;
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause))
      for (const one of statement.exportClause.elements)
        if (one.name.text === name && !statement.moduleSpecifier) {
          const id = one.propertyName ?? one.name;
          return ts.isIdentifier(id) ? target(source, id) : undefined;
        }
    const isDefault = exportedAs(statement, '').includes('default');
    if (isDefault && name === 'default') return statement;
    const declared = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement];
    if (exportedAs(statement, 'x').includes('x'))
      for (const one of declared) {
        const own = (one as ts.NamedDeclaration).name;
        if (own && ts.isIdentifier(own) && own.text === name) return one;
      }
  }
  return undefined;
}

function target(source: Source, id: ts.Identifier): ts.Node | undefined {
  const declarations = source.symbolOf(id)?.declarations ?? [];
  return declarations.length === 1 ? declarations[0] : undefined;
}
