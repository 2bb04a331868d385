import { ts } from 'ts-morph';
import type { Why } from '../cuts.ts';
import type { Known } from '../known.ts';
import { filledSlots, type Outcome, type Slot, slotOutcome } from './parameters.ts';
import type { View } from './view.ts';

/** What other places say about one file: expressions that are known there, and parts that leave with what they served. */
export interface Outside {
  readonly known: ReadonlyMap<ts.Expression, Known>;
  readonly leaving: ReadonlyMap<ts.Node, Why>;
}

export const nothingOutside: Outside = { known: new Map(), leaving: new Map() };

/** A place that is constant by a removal, with what follows from it. */
export interface Followed {
  readonly slot: Slot;
  readonly outcome: Outcome;
}

/** By the name of its slot. */
export type FollowedSlots = ReadonlyMap<string, Followed>;

/**
 * The places outside of the reads' own functions that are constant now: those that were, looked at again, and those that
 * the changed files fill. Undefined names in the result of `lost` are slots that hold no more.
 */
export function followSlots(
  view: View,
  changed: Iterable<string>,
  before: FollowedSlots,
  banned: ReadonlySet<string>,
): { readonly slots: FollowedSlots; readonly lost: readonly string[] } {
  const slots = new Map<string, Followed>();
  const lost: string[] = [];
  const asked = new Set<string>();
  const ask = (slot: Slot): void => {
    const name = nameOf(slot);
    if (asked.has(name) || banned.has(name)) return;
    asked.add(name);
    const outcome = slotOutcome(view, slot);
    if (outcome) slots.set(name, { slot, outcome });
    else if (before.has(name)) lost.push(name);
  };
  for (const { slot } of before.values()) ask(slot);
  for (const path of changed) for (const slot of filledSlots(view, path)) ask(slot);
  return { slots, lost };
}

function nameOf({ fn, index, member }: Slot): string {
  return `${fn.path}:${fn.node.pos}:${index}:${member ?? ''}`;
}

/** What the slots say about each file. */
export function outsideOf(slots: FollowedSlots): ReadonlyMap<string, Outside> {
  const files = new Map<string, { known: Map<ts.Expression, Known>; leaving: Map<ts.Node, Why> }>();
  const fileOf = (path: string) => {
    const file = files.get(path) ?? { known: new Map(), leaving: new Map() };
    files.set(path, file);
    return file;
  };
  for (const { outcome } of slots.values()) {
    for (const { path, node, known } of outcome.known) fileOf(path).known.set(node, known);
    for (const { path, node, why } of outcome.leaving) fileOf(path).leaving.set(node, why);
  }
  for (const { slot, outcome } of slots.values()) leaveEmpty(fileOf(slot.fn.path).leaving, outcome.props);
  return files;
}

/** A parameter for props of which none is left. */
function leaveEmpty(leaving: Map<ts.Node, Why>, props: ts.ParameterDeclaration | undefined): void {
  if (!props || !ts.isObjectBindingPattern(props.name)) return;
  const [why] = props.name.elements.map((one) => leaving.get(one));
  if (why && props.name.elements.every((one) => leaving.has(one))) leaving.set(props, why);
}

/** True when both say the same about a file. */
export function isSameOutside(a: Outside, b: Outside): boolean {
  const same = (one: ReadonlyMap<ts.Node, unknown>, other: ReadonlyMap<ts.Node, unknown>): boolean =>
    one.size === other.size && [...one.keys()].every((node) => other.has(node));
  return same(a.known, b.known) && same(a.leaving, b.leaving);
}
