import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import type { MemberUse, ReadSite, SiteUse } from './file-facts.ts';
import { sameValues } from './same-value.ts';
import type { Scopes } from './scope.ts';
import { useOf } from './site-use.ts';

/** Adds to read sites, and to the members taken from them, how their values are used. */
export function withUses(sites: readonly ReadSite[], scopes: Scopes): ReadSite[] {
  if (sites.length === 0) return [];
  const { source } = scopes;
  const nodes = new Map<ReadSite | MemberUse, ts.Expression | ts.BindingElement>();
  const place = (one: ReadSite | MemberUse, binding: boolean): void => {
    const node = nodeAt(source, one.range, binding);
    if (node) nodes.set(one, node);
    for (const member of one.members ?? []) place(member, member.form === 'binding');
  };
  for (const site of sites) if (site.form !== 'jsx') place(site, false);
  const same = sameValues([...nodes.values()].filter(ts.isExpression), scopes);
  const useOfOne = (one: ReadSite | MemberUse): { readonly use?: SiteUse } => {
    const node = nodes.get(one);
    const use = node && useOf(node, scopes);
    const number = node && same.get(node);
    if (number !== undefined) return { use: { ...use, same: number } };
    return use ? { use } : {};
  };
  const ofMember = (member: MemberUse): MemberUse => ({
    ...member,
    ...(member.members ? { members: member.members.map(ofMember) } : {}),
    ...useOfOne(member),
  });
  return sites.map((site) => ({ ...site, members: site.members.map(ofMember), ...useOfOne(site) }));
}

/** The node that spans a range exactly: the outermost expression, or the element of a destructuring. */
function nodeAt(
  source: ts.SourceFile,
  { start, end }: TextRange,
  binding: boolean,
): ts.Expression | ts.BindingElement | undefined {
  const visit = (node: ts.Node): ts.Expression | ts.BindingElement | undefined => {
    if (node.end < end || node.pos > start) return undefined;
    const fits = binding ? ts.isBindingElement(node) : ts.isExpression(node);
    if (fits && node.end === end && node.getStart(source) === start) return node as ts.Expression;
    return ts.forEachChild(node, visit);
  };
  return visit(source);
}
