import type { FlagDefinition } from '../flag.ts';
import {
  type DefinitionFormat,
  epochDate,
  hasKey,
  hasRootKey,
  isoDate,
  placeOf,
  typeOfNodes,
  unknownState,
  variationOf,
} from './format.ts';
import { field, flagsOfMap, itemsOf, numberField, stringField } from './json-tree.ts';

/**
 * What `.well-known/vercel/flags` answers, kept in a file: `{ provider, definitions: { key: { options: [{ value, label }], description,
 * origin, createdAt, updatedAt, declaredInCode } }, hints }` (vercel/flags packages/flags/src/types.ts ApiData). It lists flags; the code,
 * or the provider behind it, decides.
 */
export const vercel: DefinitionFormat = {
  id: 'vercel',
  word: 'definitions',
  mentions: (text) =>
    hasRootKey(text, 'definitions') &&
    (hasKey(text, 'declaredInCode') || hasKey(text, 'origin') || hasKey(text, 'hints')),
  recognises: (root) => {
    const definitions = flagsOfMap(field(root, 'definitions'));
    const marks = ['declaredInCode', 'origin', 'options', 'createdAt'];
    return (
      definitions.length > 0 &&
      !field(root, '$schema') &&
      !field(root, 'properties') &&
      definitions.every(({ node }) => node.type === 'object' && marks.some((name) => field(node, name))) &&
      definitions.every(({ node }) => !field(node, 'type') && !field(node, '$ref'))
    );
  },
  read: (path, root) =>
    flagsOfMap(field(root, 'definitions'))
      .filter(({ node }) => node.type === 'object')
      .map((flag): FlagDefinition => {
        const options = itemsOf(field(flag.node, 'options'));
        const values = options.map((one) => field(one, 'value') ?? one);
        return {
          ...placeOf(path, 'vercel', flag),
          type: typeOfNodes(values),
          state: unknownState,
          variations: options.map((one, index) => variationOf(stringField(one, 'label'), values[index])),
          description: stringField(flag.node, 'description') || undefined,
          created: epochDate(numberField(flag.node, 'createdAt')) ?? isoDate(stringField(flag.node, 'createdAt')),
        };
      }),
  declares: true,
};
