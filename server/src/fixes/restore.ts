import { ts } from 'ts-morph';
import { type Side, weave } from '../change/weave.ts';
import { applyEdits, type FileChange, type SourceChange, type TextEdit } from '../core/source-change.ts';
import type { TextRange } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import { boundNames } from '../facts/imports.ts';
import { parse, syntaxErrorsOf } from '../facts/parse.ts';
import type { PutBack } from '../rules/comparing/without-check.ts';
import { deepest } from '../wrap/syntax.ts';
import type { Fix, World } from './fix.ts';
import { inPlace } from './in-place.ts';
import { lostStatements } from './lost-statements.ts';
import { restoreDocument } from './restore-document.ts';

/** What stood at the base and is gone: its spans there, and the declaration that they stood in, as both are called now. */
interface RestoreData {
  readonly path: string;
  /** Without one, the file. */
  readonly declaration?: string;
  readonly ranges?: readonly TextRange[];
  /** All that there is to do, where that is known by text. */
  readonly back?: readonly PutBack[];
  /** Of a data file, what came in its place, as the file is now. */
  readonly came?: readonly TextRange[];
}

/**
 * Brings back what a change took away: the lines of the base that are gone, where they stood, and the imports and constants that they
 * need. What else changed stays as it is.
 */
const fix: Fix<RestoreData> = {
  id: 'restore',
  build({ path, declaration, ranges = [], back, came = [] }, world) {
    if (back) return putBack(back, world);
    const document = world.change?.others.find((one) => one.path === path);
    if (document) return restoreDocument(document, world.text(path) ?? document.now ?? '', ranges, came);
    const { base, now, isModule } = sidesOf(path, declaration, world);
    const [before, after] = [parse(path, base.text), parse(path, now.text)];
    const places = ranges.map((range) => whole(before, range, base.range));
    const there = namesIn(after, now.range);
    const removed = [...places.flatMap((one) => missingLocals(before, one, base.range, there)), ...places];
    // Routes and tests are so much alike that lines of one would be taken for those of another one.
    const woven =
      ((isModule || declaration === undefined) && lostStatements(before, base, now, removed)) ||
      inPlace(weave(base, now, removed), base, now);
    if (woven.length === 0)
      throw new UserError('It stands there already, or was moved. Compare with the base to see it.');
    const reason = 'Bring back what stood here';
    const edits: TextEdit[] = woven.map((one) => ({ ...one, kind: 'restore', reason }));
    const text = removed.map((one) => base.text.slice(one.start, one.end)).join('\n');
    const imports = missingImports(before, after, text);
    const file: FileChange = { path, before: now.text, edits: [...imports, ...edits] };
    if (syntaxErrorsOf(parse(path, applyEdits(now.text, file.edits))) > syntaxErrorsOf(after))
      throw new UserError(
        'The code around it changed too much to put it back by itself. Compare with the base, and copy it from there.',
      );
    const cursor = { path, offset: woven[0]!.range.start + imports.reduce((sum, one) => sum + one.newText.length, 0) };
    return { title: 'Restore what stood here', files: [file], refused: [], cursor };
  },
};

export default fix;

/** @throws UserError where something else stands there by now */
function putBack(back: readonly PutBack[], world: World): SourceChange {
  const reason = 'Bring back what stood here';
  const files = [...new Set(back.map(({ path }) => path))].map((path): FileChange => {
    const before = world.text(path) ?? '';
    const own = back.filter((one) => one.path === path);
    if (own.some(({ range, from }) => before.slice(range.start, range.end) !== from)) throw changedMeanwhile(path);
    return { path, before, edits: own.map(({ range, to }) => ({ range, newText: to, kind: 'restore', reason })) };
  });
  const [first] = back;
  const cursor = first && { path: first.path, offset: first.range.start };
  return { title: 'Restore what stood here', files, refused: [], ...(cursor && { cursor }) };
}

function changedMeanwhile(path: string): UserError {
  return new UserError(`${path} changed meanwhile: what stood there cannot be told any more.`);
}

function sidesOf(path: string, id: string | undefined, world: World): { base: Side; now: Side; isModule: boolean } {
  const pair = world.pairs.find((one) => one.path === path && one.now?.id === id && one.base);
  const text = world.text(path);
  const isIt = ({ path: at, basePath }: { path: string; basePath: string }) =>
    pair ? basePath === pair.basePath : at === path;
  const baseText = world.change?.files.find((one) => isIt(one) && one.base !== undefined)?.base;
  if (text === undefined || baseText === undefined || (id !== undefined && !pair)) throw changedMeanwhile(path);
  const wholeOf = (one: string) => ({ start: 0, end: one.length });
  return {
    base: { text: baseText, range: pair?.base?.range ?? wholeOf(baseText) },
    now: { text, range: pair?.now?.range ?? wholeOf(text) },
    isModule: pair?.now?.kind === 'module',
  };
}

