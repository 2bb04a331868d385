import type { Node } from 'jsonc-parser';
import type { FlagDefinition } from '../flag.ts';
import {
  constantState,
  type DefinitionFormat,
  type DefinitionState,
  hasKey,
  hasRootKey,
  placeOf,
  unknownState,
  varyingState,
} from './format.ts';
import {
  booleanField,
  entriesOf,
  type FlagNode,
  field,
  flagsOfList,
  isEmpty,
  itemsOf,
  numberField,
  stringField,
} from './json-tree.ts';
import { lifecycleOf } from './metadata.ts';

/**
 * Flipt's `features.yaml` (or `.json`): `{ version, namespace, flags: [{ key, name, type, enabled, variants, rules, rollouts, metadata }],
 * segments }` (flipt-io/flipt core/validation/flipt.cue), one namespace a document.
 *
 * A boolean flag without rollouts yields `enabled`; so does what a rollout of 100 % in front says. A variant flag that is enabled
 * without rules yields the key of its default variant; disabled, or without a default, it yields what the code falls back to.
 */
export const flipt: DefinitionFormat = {
  id: 'flipt',
  word: 'flag',
  mentions: (text) =>
    hasRootKey(text, 'flags') && hasKey(text, 'key') && (hasKey(text, 'enabled') || text.includes('_FLAG_TYPE')),
  recognises: (root) => {
    const flags = flagsOfList(field(root, 'flags'), 'key');
    return (
      flags.some(({ node }) => isFlag(node)) &&
      itemsOf(field(root, 'flags')).every((item) => isFlag(item) || isBeingTyped(item)) &&
      (field(root, 'namespace') !== undefined ||
        field(root, 'version') !== undefined ||
        field(root, 'segments') !== undefined ||
        flags.some(({ node }) => flagTypes.has(stringField(node, 'type') ?? '')))
    );
  },
  read(path, root) {
    const namespace = field(root, 'namespace');
    const scope = namespace?.type === 'string' ? (namespace.value as string) : stringField(namespace, 'key');
    return flagsOfList(field(root, 'flags'), 'key').map((flag) => definitionOf(path, flag, scope));
  },
};

const flagTypes = new Set(['BOOLEAN_FLAG_TYPE', 'VARIANT_FLAG_TYPE']);

/** `- `, `- key: new-checkout`, `- key: new-checkout` and a name: the other flags are still what they were. */
function isBeingTyped(item: Node): boolean {
  return item.type === 'null' || entriesOf(item).every(({ key }) => key === 'key' || key === 'name');
}

function isFlag(node: Node): boolean {
  const type = field(node, 'type');
  if (type) return flagTypes.has(String(type.value));
  return (
    stringField(node, 'name') !== undefined && booleanField(node, 'enabled') !== undefined && !field(node, 'state')
  );
}

function definitionOf(path: string, flag: FlagNode, scope: string | undefined): FlagDefinition {
  const { node } = flag;
  const isBoolean = stringField(node, 'type') === 'BOOLEAN_FLAG_TYPE';
  const variants = itemsOf(field(node, 'variants')).map((one) => stringField(one, 'key') ?? '');
  const lifecycle = lifecycleOf(field(node, 'metadata'));
  return {
    ...placeOf(path, 'flipt', flag),
    type: isBoolean ? 'boolean' : 'string',
    state: isBoolean ? booleanState(node) : variantState(node),
    ...(!isBoolean && { variations: variants.map((name) => ({ name, value: name })) }),
    ...(scope && { scope }),
    ...lifecycle,
    description: stringField(node, 'description') || lifecycle.description,
  };
}

function booleanState(flag: Node): DefinitionState {
  const enabled = booleanField(flag, 'enabled') ?? false;
  const rollouts = itemsOf(field(flag, 'rollouts'));
  const first = field(rollouts[0], 'threshold');
  if (rollouts.length === 0) return constantState(enabled, `Flipt: ${enabled ? 'enabled' : 'disabled'}, no rollouts`);
  if (numberField(first, 'percentage') !== 100) return varyingState;
  return constantState(booleanField(first, 'value') ?? false, 'Flipt: rolled out to everybody');
}

function variantState(flag: Node): DefinitionState {
  if (booleanField(flag, 'enabled') !== true) return unknownState;
  if (!isEmpty(field(flag, 'rules'))) return varyingState;
  const fallback = itemsOf(field(flag, 'variants')).find((one) => booleanField(one, 'default') === true);
  return constantState(stringField(fallback, 'key'), 'Flipt: enabled, no rules');
}
