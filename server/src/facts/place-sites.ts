import { ts } from 'ts-morph';
import type { ReadSite, Recipe } from './file-facts.ts';
import { definePattern } from './gate.ts';
import { type ComparedUse, isReference, usesOfPlace } from './members.ts';
import { importedSymbol, nameOf, type Origins } from './origins.ts';
import { rangeOf } from './parse.ts';
import type { Scopes } from './scope.ts';
import { innermost, outermost, writtenPath } from './transparent.ts';
import { argFact, isConstant } from './values.ts';

/** Gathers places whose members may be flags, and names that a build puts in, and tells them as read sites. */
export interface PlaceCollector {
  /** Whether the node is of interest: what it says by itself. */
  visit(node: ts.Node): boolean;
  finish(): ReadSite[];
}

/** Undefined where the recipe asks for none: then nothing is looked at. */
export function placeCollector(recipe: Recipe, scopes: Scopes, origins: Origins): PlaceCollector | undefined {
  const { properties } = recipe;
  const define = definePattern(recipe);
  if (properties.size === 0 && define === undefined) return undefined;
  const places: (ts.Expression | ts.BindingElement)[] = [];
  const defines: ts.Identifier[] = [];
  const renamed: ts.ImportSpecifier[] = [];
  return {
    visit(node) {
      const before = places.length + defines.length + renamed.length;
      if (ts.isIdentifier(node)) {
        if (properties.has(node.text) && isPlainUse(node)) places.push(node);
        if (define?.test(node.text) && isPlainUse(node)) defines.push(node);
      } else if (ts.isPropertyAccessExpression(node)) {
        if (properties.has(node.name.text)) places.push(node);
      } else if (ts.isElementAccessExpression(node)) {
        const index = node.argumentExpression;
        if (ts.isStringLiteralLike(index) && properties.has(index.text)) places.push(node);
      } else if (ts.isBindingElement(node)) {
        const name = boundName(node);
        if (name !== undefined && properties.has(name)) places.push(node);
      } else if (
        ts.isImportSpecifier(node) &&
        node.propertyName !== undefined &&
        properties.has(node.propertyName.text)
      )
        renamed.push(node);
      return places.length + defines.length + renamed.length > before;
    },
    finish() {
      for (const { name } of renamed) places.push(...scopes.identifiers(name.text).filter(isPlainUse));
      return [
        ...places.flatMap((place) => placeSites(place, properties, scopes, origins)),
        ...defines.flatMap((name) => defineSite(name, scopes)),
      ];
    },
  };
}

/** An expression that is nothing but a name. */
export function isPlainUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (!isReference(node)) return false;
  if (ts.isShorthandPropertyAssignment(parent) || ts.isExportSpecifier(parent)) return false;
  const named = (parent as ts.Node & { name?: ts.Node; propertyName?: ts.Node; label?: ts.Node }) ?? {};
  return named.name !== node && named.propertyName !== node && named.label !== node;
}

/** The property that an element of `{ features: f } = config` takes. */
function boundName(node: ts.BindingElement): string | undefined {
  if (node.dotDotDotToken !== undefined || !ts.isObjectBindingPattern(node.parent)) return undefined;
  return nameOf(node.propertyName ?? node.name);
}

function placeSites(
  place: ts.Expression | ts.BindingElement,
  properties: ReadonlySet<string>,
  scopes: Scopes,
  origins: Origins,
): ReadSite[] {
  const named = ts.isIdentifier(place) ? placeName(place, properties, scopes) : nameNodeOf(place);
  if (named === undefined) return [];
  const { source } = scopes;
  const { members, escapes, compared } = usesOfPlace(place, named.name, scopes, origins);
  const isOpen = isTakenApart(place);
  if (members.length === 0 && compared.length === 0 && !escapes && !isOpen) return [];
  const receiver = receiverOf(place);
  const derived = derivedPath(place, scopes);
  const common = {
    name: named.name,
    receiver,
    ...(derived === undefined || derived === receiver ? {} : { derived }),
    origins: ts.isBindingElement(place) ? origins.ofDeclaration(place) : origins.ofExpression(place),
    nameRange: rangeOf(named.node, source),
    awaited: false,
    ...(isHidden(place, scopes) ? { parameter: true as const } : {}),
    members: [],
    escapes: false,
  };
  const sites: ReadSite[] = compared.map((use) => ({ ...common, ...equality(use, scopes) }));
  if (members.length > 0 || escapes || isOpen)
    sites.push({ ...common, form: 'property', range: rangeOf(place, source), args: [], members, escapes });
  return sites;
}

