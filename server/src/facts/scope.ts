import { ts } from 'ts-morph';
import { kept } from '../core/kept.ts';
import { walk } from './parse.ts';
import { topStatementOf } from './per-statement.ts';

/** What a name may stand for in one place: values and types live apart. */
export type Meaning = 'value' | 'type';

/** Lexical scopes of one file, built only where somebody looks a name up. */
export interface Scopes {
  readonly source: ts.SourceFile;
  /** The declaration that a name refers to at a node; undefined for globals. */
  lookup(name: string, at: ts.Node, meaning: Meaning): ts.Declaration | undefined;
  /** Values assigned to a name after its declaration (`client = init()`), by the name's last part. */
  assignments(name: string): readonly ts.BinaryExpression[];
  /** All identifiers with a text, in no order. */
  identifiers(name: string): readonly ts.Identifier[];
  /**
   * Identifiers that mean the declaration as a value where they stand, its own name apart. Names of properties and the like are
   * among them: `isReference` tells.
   */
  references(name: ts.Identifier, declaration: ts.Declaration): readonly ts.Identifier[];
}

const known = new WeakMap<ts.SourceFile, Scopes>();

/** The same object for the same tree. */
export function scopesOf(source: ts.SourceFile): Scopes {
  return kept(known, source, () => makeScopes(source));
}

function makeScopes(source: ts.SourceFile): Scopes {
  const tables = new Map<ts.Node, Table>();
  const tableOf = (container: ts.Node): Table => kept(tables, container, () => declare(container));
  const assigned = new Map<string, readonly ts.BinaryExpression[]>();
  const identified = new Map<string, readonly ts.Identifier[]>();
  const references = new Map<ts.Declaration, readonly ts.Identifier[]>();
  const lookup: Scopes['lookup'] = (name, at, meaning) => {
    for (let node: ts.Node | undefined = at; node !== undefined; node = node.parent) {
      if (!isContainer(node)) continue;
      const declarations = tableOf(node).get(name);
      const found = declarations?.find((declaration) => hasMeaning(declaration, meaning));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    source,
    lookup,
    references(name, declaration) {
      return kept(references, declaration, () => {
        // A look-up costs more than a comparison of places, and a file may have a hundred constants called `enabled`.
        const scope = scopeAround(declaration);
        const { pos, end } = scope;
        return identifiersOf(topStatementOf(scope) ?? source, name.text).filter(
          (one) => one.pos >= pos && one.end <= end && one !== name && lookup(one.text, one, 'value') === declaration,
        );
      });
    },
    assignments: (name) =>
      kept(assigned, name, () => (mayAssign(source.text, name) ? assignmentsOf(source, name) : none)),
    identifiers: (name) => kept(identified, name, () => identifiersOf(source, name)),
  };
}

type Table = Map<string, ts.Declaration[]>;

const none: readonly never[] = [];

/** A search that spares most files the walk. */
function mayAssign(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    let after = at + name.length;
    while (text.charCodeAt(after) <= 32) after++;
    const next = text.slice(after, after + 4);
    if (/^(?:=(?![=>])|[-+*/%&|^?<>]{1,3}=)/.test(next) || next.startsWith('/')) return true;
  }
  return false;
}

const assignmentsOf = byName<ts.BinaryExpression>((node, add) => {
  if (!ts.isBinaryExpression(node) || !isAssignment(node.operatorToken.kind)) return;
  if (ts.isIdentifier(node.left)) add(node.left.text, node);
  else if (ts.isPropertyAccessExpression(node.left)) add(node.left.name.text, node);
});

const identifiersOf = byName<ts.Identifier>((node, add) => {
  if (ts.isIdentifier(node)) add(node.text, node);
});

/**
 * Nodes with a name in a file, or in one statement of its top level. Each statement is walked when it is first asked for, and not again
 * when the parser takes it over into the next tree.
 */
function byName<T>(tell: (node: ts.Node, add: (name: string, item: T) => void) => void) {
  const indexes = new WeakMap<ts.Node, ReadonlyMap<string, readonly T[]>>();
  const indexOf = (statement: ts.Node): ReadonlyMap<string, readonly T[]> =>
    kept(indexes, statement, () => {
      const found = new Map<string, T[]>();
      walk(statement, (node) => tell(node, (name, item) => void kept(found, name, () => []).push(item)));
      return found;
    });
  return (where: ts.Node, name: string): readonly T[] =>
    ts.isSourceFile(where)
      ? where.statements.toReversed().flatMap((one) => indexOf(one).get(name) ?? none)
      : (indexOf(where).get(name) ?? none);
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function hasMeaning(declaration: ts.Declaration, meaning: Meaning): boolean {
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) return meaning === 'type';
  if (ts.isTypeParameterDeclaration(declaration)) return meaning === 'type';
  if (meaning === 'value') return true;
  return (
    ts.isClassLike(declaration) ||
    ts.isEnumDeclaration(declaration) ||
    ts.isModuleDeclaration(declaration) ||
    ts.isImportSpecifier(declaration) ||
    ts.isImportClause(declaration) ||
    ts.isNamespaceImport(declaration) ||
    ts.isImportEqualsDeclaration(declaration) ||
    // `const { LDClient } = require('...')` names a type in JSDoc.
    ts.isVariableDeclaration(declaration) ||
    ts.isBindingElement(declaration)
  );
}

