import type { Node } from 'jsonc-parser';
import type { FlagDefinition } from '../flag.ts';
import { isSplitFile } from './data-tree.ts';
import { constantState, type DefinitionFormat, type DefinitionState, hasKey, placeOf, varyingState } from './format.ts';
import { entriesOf, type FlagNode, field, flagsOfMap, itemsOf, stringField } from './json-tree.ts';

/**
 * The files of Split's localhost mode (javascript-commons src/sync/offline/splitsParser/splitsParserFromFile.ts): YAML, a list of `- feature: {
 * treatment, keys, config }` with any number of entries a feature, and `.split`, a feature and its treatment a line.
 *
 * Of entries without `keys` the first decides (in `.split`, the last); entries with keys go before it. Constant is a feature whose
 * entries, as far as they are reached, agree.
 */
export const split: DefinitionFormat = {
  id: 'split',
  word: 'treatment',
  mentions: (text) => /^\uFEFF?\s*(---|-|\[|#)/.test(text) && hasKey(text, 'treatment'),
  recognises: (root, path) =>
    isSplitFile(path) ||
    (itemsOf(root).some(treatmentOf) && itemsOf(root).every((item) => treatmentOf(item) || isBeingTyped(item))),
  read(path, root) {
    const entries = root.type === 'array' ? itemsOf(root).flatMap(entryOf) : flagsOfMap(root);
    return entries.map((entry): FlagDefinition => {
      const own = entries.filter((one) => one.key === entry.key);
      const treatments = [...new Set(own.map((one) => textOf(one.node)).filter((text) => text !== undefined))];
      return {
        ...placeOf(path, 'split', entry),
        type: 'string',
        state: stateOf(own.map((one) => one.node)),
        variations: treatments.map((name) => ({ name, value: name })),
      };
    });
  },
};

/** The item of a YAML list goes as a whole; its key is the feature. */
function entryOf(item: Node): FlagNode[] {
  return flagsOfMap(item)
    .slice(0, 1)
    .map((one) => ({ ...one, entry: item }));
}

function treatmentOf(item: Node): string | undefined {
  const [entry, ...others] = entriesOf(item);
  return others.length > 0 ? undefined : stringField(entry?.value, 'treatment');
}

/** `- `, `- new-che`, `- new-checkout:`: the other entries are still what they were. */
function isBeingTyped(item: Node): boolean {
  if (item.type !== 'object') return item.type === 'null' || item.type === 'string';
  return entriesOf(item).length === 1 && entriesOf(item)[0]!.value.type === 'null';
}

/** The treatment of an entry: of a `.split` file, the value itself. */
function textOf(node: Node): string | undefined {
  return node.type === 'string' ? (node.value as string) : stringField(node, 'treatment');
}

function stateOf(nodes: readonly Node[]): DefinitionState {
  const open = nodes.filter((node) => field(node, 'keys') === undefined);
  const fallback = nodes[0]?.type === 'string' ? open.at(-1) : open[0];
  const reached = [...nodes.filter((node) => field(node, 'keys')), ...(fallback ? [fallback] : [])].map(textOf);
  if (!fallback || new Set(reached).size !== 1) return varyingState;
  return constantState(reached[0], 'Split: one treatment for everybody');
}
