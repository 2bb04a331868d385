import { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import type { Folding } from './folded.ts';
import { type Held, heldBy } from './holders.ts';
import type { Known } from './known.ts';

/** `const [user, on] = await Promise.all([getUser(), isOn()])`. */
interface JointPromise {
  readonly pattern: ts.ArrayBindingPattern;
  readonly list: ts.ArrayLiteralExpression;
}

export function jointPromise(declaration: ts.VariableDeclaration): JointPromise | undefined {
  const { name, initializer } = declaration;
  if (!initializer || !ts.isArrayBindingPattern(name) || !ts.isAwaitExpression(initializer)) return undefined;
  const call = initializer.expression;
  if (!ts.isCallExpression(call) || call.expression.getText() !== 'Promise.all' || call.arguments.length !== 1)
    return undefined;
  const [list] = call.arguments;
  return list && ts.isArrayLiteralExpression(list) ? { pattern: name, list } : undefined;
}

/** One promise of a flag among those that are awaited together, and what its place in the pattern holds. */
export interface JointItem extends Held {
  readonly nodes: readonly ts.Node[];
  readonly known: Known;
}

/** The promises of flags that can leave the list together with their place in the pattern. */
export function jointItems(folding: Folding, declaration: ts.VariableDeclaration): JointItem[] {
  const joint = jointPromise(declaration);
  if (!joint || isUnordered(joint)) return [];
  return joint.list.elements.flatMap((item, index) => {
    const folded = folding.fold(item);
    if (!folded?.known || folded.effects.length > 0) return [];
    const { packing } = folded.known;
    const known: Known = { ...folded.known, packing: packing.kind === 'promise' ? packing.of : packing };
    const place = joint.pattern.elements[index];
    const held = heldAt(folding.source, place, known);
    return held ? [{ ...held, known, nodes: place ? [item, place] : [item] }] : [];
  });
}

function heldAt(source: Source, place: ts.ArrayBindingElement | undefined, known: Known): Held | undefined {
  if (!place || ts.isOmittedExpression(place)) return { holders: [], idle: [] };
  return heldBy(source, place, known);
}

function isUnordered({ pattern, list }: JointPromise): boolean {
  const hasRest = pattern.elements.some((one) => ts.isBindingElement(one) && one.dotDotDotToken !== undefined);
  return hasRest || list.elements.some((one) => ts.isSpreadElement(one) || ts.isOmittedExpression(one));
}

/** The one promise that is left of several, and its name: `const user = await getUser()`. */
export function soleLeft(
  declaration: ts.VariableDeclaration,
  goes: (node: ts.Node) => boolean,
): { name: ts.Identifier; promise: ts.Expression } | undefined {
  const joint = jointPromise(declaration);
  if (!joint || declaration.type) return undefined;
  const items = joint.list.elements.filter((one) => !goes(one));
  const names = joint.pattern.elements.filter((one) => !goes(one));
  const [promise] = items;
  const [place] = names;
  if (items.length !== 1 || names.length !== 1 || items.length === joint.list.elements.length) return undefined;
  if (!promise || !place || !ts.isBindingElement(place) || place.initializer || !ts.isIdentifier(place.name))
    return undefined;
  const isUnary = ts.isCallExpression(promise) || ts.isIdentifier(promise) || ts.isPropertyAccessExpression(promise);
  return isUnary ? { name: place.name, promise } : undefined;
}
