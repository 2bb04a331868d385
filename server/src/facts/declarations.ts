import { ts } from 'ts-morph';
import { type Bindings, bindingsOf } from './bindings.ts';
import { branchesAt } from './branches.ts';
import { awaitFact, callFact } from './calls.ts';
import type {
  CallFact,
  ChangeFacts,
  ConditionFact,
  Declaration,
  DeclarationForm,
  Feature,
  ParameterFact,
} from './change-facts.ts';
import { conditionFact } from './conditions.ts';
import { authFeatures } from './features/auth.ts';
import { catchFeature } from './features/catch.ts';
import { constantDefaults, defaultFeatures } from './features/default.ts';
import { extractors } from './features/extractors.ts';
import { constantTimeout, namedTimeout, timeoutConstant, timeoutFeatures, timeoutPlaces } from './features/timeout.ts';
import { exportsOf } from './imports.ts';
import { mutedChecksOf } from './muted-checks.ts';
import { normalForm } from './normal-form.ts';
import type { Skip } from './normal-tokens.ts';
import { type Listed, outlineOf } from './outline.ts';
import { parseForFacts } from './parse.ts';
import { perStatement } from './per-statement.ts';
import { reuseOf } from './reuse.ts';
import { registersOf } from './routes.ts';
import { isTypeOnly, unwrap } from './run-time.ts';
import { scopesOf } from './scope.ts';

/**
 * What is compared of one text of a changed file: its declarations in normal form with the features that the risk rules look
 * at, and its branches. A pure function; a text with syntax errors yields what could be read of it.
 * @param before what was told of an earlier text of the same file: only makes it faster
 */
export function takeChangeFacts(path: string, text: string, before?: ChangeFacts): ChangeFacts {
  const file = parseForFacts(path, text);
  const bindings = bindingsOf(file);
  const outline = outlineOf(file);
  const hasTimeouts = timeoutPlaces(text).length > 0;
  const view: View = {
    path,
    file,
    bindings,
    listed: nodesOf(outline),
    hasTimeouts,
    timeouts: hasTimeouts ? constantsUsedAsTimeouts(file, bindings) : new Set(),
    conditions: [],
  };
  const reuse = reuseOf(file, before, [moduleTimeouts(view), ...contexts(file)].join('\n'));
  const declarations = outline.map((one) => reuse.declaration(one, view.conditions, () => declarationOf(one, view)));
  const conditions = view.conditions.sort((a, b) => a.condition.start - b.condition.start);
  return reuse.keepWith({
    declarations,
    conditions,
    mutedChecks: mutedChecksOf(file),
    exports: exportsOf(scopesOf(file)),
  });
}

/** The forms of a text that is not compared itself. */
export function takeForms(path: string, text: string): readonly DeclarationForm[] {
  const file = parseForFacts(path, text);
  const bindings = bindingsOf(file);
  const outline = outlineOf(file);
  const nodes = nodesOf(outline);
  return outline.map((one) => {
    const { normal, shingles } = normalForm(one.roots, bindings, nestedIn(one, nodes));
    const { id, kind, name, container } = one;
    return {
      id,
      kind,
      name,
      container,
      range: rangeOf(one, file),
      nameRange: nameRangeOf(one, file),
      normal,
      shingles,
    };
  });
}

function nodesOf(outline: readonly Listed[]): ReadonlySet<ts.Node> {
  return new Set(outline.flatMap((one) => (one.kind === 'module' ? [] : [one.holder, ...one.roots])));
}

/** Which constants of the module are timeouts is told by any function that uses them. */
function moduleTimeouts({ hasTimeouts, timeouts }: View): string {
  const names = [...timeouts]
    .filter((one) => ts.isSourceFile(one.parent.parent.parent))
    .map((one) => one.name.getText());
  return [hasTimeouts, ...names.sort()].join(' ');
}

/** What else of the file features depend on. */
function contexts(file: ts.SourceFile): string[] {
  return extractors.flatMap((one) => (one.context && one.mentions.test(file.text) ? [one.context(file)] : []));
}

interface View {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly bindings: Bindings;
  /** Nodes that hold a declaration of their own; walks of others stop there. */
  readonly listed: ReadonlySet<ts.Node>;
  /** Most files speak of no timeout at all. */
  readonly hasTimeouts: boolean;
  readonly timeouts: ReadonlySet<ts.VariableDeclaration>;
  readonly conditions: ConditionFact[];
}

