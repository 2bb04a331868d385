import { ts } from 'ts-morph';
import type { Bindings } from './bindings.ts';
import { branchesAt } from './branches.ts';
import { awaitFact, callerOf, callFact } from './calls.ts';
import type { CallFact, ConditionFact, Declaration, Feature } from './change-facts.ts';
import { conditionFact } from './conditions.ts';
import { constantDefaults } from './features/default.ts';
import type { Extractor, ExtractorPlace } from './features/extractor.ts';
import { extractors } from './features/extractors.ts';
import { constantTimeout, namedTimeout, timeoutConstant, timeoutPlaces } from './features/timeout.ts';
import type { Skip } from './normal-tokens.ts';
import type { Listed } from './outline.ts';
import { perStatement } from './per-statement.ts';
import { registersOf } from './routes.ts';
import { isTypeOnly } from './run-time.ts';

/** A tree, with what collecting asks of it as a whole. Lives no longer than the tree. */
export interface View {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly bindings: Bindings;
  /** Most files speak of no timeout at all. */
  readonly hasTimeouts: boolean;
  readonly timeouts: ReadonlySet<ts.VariableDeclaration>;
}

export type Collected = Pick<
  Declaration,
  'branches' | 'logicBranches' | 'renders' | 'features' | 'calls' | 'routes' | 'conditions'
>;

/** What one walk over a declaration finds in it. */
export function collect(listed: Listed, skip: Skip, view: View): Collected {
  const { file, bindings } = view;
  const features: Feature[] = [];
  const calls: CallFact[] = [];
  const conditions: ConditionFact[] = [];
  const routes = new Set<string>();
  let branches = 0;
  let logicBranches = 0;
  let renders = false;
  const visit = (node: ts.Node): void => {
    if (skip.has(node) || isTypeOnly(node)) return;
    for (const one of shownTo(node.kind)) features.push(...one.take(node, at));
    if (isWord(node)) return;
    const branch = branchesAt(node);
    branches += branch.all;
    logicBranches += branch.logic;
    renders ||= ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
    if (ts.isVariableDeclaration(node) && view.timeouts.has(node)) {
      const time = constantTimeout(node, bindings, file);
      if (time) features.push(time);
    }
    const condition = conditionFact(node, bindings, file);
    if (condition) conditions.push(condition);
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(callFact(node, caller, bindings, file));
    const awaited = ts.isAwaitExpression(node) ? awaitFact(node, caller, bindings, file) : undefined;
    if (awaited) calls.push(awaited);
    if (ts.isCallExpression(node)) {
      const title = registersOf(node)?.title;
      if (title !== undefined) routes.add(title);
    }
    if (ts.isPropertyAssignment(node)) routes.add(`procedure ${node.name.getText(file)}`);
    ts.forEachChild(node, visit);
  };
  const at: ExtractorPlace = { path: view.path, file, bindings, skip };
  const caller = callerOf(listed.roots);
  const roots = rootsToWalk(listed);
  const shownTo = extractorsFor(roots.map((root) => file.text.slice(root.pos, root.end)).join('\n'));
  for (const root of roots) visit(root);
  if (listed.exported && listed.kind === 'variable' && ts.isVariableStatement(listed.holder)) {
    const value = listed.holder.declarationList.declarations[0]?.initializer;
    if (value) features.push(...constantDefaults(listed.name, value, view.path, file));
  }
  if (ts.isExportAssignment(listed.holder))
    features.push(...constantDefaults(listed.name, listed.holder.expression, view.path, file));
  return {
    branches,
    logicBranches,
    renders,
    calls,
    conditions,
    routes: [...routes],
    features: withoutDoubles(features),
  };
}

/** By kind of node. */
const extractorsOf = new Map<ts.SyntaxKind, Extractor[]>();
for (const one of extractors)
  for (const kind of one.nodes) extractorsOf.set(kind, [...(extractorsOf.get(kind) ?? []), one]);

const nobody: readonly Extractor[] = [];

/** Tells who may take something from nodes of a kind in a declaration of this text. */
function extractorsFor(text: string): (kind: ts.SyntaxKind) => readonly Extractor[] {
  const active = new Set(extractors.filter(({ mentions }) => mentions.test(text)));
  const known: (readonly Extractor[])[] = [];
  return (kind) => {
    known[kind] ??= extractorsOf.get(kind)?.filter((one) => active.has(one)) ?? nobody;
    return known[kind];
  };
}

/** Names, keywords and punctuation: more than half of all nodes, with nothing below them. */
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

/** Constants of a file whose own name does not say that they limit a time, but a place where they are used does. */
export function constantsUsedAsTimeouts(file: ts.SourceFile, bindings: Bindings): ReadonlySet<ts.VariableDeclaration> {
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
