import { ts } from 'ts-morph';
import { isTestLike } from '../tests/candidates.ts';
import { because, type Known } from '../values/known.ts';
import { isWritten } from '../values/purity.ts';
import type { Why } from '../writing/cuts.ts';
import { type Call, callsOf, type Fn, functionAt, type Mention } from './functions.ts';
import { agreed, attributeValue, givenAt } from './given.ts';
import { inArgs, inTests } from './in-tests.ts';
import type { Outcome, Place } from './place.ts';
import { isNamedByNobodyElse, memberTypes } from './types.ts';
import { memberValue, type View, valueAt } from './view.ts';

/** What a function is given at one place: its nth parameter, or a member of it (a prop). */
export interface Slot {
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

/** What follows for a slot that every call fills with the same value; undefined when one does not, or may not. */
function slotOutcome(view: View, slot: Slot): Outcome | undefined {
  const { fn, member } = slot;
  const parameter = parameterOf(slot);
  const loose: Mention[] = [];
  const calls = parameter && callsOf(view, fn, (use) => isTestLike(use.path) && loose.push(use) > 0);
  if (!calls) return undefined;
  const code = calls.filter(({ path }) => !isTestLike(path));
  const given = code.map((call) => givenAt(view, call, slot));
  if (!given.every((one) => one !== undefined)) return undefined;
  const known = agreed(slot, given);
  const body = known && bodyOf(view, slot, parameter, known);
  if (!body) return undefined;
  const tests = inTests(
    view,
    slot,
    known,
    calls.filter(({ path }) => isTestLike(path)),
  );
  if (!tests) return undefined;
  const why: Why = { kind: 'cleanup', reason: `${because(known.seeds)}, so it need not be handed on` };
  const leaving = [
    ...given.flatMap(({ path, node }) => (node ? [{ path, node, why }] : [])),
    ...body.leaving.map((node) => ({ path: fn.path, node, why })),
    ...tests.leaving,
  ];
  for (const use of new Map(loose.map((one) => [one.path, one])).values()) {
    const args = member === undefined ? [] : inArgs(view, use, member, known, (node) => isWithin(node, leaving));
    if (!args) return undefined;
    leaving.push(...args);
  }
  const types = typesOf(view, slot, parameter, leaving, why);
  if (!types) return undefined;
  const options = member === undefined ? undefined : optionsOf(slot, parameter, calls, why);
  return {
    known: body.known.map((node) => ({ path: fn.path, node, known })),
    leaving: [...leaving, ...types],
    looks: tests.looks,
    ...(options ? { options } : {}),
  };
}

function isWithin(node: ts.Node, leaving: Outcome['leaving']): boolean {
  return ts.findAncestor(node, (one) => leaving.some((part) => part.node === one)) !== undefined;
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
