import { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import type { Why } from './cuts.ts';
import { type Emission, foldedWhy } from './expressions.ts';

/** Packages whose default export joins names of classes, and takes falsy ones for nothing. */
const joinsClasses = /^(?:clsx(?:\/lite)?|classnames|classcat)$/;

/** Members of a list that is asked for truthy ones only, which became falsy: `[flag && a, b].filter(Boolean)`, `clsx(flag && 'a')`. */
export function falsyMembers(emission: Emission, node: ts.Node): ReadonlyMap<ts.Node, Why> {
  const { source } = emission.folding;
  if (ts.isArrayLiteralExpression(node) && isFiltered(source, node)) return falsyOf(emission, node.elements);
  if (ts.isCallExpression(node) && isJoin(source, node)) return falsyOf(emission, node.arguments);
  const call = node.parent;
  const isNames = ts.isObjectLiteralExpression(node) && ts.isCallExpression(call) && isJoin(source, call);
  return isNames ? falsyNames(emission, node) : new Map();
}

/** `{ open: flag }`, of which nothing is open any more. */
function falsyNames(emission: Emission, node: ts.ObjectLiteralExpression): ReadonlyMap<ts.Node, Why> {
  const goes = new Map<ts.Node, Why>();
  for (const property of node.properties) {
    const value = ts.isPropertyAssignment(property) ? falsy(emission, property.initializer) : undefined;
    if (value && property.name && !ts.isComputedPropertyName(property.name)) goes.set(property, value);
  }
  return goes;
}

function falsyOf(emission: Emission, list: ts.NodeArray<ts.Expression>): ReadonlyMap<ts.Node, Why> {
  const reasons = list.map((one) => [one, falsy(emission, one)] as const);
  return new Map(reasons.filter((pair): pair is [ts.Expression, Why] => pair[1] !== undefined));
}

function falsy(emission: Emission, node: ts.Expression): Why | undefined {
  if (ts.isObjectLiteralExpression(node) && ts.isCallExpression(node.parent) && node.properties.length > 0) {
    const names = falsyNames(emission, node);
    return names.size === node.properties.length ? [...names.values()][0] : undefined;
  }
  const decided = emission.folding.fold(node) && emission.folding.decide(node);
  return decided && !decided.value && decided.effects.length === 0 ? foldedWhy(decided.seeds) : undefined;
}

function isFiltered(source: Source, list: ts.ArrayLiteralExpression): boolean {
  const access = list.parent;
  const call = access.parent;
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== 'filter' || !ts.isCallExpression(call))
    return false;
  const [test] = call.arguments;
  return (
    call.arguments.length === 1 && !!test && ts.isIdentifier(test) && test.text === 'Boolean' && !source.symbolOf(test)
  );
}

function isJoin(source: Source, { expression }: ts.CallExpression): boolean {
  const declaration = ts.isIdentifier(expression) ? source.symbolOf(expression)?.declarations?.[0] : undefined;
  const imported = declaration && ts.findAncestor(declaration, ts.isImportDeclaration);
  return (
    imported !== undefined &&
    ts.isStringLiteral(imported.moduleSpecifier) &&
    joinsClasses.test(imported.moduleSpecifier.text)
  );
}
