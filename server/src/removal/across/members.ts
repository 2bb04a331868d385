import { ts } from 'ts-morph';
import { unwrap } from '../../facts/run-time.ts';
import { because, type Known } from '../values/known.ts';
import { isContextOnly, isWritten } from '../values/purity.ts';
import type { Why } from '../writing/cuts.ts';
import { functionAt } from './functions.ts';
import { flowOf, type ObjectFlow } from './objects.ts';
import type { Outcome, Place } from './place.ts';
import { isNamedByNobodyElse, memberTypes } from './types.ts';
import { memberValue, type View, valueAt } from './view.ts';

/** Members of objects that a file fills with a value known by a flag: `return { isNew: true }`, `value={{ isNew }}`. */
export function filledMembers(view: View, path: string): Place[] {
  const source = view.source(path);
  if (!source || !view.folding(path)) return [];
  const places: Place[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node) && !ts.isCallExpression(node.parent) && !view.isCut(path, node))
      for (const one of node.properties) {
        const value = memberValue(one);
        if (value && (valueAt(view, path, value)?.seeds.length ?? 0) > 0)
          places.push(memberPlace(path, node, one.name!.getText()));
      }
    ts.forEachChild(node, visit);
  };
  visit(source.file);
  return places;
}

function memberPlace(path: string, literal: ts.ObjectLiteralExpression, member: string): Place {
  return { name: `${path}:${literal.pos}:.${member}`, outcome: (view) => memberOutcome(view, path, literal, member) };
}

function memberOutcome(
  view: View,
  path: string,
  literal: ts.ObjectLiteralExpression,
  member: string,
): Outcome | undefined {
  const flow = flowOf(view, path, literal);
  const sources = flow && membersIn(flow, member);
  if (!sources) return undefined;
  const values = sources.map((one) => one.value && valueAt(view, one.path, one.value));
  const [first] = values;
  if (!first || values.some((one) => one?.value !== first.value)) return undefined;
  const seeds = [...new Set(values.flatMap((one) => one!.seeds))];
  const known: Known = { ...first, seeds };
  const taken = takenOf(view, flow, member);
  // What nobody took before is not ours to sweep.
  if (!taken || taken.length === 0) return undefined;
  const why: Why = { kind: 'cleanup', reason: `${because(seeds)}, so it need not be handed on` };
  const leaving = sources.map(({ path, node }) => ({ path, node, why }));
  const types = typesOf(
    view,
    flow,
    member,
    [...leaving, ...taken].map(({ node }) => node),
  );
  return {
    known: taken.map((one) => ({ ...one, known })),
    looks: [],
    leaving: types ? [...leaving, ...types.map((one) => ({ ...one, why }))] : [],
  };
}

interface Member {
  readonly path: string;
  readonly node: ts.ObjectLiteralElementLike;
  readonly value: ts.Expression | undefined;
}

/** The member in each literal; undefined where one lacks it, or takes it from somewhere else. */
function membersIn({ literals }: ObjectFlow, member: string): Member[] | undefined {
  const found = literals.map(({ path, node }): Member | undefined => {
    const named = node.properties.filter((one) => one.name?.getText() === member);
    const [only] = named;
    const index = only ? node.properties.indexOf(only) : -1;
    const isHidden = node.properties.some((one, at) => ts.isSpreadAssignment(one) && at > index);
    const isComputed = node.properties.some((one) => one.name && ts.isComputedPropertyName(one.name));
    return only && named.length === 1 && !isHidden && !isComputed
      ? { path, node: only, value: memberValue(only) }
      : undefined;
  });
  return found.every((one) => one !== undefined) ? found : undefined;
}

/** The reads of the member; undefined where it is taken apart further, or of something that does more than yield the object. */
function takenOf(
  view: View,
  { accesses, patterns }: ObjectFlow,
  member: string,
): Pick<Outcome['known'][number], 'path' | 'node'>[] | undefined {
  const read = accesses.filter(({ node }) => node.name.text === member);
  // `useIt()?.isNew` reckons with no object at all: a function that ends without one, a context without a provider.
  if (read.some(({ node }) => node.questionDotToken !== undefined)) return undefined;
  if (!read.every(({ path, node }) => isQuietReceiver(view, path, node.expression))) return undefined;
  const elements = patterns.flatMap(({ path, node }) =>
    node.elements
      .filter((one) => (one.propertyName ?? one.name).getText() === member)
      .map((element) => ({ path, node: element })),
  );
  return elements.every(({ node }) => ts.isIdentifier(node.name)) ? [...read, ...elements] : undefined;
}

/** What an access is made on can go with it: no call, or one of a function of the folder that only fetches and builds. */
function isQuietReceiver(view: View, path: string, node: ts.Expression): boolean {
  if (!isContextOnly(node)) return false;
  const plain = unwrap(node);
  const fn = ts.isCallExpression(plain) ? functionAt(view, path, plain.expression) : undefined;
  return fn?.node.body === undefined || isQuietBody(view, fn.path, fn.node.body);
}

function isQuietBody(view: View, path: string, node: ts.Node): boolean {
  if (view.isCut(path, node)) return true;
  if (ts.isCallExpression(node) && !isContextOnly(node)) return false;
  if (ts.isBinaryExpression(node) && isWritten(node.left)) return false;
  return ts.forEachChild(node, (child) => !isQuietBody(view, path, child) || undefined) !== true;
}

/** The members of types that go along; undefined where one cannot. */
function typesOf(
  view: View,
  { types }: ObjectFlow,
  member: string,
  ours: readonly ts.Node[],
): { path: string; node: ts.TypeElement }[] | undefined {
  const found = new Map<ts.TypeElement, string>();
  for (const { path, node } of types) {
    const declared = memberTypes(view, path, node, member);
    if (!declared) return undefined;
    for (const one of declared.members) found.set(one.node, one.path);
    const gone = new Set<ts.Node>([...ours, ...found.keys()]);
    const isOurs = (_: string, place: ts.Node) => ts.findAncestor(place, (one) => gone.has(one)) !== undefined;
    if (!isNamedByNobodyElse(view, node, declared, member, isOurs)) return undefined;
  }
  return [...found].map(([node, path]) => ({ path, node }));
}
