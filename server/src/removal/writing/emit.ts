import { ts } from 'ts-morph';
import type { Folding } from '../values/folded.ts';
import { soleLeft } from '../values/joint-promises.ts';
import type { Known } from '../values/known.ts';
import { emitComputedName, emitElementAccess, emitJoined, emitTemplate } from '../values/literals.ts';
import { type Cut, type Cuts, keepOnly, type Why } from './cuts.ts';
import { type Emission, emitExpression, put, rangeOf } from './expressions.ts';
import { emitComponent } from './flag-components.ts';
import { emitFragment } from './fragments.ts';
import { emitJsxChild, emitJsxSpread } from './jsx.ts';
import { isFragment } from './jsx-children.ts';
import { emitTextLiteral, emitTrueAttribute } from './jsx-literals.ts';
import { emitLists, removeFromList } from './lists.ts';
import { outcomesOf } from './outcomes.ts';
import { emitSpread, emptyMembers, membersOf } from './spread.ts';
import { emitList, emitSingle, isStatementList, removeStatement, type StatementEmission } from './statements.ts';

/** Writes one file: all that folds, and all that leaves, as cuts of the original text. */
export function emitFile(
  folding: Folding,
  leaving: ReadonlyMap<ts.Node, Why>,
  components: ReadonlyMap<ts.Node, Known>,
  cuts: readonly Cut[] = [],
): Cuts {
  const out: Cuts = { cuts: [...cuts], shifts: [] };
  const visit = (node: ts.Node): void => visitNode(emission, node);
  const outcomes = outcomesOf(folding, leaving);
  const emission: StatementEmission = {
    folding,
    leaving,
    components,
    out,
    outcomes,
    lifted: new Map(),
    unreached: new Set(),
    visit,
    visitParts: (node) => visitOther(emission, node),
  };
  visit(folding.source.file);
  return out;
}

function visitNode(emission: StatementEmission, node: ts.Node): void {
  const component = emission.components.get(node);
  const why = ts.isClassElement(node) ? emission.leaving.get(node) : undefined;
  if (why) removeStatement(emission, node, why);
  else if (isStatementList(node)) emitList(emission, node);
  else if (ts.isStatement(node)) visitStatement(emission, node);
  else if (component && ts.isJsxElement(node)) emitComponent(emission, node, component);
  else visitOther(emission, node);
}

function visitOther(emission: StatementEmission, node: ts.Node): void {
  if (
    ts.isJsxExpression(node) &&
    (emitJsxChild(emission, node) || emitTextLiteral(emission, node) || emitTrueAttribute(emission, node))
  )
    return;
  if (isFragment(node) && emitFragment(emission, node)) return;
  if (ts.isJsxSpreadAttribute(node) && emitJsxSpread(emission, node)) return;
  if ((ts.isSpreadAssignment(node) || ts.isSpreadElement(node)) && emitSpread(emission, node)) return;
  if (ts.isVariableDeclaration(node) && (emitEmptyPattern(emission, node) || emitSolePromise(emission, node))) return;
  if (ts.isComputedPropertyName(node) && emitComputedName(emission, node)) return;
  if (isKnownPlace(emission, node) && emitExpression(emission, node as ts.Expression)) return;
  if (emitLiteral(emission, node)) return;
  emitLists(emission, node);
  const empty = emptyMembers(emission, node);
  const list = membersOf(node);
  if (list) removeFromList(emission, list, new Map([...empty, ...leavingOf(emission, list)]));
  ts.forEachChild(node, (child) => {
    const goes = emission.leaving.has(child) && !ts.isClassElement(child);
    if (!goes && !empty.has(child)) emission.visit(child);
  });
}

/** Expressions whose parts became literals that can be written more plainly. */
function emitLiteral(emission: Emission, node: ts.Node): boolean {
  if (ts.isTemplateExpression(node)) return emitTemplate(emission, node);
  if (ts.isBinaryExpression(node)) return emitJoined(emission, node);
  return ts.isElementAccessExpression(node) && emitElementAccess(emission, node);
}

function leavingOf({ leaving }: Emission, list: readonly ts.Node[]): [ts.Node, Why][] {
  return list.flatMap((node): [ts.Node, Why][] => {
    const why = leaving.get(node);
    return why ? [[node, why]] : [];
  });
}

function visitStatement(emission: StatementEmission, statement: ts.Statement): void {
  const why = emission.leaving.get(statement);
  if (why) removeStatement(emission, statement, why);
  else if (isStatementList(statement.parent)) visitOther(emission, statement);
  else emitSingle(emission, statement);
}

function isKnownPlace(emission: Emission, node: ts.Node): boolean {
  return emission.folding.values.has(node) || ts.isExpression(node);
}

/** `const {} = call()`, emptied of its flags: the call stays where it may do something. */
function emitEmptyPattern(emission: Emission, node: ts.VariableDeclaration): boolean {
  const why = emission.leaving.get(node.name);
  const list = node.parent;
  if (!why || !node.initializer || !ts.isVariableDeclarationList(list) || !ts.isVariableStatement(list.parent))
    return false;
  if (list.declarations.length > 1 || !/^[\w$]/.test(node.initializer.getText())) {
    put(emission, node.name, '{}', why);
    emission.visit(node.initializer);
    return true;
  }
  emission.out.cuts.push({ start: rangeOf(list.parent).start, end: node.initializer.getStart(), text: '', ...why });
  emission.visit(node.initializer);
  return true;
}

/** `const [user] = await Promise.all([getUser()])` of which the others left: `const user = await getUser()`. */
function emitSolePromise(emission: Emission, node: ts.VariableDeclaration): boolean {
  const sole = soleLeft(node, (one) => emission.leaving.has(one));
  const awaited = node.initializer;
  if (!sole || !awaited || !ts.isAwaitExpression(awaited)) return false;
  const text = emission.folding.source.text;
  const why = [...emission.leaving].find(([one]) => one.parent === sole.promise.parent)![1];
  keepOnly(emission.out, text, rangeOf(node.name), rangeOf(sole.name), why);
  keepOnly(emission.out, text, rangeOf(awaited.expression), rangeOf(sole.promise), why);
  emission.visit(sole.promise);
  return true;
}
