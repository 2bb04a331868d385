import { getNodeValue, type Node } from 'jsonc-parser';
import type { TextRange } from '../core/text.ts';
import { entriesOf, field, itemsOf, rangeOf, stringField } from '../flags/definitions/json-tree.ts';

/** A property, an element or a document on the way to a place of a data file, and what stands for it in another version of the file. */
export interface Step {
  readonly range: TextRange;
  readonly value: Node;
  /** Undefined where it, or what holds it, is missing there. */
  readonly other: Node | undefined;
  /** What holds it has nothing else. */
  readonly alone: boolean;
}

/** The way to a place, the outermost step first. Empty where nothing of the file stands there. */
export function stepsTo(roots: readonly Node[], others: readonly Node[], { start }: TextRange): Step[] {
  const steps: Step[] = [];
  const holds = ({ offset, length }: Node) => offset <= start && start < offset + length;
  const enter = (some: readonly Node[], beside: readonly Node[]): void => {
    const at = some.find(holds);
    if (!at) return;
    const other = counterpart(at, some, beside);
    steps.push({ range: rangeOf(at), value: at, other, alone: some.length === 1 });
    inside(at, other);
  };
  const inside = (node: Node, other: Node | undefined): void => {
    if (node.type === 'array') enter(itemsOf(node), itemsOf(other));
    const entries = entriesOf(node);
    const entry = entries.find(({ keyNode, value }) => keyNode.offset <= start && start < value.offset + value.length);
    if (!entry) return;
    const beside = field(other, entry.key);
    const range = { start: entry.keyNode.offset, end: entry.value.offset + entry.value.length };
    steps.push({ range, value: entry.value, other: beside, alone: entries.length === 1 });
    inside(entry.value, beside);
  };
  enter(roots, others);
  return steps;
}

/** The element with the same name, else an equal one, else the one in the same place of a list that is as long. */
function counterpart(one: Node, all: readonly Node[], others: readonly Node[]): Node | undefined {
  const name = nameOf(one);
  if (name !== undefined) return others.find((other) => nameOf(other) === name);
  const isEqual = (other: Node) => isSame(getNodeValue(other), getNodeValue(one));
  const named = others.find(isEqual);
  return named ?? (all.length === others.length ? others[all.indexOf(one)] : undefined);
}

/** What tells an element from others: its name, that of a Kubernetes object, or what a step uses. */
export function nameOf(node: Node): string | undefined {
  const name = stringField(node, 'name') ?? stringField(node, 'id') ?? stringField(node, 'uses')?.replace(/@.*$/, '');
  const object = stringField(field(node, 'metadata'), 'name');
  return object === undefined ? name : `${stringField(node, 'kind')} ${object}`;
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