/** Where a name may be seen: the block for `const` and `let`, else the function around, or the file. */
function scopeAround(declaration: ts.Declaration): ts.Node {
  const list = ts.findAncestor(declaration, (one) => ts.isVariableDeclarationList(one) || ts.isFunctionLike(one));
  if (list && ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.BlockScoped) !== 0) {
    const holder = ts.isVariableStatement(list.parent) ? list.parent.parent : list.parent;
    return ts.isCaseOrDefaultClause(holder) ? holder.parent : holder;
  }
  const owner = ts.isFunctionLike(declaration) ? declaration.parent : declaration;
  return ts.findAncestor(owner, ts.isFunctionLike) ?? declaration.getSourceFile();
}

const containers: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.SourceFile,
  ts.SyntaxKind.Block,
  ts.SyntaxKind.ModuleBlock,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.CaseBlock,
  ts.SyntaxKind.CatchClause,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.ClassExpression,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.ClassStaticBlockDeclaration,
]);

function isContainer(node: ts.Node): boolean {
  return containers.has(node.kind) || ts.isFunctionLike(node);
}

function declare(container: ts.Node): Table {
  const table: Table = new Map();
  const add = (name: ts.Node | undefined, declaration: ts.Declaration): void => {
    if (name === undefined || !ts.isIdentifier(name)) return;
    const list = table.get(name.text);
    if (list === undefined) table.set(name.text, [declaration]);
    else list.push(declaration);
  };
  const addBinding = (declaration: ts.VariableDeclaration | ts.BindingElement | ts.ParameterDeclaration): void => {
    if (ts.isIdentifier(declaration.name)) add(declaration.name, declaration);
    else for (const element of declaration.name.elements) if (ts.isBindingElement(element)) addBinding(element);
  };
  const addStatement = (statement: ts.Node): void => {
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) addBinding(declaration);
    } else if (ts.isImportDeclaration(statement)) addImport(statement, add);
    else if (ts.isLabeledStatement(statement)) addStatement(statement.statement);
    else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isModuleDeclaration(statement) ||
      ts.isImportEqualsDeclaration(statement)
    )
      add(statement.name, statement);
  };

  if (ts.isSourceFile(container) || ts.isBlock(container) || ts.isModuleBlock(container))
    container.statements.forEach(addStatement);
  else if (ts.isCaseBlock(container)) for (const clause of container.clauses) clause.statements.forEach(addStatement);
  else if (ts.isForStatement(container) || ts.isForInStatement(container) || ts.isForOfStatement(container)) {
    if (container.initializer !== undefined && ts.isVariableDeclarationList(container.initializer))
      container.initializer.declarations.forEach(addBinding);
  } else if (ts.isCatchClause(container)) {
    if (container.variableDeclaration !== undefined) addBinding(container.variableDeclaration);
  } else if (ts.isFunctionLike(container)) {
    if (ts.isFunctionExpression(container)) add(container.name, container);
    for (const parameter of container.parameters) addBinding(parameter);
    for (const parameter of container.typeParameters ?? []) add(parameter.name, parameter);
  } else if (
    ts.isClassLike(container) ||
    ts.isInterfaceDeclaration(container) ||
    ts.isTypeAliasDeclaration(container)
  ) {
    if (ts.isClassExpression(container)) add(container.name, container);
    for (const parameter of container.typeParameters ?? []) add(parameter.name, parameter);
  }
  const body = hoistingBody(container);
  if (body !== undefined) hoistVars(body, container, addBinding);
  return table;
}

/** Where `var` declarations count for a container: a function's body or the file, when the file has a `var` at all. */
function hoistingBody(container: ts.Node): ts.Node | undefined {
  if (ts.isSourceFile(container)) return hasVar(container) ? container : undefined;
  if (!ts.isFunctionLike(container)) return undefined;
  const body = (container as ts.FunctionLikeDeclaration).body;
  return body !== undefined && hasVar(body.getSourceFile()) ? body : undefined;
}

const filesWithVar = new WeakMap<ts.SourceFile, boolean>();

function hasVar(source: ts.SourceFile): boolean {
  return kept(filesWithVar, source, () => /\bvar\b/.test(source.text));
}

function hoistVars(body: ts.Node, container: ts.Node, add: (declaration: ts.VariableDeclaration) => void): void {
  const open: ts.Node[] = [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node !== container && ts.isFunctionLike(node)) continue;
    // A `var` directly in the file was added with the file's statements.
    if (
      ts.isVariableDeclarationList(node) &&
      (node.flags & ts.NodeFlags.BlockScoped) === 0 &&
      node.parent.parent !== container
    )
      node.declarations.forEach(add);
    ts.forEachChild(node, (child) => {
      open.push(child);
    });
  }
}

function addImport(
  statement: ts.ImportDeclaration,
  add: (name: ts.Node | undefined, declaration: ts.Declaration) => void,
): void {
  const clause = statement.importClause;
  if (clause === undefined) return;
  if (clause.name !== undefined) add(clause.name, clause);
  const bindings = clause.namedBindings;
  if (bindings === undefined) return;
  if (ts.isNamespaceImport(bindings)) add(bindings.name, bindings);
  else for (const element of bindings.elements) add(element.name, element);
}
