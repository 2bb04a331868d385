import { ts } from 'ts-morph';
import { unwrap } from '../../facts/run-time.ts';
import { constantOf, constDeclaration, literalOf, memberNamed, nameOf, steadyObject } from './constants.ts';
import { type Decided, type Folded, type Folding, result } from './folded.ts';
import { isBare, isWhole, type Known, knownOf, type Value } from './known.ts';
import { isPure, isWritten, skipParens } from './purity.ts';

/** `details.value`, `tuple[0]`, `config.color`, `isOn()`, `{ on: A, off: B }[variation]`, `['a', 'b'].includes(variation)`. */
export function foldAccess(folding: Folding, node: ts.Expression): Folded | undefined {
  if (isCutShort(folding, node)) {
    const root = cutShortAt(folding, node)!;
    return result(knownOf(undefined, root), root.effects);
  }
  if (ts.isPropertyAccessExpression(node)) return memberOf(folding, node, node.name.text);
  if (ts.isElementAccessExpression(node)) return foldElement(folding, node);
  if (!ts.isCallExpression(node)) return undefined;
  return foldCalled(folding, node) ?? foldMembership(folding, node);
}

function memberOf(
  folding: Folding,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  name: string,
): Folded | undefined {
  const inner = folding.fold(node.expression);
  if (!inner?.known || isWritten(node) || ts.isDeleteExpression(node.parent)) return undefined;
  const known = stepInto(inner.known, name);
  return known && result(known, inner.effects);
}

/** The member of a known value; undefined where it is none, or one that every object has. */
export function stepInto(known: Known, name: string): Known | undefined {
  const { packing, value } = known;
  if (packing.kind === 'details') return packing.field === name ? { ...known, packing: packing.of } : undefined;
  if (!isBare(known) || !isWhole(value)) return undefined;
  if (Object.hasOwn(value, name)) return knownOf((value as { readonly [name: string]: Value })[name], known);
  return name in Object.prototype || Array.isArray(value) ? undefined : knownOf(undefined, known);
}

function foldElement(folding: Folding, node: ts.ElementAccessExpression): Folded | undefined {
  const decided = folding.decide(node.argumentExpression);
  const key = decided ?? constantOf(folding.source, node.argumentExpression);
  if (!key || (typeof key.value !== 'string' && typeof key.value !== 'number')) return undefined;
  if (decided && decided.effects.length > 0) return undefined;
  const name = String(key.value);
  return memberOf(folding, node, name) ?? (decided && foldLookUp(folding, node, name, decided));
}

/** `{ on: A, off: B }[variation]`, also where a constant holds the object: the entry, where the others do nothing. */
function foldLookUp(
  folding: Folding,
  node: ts.ElementAccessExpression,
  name: string,
  key: Decided,
): Folded | undefined {
  const owner = unwrap(node.expression);
  const isHeld = ts.isIdentifier(owner);
  const literal = isHeld
    ? steadyObject(folding.source, owner)
    : ts.isObjectLiteralExpression(owner)
      ? owner
      : undefined;
  if (!literal || isWritten(node) || ts.isDeleteExpression(node.parent) || isCallee(node)) return undefined;
  const entry = memberNamed(literal, name);
  if (!entry && isMissing(literal, name) && (isHeld || literal.properties.every(isPure)))
    return result(knownOf(undefined, key));
  if (!entry) return undefined;
  const value = ts.isPropertyAssignment(entry)
    ? entry.initializer
    : ts.isShorthandPropertyAssignment(entry)
      ? entry.name
      : undefined;
  if (!value) return undefined;
  if (isHeld) return isNameThere(folding, value, node) ? { effects: [], node: value, seeds: key.seeds } : undefined;
  const others = literal.properties.filter((one) => one !== entry);
  if (!others.every(isPure)) return undefined;
  const folded = folding.fold(value);
  return folded
    ? { ...folded, seeds: [...key.seeds, ...folded.seeds] }
    : { effects: [], node: value, seeds: key.seeds };
}

function isMissing(literal: ts.ObjectLiteralExpression, key: string): boolean {
  const names = literal.properties.map((one) => nameOf(one.name));
  return !(key in Object.prototype) && names.every((one) => one !== undefined && one !== key && one !== '__proto__');
}

/** `views[x](props)` calls with `views` as `this`. */
function isCallee(node: ts.Expression): boolean {
  return ts.isCallExpression(node.parent) && node.parent.expression === node;
}

