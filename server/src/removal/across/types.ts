import { ts } from 'ts-morph';
import { type Declared, declarationOf, referencesAcross } from './references.ts';
import type { View } from './view.ts';

/** What the removal of a member takes out of types. `owners` are the named types that lose it. */
export interface MemberTypes {
  readonly members: readonly { readonly path: string; readonly node: ts.TypeElement }[];
  readonly owners: readonly { readonly path: string; readonly name: ts.Identifier }[];
}

/** Where a type declares a member; undefined where that cannot be told, or is not the folder's own. */
export function memberTypes(view: View, path: string, type: ts.TypeNode, member: string): MemberTypes | undefined {
  const found = { members: [] as MemberTypes['members'][number][], owners: [] as MemberTypes['owners'][number][] };
  if (!collect(view, path, type, member, found, 0)) return undefined;
  return found.members.length === 1 ? found : undefined;
}

interface Found {
  readonly members: { path: string; node: ts.TypeElement }[];
  readonly owners: { path: string; name: ts.Identifier }[];
}

/** False where a part of the type takes its members from another one by computation. */
function collect(view: View, path: string, type: ts.TypeNode, member: string, found: Found, depth: number): boolean {
  if (depth > 8) return false;
  if (ts.isTypeLiteralNode(type)) return fromMembers(path, type.members, member, found);
  if (ts.isParenthesizedTypeNode(type)) return collect(view, path, type.type, member, found, depth + 1);
  if (ts.isIntersectionTypeNode(type))
    return type.types.every((one) => collect(view, path, one, member, found, depth + 1));
  if (!ts.isTypeReferenceNode(type)) return false;
  const inner = /^(?:React\.)?(?:PropsWithChildren|Readonly)$/.test(type.typeName.getText()) && type.typeArguments?.[0];
  if (inner) return collect(view, path, inner, member, found, depth + 1);
  if (!ts.isIdentifier(type.typeName)) return true;
  const declared = declarationOf(view, path, type.typeName);
  // A type of a package holds no member of ours.
  return declared === undefined || fromDeclaration(view, declared, member, found, depth);
}

function fromDeclaration(view: View, { path, node }: Declared, member: string, found: Found, depth: number): boolean {
  const before = found.members.length;
  let isPlain = true;
  if (ts.isTypeAliasDeclaration(node)) isPlain = collect(view, path, node.type, member, found, depth + 1);
  else if (ts.isInterfaceDeclaration(node)) {
    isPlain = fromMembers(path, node.members, member, found);
    for (const clause of node.heritageClauses ?? [])
      for (const base of clause.types) {
        const declared = ts.isIdentifier(base.expression) ? declarationOf(view, path, base.expression) : undefined;
        if (declared) isPlain &&= fromDeclaration(view, declared, member, found, depth + 1);
      }
  } else return false;
  if (isPlain && found.members.length > before) found.owners.push({ path, name: node.name });
  return isPlain;
}

function fromMembers(path: string, members: ts.NodeArray<ts.TypeElement>, member: string, found: Found): boolean {
  for (const node of members) if (node.name && nameText(node.name) === member) found.members.push({ path, node });
  return true;
}

function nameText(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText();
}

/**
 * True when nobody but the bearer of `type` names the member of the types that lose it: then it can leave them. `isOurs` are places
 * that leave with it.
 */
export function isNamedByNobodyElse(
  view: View,
  type: ts.TypeNode,
  { owners }: MemberTypes,
  member: string,
  isOurs: (path: string, node: ts.Node) => boolean,
): boolean {
  const files = otherFiles(view, type, owners);
  if (!files) return false;
  return [...files].every((path) => {
    const source = view.source(path);
    return source && namings(source.file, member).every((one) => view.isCut(path, one) || isOurs(path, one));
  });
}

/** Files in which somebody else speaks of the types, or of types that build on them; undefined where they cannot be known. */
function otherFiles(view: View, type: ts.TypeNode, owners: MemberTypes['owners']): Set<string> | undefined {
  const files = new Set<string>();
  const asked = new Set<ts.Node>();
  const own = new Set(owners.map(({ name }) => name.parent));
  const queue = [...owners];
  for (let owner = queue.pop(); owner; owner = queue.pop()) {
    if (asked.has(owner.name)) continue;
    asked.add(owner.name);
    const references = referencesAcross(view, owner.path, owner.name);
    if (!references) return undefined;
    for (const { path, id } of references) {
      if (isWithin(id, type) || ts.findAncestor(id, (one) => own.has(one as ts.InterfaceDeclaration))) continue;
      files.add(path);
      const user = ts.findAncestor(id, (one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one));
      if (user) queue.push({ path, name: (user as ts.InterfaceDeclaration).name });
    }
  }
  return files;
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return ts.findAncestor(node, (one) => one === outer) !== undefined;
}

/** The places of a file that name a member: accesses, properties, destructurings, attributes, strings. */
export function namings(file: ts.SourceFile, member: string): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === member && isNaming(node))
      found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isNaming(node: ts.Identifier | ts.StringLiteralLike): boolean {
  const { parent } = node;
  if (ts.isStringLiteralLike(node)) return !ts.isImportDeclaration(parent);
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isBindingElement(parent))
    return ts.isObjectBindingPattern(parent.parent) && (parent.propertyName ?? parent.name) === node;
  return (
    ts.isJsxAttribute(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ((ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertySignature(parent)) &&
      parent.name === node)
  );
}
