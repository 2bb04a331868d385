import { ts } from 'ts-morph';
import { UserError } from '../core/user-error.ts';
import type { BaseSide } from './base-side.ts';
import { assignedNames, type Declared, hoistedVars, references, type Scopes } from './names.ts';
import { type Run, statementsOf } from './run.ts';
import { ancestor, isAsync, isFunction } from './syntax.ts';

/** An import of the base that the old code needs and that the file no longer has. */
export interface DroppedImport {
  readonly node: ts.ImportSpecifier | ts.ImportClause | ts.NamespaceImport;
  readonly local: string;
}

/** Refuses statements that cannot stand inside an `if`. @throws UserError */
export function checkStatements(run: Run): void {
  for (const statement of statementsOf(run)) {
    if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement))
      throw new UserError('An import cannot stand inside an if statement. Select the statements that use it.');
    if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement) || isExported(statement))
      throw new UserError('An export cannot stand inside an if statement. Select statements inside its body.');
    if (run.from === 0 && ts.isExpressionStatement(statement) && isDirective(run, statement))
      throw new UserError(`The directive ${statement.getText()} must stay first. Select the statements below it.`);
    if (callsSuper(statement))
      throw new UserError('A call of super() must stay at the top of its constructor. Select the statements below it.');
  }
}

/** Refuses a run that declares names which code outside it uses. @throws UserError with the names */
export function checkDeclarations(run: Run, scopes: Scopes): void {
  const statements = new Set<ts.Node>(statementsOf(run));
  if (statements.size === 0) return;
  const inRun = (node: ts.Node): boolean => ancestor(node, (at): at is ts.Node => statements.has(at)) !== undefined;
  const scope = ts.isCaseOrDefaultClause(run.owner) ? run.owner.parent : run.owner;
  const declared = new Map(
    [...scopes.declaredBy(scope)].filter(([, found]) => found.kind !== 'hoisted' || !isVar(found.node)),
  );
  const names = [...declared.values()].filter((found) => inRun(found.node));
  if (names.length === 0) return;
  const wanted = new Set(names.map((found) => found.name));
  const used = new Set<string>();
  for (const identifier of references(scope)) {
    if (!wanted.has(identifier.text) || inRun(identifier)) continue;
    const found = scopes.resolve(identifier.text, identifier);
    if (found !== undefined && names.includes(found)) used.add(identifier.text);
  }
  if (used.size > 0)
    throw new UserError(
      `${list(used)} ${used.size > 1 ? 'are' : 'is'} declared in the selected statements and used outside them, so an if statement would hide ${used.size > 1 ? 'them' : 'it'}. Select the statements that use ${used.size > 1 ? 'them' : 'it'} as well.`,
    );
}

/**
 * Refuses old code that would not mean the same where it is put back: names that are gone, that mean something else now, or
 * that it would take away from the code around.
 * @returns imports that have to be put back
 * @throws UserError with the names
 */
export function checkOldCode(
  side: BaseSide & { kind: 'matched' },
  nowScopes: Scopes,
  baseScopes: Scopes,
): readonly DroppedImport[] {
  const old = statementsOf(side.base);
  if (old.length === 0) return [];
  checkJumps(old, side.run);
  const span = { start: old[0]!.pos, end: old.at(-1)!.end };
  const inOld = (node: ts.Node): boolean => span.start <= node.pos && node.end <= span.end;
  const runNodes = new Set<ts.Node>(statementsOf(side.run));
  const hidden = (found: Declared): boolean =>
    ancestor(found.node, (at): at is ts.Node => runNodes.has(at)) !== undefined;
  const gone = new Set<string>();
  const changed = new Set<string>();
  const dropped = new Map<string, DroppedImport>();
  for (const identifier of old.flatMap((statement) => references(statement))) {
    const name = identifier.text;
    const then = baseScopes.resolve(name, identifier);
    if (then !== undefined && inOld(then.node)) continue;
    const now = nowScopes.resolve(name, side.run.owner, hidden);
    if (then === undefined) {
      if (now !== undefined) changed.add(name);
    } else if (now === undefined) {
      if (isRestorable(then)) dropped.set(name, { node: then.node as DroppedImport['node'], local: name });
      else gone.add(name);
    } else if (!sameMeaning(then, now) || declaredLater(now, side.run)) changed.add(name);
  }
  for (const name of old.flatMap((statement) => [...assignedNames(statement)])) {
    const now = nowScopes.resolve(name, side.run.owner, hidden);
    const then = baseScopes.resolve(name, old[0]!);
    if (now?.constant && then !== undefined && !then.constant && !inOld(then.node)) changed.add(name);
  }
  if (gone.size > 0)
    throw new UserError(
      `The code of the base uses ${list(gone)}, which ${gone.size > 1 ? 'are' : 'is'} no longer declared here. Put ${gone.size > 1 ? 'them' : 'it'} back first, so that the off side can run.`,
    );
  if (changed.size > 0)
    throw new UserError(
      `The code of the base uses ${list(changed)}, which ${changed.size > 1 ? 'mean' : 'means'} something else here now. Rename ${changed.size > 1 ? 'them' : 'it'} first, so that the off side does what it did.`,
    );
  checkCapture(side, nowScopes, baseScopes, hidden);
  return [...dropped.values()];
}