function declarationOf(listed: Listed, view: View): Declaration {
  const { file, bindings } = view;
  const skip = nestedIn(listed, view.listed);
  const own = collect(listed, skip, view);
  const statements = statementsOf(listed, skip);
  const { parts, ...form } = normalForm(listed.roots, bindings, skip, statements);
  return {
    id: listed.id,
    kind: listed.kind,
    name: listed.name,
    container: listed.container,
    range: rangeOf(listed, file),
    nameRange: nameRangeOf(listed, file),
    exported: listed.exported,
    ...form,
    ...own,
    statements: statements.map((one) => ({
      range: { start: one.getStart(file), end: one.end },
      normal: parts.get(one) ?? '',
    })),
    parameters: parametersOf(listed),
    async: isAsync(functionOf(listed)),
    signature: signatureOf(listed),
  };
}

function rangeOf({ holder, roots }: Listed, file: ts.SourceFile): { start: number; end: number } {
  const last = roots.at(-1);
  return { start: holder.getStart(file), end: last ? Math.max(holder.end, last.end) : holder.end };
}

/** An anonymous declaration is named by its first word; the module by its first statement's. */
function nameRangeOf(listed: Listed, file: ts.SourceFile): { start: number; end: number } {
  const start = listed.nameNode.getStart(file);
  if (listed.nameNode !== listed.holder) return { start, end: listed.nameNode.end };
  const word = /^\S+/.exec(file.text.slice(start, listed.holder.end));
  return { start, end: start + (word?.[0].length ?? 0) };
}

function nestedIn(listed: Listed, all: ReadonlySet<ts.Node>): Skip {
  return { has: (node) => all.has(node) && node !== listed.holder && !listed.roots.includes(node) };
}

type Collected = Pick<Declaration, 'branches' | 'logicBranches' | 'renders' | 'features' | 'calls' | 'routes'>;

function collect(listed: Listed, skip: Skip, view: View): Collected {
  const { file, bindings } = view;
  const features: Feature[] = [];
  const calls: CallFact[] = [];
  const routes = new Set<string>();
  let branches = 0;
  let logicBranches = 0;
  let renders = false;
  const visit = (node: ts.Node): void => {
    if (skip.has(node) || isTypeOnly(node)) return;
    if (isWord(node)) {
      features.push(...authFeatures(node, bindings, file));
      return;
    }
    const branch = branchesAt(node);
    branches += branch.all;
    logicBranches += branch.logic;
    renders ||= ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
    const caught = catchFeature(node, bindings, file, skip);
    if (caught) features.push(caught);
    if (view.hasTimeouts) features.push(...timeoutFeatures(node, bindings, file));
    if (ts.isVariableDeclaration(node) && view.timeouts.has(node)) {
      const time = constantTimeout(node, bindings, file);
      if (time) features.push(time);
    }
    features.push(...authFeatures(node, bindings, file));
    features.push(...defaultFeatures(node, bindings, file));
    for (const one of active) features.push(...one.take(node, view));
    const condition = conditionFact(node, bindings, file);
    if (condition) view.conditions.push(condition);
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(callFact(node, listed.roots, bindings, file));
    const awaited = ts.isAwaitExpression(node) ? awaitFact(node, listed.roots, bindings, file) : undefined;
    if (awaited) calls.push(awaited);
    if (ts.isCallExpression(node)) {
      const title = registersOf(node)?.title;
      if (title !== undefined) routes.add(title);
    }
    if (ts.isPropertyAssignment(node)) routes.add(`procedure ${node.name.getText(file)}`);
    ts.forEachChild(node, visit);
  };
  const roots = rootsToWalk(listed);
  const mentioned = roots.map((root) => file.text.slice(root.pos, root.end)).join('\n');
  const active = extractors.filter(({ mentions }) => mentions.test(mentioned));
  for (const root of roots) visit(root);
  if (listed.exported && listed.kind === 'variable' && ts.isVariableStatement(listed.holder)) {
    const value = listed.holder.declarationList.declarations[0]?.initializer;
    if (value) features.push(...constantDefaults(listed.name, value, view.path, file));
  }
  if (ts.isExportAssignment(listed.holder))
    features.push(...constantDefaults(listed.name, listed.holder.expression, view.path, file));
  return { branches, logicBranches, renders, calls, routes: [...routes], features: withoutDoubles(features) };
}

/** Names, keywords and punctuation: more than half of all nodes. But for guards that are named (`protectedProcedure`) nothing is taken from them. */
function isWord({ kind }: ts.Node): boolean {
  return (
    kind === ts.SyntaxKind.Identifier ||
    kind === ts.SyntaxKind.PrivateIdentifier ||
    (kind >= ts.SyntaxKind.FirstKeyword && kind <= ts.SyntaxKind.LastKeyword) ||
    (kind >= ts.SyntaxKind.FirstPunctuation && kind <= ts.SyntaxKind.LastPunctuation)
  );
}

