import { ts } from 'ts-morph';
import { own } from '../core/own.ts';
import type { ArgFact, ModuleSymbol, ValueExpr, WrapperFact } from './file-facts.ts';
import type { Origins } from './origins.ts';
import { rangeOf } from './parse.ts';
import { placeOf } from './places.ts';
import type { Scopes } from './scope.ts';
import { outermost } from './transparent.ts';
import { type Flow, flowOf } from './wrapper-flow.ts';
import { otherNames } from './wrapper-names.ts';
import { keyTypesOf, type ParameterUse, parameterUse } from './wrapper-parameters.ts';

/** What is known of a function around a call or element, where it may be a reader of flags itself. */
interface Around {
  readonly wrapper?: WrapperFact;
}

/**
 * Looks for arguments that are parameters of a function around a call (`(key) => client.isOn(key)`), and for functions that do
 * nothing but this call (`useNewCheckout = () => useFlag('new-checkout')`).
 * @param facts of the arguments, in their order
 */
export function wrappedArguments(
  node: ts.CallExpression,
  facts: readonly ArgFact[],
  scopes: Scopes,
  origins: Origins,
): Around & { readonly args: readonly ArgFact[] } {
  const { values, ...around } = wrapped(node, node.arguments, facts, scopes, origins);
  return { args: values, ...around };
}

/** The same for the props of an element. */
export function wrappedProps(
  node: ts.JsxOpeningElement | ts.JsxSelfClosingElement,
  props: Readonly<Record<string, ArgFact>>,
  scopes: Scopes,
  origins: Origins,
): Around & { readonly props: Readonly<Record<string, ArgFact>> } {
  const written: ts.Expression[] = [];
  const names: string[] = [];
  for (const attribute of node.attributes.properties)
    if (ts.isJsxAttribute(attribute) && ts.isIdentifier(attribute.name) && isHole(attribute.initializer)) {
      names.push(attribute.name.text);
      written.push(attribute.initializer.expression);
    }
  const element = ts.isJsxOpeningElement(node) ? node.parent : node;
  const facts = names.map((name) => props[name]!);
  const { values, ...around } = wrapped(element, written, facts, scopes, origins);
  return { props: { ...props, ...Object.fromEntries(names.map((name, at) => [name, values[at]!])) }, ...around };
}

function isHole(node: ts.Node | undefined): node is ts.JsxExpression & { readonly expression: ts.Expression } {
  return node !== undefined && ts.isJsxExpression(node) && node.expression !== undefined;
}

/** Functions of this file that a callee may be. */
export function ownCallees(callee: ts.Expression, name: string, origins: Origins): readonly ModuleSymbol[] {
  const all = ts.isIdentifier(callee)
    ? origins.calleesOf(callee)
    : origins.calleesOf((callee as ts.PropertyAccessExpression | ts.ElementAccessExpression).expression, [name]);
  return all.filter((one) => one.specifier === '');
}

function wrapped(
  node: ts.Expression,
  written: readonly ts.Expression[],
  facts: readonly ArgFact[],
  scopes: Scopes,
  origins: Origins,
): Around & { readonly values: readonly ArgFact[] } {
  const uses: ParameterUse[] = [];
  const marked = facts.map((fact, at) => withParameters(written[at]!, fact, scopes, uses));
  if (uses.length === 0) return { values: facts, ...accessor(node, scopes, origins) };
  const owner = innermost(uses);
  const wrapper = wrapperFact(node, owner, uses, scopes, origins);
  if (wrapper === undefined) return { values: facts };
  const values = marked.map((fact, at) => (mixed(uses, owner) ? only(owner, facts[at]!, written[at]!, scopes) : fact));
  return { values, wrapper };
}

function mixed(uses: readonly ParameterUse[], owner: ts.Node): boolean {
  return uses.some((use) => use.owner !== owner);
}

