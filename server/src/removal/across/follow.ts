import { ts } from 'ts-morph';
import type { Look } from '../tests/set-up.ts';
import type { Known } from '../values/known.ts';
import type { Why } from '../writing/cuts.ts';
import { constantFields } from './fields.ts';
import { filledMembers } from './members.ts';
import { filledParameters } from './parameters.ts';
import type { Outcome, Place } from './place.ts';
import { constantResults } from './results.ts';
import type { View } from './view.ts';

/** What other places say about one file: expressions that are known there, and parts that leave with what they served. */
export interface Outside {
  readonly known: ReadonlyMap<ts.Expression | ts.BindingElement, Known>;
  readonly leaving: ReadonlyMap<ts.Node, Why>;
}

export const nothingOutside: Outside = { known: new Map(), leaving: new Map() };

/** Places that a removal made known, by name: with what follows, or without, where that is not certain (yet). */
export type Places = ReadonlyMap<string, { readonly place: Place; readonly outcome: Outcome | undefined }>;

const finders = [filledParameters, filledMembers, constantFields, constantResults];

/** All places again, with those that the changed files fill: what stood in the way of one may be gone with another. */
export function followPlaces(
  view: View,
  changed: Iterable<string>,
  before: Places,
  banned: ReadonlySet<string>,
): Places {
  const places = new Map<string, { place: Place; outcome: Outcome | undefined }>();
  const ask = (place: Place): void => {
    if (places.has(place.name) || banned.has(place.name)) return;
    const known = before.get(place.name)?.outcome;
    const found = place.outcome(view);
    const outcome = found && !touches(found, view.input.withheld?.apart) ? found : undefined;
    places.set(place.name, { place, outcome: known && outcome ? joined(known, outcome) : (outcome ?? known) });
  };
  for (const { place } of before.values()) ask(place);
  for (const path of changed) for (const find of finders) for (const place of find(view, path)) ask(place);
  return places;
}

function touches({ known, leaving }: Outcome, apart: ReadonlySet<string> | undefined): boolean {
  return apart !== undefined && [...known, ...leaving].some(({ path }) => apart.has(path));
}

/** What followed once goes on to follow: the plan that it led to hides from where it came. */
function joined(before: Outcome, now: Outcome): Outcome {
  const knownNow = new Set(now.known.map(({ node }) => node));
  const leavingNow = new Set(now.leaving.map(({ node }) => node));
  return {
    ...now,
    known: [...now.known, ...before.known.filter(({ node }) => !knownNow.has(node))],
    leaving: [...now.leaving, ...before.leaving.filter(({ node }) => !leavingNow.has(node))],
  };
}

/** What the places say about each file. */
export function outsideOf(places: Places): ReadonlyMap<string, Outside> {
  const files = new Map<string, { known: Map<ts.Expression | ts.BindingElement, Known>; leaving: Map<ts.Node, Why> }>();
  const fileOf = (path: string) => {
    const file = files.get(path) ?? { known: new Map(), leaving: new Map() };
    files.set(path, file);
    return file;
  };
  for (const { outcome } of places.values()) {
    for (const { path, node, known } of outcome?.known ?? []) fileOf(path).known.set(node, known);
    for (const { path, node, why } of outcome?.leaving ?? []) fileOf(path).leaving.set(node, why);
  }
  for (const { outcome } of places.values()) if (outcome?.options) leaveEmpty(fileOf, outcome.options);
  return files;
}

/** A parameter for members of which none is left, with what is given for it, and the type of the function that names them. */
function leaveEmpty(
  fileOf: (path: string) => { readonly leaving: Map<ts.Node, Why> },
  { fn, parameter, given, why }: NonNullable<Outcome['options']>,
): void {
  const { leaving } = fileOf(fn.path);
  const isEmpty = (path: string, parts: readonly ts.Node[]): boolean =>
    parts.every((one) => fileOf(path).leaving.has(one));
  if (!ts.isObjectBindingPattern(parameter.name) || !isEmpty(fn.path, parameter.name.elements)) return;
  if (!given.every(({ path, node }) => isEmpty(path, node.properties))) return;
  leaving.set(parameter, why);
  for (const { path, node } of given) fileOf(path).leaving.set(node, why);
  const type = ts.isVariableDeclaration(fn.node.parent) ? fn.node.parent.type : undefined;
  const props = type && ts.isTypeReferenceNode(type) ? type.typeArguments : undefined;
  if (props?.length === 1) leaving.set(props[0]!, why);
}

/** The tests that a person has to look at, by file. */
export function looksOf(places: Places): ReadonlyMap<string, readonly Look[]> {
  const files = new Map<string, Look[]>();
  for (const { outcome } of places.values())
    for (const { path, range, reason } of outcome?.looks ?? [])
      files.set(path, [...(files.get(path) ?? []), { range, reason }]);
  return files;
}

/** True when both say the same about a file. */
export function isSameOutside(a: Outside, b: Outside): boolean {
  const same = (one: ReadonlyMap<ts.Node, unknown>, other: ReadonlyMap<ts.Node, unknown>): boolean =>
    one.size === other.size && [...one.keys()].every((node) => other.has(node));
  return same(a.known, b.known) && same(a.leaving, b.leaving);
}
