import { ts } from 'ts-morph';
import { isBare, type Value } from '../values/known.ts';
import { skipParens } from '../values/purity.ts';
import { keepOnly, type Why } from './cuts.ts';
import { type Emission, foldedWhy, rangeOf, textOf } from './expressions.ts';
import { falsyMembers } from './falsy-members.ts';
import { isEmptyObject } from './jsx.ts';

type Spread = ts.SpreadAssignment | ts.SpreadElement;

/** The members of an object, an array, or a list of arguments. */
export function membersOf(node: ts.Node): ts.NodeArray<ts.Node> | undefined {
  if (ts.isObjectLiteralExpression(node)) return node.properties;
  if (ts.isArrayLiteralExpression(node)) return node.elements;
  return ts.isCallExpression(node) || ts.isNewExpression(node) ? node.arguments : undefined;
}

/** Members that go: spreads with nothing left to spread, and constants among the dependencies of a hook. */
export function emptyMembers(emission: Emission, node: ts.Node): ReadonlyMap<ts.Node, Why> {
  const empty = new Map<ts.Node, Why>(falsyMembers(emission, node));
  for (const member of membersOf(node) ?? []) {
    const goes = emission.leaving.get(member);
    if (goes) {
      empty.set(member, goes);
      continue;
    }
    const isSpread = ts.isSpreadAssignment(member) || ts.isSpreadElement(member);
    if (!isSpread && !isDependency(node)) continue;
    const expression = isSpread ? skipParens(member.expression) : (member as ts.Expression);
    const folded = emission.folding.fold(expression);
    if (!folded || folded.effects.length > 0) continue;
    const isBareKnown = folded.known !== undefined && isBare(folded.known);
    const isIdle = isSpread
      ? spreadsNothing(member, folded.node && skipParens(folded.node), isBareKnown && isNothing(folded.known?.value))
      : isBareKnown;
    if (isIdle) empty.set(member, foldedWhy(folded.seeds));
  }
  return empty;
}

function isNothing(value: Value): boolean {
  return typeof value === 'boolean' || value === null || value === undefined;
}

function spreadsNothing(spread: Spread, kept: ts.Expression | undefined, isBoolean: boolean): boolean {
  if (ts.isSpreadElement(spread))
    return kept !== undefined && ts.isArrayLiteralExpression(kept) && kept.elements.length === 0;
  return kept ? isEmptyObject(kept) : isBoolean;
}

/** `[a, b]` as the last argument of `useEffect(...)` and its like. */
function isDependency(node: ts.Node): boolean {
  const call = node.parent;
  if (!ts.isArrayLiteralExpression(node) || !ts.isCallExpression(call)) return false;
  const { expression } = call;
  const name = ts.isIdentifier(expression)
    ? expression.text
    : ts.isPropertyAccessExpression(expression)
      ? expression.name.text
      : '';
  return (
    call.arguments.length > 1 &&
    call.arguments.at(-1) === node &&
    /^use([A-Z]\w*)?(Effect|Memo|Callback|ImperativeHandle)$/.test(name)
  );
}

/** `...(flag ? [a] : [])`, `...(flag && { a })`: the members of the literal that stays stand in place of the spread. */
export function emitSpread(emission: Emission, node: Spread): boolean {
  const folded = emission.folding.fold(skipParens(node.expression));
  const kept = folded?.node && skipParens(folded.node);
  if (!folded || !kept || folded.effects.length > 0) return false;
  const members = spreadInPlace(node, kept);
  const [first] = members ?? [];
  const last = members?.at(-1);
  if (!members || !first || !last) return false;
  keepOnly(
    emission.out,
    textOf(emission),
    rangeOf(node),
    { start: first.getStart(), end: last.end },
    foldedWhy(folded.seeds),
  );
  for (const member of members) emission.visit(member);
  return true;
}

function spreadInPlace(spread: Spread, literal: ts.Expression): ts.NodeArray<ts.Node> | undefined {
  if (ts.isSpreadElement(spread)) {
    if (!ts.isArrayLiteralExpression(literal) || literal.elements.some(ts.isOmittedExpression)) return undefined;
    return literal.elements;
  }
  if (!ts.isObjectLiteralExpression(literal) || !ts.isObjectLiteralExpression(spread.parent)) return undefined;
  const names = (list: readonly ts.ObjectLiteralElementLike[]) => list.map((one) => one.name?.getText());
  const around = names(spread.parent.properties);
  const isPlain = (name: string | undefined): boolean =>
    name !== undefined && /^(\w+|'[^']*'|"[^"]*")$/.test(name) && !around.includes(name) && !/__proto__/.test(name);
  const isQuiet = literal.properties.every((one) => !ts.isAccessor(one)) && names(literal.properties).every(isPlain);
  return isQuiet ? literal.properties : undefined;
}
