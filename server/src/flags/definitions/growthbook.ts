import type { Node } from 'jsonc-parser';
import type { DefinitionState, FlagDefinition } from '../flag.ts';
import {
  constantState,
  type DefinitionFormat,
  hasKey,
  hasRootKey,
  placeOf,
  type Reference,
  typeOfNodes,
  unknownState,
  variationOf,
  varyingState,
} from './format.ts';
import {
  entriesOf,
  type FlagNode,
  field,
  flagsOfMap,
  isEmpty,
  itemsOf,
  numberField,
  scalar,
  stringField,
} from './json-tree.ts';

/**
 * The payload of GrowthBook's SDKs: `{ features: { key: { defaultValue, rules } } }` (growthbook/growthbook packages/sdk-js
 * src/types/growthbook.ts FeatureDefinition; evaluated in src/core.ts evalFeature), or `features` by itself where the policy says so.
 *
 * Rules are gone through in order. One without condition, parents, filters and coverage that forces a value decides for everybody; any
 * other may decide for some. Constant is a feature all of whose possible values are the same.
 */
export const growthbook: DefinitionFormat = {
  id: 'growthbook',
  word: 'feature',
  mentions: (text) => hasRootKey(text, 'features') && hasKey(text, 'defaultValue'),
  recognises: (root) => {
    const features = flagsOfMap(field(root, 'features'));
    return (
      features.some(({ node }) => field(node, 'defaultValue') !== undefined) &&
      features.every(({ node }) => entriesOf(node).every(({ key }) => featureFields.has(key)) && node.type === 'object')
    );
  },
  read: (path, root) =>
    flagsOfMap(field(root, 'features') ?? root)
      .filter(({ node }) => node.type === 'object')
      .map((flag) => definitionOf(path, flag)),
  references: (root) =>
    flagsOfMap(field(root, 'features') ?? root).flatMap(({ node }) =>
      itemsOf(field(node, 'rules'))
        .flatMap((rule) => itemsOf(field(rule, 'parentConditions')))
        .flatMap((parent): Reference[] => {
          const keyNode = field(parent, 'id');
          return keyNode?.type === 'string' ? [{ key: keyNode.value as string, keyNode }] : [];
        }),
    ),
};

const featureFields = new Set(['defaultValue', 'rules', 'id', 'project', 'projects', 'metadata']);

function definitionOf(path: string, flag: FlagNode): FlagDefinition {
  const { node } = flag;
  const rules = itemsOf(field(node, 'rules'));
  const values = [field(node, 'defaultValue'), ...rules.flatMap(valuesOf)].filter((one) => one !== undefined);
  const names = new Map(values.map((value) => [JSON.stringify(scalar(value) ?? value.offset), value]));
  const isExperiment = rules.some((rule) => !field(rule, 'force') && valuesOf(rule).length > 0);
  return {
    ...placeOf(path, 'growthbook', flag),
    type: typeOfNodes(values.filter((value) => value.type !== 'null')),
    state: stateOf(node, rules),
    variations: [...names.values()].map((value) => variationOf(undefined, value)),
    ...(isExperiment && { kind: 'experiment' as const }),
    description: stringField(field(node, 'metadata'), 'description') || undefined,
  };
}

function stateOf(feature: Node, rules: readonly Node[]): DefinitionState {
  const possible: (Node | undefined)[] = [];
  let decided = false;
  for (const rule of rules) {
    // A parent that gates, or that leads in a circle, yields null, whatever else the rule says.
    if (!isEmpty(field(rule, 'parentConditions'))) return varyingState;
    if (isSkipped(rule)) continue;
    possible.push(...valuesOf(rule));
    decided = field(rule, 'force') !== undefined && conditions.every((name) => isEmpty(field(rule, name)));
    if (decided) break;
  }
  if (!decided) possible.push(field(feature, 'defaultValue'));
  const values = possible.map((node) => scalar(node));
  if (values.some((value) => value === undefined)) return possible.length > 1 ? varyingState : unknownState;
  if (new Set(values).size > 1) return varyingState;
  return constantState(values[0], decided ? 'GrowthBook: forced for everybody' : 'GrowthBook: no rule changes it');
}

/** What keeps a rule from deciding for everybody. Coverage needs an attribute that not everybody has. */
const conditions = ['condition', 'filters', 'coverage', 'range', 'namespace'];

function isSkipped(rule: Node): boolean {
  const yields = valuesOf(rule).length > 0;
  return !yields || (numberField(rule, 'coverage') === 0 && !field(rule, 'range'));
}

function valuesOf(rule: Node): Node[] {
  const force = field(rule, 'force');
  return force ? [force] : [...itemsOf(field(rule, 'contextualVariations') ?? field(rule, 'variations'))];
}
