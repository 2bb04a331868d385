import { ts } from 'ts-morph';
import { isWrapper } from '../../facts/run-time.ts';
import type { Source } from '../source.ts';
import { isStatementList } from '../writing/statements.ts';
import { takenCase } from '../writing/switches.ts';
import { callbackAfter } from './fold-promise.ts';
import type { Folding } from './folded.ts';
import { isBare, isPlain, type Known } from './known.ts';
import { positionOf } from './position.ts';
import type { SeedRefusal } from './seed.ts';

/** A `switch` on a flag of which no case can be put in its place: its cases would be compared with a value that they cannot have. */
export function refusedSwitches(folding: Folding): SeedRefusal[] {
  const refused: SeedRefusal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isSwitchStatement(node)) refused.push(...refusedSwitch(folding, node));
    ts.forEachChild(node, visit);
  };
  visit(folding.source.file);
  return refused;
}

function refusedSwitch(folding: Folding, node: ts.SwitchStatement): SeedRefusal[] {
  const known = folding.fold(node.expression)?.known;
  if (!known || !isBare(known)) return [];
  const taken = isStatementList(node.parent)
    ? takenCase(folding.source, node, known.value)
    : { reason: 'The flag decides a `switch` that is no statement of a block; put braces around it first.' };
  return 'reason' in taken ? known.seeds.map((seed) => ({ seed, reason: taken.reason })) : [];
}

/** Details, promises and objects that are used as a whole: their value cannot stand there. `goes` tells what leaves anyway. */
export function unfollowed(folding: Folding, goes: (node: ts.Node) => boolean): SeedRefusal[] {
  const refused: SeedRefusal[] = [];
  for (const [node, known] of folding.values) {
    if (!ts.isExpression(node)) continue;
    const foreign = isPlain(known) ? foreignMember(node, known) : undefined;
    if (foreign === undefined && (isPlain(known) || isTaken(folding, node as ts.Expression, known, goes))) continue;
    const reason = foreign ?? refusalOf(node, known);
    refused.push(...known.seeds.map((seed) => ({ seed, reason })));
  }
  return refused;
}

/** Something is taken of the value that a value of this kind does not have: another one was meant to be kept. */
function foreignMember(node: ts.Node, { value }: Known): string | undefined {
  if (isWrapper(node.parent)) return foreignMember(node.parent, { value } as Known);
  const { parent } = node;
  const isAccess = ts.isPropertyAccessExpression(parent) && parent.expression === node;
  const isPattern = ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name);
  if (value === null || value === undefined || !(isAccess || isPattern)) return undefined;
  if (isAccess && parent.name.text in Object(value)) return undefined;
  const what = isAccess ? `\`.${parent.name.text}\`` : `\`${parent.name.getText()}\``;
  return `The code takes ${what} of the flag's value, which ${JSON.stringify(value)} does not have: keep the value that it has, or fold it by hand.`;
}

function isTaken(folding: Folding, node: ts.Expression, known: Known, goes: (node: ts.Node) => boolean): boolean {
  const { parent } = node;
  if (ts.isExpressionStatement(parent) || goes(node)) return true;
  if (ts.isExpression(parent)) {
    const folded = folding.fold(parent);
    if (folded?.known && isPlain(folded.known)) return true;
    if (folded?.known) return isTaken(folding, parent, folded.known, goes);
    if (folded?.node && (folded.node.end <= node.pos || node.end <= folded.node.pos)) return true;
    if (isWrapper(parent)) return isTaken(folding, parent, known, goes);
    if (known.packing.kind === 'promise') return isPromiseTaken(folding, node, known, goes);
    return isListAsked(folding, parent);
  }
  if (ts.isVariableDeclaration(parent) && (goes(parent) || isPatternGone(parent.name, goes))) return true;
  if (known.packing.kind === 'promise') return isPromiseTaken(folding, node, known, goes);
  return isBare(known) && !ts.isVariableDeclaration(parent) && !positionOf(folding.source, node).truthy;
}

/** `flag.includes('a')`: what is asked of a list by a method. */
function isListAsked(folding: Folding, access: ts.Expression): boolean {
  const call = access.parent;
  if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(call)) return false;
  const folded = call.expression === access ? folding.fold(call)?.known : undefined;
  return folded !== undefined && isPlain(folded);
}

function isPatternGone(name: ts.BindingName, goes: (node: ts.Node) => boolean): boolean {
  if (ts.isIdentifier(name)) return false;
  return name.elements.every((one) => ts.isOmittedExpression(one) || goes(one) || isPatternGone(one.name, goes));
}

/** `Promise.resolve(value)` can stand where a promise of a plain value stood, and `Promise.resolve()` before a callback without it. */
function isPromiseTaken(
  folding: Folding,
  node: ts.Expression,
  known: Known,
  goes: (node: ts.Node) => boolean,
): boolean {
  if (known.packing.kind !== 'promise' || ts.isAwaitExpression(node.parent)) return false;
  if (isShadowed(folding.source, 'Promise')) return false;
  const callback = callbackAfter(node);
  if (callback?.parameters.every(goes)) return true;
  return isPlain({ ...known, packing: known.packing.of });
}

function isShadowed(source: Source, name: string): boolean {
  return source.identifiers.some((id) => id.text === name && source.symbolOf(id) !== undefined);
}

function refusalOf(node: ts.Node, known: Known): string {
  const { parent } = node;
  if (known.packing.kind === 'promise') {
    if (ts.isPropertyAccessExpression(parent) && /^(then|catch|finally)$/.test(parent.name.text))
      return `The promise of the flag is chained with \`.${parent.name.text}\`; make it an \`await\` or unfold the callback by hand.`;
    return 'The promise of the flag is used without `await`; fold it by hand.';
  }
  if (isBare(known))
    return 'The object that the flag yields is used as a whole; put a constant with its content in its place by hand.';
  const field = known.packing.kind === 'details' ? known.packing.field : '';
  if (ts.isPropertyAccessExpression(parent))
    return `\`.${parent.name.text}\` of the flag's details is used, which is lost with the flag; fold it by hand.`;
  if (ts.isVariableDeclaration(parent) && !ts.isIdentifier(parent.name))
    return `More of the flag's details than \`${field}\` is taken, which is lost with the flag; fold it by hand.`;
  return 'The details object of the flag is passed on whole; fold it by hand.';
}