/** `const { } = config.features`, `{ features: { } }`: somebody is about to name members. */
function isTakenApart(place: ts.Expression | ts.BindingElement): boolean {
  const at = ts.isBindingElement(place) ? place : place.parent;
  if (!ts.isBindingElement(at) && !(ts.isVariableDeclaration(at) && at.initializer === place)) return false;
  return ts.isObjectBindingPattern(at.name) && at.name.elements.length === 0;
}

function equality(
  { node, other, negated, listed }: ComparedUse,
  scopes: Scopes,
): Pick<ReadSite, 'form' | 'range' | 'args' | 'negated' | 'listed'> {
  return {
    form: 'equality',
    range: rangeOf(node, scopes.source),
    args: [argFact(other, scopes)],
    ...(negated ? { negated: true as const } : {}),
    ...(listed === undefined ? {} : { listed }),
  };
}

/** The name of a bare place; undefined where the constant or binding that it is was followed already. */
function placeName(
  node: ts.Identifier,
  properties: ReadonlySet<string>,
  scopes: Scopes,
): { name: string; node: ts.Node } | undefined {
  const declaration = scopes.lookup(node.text, node, 'value');
  if (declaration === undefined) return { name: node.text, node };
  if (ts.isBindingElement(declaration)) {
    const name = boundName(declaration);
    return name !== undefined && properties.has(name) ? undefined : { name: node.text, node };
  }
  if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
    const last = lastNameOf(innermost(declaration.initializer));
    if (last !== undefined && properties.has(last) && last !== node.text) return undefined;
    if (last === node.text && !ts.isIdentifier(innermost(declaration.initializer))) return undefined;
  }
  const imported = importedSymbol(declaration)?.imported;
  return { name: imported === undefined || imported === 'default' || imported === '*' ? node.text : imported, node };
}

function lastNameOf(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (!ts.isElementAccessExpression(node)) return undefined;
  return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
}

function nameNodeOf(place: ts.Expression | ts.BindingElement): { name: string; node: ts.Node } | undefined {
  if (ts.isBindingElement(place)) {
    const node = place.propertyName ?? place.name;
    return { name: nameOf(node)!, node };
  }
  if (ts.isPropertyAccessExpression(place)) return { name: place.name.text, node: place.name };
  if (!ts.isElementAccessExpression(place)) return undefined;
  return { name: (place.argumentExpression as ts.StringLiteralLike).text, node: place.argumentExpression };
}

/** What the place is taken from, as written. */
function receiverOf(place: ts.Expression | ts.BindingElement): string {
  if (ts.isBindingElement(place)) return ownerPath(place);
  if (ts.isPropertyAccessExpression(place) || ts.isElementAccessExpression(place)) return writtenPath(place.expression);
  return '';
}

/** `config.nested` for `x` in `const { nested: { x } } = config`; `?` for a parameter. */
function ownerPath(element: ts.BindingElement): string {
  const owner = element.parent.parent;
  if (ts.isBindingElement(owner)) return `${ownerPath(owner)}.${boundName(owner) ?? '?'}`;
  return ts.isVariableDeclaration(owner) && owner.initializer !== undefined
    ? writtenPath(withoutFallback(owner.initializer))
    : '?';
}

/** `config` for `config ?? {}`. */
function withoutFallback(node: ts.Expression): ts.Expression {
  const plain = innermost(node);
  return ts.isBinaryExpression(plain) &&
    (plain.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
      plain.operatorToken.kind === ts.SyntaxKind.BarBarToken)
    ? withoutFallback(plain.left)
    : plain;
}

/** The receiver with constants and destructuring of the file followed back. */
function derivedPath(place: ts.Expression | ts.BindingElement, scopes: Scopes): string | undefined {
  if (ts.isBindingElement(place)) return derivedOwner(place, scopes, 0);
  if (ts.isPropertyAccessExpression(place) || ts.isElementAccessExpression(place))
    return derived(place.expression, scopes, 0);
  const full = derived(place, scopes, 0);
  const dot = full.lastIndexOf('.');
  return dot < 0 ? undefined : full.slice(0, dot);
}

