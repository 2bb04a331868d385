import type { Node } from 'jsonc-parser';
import type { DefinitionState, FlagDefinition } from '../flag.ts';
import { type DefinitionFormat, hasRootKey, placeOf, type Reference, unknownState } from './format.ts';
import { booleanField, type FlagNode, field, flagsOfList, isEmpty, itemsOf, stringField } from './json-tree.ts';
import { type Rollout, rolloutOf } from './unleash-rollout.ts';
import {
  hasVariants,
  isArchived,
  type UnleashEnvironment,
  unleashLife,
  unleashState,
  unleashVariations,
} from './unleash-state.ts';

/**
 * The export of Unleash, `{ features, featureStrategies, featureEnvironments, featureTags, dependencies, links }` (Unleash
 * src/lib/openapi/spec/export-result-schema.ts).
 *
 * Constant is a feature that is off, or open to everybody, in every environment of the file; without variants (whose names
 * are a second value) and, when on, without parent features.
 */
export const unleashExport: DefinitionFormat = {
  id: 'unleash-export',
  word: 'feature',
  mentions: (text) => hasRootKey(text, 'features') && hasRootKey(text, 'featureStrategies'),
  recognises: (root) => field(root, 'features')?.type === 'array' && field(root, 'featureStrategies')?.type === 'array',
  read(path, root) {
    const rows = rowsOf(root);
    return flagsOfList(field(root, 'features'), 'name').map((feature) => definitionOf(path, feature, rows));
  },
  references: (root) =>
    [
      ...rowReferences(root, 'featureEnvironments', ['featureName', 'name']),
      ...repeatedNames(root),
      ...rowReferences(root, 'featureStrategies', ['featureName']),
      ...rowReferences(root, 'featureTags', ['featureName']),
      ...rowReferences(root, 'dependencies', ['feature']),
      ...rowReferences(root, 'links', ['feature']),
      ...parentReferences(root),
    ].sort((a, b) => a.keyNode.offset - b.keyNode.offset),
};

function definitionOf(path: string, feature: FlagNode, rows: Rows): FlagDefinition {
  const environments = environmentsOf(feature, rows);
  const strategies = rows.strategies.get(feature.key) ?? [];
  const holders = [feature.node, ...(rows.environments.get(feature.key) ?? []), ...strategies];
  return {
    ...placeOf(path, 'unleash-export', feature),
    type: 'boolean',
    state: stateOf(feature, environments, rows),
    ...(environments.length > 0 && {
      environments: environments.map((one) => ({ name: one.name, state: unleashState([one]) })),
    }),
    ...unleashVariations(...holders),
    ...unleashLife(feature.node),
  };
}

/** Rows of other lists, grouped once; each names its feature in `featureName`. */
interface Rows {
  readonly strategies: ReadonlyMap<string, readonly Node[]>;
  readonly environments: ReadonlyMap<string, readonly Node[]>;
  readonly parents: ReadonlyMap<string, readonly Node[]>;
  /** The names of all environments that the file speaks of. */
  readonly names: ReadonlySet<string>;
}

function rowsOf(root: Node): Rows {
  const environments = rowsByFeature(root, 'featureEnvironments', 'featureName', 'name');
  return {
    strategies: rowsByFeature(root, 'featureStrategies', 'featureName'),
    environments,
    parents: rowsByFeature(root, 'dependencies', 'feature'),
    names: new Set([...environments.values()].flat().map(environmentName)),
  };
}

function stateOf(feature: FlagNode, environments: readonly UnleashEnvironment[], rows: Rows): DefinitionState {
  // An environment that the file speaks of, but not for this feature, may do anything.
  const known = new Set(environments.map((one) => one.name)).size === rows.names.size;
  return environments.length === 0 || !known || isArchived(feature.node) ? unknownState : unleashState(environments);
}

function environmentsOf({ key, node }: FlagNode, rows: Rows): UnleashEnvironment[] {
  const strategies = rows.strategies.get(key) ?? [];
  const environments = rows.environments.get(key) ?? [];
  const hasParents = (rows.parents.get(key) ?? []).some((row) => !isEmpty(field(row, 'dependencies')));
  return environments.map((row) => ({
    name: environmentName(row),
    enabled: booleanField(row, 'enabled') === true,
    rollout: environmentRollout(strategies, environmentName(row), environments.length),
    conditional: hasParents || [node, row, ...strategies].some(hasVariants),
  }));
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

function environmentName(row: Node): string {
  return stringField(row, 'environment') ?? '';
}

function rowsByFeature(root: Node, list: string, ...names: readonly string[]): Map<string, Node[]> {
  const rows = new Map<string, Node[]>();
  for (const { key, row } of rowReferences(root, list, names)) rows.set(key, [...(rows.get(key) ?? []), row]);
  return rows;
}

function rowReferences(root: Node, list: string, names: readonly string[]): (Reference & { row: Node })[] {
  return itemsOf(field(root, list)).flatMap((row) => {
    const keyNode = names.map((name) => field(row, name)).find((node) => node?.type === 'string');
    return keyNode ? [{ key: keyNode.value as string, keyNode, row }] : [];
  });
}

/** Rows of environments say the name twice. */
function repeatedNames(root: Node): Reference[] {
  return rowReferences(root, 'featureEnvironments', ['name']).filter(
    ({ key, row }) => stringField(row, 'featureName') === key,
  );
}

/** Features that others depend on. */
function parentReferences(root: Node): Reference[] {
  return itemsOf(field(root, 'dependencies'))
    .flatMap((row) => itemsOf(field(row, 'dependencies')))
    .flatMap((parent) => {
      const keyNode = field(parent, 'feature');
      return keyNode?.type === 'string' ? [{ key: keyNode.value as string, keyNode }] : [];
    });
}
