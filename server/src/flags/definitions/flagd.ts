import type { Node } from 'jsonc-parser';
import type { FlagDefinition } from '../flag.ts';
import {
  constantState,
  type DefinitionFormat,
  type DefinitionState,
  hasKey,
  hasRootKey,
  placeOf,
  typeOfNodes,
  unknownState,
  variationOf,
  varyingState,
} from './format.ts';
import { entriesOf, type FlagNode, field, flagsOfList, flagsOfMap, isEmpty, scalar, stringField } from './json-tree.ts';
import { lifecycleOf } from './metadata.ts';

/**
 * flagd: `{ "flags": { key: { state, variants, defaultVariant, targeting, metadata } } }`, or `flags` as an array of flags
 * that carry their `key` (https://flagd.dev/schema/v0/flags.json, open-feature/flagd-schemas json/flags.json); also as the
 * `spec.flagSpec` of a FeatureFlag resource of the OpenFeature operator for Kubernetes.
 *
 * Constant is only an ENABLED flag (state left out means ENABLED in older files) without targeting whose default variant
 * exists and holds a boolean, string or number. A DISABLED flag and a null default variant yield the default that stands in
 * the code at each read, so the definition itself has no value.
 */
export const flagd: DefinitionFormat = {
  id: 'flagd',
  word: 'flag',
  mentions: (text) =>
    (hasRootKey(text, 'flags') || (hasKey(text, 'flags') && /\b(flagSpec|featureFlagSpec)\b/.test(text))) &&
    (hasKey(text, 'variants') || hasKey(text, 'state') || text.includes(schema)),
  recognises: (root) => {
    const set = flagSetOf(root);
    return (
      field(set, 'flags') !== undefined &&
      (stringField(set, '$schema')?.includes(schema) === true ||
        flagNodes(set).some((flag) => looksLikeFlag(flag.node)))
    );
  },
  read(path, root) {
    const set = flagSetOf(root);
    const metadata = field(root, 'kind') ? field(root, 'metadata') : undefined;
    const scope = stringField(metadata, 'namespace') ?? stringField(field(set, 'metadata'), 'flagSetId');
    return flagNodes(set)
      .filter((flag) => flag.node.type === 'object')
      .map((flag) => ({ ...definitionOf(path, flag, field(set, 'metadata')), ...(scope && { scope }) }));
  },
};

const schema = 'flagd.dev/schema';

/** The flag set of a file: the root, or what a Kubernetes resource carries. */
function flagSetOf(root: Node): Node {
  const spec = field(root, 'spec');
  return field(spec, 'flagSpec') ?? field(spec, 'featureFlagSpec') ?? root;
}

function flagNodes(set: Node): FlagNode[] {
  const flags = field(set, 'flags');
  return [...flagsOfMap(flags), ...flagsOfList(flags, 'key')];
}

function looksLikeFlag(node: Node): boolean {
  const state = stringField(node, 'state');
  return (
    state === 'ENABLED' ||
    state === 'DISABLED' ||
    (field(node, 'variants')?.type === 'object' && field(node, 'defaultVariant') !== undefined)
  );
}

function definitionOf(path: string, flag: FlagNode, shared: Node | undefined): FlagDefinition {
  const variants = entriesOf(field(flag.node, 'variants'));
  return {
    ...placeOf(path, 'flagd', flag),
    type: typeOfNodes(variants.map(({ value }) => value)),
    state: stateOf(flag.node),
    variations: variants.map(({ key, value }) => variationOf(key, value)),
    ...lifecycleOf(field(flag.node, 'metadata'), shared),
  };
}

function stateOf(flag: Node): DefinitionState {
  const state = stringField(flag, 'state') ?? (field(flag, 'state') ? 'invalid' : 'ENABLED');
  if (state !== 'ENABLED') return unknownState;
  const targeting = field(flag, 'targeting');
  if (!isEmpty(targeting) || targeting?.type === 'null') return varyingState;
  const name = stringField(flag, 'defaultVariant');
  if (name === undefined) return unknownState;
  return constantState(scalar(field(field(flag, 'variants'), name)), 'flagd: enabled, no targeting');
}
