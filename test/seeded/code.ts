import { ts } from 'ts-morph';
import { isMemberName } from '../../server/src/removal/source.ts';
import type { Edit } from './kind.ts';
import type { Source } from './source.ts';

export function textOf(source: Source, node: ts.Node): string {
  return source.text.slice(node.getStart(source.tree), node.end);
}

export function replace(source: Source, node: ts.Node, text: string): Edit {
  return { start: node.getStart(source.tree), end: node.end, text };
}

export function insert(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

/** Takes a statement or member away with its line, where it has the line to itself. */
export function removeLine(source: Source, node: ts.Node): Edit {
  const { text } = source;
  let start = node.getStart(source.tree);
  let { end } = node;
  const before = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*(?:\r?\n)?/.exec(text.slice(end))![0];
  if (text.slice(before, start).trim() === '' && rest.endsWith('\n')) [start, end] = [before, end + rest.length];
  return { start, end, text: '' };
}

/** Takes an element of a list away, with the comma that belongs to it. */
export function removeElement(source: Source, list: readonly ts.Node[], node: ts.Node): Edit {
  const at = list.indexOf(node);
  if (at + 1 < list.length)
    return { start: node.getStart(source.tree), end: list[at + 1]!.getStart(source.tree), text: '' };
  if (at > 0) return { start: list[at - 1]!.end, end: node.end, text: '' };
  const comma = /^\s*,/.exec(source.text.slice(node.end))?.[0].length ?? 0;
  return { start: node.getStart(source.tree), end: node.end + comma, text: '' };
}

/** The white space in front of the line that a node starts in. */
export function indentOf(source: Source, node: ts.Node): string {
  const line = source.text.lastIndexOf('\n', node.getStart(source.tree) - 1) + 1;
  return /^[ \t]*/.exec(source.text.slice(line))![0];
}

/** What stands between the braces of a block. */
export function inside(source: Source, block: ts.Block): string {
  return source.text.slice(block.getStart(source.tree) + 1, block.end - 1);
}

export function some(node: ts.Node, is: (node: ts.Node) => boolean): boolean {
  return is(node) || (ts.forEachChild(node, (child) => (some(child, is) ? true : undefined)) ?? false);
}

/** The same, functions within left out: what happens when the node itself is run. */
export function someHere(node: ts.Node, is: (node: ts.Node) => boolean): boolean {
  if (is(node)) return true;
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  return ts.forEachChild(node, (child) => (someHere(child, is) ? true : undefined)) ?? false;
}

export function isCallLike(node: ts.Node): boolean {
  return ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isAwaitExpression(node);
}

export function calledName(call: ts.CallExpression | ts.NewExpression): string {
  const { expression } = call;
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

export function leaves(node: ts.Node): boolean {
  return someHere(
    node,
    (one) =>
      ts.isReturnStatement(one) ||
      ts.isThrowStatement(one) ||
      ts.isBreakOrContinueStatement(one) ||
      ts.isYieldExpression(one),
  );
}

/** Names that a block declares for itself. */
export function declaredIn(block: ts.Block): string[] {
  return block.statements.flatMap((one) => {
    if (ts.isVariableStatement(one)) return one.declarationList.declarations.map(({ name }) => name.getText());
    const named = ts.isFunctionDeclaration(one) || ts.isClassDeclaration(one) ? one.name : undefined;
    return named ? [named.text] : [];
  });
}

/** The statements of a block as they stand, with braces only where names would meet others. */
export function opened(source: Source, block: ts.Block): string {
  const names = declaredIn(block);
  const { parent } = block.parent;
  const shared = names.some((name) =>
    some(parent, (one) => ts.isIdentifier(one) && one.text === name && (one.pos < block.pos || one.end > block.end)),
  );
  if (shared || !(ts.isBlock(parent) || ts.isSourceFile(parent))) return textOf(source, block);
  return inside(source, block).trim();
}

export function isNamed(node: ts.Node | undefined, name: RegExp): boolean {
  return node !== undefined && (ts.isIdentifier(node) || ts.isStringLiteral(node)) && name.test(node.text);
}

export function functionAround(node: ts.Node): ts.Node | undefined {
  return ts.findAncestor(node.parent, (one) => ts.isFunctionLike(one));
}

export function isAsync(node: ts.Node | undefined): boolean {
  return (
    !!node &&
    ts.canHaveModifiers(node) &&
    !!ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword)
  );
}

export function isExported(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
}

/** A number, or numbers multiplied. */
export function isNumber(node: ts.Node | undefined): boolean {
  if (!node) return false;
  if (ts.isNumericLiteral(node)) return true;
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.AsteriskToken &&
    isNumber(node.left) &&
    isNumber(node.right)
  );
}

/** All identifiers of a name below a node, names of properties left out. */
export function usesOf(root: ts.Node, name: string): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name && !isMemberName(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** Reading it does nothing and yields the same each time: names, `this`, literals, and plain operators on them. */
export function isPlain(node: ts.Node): boolean {
  return !some(
    node,
    (one) =>
      ts.isCallExpression(one) ||
      ts.isNewExpression(one) ||
      ts.isAwaitExpression(one) ||
      ts.isYieldExpression(one) ||
      ts.isFunctionLike(one) ||
      ts.isTaggedTemplateExpression(one) ||
      ts.isDeleteExpression(one) ||
      ts.isSpreadElement(one) ||
      ((ts.isPrefixUnaryExpression(one) || ts.isPostfixUnaryExpression(one)) &&
        (one.operator === ts.SyntaxKind.PlusPlusToken || one.operator === ts.SyntaxKind.MinusMinusToken)) ||
      (ts.isBinaryExpression(one) &&
        one.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
        one.operatorToken.kind <= ts.SyntaxKind.LastAssignment),
  );
}
