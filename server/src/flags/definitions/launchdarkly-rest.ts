import type { Node } from 'jsonc-parser';
import type { DefinitionState, FlagDefinition } from '../flag.ts';
import { acrossEnvironments } from './environments.ts';
import {
  constantState,
  type DefinitionFormat,
  epochDate,
  hasKey,
  placeOf,
  typeOfNodes,
  unknownState,
  variationOf,
  varyingState,
} from './format.ts';
import {
  booleanField,
  entriesOf,
  type FlagNode,
  field,
  flagsOfList,
  itemsOf,
  numberField,
  scalar,
  stringField,
} from './json-tree.ts';
import { targetingState } from './launchdarkly-targeting.ts';

/**
 * Flags as LaunchDarkly's REST API lists them (`GET /api/v2/flags/{project}`, launchdarkly.com/docs/api/feature-flags): `{ items: [{
 * key, kind, variations, environments: { name: { on, ... } }, creationDate, temporary, archived, deprecated, _maintainer }] }`, or one
 * flag by itself. A list carries a `_summary` for each environment, unless it was asked for the targeting itself.
 */
export const launchdarklyRest: DefinitionFormat = {
  id: 'launchdarkly-rest',
  word: 'variations',
  mentions: (text) => hasKey(text, 'variations') && hasKey(text, 'environments') && hasKey(text, 'key'),
  recognises: (root) => flagsOf(root).length > 0,
  read: (path, root) => flagsOf(root).map((flag) => definitionOf(path, flag)),
};

function flagsOf(root: Node): FlagNode[] {
  const list = field(root, 'items') ?? (root.type === 'array' ? root : undefined);
  const own = field(root, 'key');
  const single = own?.type === 'string' ? [{ key: own.value as string, keyNode: own, entry: root, node: root }] : [];
  return [...flagsOfList(list, 'key'), ...single].filter(
    ({ node }) =>
      itemsOf(field(node, 'variations')).some((one) => field(one, 'value') !== undefined) &&
      entriesOf(field(node, 'environments')).some(({ value }) => booleanField(value, 'on') !== undefined),
  );
}

function definitionOf(path: string, flag: FlagNode): FlagDefinition {
  const { node } = flag;
  const variations = itemsOf(field(node, 'variations'));
  const values = variations.map((one) => field(one, 'value')).filter((one) => one !== undefined);
  const environments = entriesOf(field(node, 'environments')).map(({ key, value }) => ({
    name: key,
    state: environmentState(value, values),
  }));
  const archived = booleanField(node, 'archived') === true;
  const stale = booleanField(node, 'deprecated') === true;
  return {
    ...placeOf(path, 'launchdarkly-rest', flag),
    type: typeOfNodes(values),
    // An archived flag is no longer served: its reads yield their fallback.
    state: archived ? unknownState : acrossEnvironments(environments),
    environments,
    variations: variations.map((one) => variationOf(stringField(one, 'name'), field(one, 'value'))),
    ...(booleanField(node, 'temporary') === true && { kind: 'release' as const }),
    ...(archived ? { life: 'archived' as const } : stale ? { life: 'stale' as const } : {}),
    description: stringField(node, 'description') || undefined,
    owner: ownerOf(field(node, '_maintainer')) ?? stringField(field(node, '_maintainerTeam'), 'name'),
    created: epochDate(numberField(node, 'creationDate')),
  };
}

function ownerOf(maintainer: Node | undefined): string | undefined {
  const name = [stringField(maintainer, 'firstName'), stringField(maintainer, 'lastName')].filter(Boolean).join(' ');
  return stringField(maintainer, 'email') || name || undefined;
}

function environmentState(environment: Node, values: readonly Node[]): DefinitionState {
  const archived = booleanField(environment, 'archived') === true;
  if (archived || values.length === 0) return unknownState;
  const summary = field(environment, '_summary');
  return field(environment, 'fallthrough') || !summary
    ? targetingState(environment, values)
    : summaryState(environment, summary, values);
}

/** `_summary.variations` has an entry for each variation that may be served: by index, with what leads to it. */
function summaryState(environment: Node, summary: Node, values: readonly Node[]): DefinitionState {
  const on = booleanField(environment, 'on');
  const served = entriesOf(field(summary, 'variations'));
  const valueAt = (index: string) => scalar(values[Number(index)]);
  if (on === false) {
    const off = served.find(({ value }) => booleanField(value, 'isOff') === true);
    return off ? constantState(valueAt(off.key), 'LaunchDarkly: off') : unknownState;
  }
  const onTheWay = (one: Node) =>
    ['rules', 'nullRules', 'targets', 'contextTargets'].some((name) => (numberField(one, name) ?? 0) > 0);
  const falls = served.filter(({ value }) => booleanField(value, 'isFallthrough') === true);
  const [only] = falls;
  if (!only || on === undefined) return unknownState;
  const gated = (numberField(summary, 'prerequisites') ?? 0) > 0 || served.some(({ value }) => onTheWay(value));
  if (gated || falls.length > 1) return varyingState;
  return constantState(valueAt(only.key), 'LaunchDarkly: on, without rules');
}
