import type { Node } from 'jsonc-parser';
import type { DefinitionState, FlagDefinition } from '../flag.ts';
import { type DefinitionFormat, hasKey, hasRootKey, placeOf, unknownState } from './format.ts';
import { booleanField, field, flagsOfList, isEmpty, itemsOf } from './json-tree.ts';
import { rolloutOf } from './unleash-rollout.ts';
import { hasVariants, isArchived, unleashLife, unleashState, unleashVariations } from './unleash-state.ts';

/**
 * The features that Unleash SDKs fetch and are bootstrapped with, of one environment: `{ version, features: [{ name, type, enabled, stale,
 * strategies, variants, dependencies }] }` (unleash-node-sdk src/feature.ts ClientFeaturesResponse).
 */
export const unleashFeatures: DefinitionFormat = {
  id: 'unleash-features',
  word: 'feature',
  mentions: (text) => hasRootKey(text, 'features') && hasKey(text, 'strategies'),
  recognises: (root) => {
    const features = flagsOfList(field(root, 'features'), 'name');
    return features.length > 0 && field(root, 'featureStrategies') === undefined && features.every(isFeature);
  },
  read: (path, root) =>
    flagsOfList(field(root, 'features'), 'name').map(
      (feature): FlagDefinition => ({
        ...placeOf(path, 'unleash-features', feature),
        type: 'boolean',
        state: stateOf(feature.node),
        ...unleashVariations(feature.node, ...itemsOf(field(feature.node, 'strategies'))),
        ...unleashLife(feature.node),
      }),
    ),
};

function isFeature({ node }: { readonly node: Node }): boolean {
  return field(node, 'strategies')?.type === 'array' && booleanField(node, 'enabled') !== undefined;
}

function stateOf(feature: Node): DefinitionState {
  if (isArchived(feature)) return unknownState;
  const strategies = itemsOf(field(feature, 'strategies'));
  const enabled = booleanField(feature, 'enabled') === true;
  const conditional = hasVariants(feature) || strategies.some(hasVariants) || !isEmpty(field(feature, 'dependencies'));
  return unleashState([{ name: '', enabled, rollout: rolloutOf(strategies), conditional }]);
}
