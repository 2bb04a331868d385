import type { Node } from 'jsonc-parser';
import type { FlagDefinition } from '../flag.ts';
import {
  constantState,
  type DefinitionFormat,
  hasKey,
  hasRootKey,
  placeOf,
  type Reference,
  typeOfNodes,
  variationOf,
} from './format.ts';
import { booleanField, field, flagsOfMap, itemsOf, scalar, stringField } from './json-tree.ts';
import { targetingState } from './launchdarkly-targeting.ts';

/**
 * The data files of LaunchDarkly's server SDKs: `{ flags: { key: flag }, flagValues: { key: value }, segments }`
 * (launchdarkly/js-core sdk-server src/data_sources/FileDataSource.ts), in JSON or YAML; also what `ldcli` and the SDKs' test
 * data write. An entry of `flagValues` yields its value to everybody; a flag as its targeting says.
 */
export const launchdarklyFile: DefinitionFormat = {
  id: 'launchdarkly-file',
  word: 'flag',
  mentions: (text) =>
    hasRootKey(text, 'flagValues') ||
    (hasRootKey(text, 'flags') &&
      (hasKey(text, 'variations') || hasKey(text, 'fallthrough') || hasKey(text, 'offVariation'))),
  recognises: (root) => isValues(field(root, 'flagValues')) || flagsOf(root).length > 0,
  read(path, root) {
    const flags = flagsOf(root).map(
      (flag): FlagDefinition => ({
        ...placeOf(path, 'launchdarkly-file', flag),
        type: typeOfNodes(itemsOf(field(flag.node, 'variations'))),
        state: targetingState(flag.node, itemsOf(field(flag.node, 'variations'))),
        variations: itemsOf(field(flag.node, 'variations')).map((value) => variationOf(undefined, value)),
        description: stringField(flag.node, 'description') || undefined,
      }),
    );
    const values = flagsOfMap(field(root, 'flagValues')).map(
      (flag): FlagDefinition => ({
        ...placeOf(path, 'launchdarkly-file', flag),
        type: typeOfNodes([flag.node]),
        state: constantState(scalar(flag.node), 'LaunchDarkly: a fixed value'),
      }),
    );
    return [...flags, ...values].sort((a, b) => a.range.start - b.range.start);
  },
  references: (root) =>
    flagsOf(root).flatMap(({ key, node }): Reference[] => {
      const own = field(node, 'key');
      const prerequisites = itemsOf(field(node, 'prerequisites')).flatMap((one) => {
        const keyNode = field(one, 'key');
        return keyNode?.type === 'string' ? [{ key: keyNode.value as string, keyNode }] : [];
      });
      return own?.type === 'string' && own.value === key ? [{ key, keyNode: own }, ...prerequisites] : prerequisites;
    }),
};

function isValues(node: Node | undefined): boolean {
  return node?.type === 'object' && flagsOfMap(node).length > 0;
}

function flagsOf(root: Node) {
  return flagsOfMap(field(root, 'flags')).filter(
    ({ node }) =>
      booleanField(node, 'on') !== undefined &&
      (field(node, 'variations')?.type === 'array' ||
        field(node, 'fallthrough')?.type === 'object' ||
        field(node, 'offVariation') !== undefined),
  );
}