/** The walk starts above a variable's value, so that its name is seen: `const TIMEOUT = 5000`. */
function rootsToWalk(listed: Listed): readonly ts.Node[] {
  if (listed.kind === 'module') return listed.roots;
  const decorated = listed.roots.length === 1 && ts.findAncestor(listed.roots[0]!, (at) => at === listed.holder);
  return decorated ? [listed.holder] : listed.roots;
}

/** A timeout that is also a default is told as a timeout. */
function withoutDoubles(features: readonly Feature[]): Feature[] {
  const times = features.filter((one) => one.kind === 'timeout');
  return features
    .filter(
      (one) =>
        one.kind !== 'default' ||
        !times.some((time) => time.range.start <= one.range.start && one.range.end <= time.range.end),
    )
    .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** Names that may stand for a constant which is a timeout. */
const namedTimeouts = perStatement<readonly ts.Identifier[]>();

function constantsUsedAsTimeouts(file: ts.SourceFile, bindings: Bindings): ReadonlySet<ts.VariableDeclaration> {
  const found = new Set<ts.VariableDeclaration>();
  const places = timeoutPlaces(file.text);
  const holdsPlace = ({ pos, end }: ts.Node): boolean => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (places[mid]! < pos) low = mid + 1;
      else high = mid;
    }
    return low < places.length && places[low]! < end;
  };
  const namesIn = (statement: ts.Statement): readonly ts.Identifier[] => {
    const names: ts.Identifier[] = [];
    const visit = (node: ts.Node): void => {
      if (!holdsPlace(node)) return;
      const name = namedTimeout(node);
      if (name) names.push(name);
      ts.forEachChild(node, visit);
    };
    visit(statement);
    return names;
  };
  for (const statement of file.statements)
    for (const name of namedTimeouts(statement, [], () => namesIn(statement))) {
      const one = timeoutConstant(name, bindings);
      if (one) found.add(one);
    }
  return found;
}

function functionOf(listed: Listed): ts.SignatureDeclaration | undefined {
  const [root] = listed.roots;
  if (!root) return undefined;
  if (ts.isPropertyDeclaration(root) && root.initializer) {
    const value = unwrap(root.initializer);
    return ts.isFunctionLike(value) ? value : undefined;
  }
  if (ts.isFunctionLike(root)) return root;
  return firstFunction(root);
}

/** The function of `withAuth(async () => { ... })` and of `router.get('/x', async () => { ... })`. */
function firstFunction(node: ts.Node): ts.SignatureDeclaration | undefined {
  const at = ts.isExpressionStatement(node) ? unwrap(node.expression) : node;
  if (!ts.isCallExpression(at)) return undefined;
  for (const one of at.arguments) {
    const value = unwrap(one);
    const found = ts.isFunctionLike(value) ? value : firstFunction(value);
    if (found) return found;
  }
  return undefined;
}

function statementsOf(listed: Listed, skip: Skip): readonly ts.Statement[] {
  const body = (functionOf(listed) as ts.FunctionLikeDeclaration | undefined)?.body;
  if (!body || !ts.isBlock(body)) return [];
  return body.statements.filter((one) => !skip.has(one) && !isTypeOnly(one));
}

function isAsync(of: ts.SignatureDeclaration | undefined): boolean {
  const modifiers = of && ts.canHaveModifiers(of) ? ts.getModifiers(of) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}

function parametersOf(listed: Listed): string[] {
  return (functionOf(listed)?.parameters ?? []).map((one) => one.name.getText());
}

/** Undefined where the declaration is no function, but holds one: what such a value takes is not written here. */
function signatureOf(listed: Listed): ParameterFact[] | undefined {
  const owner = functionOf(listed);
  const [root] = listed.roots;
  const isOwn = root === owner || (root && ts.isPropertyDeclaration(root));
  if (!owner || !isOwn) return undefined;
  return owner.parameters
    .filter((one) => one.name.getText() !== 'this')
    .map((one) => ({
      name: one.name.getText().replace(/\s+/g, ' '),
      optional: one.questionToken !== undefined || one.initializer !== undefined || one.dotDotDotToken !== undefined,
      rest: one.dotDotDotToken !== undefined,
      type: one.type?.getText().replace(/\s+/g, ' ') ?? '',
    }));
}
