import type { Node } from 'jsonc-parser';
import { type DefinitionFormat, type DefinitionState, isoDate, unknownState, varyingState } from './format.ts';
import { booleanField, field, isEmpty, itemsOf, rangeOf, stringField } from './json-tree.ts';
import { type Rollout, rolloutOf } from './unleash-rollout.ts';

/**
 * Unleash in two forms: the export `{ features, featureStrategies, featureEnvironments, ... }` (Unleash
 * src/lib/openapi/spec/export-result-schema.ts) and the client features that SDKs are bootstrapped with,
 * `{ version, features: [{ name, enabled, strategies }] }`.
 *
 * Constant is a feature that is off, or open to everybody, in every environment of the file; without variants (whose names
 * are a second value) and, when on, without parent features. An archived feature is no longer served: its reads yield their
 * fallback.
 */
export const unleashExport: DefinitionFormat = {
  id: 'unleash-export',
  mentions: (text) =>
    text.includes('"features"') && (text.includes('"featureStrategies"') || text.includes('"strategies"')),
  recognises: (root) => isExport(root) || isClientFeatures(root),
  read(path, root) {
    const stateOf = isExport(root) ? exportStates(root) : clientState;
    return featureNodes(root).map(({ key, keyNode, node }) => ({
      key,
      path,
      keyRange: rangeOf(keyNode),
      range: rangeOf(node),
      source: 'unleash-export',
      type: 'boolean',
      state: stateOf(key, node),
      description: stringField(node, 'description') || undefined,
      created: isoDate(stringField(node, 'createdAt')),
    }));
  },
};

function isExport(root: Node): boolean {
  return field(root, 'features')?.type === 'array' && field(root, 'featureStrategies')?.type === 'array';
}

function isClientFeatures(root: Node): boolean {
  const features = featureNodes(root);
  return (
    features.length > 0 &&
    features.every(
      ({ node }) => field(node, 'strategies')?.type === 'array' && booleanField(node, 'enabled') !== undefined,
    )
  );
}

function featureNodes(root: Node): { key: string; keyNode: Node; node: Node }[] {
  return itemsOf(field(root, 'features')).flatMap((node) => {
    const keyNode = field(node, 'name');
    return keyNode?.type === 'string' && keyNode.value !== '' ? [{ key: keyNode.value as string, keyNode, node }] : [];
  });
}

type StateOf = (key: string, feature: Node) => DefinitionState;

const clientState: StateOf = (_, feature) => {
  const strategies = itemsOf(field(feature, 'strategies'));
  return combine(
    feature,
    [{ name: '', enabled: booleanField(feature, 'enabled') === true, rollout: rolloutOf(strategies) }],
    hasVariants(feature) || strategies.some(hasVariants),
    !isEmpty(field(feature, 'dependencies')),
  );
};

/** Rows of an export are grouped once; each names its feature in `featureName`. */
function exportStates(root: Node): StateOf {
  const strategies = rowsByFeature(root, 'featureStrategies', 'featureName');
  const environments = rowsByFeature(root, 'featureEnvironments', 'featureName', 'name');
  const parents = rowsByFeature(root, 'dependencies', 'feature');
  const names = new Set([...environments.values()].flat().map(environmentName));
  return (key, feature) => {
    const own = strategies.get(key) ?? [];
    const rows = environments.get(key) ?? [];
    // An environment that the file speaks of, but not for this feature, may do anything.
    if (rows.length === 0 || new Set(rows.map(environmentName)).size !== names.size) return unknownState;
    return combine(
      feature,
      rows.map((row) => ({
        name: environmentName(row),
        enabled: booleanField(row, 'enabled') === true,
        rollout: environmentRollout(own, environmentName(row), rows.length),
      })),
      [feature, ...rows, ...own].some(hasVariants),
      (parents.get(key) ?? []).some((row) => !isEmpty(field(row, 'dependencies'))),
    );
  };
}

/**
 * Unleash exports one environment and leaves its name out of the strategies. In a file that joins several, a strategy that
 * names none cannot be told apart: it counts for all.
 */
function environmentRollout(strategies: readonly Node[], environment: string, environments: number): Rollout {
  const own = strategies.filter((strategy) => (stringField(strategy, 'environment') ?? environment) === environment);
  const unclear = environments > 1 && own.some((strategy) => stringField(strategy, 'environment') === undefined);
  if (!unclear) return rolloutOf(own);
  const each = new Set(own.map((strategy) => rolloutOf([strategy])));
  return each.size === 1 ? [...each][0]! : 'somebody';
}

interface EnvironmentState {
  readonly name: string;
  readonly enabled: boolean;
  readonly rollout: Rollout;
}

function combine(
  feature: Node,
  environments: readonly EnvironmentState[],
  variants: boolean,
  hasParents: boolean,
): DefinitionState {
  if (booleanField(feature, 'archived') === true || stringField(feature, 'archivedAt')) return unknownState;
  const outcomes = new Set(environments.map((one) => (one.enabled ? one.rollout : 'nobody')));
  const [outcome] = outcomes;
  if (outcomes.size !== 1 || outcome === 'somebody') return varyingState;
  const where = environments
    .map((one) => one.name)
    .filter((name) => name !== '')
    .join(' and ');
  if (outcome === 'nobody') {
    const off = environments.every((one) => !one.enabled) ? 'disabled' : 'open to nobody';
    return { kind: 'constant', value: false, why: `Unleash: ${off}${where && ` in ${where}`}` };
  }
  if (variants || hasParents) return varyingState;
  return { kind: 'constant', value: true, why: `Unleash: enabled for everybody${where && ` in ${where}`}` };
}

function hasVariants(node: Node): boolean {
  return !isEmpty(field(node, 'variants'));
}

function environmentName(row: Node): string {
  return stringField(row, 'environment') ?? '';
}

function rowsByFeature(root: Node, list: string, ...names: readonly string[]): Map<string, Node[]> {
  const rows = new Map<string, Node[]>();
  for (const row of itemsOf(field(root, list))) {
    const feature = names.map((name) => stringField(row, name)).find((name) => name !== undefined);
    if (feature !== undefined) rows.set(feature, [...(rows.get(feature) ?? []), row]);
  }
  return rows;
}
