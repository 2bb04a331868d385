import { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import { isQuietValue } from '../values/built-ins.ts';
import type { Why } from '../writing/cuts.ts';

/**
 * Private members of classes that lost their last reader, with the statements that only set them. A member that is set to
 * something that may do more, or that could be reached by another way (`this[name]`, `const { a } = this`), stays.
 */
export function unusedMembers(source: Source, isLive: (id: ts.Node) => boolean): Map<ts.Node, Why> {
  const found = new Map<ts.Node, Why>();
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node) && !isOpen(node))
      for (const member of node.members)
        for (const [one, why] of leavingWith(source, node, member, isLive)) found.set(one, why);
    ts.forEachChild(node, visit);
  };
  visit(source.file);
  return found;
}

function leavingWith(
  source: Source,
  owner: ts.ClassLikeDeclaration,
  member: ts.ClassElement,
  isLive: (id: ts.Node) => boolean,
): [ts.Node, Why][] {
  const name = privateName(source, member);
  if (!name || !isLive(name)) return [];
  const uses = usesOf(source, owner, member, name);
  const live = uses.filter(isLive);
  if (live.length === uses.length) return [];
  const writes = live.map((use) => writeOf(source, use));
  if (!writes.every((write) => write !== undefined)) return [];
  const why: Why = { kind: 'cleanup', reason: `'${name.text}' is no longer used` };
  return [member, ...writes].map((node) => [node, why]);
}

function privateName(source: Source, member: ts.ClassElement): ts.Identifier | ts.PrivateIdentifier | undefined {
  if (!ts.isPropertyDeclaration(member) && !ts.isMethodDeclaration(member)) return undefined;
  if (ts.getDecorators(member)?.length) return undefined;
  if (ts.isPropertyDeclaration(member) && member.initializer && !isQuietValue(source, member.initializer))
    return undefined;
  const { name } = member;
  if (ts.isPrivateIdentifier(name)) return name;
  const isPrivate = ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
  return isPrivate && ts.isIdentifier(name) ? name : undefined;
}

/** Where the member is named besides in itself; also by others of the same name, where their type is not known. */
function usesOf(source: Source, owner: ts.Node, member: ts.ClassElement, name: ts.MemberName): ts.MemberName[] {
  const symbol = source.checker.getSymbolAtLocation(name);
  const uses: ts.MemberName[] = [];
  const visit = (node: ts.Node): void => {
    if (node === member) return;
    if (ts.isPropertyAccessExpression(node) && node.name.text === name.text) {
      const meant = source.checker.getSymbolAtLocation(node.name);
      if (meant === symbol || (meant === undefined && isOfThis(node.expression))) uses.push(node.name);
    }
    ts.forEachChild(node, visit);
  };
  visit(owner);
  return uses;
}

function isOfThis(node: ts.Expression): boolean {
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node))
    return isOfThis(node.expression);
  return node.kind === ts.SyntaxKind.ThisKeyword;
}

/** `this.a = b;` where `b` does nothing. */
function writeOf(source: Source, use: ts.MemberName): ts.Statement | undefined {
  const write = use.parent.parent;
  if (!ts.isBinaryExpression(write) || write.left !== use.parent) return undefined;
  if (write.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isExpressionStatement(write.parent))
    return undefined;
  return isQuietValue(source, write.right) ? write.parent : undefined;
}

/** The members of the class may be reached by names that are not written as such. */
function isOpen(node: ts.ClassLikeDeclaration): boolean {
  let open = false;
  const visit = (inner: ts.Node): void => {
    if (ts.isElementAccessExpression(inner) && isOfThis(inner.expression)) open = true;
    if (ts.isVariableDeclaration(inner) && ts.isObjectBindingPattern(inner.name))
      open ||= inner.initializer !== undefined && isOfThis(inner.initializer);
    if (ts.isSpreadAssignment(inner)) open ||= isOfThis(inner.expression);
    if (!open) ts.forEachChild(inner, visit);
  };
  visit(node);
  return open;
}
