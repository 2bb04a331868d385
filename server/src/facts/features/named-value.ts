import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';

/** The kinds of nodes that may give a name a value. */
export const namedKinds: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.PropertyAssignment,
  ts.SyntaxKind.ShorthandPropertyAssignment,
  ts.SyntaxKind.VariableDeclaration,
  ts.SyntaxKind.Parameter,
  ts.SyntaxKind.BindingElement,
  ts.SyntaxKind.PropertyDeclaration,
  ts.SyntaxKind.EnumMember,
  ts.SyntaxKind.BinaryExpression,
];

/** A name and the value that it is given: a property, a constant, a default, a field, a member of an enum, an assignment. */
export function namedValue(node: ts.Node): { name: string; value: ts.Expression | undefined } | undefined {
  if (ts.isPropertyAssignment(node)) return { name: nameOf(node.name), value: node.initializer };
  if (ts.isShorthandPropertyAssignment(node)) return { name: node.name.text, value: node.name };
  if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name))
    return { name: node.name.text, value: node.initializer };
  if (ts.isParameter(node) && ts.isIdentifier(node.name)) return { name: node.name.text, value: node.initializer };
  if (ts.isBindingElement(node) && ts.isIdentifier(node.name)) return { name: node.name.text, value: node.initializer };
  if (ts.isPropertyDeclaration(node)) return { name: nameOf(node.name), value: node.initializer };
  if (ts.isEnumMember(node)) return { name: nameOf(node.name), value: node.initializer };
  if (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left)
  )
    return { name: node.left.name.text, value: node.right };
  return undefined;
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isPrivateIdentifier(name) ? name.text : '';
}

/** The call whose options hold a value, or the name of the constant around it; empty for all else. */
export function ownerOf(node: ts.Node): string {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isCallExpression(at) || ts.isNewExpression(at)) return calleeName(at.expression);
    if (ts.isVariableDeclaration(at) && ts.isIdentifier(at.name)) return at.name.text;
    if (ts.isFunctionLike(at) || ts.isClassLike(at) || ts.isStatement(at)) return '';
  }
  return '';
}

/** Names of the properties beside one: what tells that an object still stands although nobody owns it by name. */
export function siblingsOf({ parent }: ts.Node): string[] {
  if (!ts.isObjectLiteralExpression(parent)) return [];
  return parent.properties.flatMap((one) => (one.name && !ts.isSpreadAssignment(one) ? [one.name.getText()] : []));
}