/** The construct that a part of it belongs to: a try statement for its catch, a statement for the call that it is. */
function whole(file: ts.SourceFile, range: TextRange, within: TextRange): TextRange {
  let node = deepest(file, range.start, range.end);
  for (;;) {
    const { parent } = node;
    if (!parent || parent.getStart(file) < within.start || parent.end > within.end) break;
    const isPart = ts.isCatchClause(node) || (ts.isBlock(node) && ts.isTryStatement(parent));
    if (!isPart && !(ts.isExpressionStatement(parent) || (ts.isAwaitExpression(parent) && parent.expression === node)))
      break;
    node = parent;
  }
  if (ts.isFunctionLike(node) || node.getStart(file) < within.start || node.end > within.end) return range;
  return { start: Math.min(range.start, node.getStart(file)), end: Math.max(range.end, node.end) };
}

/** Statements of the base above a place that declare what it needs, and what they need in turn, where nothing of that name is declared now. */
function missingLocals(
  file: ts.SourceFile,
  place: TextRange,
  within: TextRange,
  there: ReadonlySet<string>,
): TextRange[] {
  const found: TextRange[] = [];
  const above: ts.VariableStatement[] = [];
  for (let at = deepest(file, place.start, place.end); at.getStart(file) >= within.start; at = at.parent) {
    const { statements = [] } = at as { statements?: readonly ts.Statement[] };
    above.push(...statements.filter(ts.isVariableStatement).filter((one) => one.end <= place.start));
    if (!at.parent) break;
  }
  for (const one of above.sort((a, b) => b.pos - a.pos)) {
    const names = one.declarationList.declarations.flatMap(({ name }) => boundNames(name));
    const needed = [place, ...found].map(({ start, end }) => file.text.slice(start, end)).join('\n');
    if (one.getStart(file) >= within.start && names.some((name) => !there.has(name) && mentions(needed, name)))
      found.push({ start: one.getStart(file), end: one.end });
  }
  return found;
}

/** What is declared in a part of a file, at any depth. */
function namesIn(file: ts.SourceFile, { start, end }: TextRange): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (node.end < start || node.pos > end) return;
    const isDeclared = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
    if (isDeclared) for (const name of boundNames(node.name)) names.add(name);
    if (ts.isFunctionDeclaration(node) && node.name) names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** Imports of the base that a text needs and that are gone: each on a line of its own, above the first statement. */
function missingImports(before: ts.SourceFile, now: ts.SourceFile, text: string): TextEdit[] {
  const there = new Set(now.statements.flatMap(topLevelNames));
  const lines: string[] = [];
  for (const statement of before.statements.filter(ts.isImportDeclaration)) {
    const missing = bindingsOf(statement).filter((one) => !there.has(localOf(one)) && mentions(text, localOf(one)));
    if (missing.length === 0) continue;
    const from = statement.moduleSpecifier.getText(before);
    const [plain, named] = [missing.filter((one) => !ts.isImportSpecifier(one)), missing.filter(ts.isImportSpecifier)];
    const parts = [
      ...plain.map((one) => (ts.isNamespaceImport(one) ? one.getText(before) : localOf(one))),
      ...(named.length > 0 ? [`{ ${named.map((one) => one.getText(before)).join(', ')} }`] : []),
    ];
    const end = /;\s*$/.test(statement.getText(before)) ? ';' : '';
    lines.push(`import ${parts.join(', ')} from ${from}${end}`);
  }
  const at = now.statements[0]?.getStart(now) ?? 0;
  const eol = now.text.includes('\r\n') ? '\r\n' : '\n';
  const reason = 'Import what it needs';
  return lines.length === 0
    ? []
    : [{ range: { start: at, end: at }, newText: lines.join(eol) + eol, kind: 'restore', reason }];
}

function topLevelNames(statement: ts.Statement): string[] {
  if (ts.isImportDeclaration(statement)) return bindingsOf(statement).map(localOf);
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  const isNamed =
    ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

type Binding = ts.ImportClause | ts.NamespaceImport | ts.ImportSpecifier;

function bindingsOf({ importClause }: ts.ImportDeclaration): Binding[] {
  if (!importClause) return [];
  const { name, namedBindings } = importClause;
  const others = namedBindings
    ? ts.isNamespaceImport(namedBindings)
      ? [namedBindings]
      : [...namedBindings.elements]
    : [];
  return [...(name ? [importClause] : []), ...others];
}

function localOf(binding: Binding): string {
  return binding.name?.text ?? '';
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(text);
}
