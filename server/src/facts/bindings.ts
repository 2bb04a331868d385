import { ts } from 'ts-morph';
import { scopesOf } from './scope.ts';

/** What names of values stand for in one file, as far as comparing needs it: a local, or a name of the module or beyond. */
export interface Bindings {
  /** The declaration of a name that is local to a function or block; undefined for names of the module and globals. */
  local(at: ts.Node, name: string): ts.Declaration | undefined;
  /** A name of the module or beyond; an imported one as it is called where it comes from (`default:redis`, `*:fs`). */
  canonical(name: string): string;
  /** The `const` that a name stands for: its declaration, or its element in a destructuring one. */
  constant(at: ts.Node, name: string): ts.VariableDeclaration | ts.BindingElement | undefined;
}

export function bindingsOf(file: ts.SourceFile): Bindings {
  const scopes = scopesOf(file);
  const imported = importedNames(file);
  return {
    local(at, name) {
      const declaration = scopes.lookup(name, at, 'value');
      return declaration && !isOfModule(declaration) ? declaration : undefined;
    },
    canonical: (name) => imported.get(name) ?? name,
    constant(at, name) {
      const declaration = scopes.lookup(name, at, 'value');
      if (!declaration || !(ts.isVariableDeclaration(declaration) || ts.isBindingElement(declaration)))
        return undefined;
      const list = ts.findAncestor(declaration, (one) => ts.isVariableDeclarationList(one) || ts.isFunctionLike(one));
      return list && ts.isVariableDeclarationList(list) && list.flags & ts.NodeFlags.Const ? declaration : undefined;
    },
  };
}

function isOfModule(declaration: ts.Declaration): boolean {
  let at: ts.Node = declaration;
  while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at)) at = at.parent;
  if (ts.isVariableDeclaration(at))
    return ts.isVariableDeclarationList(at.parent) && ts.isSourceFile(at.parent.parent.parent);
  if (ts.isImportClause(at) || ts.isImportSpecifier(at) || ts.isNamespaceImport(at)) return true;
  return at.parent !== undefined && ts.isSourceFile(at.parent);
}

/** Local name to the name in its module; for default and namespace imports the last segment of the module's path. */
function importedNames(file: ts.SourceFile): Map<string, string> {
  const names = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const from = statement.moduleSpecifier.text.replace(/\.[cm]?[jt]sx?$/, '').replace(/^.*\//, '');
    const clause = statement.importClause;
    if (clause?.name) names.set(clause.name.text, `default:${from}`);
    const bindings = clause?.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) names.set(bindings.name.text, `*:${from}`);
    else if (bindings)
      for (const one of bindings.elements) names.set(one.name.text, (one.propertyName ?? one.name).text);
  }
  return names;
}
