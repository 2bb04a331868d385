import type { Node } from 'jsonc-parser';
import type { FlagDefinition } from '../flag.ts';
import {
  constantState,
  type DefinitionFormat,
  type DefinitionState,
  hasKey,
  hasRootKey,
  isoDate,
  placeOf,
  unknownState,
  variationOf,
  varyingState,
} from './format.ts';
import { booleanField, type FlagNode, field, flagsOfList, isEmpty, itemsOf, stringField } from './json-tree.ts';

/**
 * Azure's feature management: `{ feature_management: { feature_flags: [{ id, enabled, conditions: { requirement_type, client_filters },
 * variants, allocation }] } }` (microsoft/FeatureManagement-JavaScript src/feature-management/src/schema/model.ts and
 * featureManager.ts). Without `enabled: true` a flag is off, without filters it is on for everybody; a variant may override its status.
 * Where an id stands twice, the last one counts: the others are told with its state.
 */
export const azure: DefinitionFormat = {
  id: 'azure',
  word: 'feature',
  mentions: (text) => hasRootKey(text, 'feature_management') && hasKey(text, 'feature_flags'),
  recognises: (root) => field(field(root, 'feature_management'), 'feature_flags')?.type === 'array',
  read(path, root) {
    const flags = flagsOfList(field(field(root, 'feature_management'), 'feature_flags'), 'id');
    const last = new Map(flags.map((flag) => [flag.key, flag]));
    return flags.map((flag) => definitionOf(path, flag, last.get(flag.key)!.node));
  },
};

function definitionOf(path: string, flag: FlagNode, decisive: Node): FlagDefinition {
  const variants = itemsOf(field(flag.node, 'variants'));
  const expires = expiryOf(decisive);
  return {
    ...placeOf(path, 'azure', flag),
    type: 'boolean',
    state: stateOf(decisive),
    ...(variants.length > 0 && {
      variations: variants.map((one) => variationOf(stringField(one, 'name'), field(one, 'configuration_value'))),
    }),
    description: stringField(flag.node, 'description') || undefined,
    ...(expires && { expires }),
  };
}

function stateOf(flag: Node): DefinitionState {
  const enabled = field(flag, 'enabled');
  if (enabled && enabled.type !== 'boolean') return unknownState;
  if (enabled?.value !== true) return constantState(false, 'Azure: not enabled');
  const overrides = itemsOf(field(flag, 'variants')).some((one) =>
    ['Enabled', 'Disabled'].includes(stringField(one, 'status_override') ?? ''),
  );
  if (overrides || !isEmpty(field(field(flag, 'conditions'), 'client_filters'))) return varyingState;
  return constantState(true, 'Azure: enabled, no filters');
}

/** The end of the last time window, where nothing but time windows turns the flag on. */
function expiryOf(flag: Node): string | undefined {
  if (booleanField(flag, 'enabled') !== true) return undefined;
  const filters = itemsOf(field(field(flag, 'conditions'), 'client_filters'));
  const all = stringField(field(flag, 'conditions'), 'requirement_type') === 'All';
  const ends = filters.map((filter) =>
    /^(Microsoft\.)?TimeWindow$/.test(stringField(filter, 'name') ?? '')
      ? dateOf(stringField(field(filter, 'parameters'), 'End'))
      : undefined,
  );
  const known = ends.filter((end) => end !== undefined).sort();
  // One window that closes is enough where all filters have to match.
  if (all) return known[0];
  return known.length === filters.length ? known.at(-1) : undefined;
}

/** The date (UTC) of an instant as `Wed, 01 May 2030 13:59:59 GMT`, or as an ISO instant. */
function dateOf(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : isoDate(new Date(time).toISOString());
}
