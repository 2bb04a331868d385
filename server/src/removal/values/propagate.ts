import { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import { constDeclaration } from './constants.ts';
import { foldingOf } from './fold.ts';
import { thenCallback } from './fold-promise.ts';
import type { Folding } from './folded.ts';
import { followHolder, type Held, type Holder, heldBy, type IsDead } from './holders.ts';
import { jointItems } from './joint-promises.ts';
import { type Known, knownOf } from './known.ts';
import { isWritten } from './purity.ts';
import type { Seeding, SeedRefusal } from './seed.ts';
import { refusedSwitches, unfollowed } from './uses.ts';

export interface Propagated {
  readonly folding: Folding;
  /** Holders that nothing mentions any more once all is folded: they leave. */
  readonly leaving: ReadonlySet<Holder>;
  /** Items of lists that leave together with the names that they fill, and what they are. */
  readonly items: ReadonlyMap<ts.Node, Known>;
  readonly refused: readonly SeedRefusal[];
}

/**
 * Carries known values through the variables that hold them, by symbol, until nothing more becomes known. Reads that reach
 * a place where the value cannot be followed are refused. What is dead goes anyway and does not count.
 */
export function propagate(source: Source, seeding: Seeding, isDead: IsDead = () => false): Propagated {
  const values = new Map<ts.Node, Known>(seeding.expressions);
  const derived = new Map<ts.Node, Known>();
  const items = new Map<ts.Node, Known>();
  const leaving = new Set<Holder>();
  const refused: SeedRefusal[] = [];
  const settled = new Set<Holder>();
  const hold = (holder: Holder, known: Known): boolean => {
    if (settled.has(holder)) return false;
    settled.add(holder);
    const outcome = followHolder(source, holder, isDead);
    if ('reason' in outcome) refused.push(...known.seeds.map((seed) => ({ seed, reason: outcome.reason })));
    else {
      for (const reference of outcome.references) values.set(reference, known);
      if (outcome.leaves) leaving.add(holder);
    }
    return true;
  };
  const holdAll = ({ holders, idle }: Held): boolean => {
    for (const element of idle) leaving.add(element);
    return holders.map(([holder, known]) => hold(holder, known)).includes(true);
  };
  for (const [element, known] of seeding.bindings)
    if (!holdAll(heldBy(source, element, known) ?? { holders: [[element, known]], idle: [] }))
      refused.push(...known.seeds.map((seed) => ({ seed, reason: 'The value is taken apart here; fold it by hand.' })));
  const { declarations, calls } = placesOf(source.file);
  let folding = foldingOf(source, values);
  for (let grew = true; grew; ) {
    grew = false;
    for (const declaration of declarations) {
      for (const item of jointItems(folding, declaration)) {
        for (const node of item.nodes) items.set(node, item.known);
        grew = holdAll(item) || grew;
      }
      const folded = folding.fold(declaration.initializer!);
      const held = folded?.known && folded.effects.length === 0 && heldBy(source, declaration, folded.known);
      if (held) grew = holdAll(held) || grew;
      else if (!folded?.known) grew = derive(folding, declaration, derived) || grew;
    }
    for (const call of calls) {
      const then = thenCallback(folding, call);
      const [parameter] = then?.callback.parameters ?? [];
      const isPlain = parameter && !parameter.initializer && !parameter.dotDotDotToken;
      const held = then && isPlain && heldBy(source, parameter, then.known);
      if (held && holdAll(held)) {
        if (held.holders.every(([holder]) => leaving.has(holder))) leaving.add(parameter);
        grew = true;
      }
    }
    if (grew) folding = foldingOf(source, values, derived);
  }
  const goes = (node: ts.Node): boolean => leaving.has(node as Holder) || items.has(node);
  refused.push(...unfollowed(folding, goes), ...refusedSwitches(folding));
  return { folding, leaving, items, refused };
}

/** A constant that holds one literal or another, as the flag decides, keeps its name; what it holds is known all the same. */
function derive(folding: Folding, declaration: ts.VariableDeclaration, derived: Map<ts.Node, Known>): boolean {
  const { source } = folding;
  if (!ts.isIdentifier(declaration.name) || constDeclaration(source, declaration.name) !== declaration) return false;
  const decided = folding.decide(declaration.initializer!);
  const symbol = source.symbolOf(declaration.name);
  if (!decided || !symbol) return false;
  const references = source.referencesOf(symbol).filter((one) => !isWritten(one) && !derived.has(one));
  for (const reference of references) derived.set(reference, knownOf(decided.value, decided));
  return references.length > 0;
}

function placesOf(file: ts.SourceFile) {
  const declarations: ts.VariableDeclaration[] = [];
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer) declarations.push(node);
    if (ts.isCallExpression(node)) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { declarations, calls };
}
