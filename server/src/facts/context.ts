import { ts } from 'ts-morph';
import { boundNames } from './imports.ts';
import type { Listed } from './outline.ts';
import { perStatement } from './per-statement.ts';
import type { Context, ContextItem } from './same.ts';
import { type Unit, unitOver } from './told.ts';

const itemsOf = perStatement<readonly ContextItem[]>();

/** @param more names by which other parts of the file, bodies included, say something of its constants */
export function contextOf(file: ts.SourceFile, more: readonly string[]): Context {
  let end = 0;
  let skipped = '';
  const items: ContextItem[] = more.map((text) => ({ kind: 'signature', text, names: [text.replace(/^.* /, '')] }));
  for (const statement of file.statements) {
    skipped += file.text.slice(end, statement.pos);
    end = statement.end;
    items.push(...itemsOf(statement, [], () => [...itemsIn(statement, file.text)]));
  }
  return { items, skipped: skipped + file.text.slice(end).trim() };
}

function* itemsIn(statement: ts.Statement, text: string): Iterable<ContextItem> {
  if (ts.isImportDeclaration(statement)) return yield* importsIn(statement, text);
  if (ts.isClassDeclaration(statement)) return yield* membersOf(statement, text);
  const said = withoutBodies(statement, text);
  if (ts.isFunctionDeclaration(statement)) yield { kind: 'signature', text: said, names: namesOf(statement) };
  else if (ts.isVariableStatement(statement))
    yield {
      kind: 'value',
      text: said,
      names: statement.declarationList.declarations.flatMap((one) => boundNames(one.name)),
    };
  else if (ts.isEnumDeclaration(statement)) yield { kind: 'value', text: said, names: namesOf(statement) };
  else if (
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isModuleDeclaration(statement)
  )
    yield { kind: 'signature', text: said, names: namesOf(statement) };
  else if (ts.isExpressionStatement(statement) && ts.isStringLiteralLike(statement.expression))
    yield { kind: 'directive', text: statement.expression.text, names: [] };
  else yield { kind: 'statement', text: said, names: wordsIn(said) };
}

/** Each name by itself: one more of a module says nothing of the others. */
function* importsIn(statement: ts.ImportDeclaration, text: string): Iterable<ContextItem> {
  const from = statement.moduleSpecifier.getText();
  const clause = statement.importClause;
  const one = (name: ts.Identifier, said: string): ContextItem => ({
    kind: 'import',
    text: `${clause!.isTypeOnly} ${said} from ${from}`,
    names: [name.text],
  });
  if (!clause) yield { kind: 'import', text: text.slice(statement.pos, statement.end).trim(), names: [] };
  if (clause?.name) yield one(clause.name, clause.name.text);
  const named = clause?.namedBindings;
  if (named && ts.isNamespaceImport(named)) yield one(named.name, `* as ${named.name.text}`);
  else if (named) for (const element of named.elements) yield one(element.name, element.getText());
}

function* membersOf(node: ts.ClassDeclaration, text: string): Iterable<ContextItem> {
  yield { kind: 'signature', text: headOf(node, text), names: namesOf(node) };
  for (const member of node.members) {
    const names = member.name ? wordsIn(member.name.getText()) : ['constructor'];
    const kind = ts.isPropertyDeclaration(member) ? 'value' : 'signature';
    yield { kind, text: `${node.name?.text ?? ''} ${withoutBodies(member, text)}`, names };
    // `constructor(private readonly limit = 5)`
    if (ts.isConstructorDeclaration(member))
      for (const one of member.parameters) yield { kind: 'value', text: one.getText(), names: boundNames(one.name) };
  }
}

/** A class up to its first member. */
function headOf(node: ts.ClassLikeDeclaration, text: string): string {
  return text.slice(node.pos, node.members.pos);
}

function namesOf({ name }: { readonly name?: ts.Node }): string[] {
  return [name && ts.isIdentifier(name) ? name.text : 'default'];
}

function wordsIn(text: string): string[] {
  return [...new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [])];
}

function withoutBodies(node: ts.Node, text: string): string {
  let context = '';
  let from = node.pos;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const body = node.body as ts.Node;
      for (const part of node.parameters) visit(part);
      context += `${text.slice(from, body.pos)}{}`;
      from = body.end;
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(node);
  return context + text.slice(from, node.end);
}

/** The smallest part of the file that holds the declaration and no other part's context: a class member, or a top statement. */
export function unitOf({ holder, kind }: Listed, text: string): Unit | undefined {
  if (kind === 'module') return undefined;
  let at = holder;
  while (!ts.isSourceFile(at.parent)) {
    if (ts.isClassDeclaration(at.parent) && ts.isSourceFile(at.parent.parent))
      return unitOver(text, [
        [at.parent.pos, at.parent.members.pos],
        [at.pos, at.end],
      ]);
    at = at.parent;
  }
  return ts.isClassDeclaration(at) ? undefined : unitOver(text, [[at.pos, at.end]]);
}