function checkCapture(
  side: BaseSide & { kind: 'matched' },
  nowScopes: Scopes,
  baseScopes: Scopes,
  hidden: (found: Declared) => boolean,
): void {
  const old = new Set<ts.Node>(statementsOf(side.base));
  const scope = ts.isCaseOrDefaultClause(side.base.owner) ? side.base.owner.parent : side.base.owner;
  const inOld = (node: ts.Node): boolean => ancestor(node, (at): at is ts.Node => old.has(at)) !== undefined;
  const declared = [...baseScopes.declaredBy(scope).values()]
    .filter((found) => inOld(found.node))
    .map((found) => found.name);
  const vars = [...old].flatMap((node) => (isFunction(node) || ts.isClassLike(node) ? [] : hoistedVars(node)));
  const names = new Set([
    ...declared,
    ...vars.flatMap((found) => (ts.isIdentifier(found.name) ? [found.name.text] : [])),
  ]);
  if (names.size === 0) return;
  const nowScope = ts.isCaseOrDefaultClause(side.run.owner) ? side.run.owner.parent : side.run.owner;
  const run = new Set<ts.Node>(statementsOf(side.run));
  const outside = references(nowScope).filter(
    (identifier) =>
      names.has(identifier.text) && ancestor(identifier, (at): at is ts.Node => run.has(at)) === undefined,
  );
  const taken = new Set<string>();
  for (const identifier of outside) {
    const found = nowScopes.resolve(identifier.text, identifier, hidden);
    if (found === undefined || ancestor(found.node, (at): at is ts.Node => at === nowScope) === undefined)
      taken.add(identifier.text);
  }
  for (const [name, found] of nowScopes.declaredBy(nowScope)) if (names.has(name) && !hidden(found)) taken.add(name);
  if (taken.size > 0)
    throw new UserError(
      `The code of the base declares ${list(taken)}, and code around the selection uses ${taken.size > 1 ? 'those names' : 'that name'} for something else. Rename one of them first.`,
    );
}

function checkJumps(old: readonly ts.Statement[], run: Run): void {
  const fn = ancestor(run.owner, isFunction);
  const visit = (node: ts.Node, loop: boolean, breakable: boolean): void => {
    if (isFunction(node) || ts.isClassLike(node)) return;
    if (ts.isAwaitExpression(node) && fn !== undefined && !isAsync(fn))
      throw new UserError(
        'The code of the base uses await, and the function around it is no longer async. Make it async first.',
      );
    if (ts.isYieldExpression(node) && (fn as { asteriskToken?: ts.Node } | undefined)?.asteriskToken === undefined)
      throw new UserError('The code of the base uses yield, and the function around it is no longer a generator.');
    if (ts.isReturnStatement(node) && fn === undefined)
      throw new UserError('The code of the base returns, and there is no function around it now.');
    if (ts.isContinueStatement(node) && node.label === undefined && !loop)
      throw new UserError('The code of the base continues a loop that is no longer around it.');
    if (ts.isBreakStatement(node) && node.label === undefined && !breakable)
      throw new UserError('The code of the base breaks out of a loop or switch that is no longer around it.');
    const isLoop = ts.isIterationStatement(node, false);
    ts.forEachChild(node, (child) => visit(child, loop || isLoop, breakable || isLoop || ts.isSwitchStatement(node)));
  };
  const loop = around(run.owner, (node) => ts.isIterationStatement(node, false));
  const breakable = loop || around(run.owner, ts.isSwitchStatement);
  for (const statement of old) visit(statement, loop, breakable);
}

function around(from: ts.Node, test: (node: ts.Node) => boolean): boolean {
  for (let at: ts.Node = from; at.parent !== undefined && !isFunction(at); at = at.parent) if (test(at)) return true;
  return false;
}

/** True when a name is declared in the same function only after the run, so that the run cannot read it. */
export function declaredLater(found: Declared, run: Run): boolean {
  if (found.kind !== 'block') return false;
  const at = run.owner.statements[run.from]?.getStart() ?? run.owner.end;
  return found.node.pos >= at && ancestor(found.node, isFunction) === ancestor(run.owner, isFunction);
}

function sameMeaning(then: Declared, now: Declared): boolean {
  const from = importedFrom(then.node);
  const to = importedFrom(now.node);
  if (from === undefined || to === undefined) return true;
  return from.specifier === to.specifier && from.imported === to.imported;
}

/** The module symbol that an import binding names; the specifier without a source ending. */
export function importedFrom(node: ts.Node): { specifier: string; imported: string; typeOnly: boolean } | undefined {
  const declaration = ancestor(node, ts.isImportDeclaration);
  if (declaration === undefined || !ts.isStringLiteral(declaration.moduleSpecifier)) return undefined;
  const specifier = declaration.moduleSpecifier.text.replace(/\.[cm]?[jt]sx?$/, '');
  const typeOnly = declaration.importClause?.isTypeOnly === true;
  if (ts.isImportSpecifier(node))
    return { specifier, imported: (node.propertyName ?? node.name).text, typeOnly: typeOnly || node.isTypeOnly };
  if (ts.isNamespaceImport(node)) return { specifier, imported: '*', typeOnly };
  return ts.isImportClause(node) ? { specifier, imported: 'default', typeOnly } : undefined;
}

function isRestorable(found: Declared): boolean {
  return ts.isImportSpecifier(found.node) || ts.isImportClause(found.node) || ts.isNamespaceImport(found.node);
}

function isExported(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((m) => m.kind === ts.SyntaxKind.ExportKeyword);
}

function isDirective(run: Run, statement: ts.ExpressionStatement): boolean {
  return ts.isStringLiteral(statement.expression) && (ts.isSourceFile(run.owner) || isFunction(run.owner.parent));
}

function isVar(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node);
}

function callsSuper(node: ts.Node): boolean {
  if (isFunction(node) || ts.isClassLike(node)) return false;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) return true;
  return ts.forEachChild(node, (child) => callsSuper(child) || undefined) ?? false;
}

function list(names: Iterable<string>): string {
  return [...names]
    .sort()
    .map((name) => `"${name}"`)
    .join(', ');
}
