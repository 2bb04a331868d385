import { ts } from 'ts-morph';
import { dirname, extname, join, relativeSpecifier } from '../core/paths.ts';
import type { TextEdit } from '../core/source-change.ts';
import type { World } from '../fixes/fix.ts';
import { importedFrom } from './checks.ts';
import { edit } from './layout.ts';
import { type Site, Unfit } from './site.ts';
import { quoted } from './style.ts';
import { isModule } from './syntax.ts';

/** A name that a file has to import. */
export interface WantedImport {
  /** As the file has to write it. */
  readonly specifier: string;
  /** `default`, `*`, or an exported name. */
  readonly imported: string;
  readonly local: string;
  readonly typeOnly?: boolean;
}

export interface PlannedImport {
  /** The name under which the file knows it. */
  readonly local: string;
  readonly edits: readonly TextEdit[];
}

/** How a file can come by a name: an import that it has, one that is extended, or a new one. */
export function planImport(wanted: WantedImport, site: Site): PlannedImport | Unfit {
  const { file, scopes, run } = site;
  for (const declaration of importsOf(file)) {
    if (!sameModule(site.path, (declaration.moduleSpecifier as ts.StringLiteral).text, wanted.specifier, site.world))
      continue;
    for (const binding of bindingsOf(declaration)) {
      const from = importedFrom(binding.node);
      if (from?.imported !== wanted.imported || (from.typeOnly && wanted.typeOnly !== true)) continue;
      if (scopes.resolve(binding.local, run.owner)?.node === binding.node) return { local: binding.local, edits: [] };
    }
  }
  if (scopes.resolve(wanted.local, run.owner) !== undefined || scopes.declaredBy(file).has(wanted.local))
    return new Unfit(
      `"${wanted.local}" would have to be imported from ${wanted.specifier}, and that name is taken here`,
    );
  return { local: wanted.local, edits: [importEdit(wanted, site)] };
}

/** The specifier that leads from one file to the module that another file names by `specifier`. */
export function rebase(specifier: string, from: string, to: string, world: World): string {
  if (!specifier.startsWith('.')) {
    const meant = world.graph.resolve(from, specifier);
    if (meant === undefined || world.graph.resolve(to, specifier) === meant) return specifier;
    return relativeSpecifier(to, withoutSource(meant, specifier));
  }
  if (dirname(from) === dirname(to)) return specifier;
  const target = join(dirname(from), specifier);
  return target === undefined ? specifier : relativeSpecifier(to, target);
}

function withoutSource(path: string, like: string): string {
  return extname(like) === '' ? path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '') : path;
}

function sameModule(path: string, a: string, b: string, world: World): boolean {
  if (a === b) return true;
  const bare = (text: string): string => text.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
  if (a.startsWith('.') && b.startsWith('.')) return bare(a) === bare(b);
  const meant = world.graph.resolve(path, a);
  return meant !== undefined && meant === world.graph.resolve(path, b);
}

function importsOf(file: ts.SourceFile): ts.ImportDeclaration[] {
  return file.statements.filter(
    (statement): statement is ts.ImportDeclaration =>
      ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier),
  );
}

function bindingsOf(declaration: ts.ImportDeclaration): { local: string; node: ts.Node }[] {
  const clause = declaration.importClause;
  if (clause === undefined) return [];
  const found: { local: string; node: ts.Node }[] = [];
  if (clause.name !== undefined) found.push({ local: clause.name.text, node: clause });
  if (clause.namedBindings === undefined) return found;
  if (ts.isNamespaceImport(clause.namedBindings))
    found.push({ local: clause.namedBindings.name.text, node: clause.namedBindings });
  else
    for (const specifier of clause.namedBindings.elements) found.push({ local: specifier.name.text, node: specifier });
  return found;
}

function importEdit(wanted: WantedImport, site: Site): TextEdit {
  const { file, style } = site;
  const reason = `Import "${wanted.local}"`;
  const named = wanted.imported !== 'default' && wanted.imported !== '*';
  const alias = wanted.imported === wanted.local ? wanted.local : `${wanted.imported} as ${wanted.local}`;
  if (named) {
    for (const declaration of importsOf(file)) {
      const clause = declaration.importClause;
      const elements = clause?.namedBindings;
      if (clause === undefined || elements === undefined || !ts.isNamedImports(elements)) continue;
      if ((declaration.moduleSpecifier as ts.StringLiteral).text !== wanted.specifier) continue;
      if (clause.isTypeOnly !== (wanted.typeOnly === true) || elements.elements.length === 0) continue;
      return edit(elements.elements.at(-1)!.end, `, ${alias}`, 'wrap', reason);
    }
  }
  const semicolon = style.semicolons ? ';' : '';
  const from = quoted(wanted.specifier, style.quote);
  const type = wanted.typeOnly === true ? 'type ' : '';
  const clause = named ? `{ ${alias} }` : wanted.imported === '*' ? `* as ${wanted.local}` : wanted.local;
  const usesRequire = !isModule(file) && /\.c?jsx?$/.test(site.path);
  const required = named ? `{ ${alias.replace(' as ', ': ')} }` : wanted.local;
  const tail = wanted.imported === 'default' ? '.default' : '';
  return newImport(
    usesRequire
      ? `const ${required} = require(${from})${tail}${semicolon}`
      : `import ${type}${clause} from ${from}${semicolon}`,
    site,
    reason,
  );
}

/** Puts a line behind the last import (or `require`) of a file, or at its top below directives and a file comment. */
function newImport(line: string, site: Site, reason: string): TextEdit {
  const { file, style } = site;
  const last = file.statements.findLast(
    (statement, index) => ts.isImportDeclaration(statement) || (isRequire(statement) && index < 60),
  );
  if (last !== undefined) return edit(last.end, style.eol + line, 'wrap', reason);
  const directive = file.statements.findLast(
    (statement, index) => ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression) && index < 3,
  );
  if (directive !== undefined) return edit(directive.end, style.eol + line, 'wrap', reason);
  const shebang = ts.getShebang(file.text)?.length ?? 0;
  const at = shebang === 0 ? (file.text.charCodeAt(0) === 0xfeff ? 1 : 0) : shebang;
  const after = style.eol + style.eol;
  return edit(at, shebang === 0 ? line + after : style.eol + line, 'wrap', reason);
}

function isRequire(statement: ts.Statement): boolean {
  if (!ts.isVariableStatement(statement)) return false;
  const first = statement.declarationList.declarations[0]?.initializer;
  let at: ts.Node | undefined = first;
  while (at !== undefined && (ts.isPropertyAccessExpression(at) || ts.isCallExpression(at))) {
    if (ts.isCallExpression(at) && ts.isIdentifier(at.expression) && at.expression.text === 'require') return true;
    at = at.expression;
  }
  return false;
}
