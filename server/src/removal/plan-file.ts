import { ts } from 'ts-morph';
import type { TextEdit } from '../core/source-change.ts';
import type { TextRange } from '../core/text.ts';
import { nothingOutside, type Outside } from './across/follow.ts';
import { faultOf, resultsOf, separateStatements } from './check.ts';
import type { Source } from './source.ts';
import { tightened } from './sweeping/emptied.ts';
import { type Gone, nothingGone } from './sweeping/orphaned-modules.ts';
import { releasedExports } from './sweeping/released-exports.ts';
import { completeLeaving, sweep } from './sweeping/sweep.ts';
import { isBareMock } from './tests/context.ts';
import { leftSetUp, lookedAt, nothingSetUp, withComparisons, withoutSetUp } from './tests/fold-set-up.ts';
import type { Look, SetUp } from './tests/set-up.ts';
import type { Folding } from './values/folded.ts';
import type { IsDead } from './values/holders.ts';
import { jointPromise } from './values/joint-promises.ts';
import type { Seed } from './values/known.ts';
import { type Propagated, propagate } from './values/propagate.ts';
import { isContextOnly, isPure } from './values/purity.ts';
import { type Seeding, type SeedRefusal, seedReads } from './values/seed.ts';
import type { Cuts } from './writing/cuts.ts';
import { emitFile } from './writing/emit.ts';
import { foldedWhy } from './writing/expressions.ts';
import { componentObstacle } from './writing/flag-components.ts';
import { layOut, type Spans } from './writing/layout.ts';

export interface FilePlan {
  readonly edits: readonly TextEdit[];
  readonly refused: readonly SeedRefusal[];
  /** What the expressions of the file amount to; absent where nothing was folded. */
  readonly folding?: Folding;
  /** Of a test file: places to look at, full names of the cases that go, and whether none is left. */
  readonly looks?: readonly Look[];
  readonly cases?: readonly string[];
  readonly isEmptied?: boolean;
  /** What other places say about the file does not fit it: nothing of that can be made use of. */
  readonly isOdd?: true;
}

interface Planned extends FilePlan {
  /** The result did not hold. */
  readonly isFaulty?: true;
}

/**
 * Removes the flags of `seeds` from one file: seed, propagate, fold, prune, sweep, check. A read that cannot be followed is
 * refused and the file planned again without it; a result that does not hold refuses all reads of the file.
 */
export function planFile(
  source: Source,
  seeds: readonly Seed[],
  gone: Gone = nothingGone,
  outside: Outside = nothingOutside,
  setUp: SetUp = nothingSetUp,
): FilePlan {
  const plan = planWith(source, withoutSetUp(source, seeds, setUp), gone, outside, setUp);
  const refused = [...setUp.refused, ...plan.refused];
  if (!plan.isOdd && !plan.isFaulty) return { ...plan, refused, ...lookedAt(setUp) };
  if (setUp === nothingSetUp) return plan;
  // What stays of a test without what it sets up does not hold: it is planned as other code is.
  const plain = planWith(source, withoutSetUp(source, seeds, leftSetUp(setUp)), gone, outside, nothingSetUp);
  return { ...plain, refused: [...setUp.refused, ...plain.refused], looks: leftSetUp(setUp).looks };
}

function planWith(source: Source, seeds: readonly Seed[], gone: Gone, outside: Outside, setUp: SetUp): Planned {
  let plan = planOnce(source, seeds, gone, outside, setUp, () => false);
  // What stood in the way of one read (a second assignment) may be gone with another.
  while (plan.refused.length > 0 && plan.edits.length > 0) {
    const next = planOnce(source, seeds, gone, outside, setUp, goneWith(plan));
    if (next.refused.length >= plan.refused.length) break;
    plan = next;
  }
  return plan;
}

/** Names that a plan takes out, but for those that it replaces: what holds them is followed as before. */
function goneWith({ edits, folding }: Planned): IsDead {
  return (id) => !folding?.values.has(id) && edits.some(({ range }) => range.start < id.end && id.end <= range.end);
}

