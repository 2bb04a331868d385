import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import type { Around, MemberUse, ReadSite, SiteUse } from './file-facts.ts';
import { sameValues } from './same-value.ts';
import type { Scopes } from './scope.ts';
import { useOf } from './site-use.ts';

/** Adds to read sites, to the members taken from them, and to what stands around those, how their values are used. */
export function withUses(sites: readonly ReadSite[], scopes: Scopes): ReadSite[] {
  if (sites.length === 0) return [];
  const nodes = nodesOf(sites, scopes.source);
  const same = sameValues([...nodes.values()].filter(ts.isExpression), scopes);
  const useOfOne = (one: Placed): { readonly use?: SiteUse } => {
    const node = nodes.get(one);
    const use = node && useOf(node, scopes);
    const number = node && same.get(node);
    if (number !== undefined) return { use: { ...use, same: number } };
    return use ? { use } : {};
  };
  const ofAround = (around: Around): Around =>
    around.kind === 'condition' ? around : { ...around, ...useOfOne(around) };
  const ofOne = <T extends ReadSite | MemberUse>(one: T): T => ({
    ...one,
    ...(one.members && one.members.length > 0 ? { members: one.members.map(ofOne) } : {}),
    ...(one.around ? { around: ofAround(one.around) } : {}),
    ...useOfOne(one),
  });
  return sites.map(ofOne);
}

type Placed = ReadSite | MemberUse | Exclude<Around, { kind: 'condition' }>;

function nodesOf(
  sites: readonly ReadSite[],
  source: ts.SourceFile,
): ReadonlyMap<Placed, ts.Expression | ts.BindingElement> {
  const nodes = new Map<Placed, ts.Expression | ts.BindingElement>();
  const place = (one: Placed, binding: boolean): void => {
    const node = nodeAt(source, one.range, binding);
    if (node) nodes.set(one, node);
  };
  const placeAll = (one: ReadSite | MemberUse): void => {
    place(one, one.form === 'binding');
    if (one.around && one.around.kind !== 'condition') place(one.around, false);
    one.members?.forEach(placeAll);
  };
  for (const site of sites) if (site.form !== 'jsx' && site.form !== 'directive') placeAll(site);
  return nodes;
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
  const statement = statementAt(source.statements, start);
  return statement && visit(statement);
}

function statementAt(statements: readonly ts.Statement[], offset: number): ts.Statement | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (statements[mid]!.end <= offset) low = mid + 1;
    else high = mid;
  }
  return statements[low];
}