/** The function whose parameter stands between the brackets of `flags[key]`, with that parameter. */
export function wrappedMember(
  node: ts.Expression | ts.BindingElement,
  index: ts.Expression,
  scopes: Scopes,
  origins: Origins,
): { readonly computed: ValueExpr; readonly wrapper: WrapperFact } | undefined {
  const use = parameterUse(index, scopes);
  const wrapper = use && wrapperFact(node, use.owner, [use], scopes, origins);
  return use && wrapper && { computed: use.value, wrapper };
}

/** Parameters of one function only: those of another are not known where it is called. */
function only(owner: ts.Node, fact: ArgFact, written: ts.Expression, scopes: Scopes): ArgFact {
  const uses: ParameterUse[] = [];
  const marked = withParameters(written, fact, scopes, uses);
  return mixed(uses, owner) ? fact : marked;
}

function withParameters(written: ts.Expression, fact: ArgFact, scopes: Scopes, uses: ParameterUse[]): ArgFact {
  if (fact.value.kind === 'dynamic') {
    const use = parameterUse(written, scopes);
    if (use === undefined) return fact;
    uses.push(use);
    return { ...fact, value: use.value };
  }
  if (fact.value.kind !== 'fields' || !ts.isObjectLiteralExpression(written)) return fact;
  const fields = { ...fact.value.fields };
  for (const property of written.properties) {
    const name = property.name !== undefined && ts.isIdentifier(property.name) ? property.name.text : undefined;
    const field = name === undefined ? undefined : own(fields, name);
    if (field === undefined) continue;
    if (ts.isPropertyAssignment(property)) fields[name!] = withParameters(property.initializer, field, scopes, uses);
    else if (ts.isShorthandPropertyAssignment(property))
      fields[name!] = withParameters(property.name, field, scopes, uses);
  }
  return { ...fact, value: { kind: 'fields', fields } };
}

function innermost(uses: readonly ParameterUse[]): ts.FunctionLikeDeclaration {
  return uses.reduce((a, b) => (b.owner.pos > a.owner.pos ? b : a)).owner;
}

function wrapperFact(
  node: ts.Expression | ts.BindingElement,
  owner: ts.FunctionLikeDeclaration,
  uses: readonly ParameterUse[],
  scopes: Scopes,
  origins: Origins,
): WrapperFact | undefined {
  // A value that is dropped is none that the function could hand on.
  if (!ts.isBindingElement(node) && ts.isExpressionStatement(outermost(node).parent)) return undefined;
  const place = placeOf(owner);
  const others = otherNames(owner, scopes, origins);
  const name = place?.name ?? others.also?.[0]?.imported;
  if (name === undefined) return undefined;
  const flow: Flow = ts.isBindingElement(node) ? { exact: false } : flowOf(node, owner, scopes);
  return {
    name,
    nameRange: rangeOf(place?.node ?? owner, scopes.source),
    ...others,
    ...flow,
    async: isAsync(owner),
    parameterTypes: keyTypesOf(owner, uses, scopes),
  };
}

function accessor(node: ts.Expression, scopes: Scopes, origins: Origins): { wrapper?: WrapperFact } {
  const owner = ts.findAncestor(node.parent, ts.isFunctionLike) as ts.FunctionLikeDeclaration | undefined;
  if (owner === undefined) return {};
  const flow = flowOf(node, owner, scopes);
  if (!flow.only) return {};
  const place = placeOf(owner);
  if (place === undefined) return {};
  return {
    wrapper: {
      name: place.name,
      nameRange: rangeOf(place.node, scopes.source),
      ...otherNames(owner, scopes, origins),
      ...flow,
      async: isAsync(owner),
      parameterTypes: [],
    },
  };
}

function isAsync(owner: ts.FunctionLikeDeclaration): boolean {
  return (
    ts.canHaveModifiers(owner) &&
    (ts.getModifiers(owner)?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) ?? false)
  );
}
