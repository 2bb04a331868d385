import { ts } from 'ts-morph';
import { unwrap } from '../../facts/run-time.ts';
import { constantOf } from '../values/constants.ts';
import type { Known } from '../values/known.ts';
import type { Call } from './functions.ts';
import type { Slot } from './parameters.ts';
import { memberValue, type View, valueAt } from './view.ts';

export interface Given {
  readonly path: string;
  /** What says it there, which leaves; absent where the call says nothing. */
  readonly node?: ts.Node;
  readonly known?: Known;
}

/** What one call gives: a known value, or nothing; undefined where it may give anything. */
export function givenAt(view: View, call: Call, slot: Slot): Given | undefined {
  const { path, node } = call;
  if (ts.isCallExpression(node)) return givenByCall(view, path, node, slot);
  if (slot.index !== 0 || slot.member === undefined) return undefined;
  const attributes = node.attributes.properties;
  if (attributes.some(ts.isJsxSpreadAttribute)) return undefined;
  const named = attributes.filter((one) => ts.isJsxAttribute(one) && one.name.getText() === slot.member);
  const [attribute] = named as ts.JsxAttribute[];
  if (!attribute) return { path };
  const value = attributeValue(attribute);
  const known =
    value === true
      ? ({ value: true, packing: { kind: 'bare' }, seeds: [] } as Known)
      : value && knownAt(view, path, value, slot);
  return known && named.length === 1 ? { path, node: attribute, known } : undefined;
}

function givenByCall(view: View, path: string, { arguments: list }: ts.CallExpression, slot: Slot): Given | undefined {
  if (list.slice(0, slot.index + 1).some(ts.isSpreadElement)) return undefined;
  const argument = list[slot.index];
  if (!argument) return slot.member === undefined ? { path } : undefined;
  if (slot.member === undefined) {
    const known = knownAt(view, path, argument, slot);
    return known && { path, node: argument, known };
  }
  const literal = unwrap(argument);
  if (!ts.isObjectLiteralExpression(literal) || literal !== argument) return undefined;
  if (literal.properties.some((one) => ts.isSpreadAssignment(one) || (one.name && ts.isComputedPropertyName(one.name))))
    return undefined;
  const members = literal.properties.filter((one) => one.name?.getText() === slot.member);
  const [member] = members;
  if (!member) return { path };
  const value = memberValue(member);
  const known = value && knownAt(view, path, value, slot);
  return known && members.length === 1 ? { path, node: member, known } : undefined;
}

/** The value of an argument; what a function hands on to itself is what it was given. */
function knownAt(view: View, path: string, node: ts.Expression, slot: Slot): Known | undefined {
  return valueAt(view, path, node) ?? (isItself(view, path, node, slot) ? itself : undefined);
}

const itself: Known = { value: 'itself', packing: { kind: 'bare' }, seeds: [] };

function isItself(view: View, path: string, node: ts.Expression, { fn, index, member }: Slot): boolean {
  const source = view.source(path);
  const plain = unwrap(node);
  if (!source || path !== fn.path || !ts.isIdentifier(plain)) return false;
  const declaration = source.symbolOf(plain)?.valueDeclaration;
  if (!declaration) return false;
  if (member === undefined) return declaration === fn.node.parameters[index];
  return (
    ts.isBindingElement(declaration) &&
    declaration.parent.parent === fn.node.parameters[index] &&
    (declaration.propertyName ?? declaration.name).getText() === member
  );
}

/** The one value that all calls give; one that gives nothing gives the default. */
export function agreed(slot: Slot, given: readonly Given[]): Known | undefined {
  const told = given.flatMap(({ known }) => (known && known !== itself ? [known] : []));
  const [first] = told;
  const seeds = [...new Set(told.flatMap((one) => one.seeds))];
  if (!first || seeds.length === 0 || !told.every(({ value }) => value === first.value)) return undefined;
  const isOmitted = given.some((one) => one.known === undefined);
  return isOmitted && !isDefault(slot, first) ? undefined : { ...first, seeds };
}

/** True when a call that gives nothing gives that value. */
export function isDefault(slot: Slot, { value }: Known): boolean {
  const written = defaultOf(slot);
  const literal = written && constantOf(slot.fn.source, written);
  return literal !== undefined && literal.value === value;
}

function defaultOf({ fn, index, member }: Slot): ts.Expression | undefined {
  const parameter = fn.node.parameters[index]!;
  if (member === undefined) return parameter.initializer;
  if (!ts.isObjectBindingPattern(parameter.name)) return undefined;
  return parameter.name.elements.find((one) => (one.propertyName ?? one.name).getText() === member)?.initializer;
}

/** `true` for an attribute without a value. */
export function attributeValue({ initializer }: ts.JsxAttribute): ts.Expression | true | undefined {
  if (!initializer) return true;
  if (ts.isStringLiteral(initializer)) return initializer;
  return ts.isJsxExpression(initializer) ? initializer.expression : undefined;
}
