import type { FlagDefinition } from '../flag.ts';
import { type DefinitionFormat, hasRootKey, placeOf, typeOfNodes, unknownState, variationOf } from './format.ts';
import { field, flagsOfMap, itemsOf, stringField } from './json-tree.ts';

/**
 * A project of LaunchDarkly's local dev server, as `ldcli dev-server get-project` writes it: `{ sourceEnvironmentKey, context,
 * flagsState: { key: { value, version } }, overrides, availableVariations: { key: [{ _id, name, value }] } }` (launchdarkly/ldcli
 * internal/dev_server/model/import_project.go). The values are those of one context in one environment: nothing is known of others.
 */
export const launchdarklyDevServer: DefinitionFormat = {
  id: 'launchdarkly-dev-server',
  word: 'flag',
  mentions: (text) => hasRootKey(text, 'flagsState') && hasRootKey(text, 'sourceEnvironmentKey'),
  recognises: (root) =>
    stringField(root, 'sourceEnvironmentKey') !== undefined && field(root, 'flagsState')?.type === 'object',
  read(path, root) {
    const available = field(root, 'availableVariations');
    return flagsOfMap(field(root, 'flagsState')).map((flag): FlagDefinition => {
      const value = field(flag.node, 'value');
      const variations = itemsOf(field(available, flag.key));
      return {
        ...placeOf(path, 'launchdarkly-dev-server', flag),
        type: typeOfNodes(value ? [value] : []),
        state: unknownState,
        ...(variations.length > 0 && {
          variations: variations.map((one) => variationOf(stringField(one, 'name'), field(one, 'value'))),
        }),
      };
    });
  },
  references: (root) =>
    ['availableVariations', 'overrides'].flatMap((name) =>
      flagsOfMap(field(root, name)).map(({ key, keyNode, entry }) => ({ key, keyNode, row: entry })),
    ),
  declares: true,
};