function planOnce(
  source: Source,
  seeds: readonly Seed[],
  gone: Gone,
  outside: Outside,
  setUp: SetUp,
  isDead: IsDead,
): Planned {
  const refused: SeedRefusal[] = [];
  let active = seeds;
  for (;;) {
    const seeding = withComparisons(source, withOutside(seedReads(source, active), outside), setUp);
    const propagated = propagate(source, seeding, isDead);
    const found = [...seeding.refused, ...obstacles(seeding), ...propagated.refused];
    if (found.length === 0) return finish(source, active, gone, outside, setUp, seeding, propagated, refused);
    const out = new Set(found.map((refusal) => refusal.seed));
    if (![...out].every((seed) => active.includes(seed))) return { edits: [], refused: [], isOdd: true };
    refused.push(...firstPerSeed(found));
    active = active.filter((seed) => !out.has(seed));
  }
}

function withOutside(seeding: Seeding, { known }: Outside): Seeding {
  const expressions = new Map(seeding.expressions);
  const bindings = new Map(seeding.bindings);
  for (const [node, value] of known)
    if (ts.isBindingElement(node)) bindings.set(node, value);
    else expressions.set(node, value);
  return { ...seeding, expressions, bindings };
}

function firstPerSeed(refusals: readonly SeedRefusal[]): SeedRefusal[] {
  const first = new Map<Seed, SeedRefusal>();
  for (const refusal of refusals) if (!first.has(refusal.seed)) first.set(refusal.seed, refusal);
  return [...first.values()];
}

function obstacles(seeding: Seeding): SeedRefusal[] {
  return [...seeding.components].flatMap(([node, known]) => {
    const reason = componentObstacle(node, known);
    return reason === undefined ? [] : known.seeds.map((seed) => ({ seed, reason }));
  });
}

function finish(
  source: Source,
  active: readonly Seed[],
  gone: Gone,
  outside: Outside,
  setUp: SetUp,
  seeding: Seeding,
  propagated: Propagated,
  refused: readonly SeedRefusal[],
): Planned {
  const cuts = foldAndSweep(source, gone, outside, setUp, seeding, propagated);
  const spans = spansOf(source.file);
  const parse = resultsOf(source.path);
  const first = layOut(source.text, cuts, spans);
  cuts.cuts.push(...tightened(source, first));
  const tight = layOut(source.text, cuts, spans);
  const apart = separateStatements(source, tight, parse);
  cuts.cuts.push(...apart.map((edit) => ({ ...edit.range, text: edit.newText, kind: edit.kind, reason: edit.reason })));
  const edits = apart.length > 0 ? layOut(source.text, cuts, spans) : tight;
  const fault = edits.length > 0 ? faultOf(source, edits, parse) : undefined;
  if (fault !== undefined) {
    const reason = `Nothing was changed in this file, because ${fault}; remove the flag here by hand.`;
    const isOdd = outside.known.size + outside.leaving.size > 0;
    return {
      edits: [],
      refused: [...refused, ...active.map((seed) => ({ seed, reason }))],
      ...(isOdd ? { isOdd } : {}),
      isFaulty: true,
    };
  }
  const isGone = ({ seed }: SeedRefusal): boolean =>
    edits.some(({ range }) => range.start <= seed.read.range.start && seed.read.range.end <= range.end);
  return { edits, refused: refused.filter((refusal) => !isGone(refusal)), folding: propagated.folding };
}

