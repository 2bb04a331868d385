import { ts } from 'ts-morph';
import { unwrap } from '../../facts/run-time.ts';
import { constantOf } from '../constants.ts';
import type { Why } from '../cuts.ts';
import { because, type Known } from '../known.ts';
import { isWritten } from '../purity.ts';
import { type Call, callsOf, type Fn, functionAt } from './functions.ts';
import type { Outcome, Place } from './place.ts';
import { isNamedByNobodyElse, memberTypes } from './types.ts';
import { memberValue, type View, valueAt } from './view.ts';

/** What a function is given at one place: its nth parameter, or a member of it (a prop). */
interface Slot {
  readonly fn: Fn;
  readonly index: number;
  readonly member?: string;
}

/** The parameters and props that a file fills with a value which is known by a flag. */
export function filledParameters(view: View, path: string): Place[] {
  return filledSlots(view, path).map((slot) => ({
    name: `${slot.fn.path}:${slot.fn.node.pos}:${slot.index}:${slot.member ?? ''}`,
    outcome: (now) => slotOutcome(now, slot),
  }));
}

function filledSlots(view: View, path: string): Slot[] {
  const source = view.source(path);
  if (!source || !view.folding(path)) return [];
  const slots: Slot[] = [];
  const add = (callee: ts.Expression, index: number, member?: string): void => {
    const fn = functionAt(view, path, callee);
    if (fn) slots.push({ fn, index, ...(member === undefined ? {} : { member }) });
  };
  const isKnown = (node: ts.Expression): boolean => (valueAt(view, path, node)?.seeds.length ?? 0) > 0;
  const visit = (node: ts.Node): void => {
    if (view.isCut(path, node)) return;
    if (ts.isCallExpression(node))
      node.arguments.forEach((argument, index) => {
        if (isKnown(argument)) add(node.expression, index);
        const members = ts.isObjectLiteralExpression(argument) ? argument.properties : [];
        for (const one of members) {
          const value = memberValue(one);
          if (value && isKnown(value)) add(node.expression, index, one.name!.getText());
        }
      });
    if (ts.isJsxAttribute(node) && ts.isIdentifier(node.name)) {
      const { tagName } = node.parent.parent;
      const value = attributeValue(node);
      if (value !== true && value && isKnown(value) && isComponent(tagName)) add(tagName, 0, node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source.file);
  return slots;
}

function isComponent(tag: ts.JsxTagNameExpression): tag is ts.Identifier {
  return ts.isIdentifier(tag) && !/^[a-z]/.test(tag.text);
}

/** `true` for an attribute without a value. */
function attributeValue({ initializer }: ts.JsxAttribute): ts.Expression | true | undefined {
  if (!initializer) return true;
  if (ts.isStringLiteral(initializer)) return initializer;
  return ts.isJsxExpression(initializer) ? initializer.expression : undefined;
}

/** What follows for a slot that every call fills with the same value; undefined when one does not, or may not. */
function slotOutcome(view: View, slot: Slot): Outcome | undefined {
  const { fn, member } = slot;
  const parameter = parameterOf(slot);
  const calls = parameter && callsOf(view, slot.fn);
  if (!calls) return undefined;
  const given: Given[] = [];
  for (const call of calls) {
    const one = givenAt(view, call, slot);
    if (!one) return undefined;
    given.push(one);
  }
  const values = given.flatMap(({ known }) => known ?? []);
  const known = agreed(slot, values, given.length > values.length);
  const body = known && bodyOf(view, slot, parameter, known);
  if (!body) return undefined;
  const why: Why = { kind: 'cleanup', reason: `${because(known.seeds)}, so it need not be handed on` };
  const leaving = [
    ...given.flatMap(({ path, node }) => (node ? [{ path, node, why }] : [])),
    ...body.leaving.map((node) => ({ path: slot.fn.path, node, why })),
  ];
  const types = typesOf(view, slot, parameter, leaving, why);
  if (!types) return undefined;
  const options = member === undefined ? undefined : optionsOf(slot, parameter, calls, why);
  return {
    known: body.known.map((node) => ({ path: fn.path, node, known })),
    leaving: [...leaving, ...types],
    ...(options ? { options } : {}),
  };
}

/** What holds the members: elements give them as attributes, calls as a literal. */
function optionsOf(
  { fn, index }: Slot,
  parameter: ts.ParameterDeclaration,
  calls: readonly Call[],
  why: Why,
): Outcome['options'] {
  const given = calls.flatMap(({ path, node }) => {
    const argument = ts.isCallExpression(node) ? node.arguments[index] : undefined;
    return argument && ts.isObjectLiteralExpression(argument) ? [{ path, node: argument }] : [];
  });
  // Elements hand over nothing but their attributes; a second parameter would move up.
  const isRendered = calls.some(({ node }) => !ts.isCallExpression(node));
  return isRendered && fn.node.parameters.length > 1 ? undefined : { fn, parameter, given, why };
}

function parameterOf({ fn, index, member }: Slot): ts.ParameterDeclaration | undefined {
  const parameters = fn.node.parameters.filter(({ name }) => name.getText() !== 'this');
  const parameter = parameters[index];
  if (!parameter || parameters.length !== fn.node.parameters.length || parameter.dotDotDotToken) return undefined;
  if (ts.getModifiers(parameter)?.length || ts.getDecorators(parameter)?.length) return undefined;
  const usesArguments = fn.source.identifiers.some(
    (id) => id.text === 'arguments' && fn.node.pos <= id.pos && id.end <= fn.node.end,
  );
  if (usesArguments || fn.node.asteriskToken) return undefined;
  if (member === undefined && (!ts.isIdentifier(parameter.name) || isTypedElsewhere(fn))) return undefined;
  return parameter;
}

/** A function whose parameters another declaration lists. */
function isTypedElsewhere({ node }: Fn): boolean {
  const holder = node.parent;
  return ts.isVariableDeclaration(holder) ? holder.type !== undefined : ts.isSatisfiesExpression(holder);
}

interface Given {
  readonly path: string;
  /** What says it there, which leaves; absent where the call says nothing. */
  readonly node?: ts.Node;
  readonly known?: Known;
}

/** What one call gives: a known value, or nothing; undefined where it may give anything. */
function givenAt(view: View, call: Call, slot: Slot): Given | undefined {
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
function agreed(slot: Slot, values: readonly Known[], isOmitted: boolean): Known | undefined {
  const told = values.filter((one) => one !== itself);
  const [first] = told;
  if (!first || !told.every(({ value }) => value === first.value)) return undefined;
  const seeds = [...new Set(told.flatMap((one) => one.seeds))];
  if (seeds.length === 0) return undefined;
  if (isOmitted) {
    const written = defaultOf(slot);
    const literal = written && constantOf(slot.fn.source, written);
    if (!literal || literal.value !== first.value) return undefined;
  }
  return { ...first, seeds };
}

function defaultOf({ fn, index, member }: Slot): ts.Expression | undefined {
  const parameter = fn.node.parameters[index]!;
  if (member === undefined) return parameter.initializer;
  if (!ts.isObjectBindingPattern(parameter.name)) return undefined;
  return parameter.name.elements.find((one) => (one.propertyName ?? one.name).getText() === member)?.initializer;
}

interface Body {
  readonly known: readonly ts.Expression[];
  readonly leaving: readonly ts.Node[];
}

/** The mentions of the slot inside of the function, and what declares it there. */
function bodyOf(view: View, slot: Slot, parameter: ts.ParameterDeclaration, known: Known): Body | undefined {
  const { fn, member } = slot;
  const { name } = parameter;
  if (member === undefined) return heldBy(view, fn, parameter, known);
  if (ts.isObjectBindingPattern(name)) return fromPattern(view, fn, name, member, known);
  if (!ts.isIdentifier(name)) return undefined;
  const symbol = fn.source.symbolOf(name);
  const reads: ts.Expression[] = [];
  const leaving: ts.Node[] = [];
  for (const id of (symbol && fn.source.referencesOf(symbol)) ?? []) {
    const use = id.parent;
    if (view.isCut(fn.path, id) && !isKnownAlready(view, fn.path, use)) continue;
    if (ts.isPropertyAccessExpression(use) && use.expression === id) {
      if (use.name.text !== member) continue;
      if (isWritten(use)) return undefined;
      reads.push(use);
    } else if (ts.isVariableDeclaration(use) && use.initializer === id && ts.isObjectBindingPattern(use.name)) {
      const part = fromPattern(view, fn, use.name, member, known);
      if (!part) return undefined;
      reads.push(...part.known);
      leaving.push(...part.leaving);
    } else return undefined;
  }
  return { known: reads, leaving };
}

function fromPattern(
  view: View,
  fn: Fn,
  pattern: ts.ObjectBindingPattern,
  member: string,
  known: Known,
): Body | undefined {
  const named = pattern.elements.filter(
    (one) => !one.dotDotDotToken && (one.propertyName ?? one.name).getText() === member,
  );
  const [element] = named;
  if (!element) return pattern.elements.some((one) => one.dotDotDotToken) ? undefined : { known: [], leaving: [] };
  return named.length === 1 ? heldBy(view, fn, element, known) : undefined;
}

function heldBy(
  view: View,
  { path, source }: Fn,
  holder: ts.ParameterDeclaration | ts.BindingElement,
  known: Known,
): Body | undefined {
  const symbol = ts.isIdentifier(holder.name) ? source.symbolOf(holder.name) : undefined;
  if (!symbol || symbol.declarations!.length > 1) return undefined;
  const references = source
    .referencesOf(symbol)
    .filter((id) => !view.isCut(path, id) || isKnownAlready(view, path, id));
  const isPlain = (id: ts.Identifier): boolean => !isWritten(id) && ts.findAncestor(id, ts.isTypeNode) === undefined;
  if (!references.every(isPlain) || known.packing.kind !== 'bare') return undefined;
  return { known: references, leaving: [holder] };
}

/** Cut, because it was replaced by its value in the plan so far. */
function isKnownAlready(view: View, path: string, id: ts.Node): boolean {
  return view.folding(path)?.values.has(id) === true;
}

/** The members of types that go with a prop; none for a parameter, whose type stands in it. */
function typesOf(
  view: View,
  { fn, member, index }: Slot,
  parameter: ts.ParameterDeclaration,
  leaving: Outcome['leaving'],
  why: Why,
): Outcome['leaving'] | undefined {
  const type = member === undefined ? undefined : (parameter.type ?? givenType(fn, index));
  if (member === undefined || !type) return [];
  const types = memberTypes(view, fn.path, type, member);
  if (!types) return undefined;
  const gone = [...leaving.map(({ node }) => node), ...types.members.map(({ node }) => node)];
  const isOurs = (_: string, node: ts.Node) => ts.findAncestor(node, (one) => gone.includes(one)) !== undefined;
  if (!isNamedByNobodyElse(view, type, types, member, isOurs)) return undefined;
  return types.members.map(({ path, node }) => ({ path, node, why }));
}

/** The type of the props that stands around the function: `FC<Props>`, `memo<Props>(...)`, `forwardRef<Ref, Props>(...)`. */
function givenType({ node }: Fn, index: number): ts.TypeNode | undefined {
  if (index !== 0) return undefined;
  for (let at: ts.Node = node.parent; ; at = at.parent) {
    if (ts.isVariableDeclaration(at)) {
      const type = at.type;
      return type && ts.isTypeReferenceNode(type) && /(?:FC|FunctionComponent|VFC)$/.test(type.typeName.getText())
        ? type.typeArguments?.[0]
        : type;
    }
    if (ts.isCallExpression(at)) {
      const found = at.typeArguments?.at(-1);
      if (found) return found;
    } else if (!ts.isParenthesizedExpression(at)) return undefined;
  }
}