/** A literal, or a name that means the same at another place and is never assigned again. */
function isNameThere(folding: Folding, value: ts.Expression, place: ts.Node): boolean {
  const plain = skipParens(value);
  if (literalOf(plain)) return !folding.values.has(plain);
  if (!ts.isIdentifier(plain) || folding.values.has(plain)) return false;
  const symbol = folding.source.symbolOf(plain);
  if (!symbol || folding.source.referencesOf(symbol).some(isWritten)) return false;
  const declaration = symbol.declarations?.[0];
  const isSteady =
    declaration !== undefined &&
    (ts.isImportSpecifier(declaration) ||
      ts.isImportClause(declaration) ||
      ts.isFunctionDeclaration(declaration) ||
      ts.isClassDeclaration(declaration) ||
      ts.isNamespaceImport(declaration) ||
      ts.isVariableDeclaration(declaration));
  if (!isSteady) return false;
  const there = folding.source.checker.resolveName(plain.text, place, ts.SymbolFlags.Value, false);
  return there?.declarations?.[0] === declaration;
}

/** The result of calling a signal, or a method that yields the value: `isOn()`, `flag.asBoolean()`. */
function foldCalled(folding: Folding, node: ts.CallExpression): Folded | undefined {
  const inner = folding.fold(node.expression);
  if (inner?.known?.packing.kind !== 'details' || inner.known.packing.field !== '()') return undefined;
  if (!node.arguments.every(isPure)) return undefined;
  return result({ ...inner.known, packing: inner.known.packing.of }, inner.effects);
}

/** `['a', 'b'].includes(variation)`, `new Set(['a', 'b']).has(variation)`, and the same of a list that is known. */
function foldMembership(folding: Folding, node: ts.CallExpression): Folded | undefined {
  const {
    expression,
    arguments: [wanted],
  } = node;
  if (!ts.isPropertyAccessExpression(expression) || !wanted || node.arguments.length !== 1) return undefined;
  const method = expression.name.text;
  if (method !== 'includes' && method !== 'has') return undefined;
  const item = folding.decide(wanted);
  const list = folding.decide(expression.expression);
  if (!item && !list) return undefined;
  const sought = item ?? constantOf(folding.source, wanted);
  const values = list ? listOf(list.value) : itemsOf(folding, expression.expression, method);
  if (!sought || isWhole(sought.value) || !values) return undefined;
  const sides = [list, item].filter((side): side is Decided => side !== undefined);
  return result(
    knownOf(values.includes(sought.value), ...sides),
    sides.flatMap((side) => side.effects),
  );
}

function listOf(value: Value): readonly Value[] | undefined {
  return Array.isArray(value) ? (value as readonly Value[]) : undefined;
}

/** The values of an array of constants (`includes`), or of a set of them (`has`). */
function itemsOf(folding: Folding, node: ts.Expression, method: string): readonly Value[] | undefined {
  const plain = unwrap(node);
  const held = ts.isIdentifier(plain) ? steadyList(folding, plain) : undefined;
  if (held) return itemsOf(folding, held, method);
  if (method === 'has') {
    const isSet =
      ts.isNewExpression(plain) &&
      ts.isIdentifier(plain.expression) &&
      plain.expression.text === 'Set' &&
      !folding.source.symbolOf(plain.expression);
    const [items] = isSet ? (plain.arguments ?? []) : [];
    return items && itemsOf(folding, items, 'includes');
  }
  if (!ts.isArrayLiteralExpression(plain)) return undefined;
  const values = plain.elements.map((one) => constantOf(folding.source, one));
  return values.every((one) => one !== undefined) ? values.map((one) => one.value) : undefined;
}

/** The initializer of a `const` that nothing in this file can change: it is only asked what it holds. */
function steadyList({ source }: Folding, id: ts.Identifier): ts.Expression | undefined {
  const declaration = constDeclaration(source, id);
  const symbol = source.symbolOf(id);
  if (!declaration?.initializer || !symbol || ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export)
    return undefined;
  const isAsked = ({ parent }: ts.Identifier): boolean =>
    ts.isPropertyAccessExpression(parent) && /^(includes|has|length|size|indexOf|some|every)$/.test(parent.name.text);
  return source.referencesOf(symbol).every(isAsked) ? declaration.initializer : undefined;
}

/** `a?.b.c` where `a` is null or undefined: nothing of the chain is evaluated. */
export function isCutShort(folding: Folding, node: ts.Expression): boolean {
  return ts.isOptionalChain(node) && cutShortAt(folding, node) !== undefined;
}

function cutShortAt(folding: Folding, node: ts.Expression): Decided | undefined {
  for (let at: ts.Expression = node; ts.isOptionalChain(at); at = at.expression) {
    const base = !ts.isNonNullExpression(at) && at.questionDotToken ? folding.decide(at.expression) : undefined;
    if (base && (base.value === null || base.value === undefined)) return base;
  }
  return undefined;
}
