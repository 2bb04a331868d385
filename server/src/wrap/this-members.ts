import { ts } from 'ts-morph';
import type { Origin, Site } from './site.ts';
import { isFunction } from './syntax.ts';

/** What keeps `this` of an expression from meaning the same at the site; `undefined` when nothing does. */
export function carryThis(node: ts.Node, origin: Origin, site: Site): string | undefined {
  const there = classOf(node);
  const here = classOf(site.run.owner);
  if (here === undefined || there === undefined) return 'reading it needs "this", which is not an instance here';
  if (here.node === there.node)
    return here.isStatic === there.isStatic ? undefined : 'reading it needs an instance, and this method is static';
  for (const member of thisMembers(node)) {
    const a = memberType(there.node, member, origin.file);
    const b = memberType(here.node, member, site.file);
    if (here.isStatic || a === undefined || a !== b)
      return `reading it needs "this.${member}", which this class does not have`;
  }
  return undefined;
}

/** The class whose instance `this` is at a node. */
function classOf(node: ts.Node): { node: ts.ClassLikeDeclaration; isStatic: boolean } | undefined {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (ts.isClassElement(at) && at.parent !== undefined && ts.isClassLike(at.parent))
      return {
        node: at.parent,
        isStatic:
          ts.canHaveModifiers(at) && (ts.getModifiers(at) ?? []).some((m) => m.kind === ts.SyntaxKind.StaticKeyword),
      };
    if (isFunction(at) && !ts.isArrowFunction(at)) return undefined;
  }
  return undefined;
}

/** True when an expression speaks of `this`. */
export function usesThis(node: ts.Node): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword) return true;
  return ts.forEachChild(node, (child) => usesThis(child) || undefined) ?? false;
}

function thisMembers(node: ts.Node): string[] {
  const found: string[] = [];
  const visit = (at: ts.Node): void => {
    if (ts.isPropertyAccessExpression(at) && at.expression.kind === ts.SyntaxKind.ThisKeyword) found.push(at.name.text);
    ts.forEachChild(at, visit);
  };
  visit(node);
  return found;
}

function memberType(node: ts.ClassLikeDeclaration, name: string, file: ts.SourceFile): string | undefined {
  for (const member of node.members) {
    if (ts.isPropertyDeclaration(member) && member.name.getText(file) === name)
      return (member.type ?? member.initializer)?.getText(file);
    if (ts.isConstructorDeclaration(member))
      for (const parameter of member.parameters)
        if (ts.isParameterPropertyDeclaration(parameter, member) && parameter.name.getText(file) === name)
          return parameter.type?.getText(file);
  }
  return undefined;
}