/** Writes the file, finds what became unused by that, and writes again without it, until nothing more becomes unused. */
function foldAndSweep(
  source: Source,
  gone: Gone,
  outside: Outside,
  setUp: SetUp,
  seeding: Seeding,
  propagated: Propagated,
): Cuts {
  const { folding, leaving: holders, items } = propagated;
  const leaving = new Map([...releasedExports(source, gone), ...outside.leaving, ...setUp.leaving]);
  for (const holder of holders) {
    const known =
      seeding.bindings.get(holder as ts.BindingElement) ??
      (holder.initializer && folding.fold(holder.initializer)?.known);
    leaving.set(holder, known ? foldedWhy(known.seeds) : { kind: 'fold', reason: 'holds the flag' });
  }
  for (const [node, known] of items) leaving.set(node, foldedWhy(known.seeds));
  const droppable = new Set([...servedReads(source, seeding, propagated), ...flagDeclarations(source, gone)]);
  completeLeaving(source, leaving, droppable);
  for (;;) {
    const cuts = emitFile(folding, leaving, seeding.components, setUp.cuts);
    const swept = sweep(source, cuts.cuts, leaving, droppable, gone.exports);
    if (swept.size === 0) return cuts;
    for (const [node, why] of swept) leaving.set(node, why);
    completeLeaving(source, leaving, droppable);
  }
}

/** `const feature = new Feature('key', false)`: what only says that a removed flag exists. */
function flagDeclarations(source: Source, { keys }: Gone): ts.Node[] {
  const found: ts.Node[] = [];
  eachDeclaration(source.file, (declaration) => {
    const { initializer } = declaration;
    if (!initializer || !(ts.isCallExpression(initializer) || ts.isNewExpression(initializer))) return;
    const parts = initializer.arguments ?? [];
    const names = parts.some((one) => ts.isStringLiteralLike(one) && keys?.has(one.text));
    if (names && parts.every(isContextOnly)) found.push(declaration);
  });
  return found;
}

/** Declarations whose initializer only served reads: details that are folded, calls that gave the flags or their client. */
function servedReads(source: Source, seeding: Seeding, { folding, leaving, items }: Propagated): Set<ts.Node> {
  const served = new Set<ts.Node>();
  const add = (declaration: ts.Node | undefined): void => {
    if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return;
    if (!ts.isNewExpression(declaration.initializer) && isContextOnly(declaration.initializer)) served.add(declaration);
  };
  for (const node of seeding.expressions.keys()) {
    const access = ts.isCallExpression(node) ? node.expression : node;
    const receiver = ts.isPropertyAccessExpression(access) ? access.expression : undefined;
    if (receiver && ts.isIdentifier(receiver)) add(source.symbolOf(receiver)?.valueDeclaration);
  }
  for (const holder of leaving) {
    const root = rootOf(holder);
    const isOfRecord = ts.findAncestor(holder, (one) => seeding.bindings.has(one as ts.BindingElement)) !== undefined;
    if (root && isOfRecord) add(root);
    else if (root && !jointPromise(root)) served.add(root);
  }
  eachDeclaration(source.file, (declaration) => {
    const joint = jointPromise(declaration);
    if (joint?.list.elements.every((one) => items.has(one))) served.add(declaration);
    const folded = declaration.initializer && folding.fold(declaration.initializer);
    if (folded?.node && folded.effects.length === 0 && isPure(folded.node)) served.add(declaration);
    if (declaration.initializer && isBareMock(declaration.initializer)) served.add(declaration);
  });
  return served;
}

/** The declaration that a holder is, or is an element of; none for the parameter of a callback. */
function rootOf(holder: ts.Node): ts.VariableDeclaration | undefined {
  let at = holder;
  while (ts.isBindingElement(at)) at = at.parent.parent;
  return ts.isVariableDeclaration(at) ? at : undefined;
}

function eachDeclaration(node: ts.Node, take: (declaration: ts.VariableDeclaration) => void): void {
  if (ts.isVariableDeclaration(node)) take(node);
  ts.forEachChild(node, (child) => eachDeclaration(child, take));
}

function spansOf(file: ts.SourceFile): Spans {
  const frozen: TextRange[] = [];
  const prose: TextRange[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateLiteralToken(node) || ts.isStringLiteral(node))
      frozen.push({ start: node.getStart(file), end: node.end });
    else if (ts.isJsxText(node)) prose.push({ start: node.pos, end: node.end });
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return { frozen, prose };
}
