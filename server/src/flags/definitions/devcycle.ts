import type { Node } from 'jsonc-parser';
import type { DefinitionState, FlagDefinition, FlagKind } from '../flag.ts';
import {
  constantState,
  type DefinitionFormat,
  hasRootKey,
  kindOf,
  placeOf,
  unknownState,
  variationOf,
  varyingState,
} from './format.ts';
import { type FlagNode, field, flagsOfList, isEmpty, itemsOf, numberField, scalar, stringField } from './json-tree.ts';

/**
 * DevCycle's configuration for SDKs: `{ project, environment, features: [{ key, type, variations: [{ _id, variables: [{ _var, value }] }],
 * configuration: { targets, prerequisites } }], variables: [{ _id, key, type }] }` (DevCycleHQ/js-sdks lib/shared/types/src/types/config).
 * Code reads variables. One has a constant value where the first target of its only feature takes everybody to one variation; with no
 * feature, or nobody targeted, its reads yield their default.
 */
export const devcycle: DefinitionFormat = {
  id: 'devcycle',
  word: 'feature',
  mentions: (text) => hasRootKey(text, 'variables') && hasRootKey(text, 'features') && hasRootKey(text, 'environment'),
  recognises: (root) =>
    stringField(field(root, 'environment'), 'key') !== undefined &&
    field(root, 'features')?.type === 'array' &&
    flagsOfList(field(root, 'variables'), 'key').some(({ node }) => stringField(node, '_id') !== undefined),
  read: (path, root) =>
    flagsOfList(field(root, 'variables'), 'key').map((variable) => definitionOf(path, variable, root)),
};

function definitionOf(path: string, variable: FlagNode, root: Node): FlagDefinition {
  const id = stringField(variable.node, '_id');
  const features = itemsOf(field(root, 'features')).filter((feature) => variationsOf(feature, id).length > 0);
  const environment = stringField(field(root, 'environment'), 'key')!;
  const state = features.length === 1 ? stateOf(features[0]!, id) : features.length > 1 ? varyingState : unknownState;
  const project = stringField(field(root, 'project'), 'key');
  const kind: FlagKind | undefined = kindOf(stringField(features[0], 'type'));
  return {
    ...placeOf(path, 'devcycle', variable),
    type: types[stringField(variable.node, 'type') as keyof typeof types] ?? 'unknown',
    state,
    environments: [{ name: environment, state }],
    variations: features.flatMap((one) => variationsOf(one, id)).map(({ name, value }) => variationOf(name, value)),
    scope: project === undefined ? environment : `${project}, ${environment}`,
    ...(kind && { kind }),
  };
}

const types = { Boolean: 'boolean', String: 'string', Number: 'number', JSON: 'object' } as const;

/** What the variations of a feature say of a variable. */
function variationsOf(feature: Node, variable: string | undefined) {
  return itemsOf(field(feature, 'variations')).flatMap((variation) =>
    itemsOf(field(variation, 'variables'))
      .filter((one) => stringField(one, '_var') === variable)
      .map((one) => ({
        id: stringField(variation, '_id'),
        name: stringField(variation, 'key') ?? stringField(variation, 'name'),
        value: field(one, 'value'),
      })),
  );
}

function stateOf(feature: Node, variable: string | undefined): DefinitionState {
  const configuration = field(feature, 'configuration');
  const [first] = itemsOf(field(configuration, 'targets'));
  if (!first) return unknownState;
  const exceptions = ['prerequisites', 'winningVariation', 'forcedUsers'];
  if (exceptions.some((name) => !isEmpty(field(configuration, name)))) return varyingState;
  const shares = itemsOf(field(first, 'distribution'));
  const sole = shares.find((share) => numberField(share, 'percentage') === 1);
  const rollout = field(first, 'rollout');
  if (!takesEverybody(field(first, '_audience')) || (rollout && rollout.type !== 'null') || !sole) return varyingState;
  const served = variationsOf(feature, variable).find(({ id }) => id === stringField(sole, '_variation'));
  // The variation that everybody gets leaves the variable out: reads yield their default.
  return constantState(scalar(served?.value), 'DevCycle: one variation for all users');
}

/** An audience whose only filter is of the type `all`. */
function takesEverybody(audience: Node | undefined): boolean {
  const filters = field(audience, 'filters');
  const list = itemsOf(field(filters, 'filters'));
  return list.length === 1 && stringField(list[0], 'type') === 'all';
}
