import type { Node } from 'jsonc-parser';
import type { FlagDefinition } from '../flag.ts';
import { type DefinitionFormat, hasKey, isoDate, placeOf, unknownState } from './format.ts';
import { entriesOf, type FlagNode, field, flagsOfMap, itemsOf, stringField } from './json-tree.ts';

/**
 * The list of flags in the options of eslint-plugin-feature-flags, where ESLint's configuration is data: `rules: { "feature-flags/...":
 * ["error", { featureFlags: { key: { expires, description } } }] }` (arnaud-zg/eslint-plugin-feature-flags). Rules that repeat the list are
 * read once.
 */
export const eslintFeatureFlags: DefinitionFormat = {
  id: 'eslint-feature-flags',
  word: 'feature',
  mentions: (text) => hasKey(text, 'featureFlags') && text.includes('feature-flags/'),
  recognises: (root) => flagsOf(root).length > 0,
  read(path, root) {
    const seen = new Set<string>();
    return flagsOf(root)
      .filter(({ key }) => !seen.has(key) && seen.add(key))
      .map(
        (flag): FlagDefinition => ({
          ...placeOf(path, 'eslint-feature-flags', flag),
          type: 'unknown',
          state: unknownState,
          description: stringField(flag.node, 'description') || undefined,
          expires: isoDate(stringField(flag.node, 'expires')),
        }),
      );
  },
  references: (root) => {
    const seen = new Set<string>();
    return flagsOf(root)
      .filter(({ key }) => seen.has(key) || !seen.add(key))
      .map(({ key, keyNode, entry }) => ({ key, keyNode, row: entry }));
  },
  declares: true,
};

function flagsOf(root: Node): FlagNode[] {
  const configs = [root, ...itemsOf(field(root, 'overrides'))];
  return configs
    .flatMap((config) => entriesOf(field(config, 'rules')))
    .filter(({ key }) => key.startsWith('feature-flags/'))
    .flatMap(({ value }) => itemsOf(value))
    .flatMap((options) => flagsOfMap(field(options, 'featureFlags')))
    .filter(({ node }) => node.type === 'object');
}
