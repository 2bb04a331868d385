import { ts } from 'ts-morph';

const known = new WeakMap<ts.SourceFile, ReadonlyMap<string, string>>();

/** The module that each imported name of a file comes from, by its local name. */
export function importedFrom(file: ts.SourceFile): ReadonlyMap<string, string> {
  let found = known.get(file);
  if (!found) {
    found = collect(file);
    known.set(file, found);
  }
  return found;
}

function collect(file: ts.SourceFile): Map<string, string> {
  const names = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const from = statement.moduleSpecifier.text;
    const clause = statement.importClause;
    if (clause?.name) names.set(clause.name.text, from);
    const bindings = clause?.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) names.set(bindings.name.text, from);
    else if (bindings) for (const one of bindings.elements) names.set(one.name.text, from);
  }
  return names;
}