function derivedOwner(element: ts.BindingElement, scopes: Scopes, depth: number): string {
  const owner = element.parent.parent;
  if (ts.isBindingElement(owner)) return `${derivedOwner(owner, scopes, depth + 1)}.${boundName(owner) ?? '?'}`;
  return ts.isVariableDeclaration(owner) && owner.initializer !== undefined
    ? derived(owner.initializer, scopes, depth + 1)
    : '?';
}

function derived(node: ts.Expression, scopes: Scopes, depth: number): string {
  const plain = withoutFallback(node);
  if (depth > 8) return '?';
  if (ts.isPropertyAccessExpression(plain)) return `${derived(plain.expression, scopes, depth + 1)}.${plain.name.text}`;
  if (ts.isElementAccessExpression(plain) && ts.isStringLiteralLike(plain.argumentExpression))
    return `${derived(plain.expression, scopes, depth + 1)}.${plain.argumentExpression.text}`;
  if (ts.isCallExpression(plain)) return `${derived(plain.expression, scopes, depth + 1)}()`;
  if (!ts.isIdentifier(plain)) return writtenPath(plain);
  const declaration = scopes.lookup(plain.text, plain, 'value');
  if (declaration === undefined) return plain.text;
  if (ts.isBindingElement(declaration)) {
    const name = boundName(declaration);
    return name === undefined ? plain.text : `${derivedOwner(declaration, scopes, depth + 1)}.${name}`;
  }
  if (
    ts.isVariableDeclaration(declaration) &&
    declaration.initializer !== undefined &&
    isConstant(declaration, scopes)
  ) {
    const path = derived(declaration.initializer, scopes, depth + 1);
    return path.includes('?') ? plain.text : path;
  }
  const imported = importedSymbol(declaration)?.imported;
  return imported === undefined || imported === 'default' || imported === '*' ? plain.text : imported;
}

/** A bare name of which nothing is known: an untyped parameter, or one that hides what the file declares or imports under that name. */
function isHidden(place: ts.Node, scopes: Scopes): boolean {
  if (!ts.isIdentifier(place)) return false;
  const declaration = scopes.lookup(place.text, place, 'value');
  if (declaration === undefined) return false;
  if (ts.isParameter(declaration) && !isTyped(declaration)) return true;
  const top = scopes.lookup(place.text, scopes.source, 'value');
  return top !== undefined && top !== declaration;
}

/** By itself, or by the type of the function that it belongs to: `const route: Route = (flags) => ...`. */
function isTyped(parameter: ts.ParameterDeclaration): boolean {
  if (parameter.type !== undefined || ts.getJSDocType(parameter) !== undefined) return true;
  const owner = parameter.parent;
  if (!ts.isArrowFunction(owner) && !ts.isFunctionExpression(owner)) return false;
  const user = outermost(owner).parent;
  if (!ts.isVariableDeclaration(user) && !ts.isPropertyDeclaration(user)) return false;
  return user.type !== undefined || ts.getJSDocType(user) !== undefined;
}

/** A name that nothing in the file declares, ambient declarations apart (`declare const __X__: boolean`). */
function defineSite(node: ts.Identifier, scopes: Scopes): ReadSite[] {
  const declaration = scopes.lookup(node.text, node, 'value');
  if (declaration !== undefined && !isAmbient(declaration)) return [];
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return [];
  const asked = ts.isTypeOfExpression(parent);
  const range = rangeOf(asked ? parent : node, scopes.source);
  return [
    {
      form: 'define',
      name: node.text,
      receiver: asked ? 'typeof' : '',
      origins: [],
      range,
      nameRange: rangeOf(node, scopes.source),
      args: [],
      awaited: false,
      members: [],
      escapes: false,
    },
  ];
}

function isAmbient(node: ts.Node): boolean {
  for (let at = node; !ts.isSourceFile(at); at = at.parent)
    if (ts.canHaveModifiers(at) && at.modifiers?.some((one) => one.kind === ts.SyntaxKind.DeclareKeyword)) return true;
  return false;
}
