import type { Node } from 'jsonc-parser';
import type { FlagDefinition } from '../flag.ts';
import { type DefinitionFormat, type DefinitionState, isoDate, unknownState, varyingState } from './format.ts';
import { entriesOf, field, isEmpty, itemsOf, rangeOf, scalar, stringField } from './json-tree.ts';

/**
 * flagd: `{ "flags": { key: { state, variants, defaultVariant, targeting, metadata } } }`, or `flags` as an array of flags
 * that carry their `key` (https://flagd.dev/schema/v0/flags.json, open-feature/flagd-schemas json/flags.json).
 *
 * Constant is only an ENABLED flag (state left out means ENABLED in older files) without targeting whose default variant
 * exists and holds a boolean, string or number. A DISABLED flag and a null default variant yield the default that stands in
 * the code at each read, so the definition itself has no value.
 */
export const flagd: DefinitionFormat = {
  id: 'flagd',
  mentions: (text) =>
    text.includes('"flags"') && (text.includes('"variants"') || text.includes('"state"') || text.includes(schema)),
  recognises: (root) =>
    field(root, 'flags') !== undefined &&
    (stringField(root, '$schema')?.includes(schema) === true ||
      flagNodes(root).some((flag) => looksLikeFlag(flag.node))),
  read(path, root) {
    const shared = field(root, 'metadata');
    return flagNodes(root)
      .filter((flag) => flag.node.type === 'object')
      .map((flag) => definitionOf(path, flag, shared));
  },
};

const schema = 'flagd.dev/schema';

interface FlagNode {
  readonly key: string;
  readonly keyNode: Node;
  /** The property of the map, or the element of the array. */
  readonly entry: Node;
  readonly node: Node;
}

function flagNodes(root: Node): FlagNode[] {
  const flags = field(root, 'flags');
  const map = entriesOf(flags).map(({ key, keyNode, property, value }) => ({
    key,
    keyNode,
    entry: property,
    node: value,
  }));
  const array = itemsOf(flags).flatMap((node) => {
    const keyNode = field(node, 'key');
    return keyNode?.type === 'string' ? [{ key: keyNode.value as string, keyNode, entry: node, node }] : [];
  });
  return [...map, ...array].filter((flag) => flag.key !== '');
}

function looksLikeFlag(node: Node): boolean {
  const state = stringField(node, 'state');
  return state === 'ENABLED' || state === 'DISABLED' || field(node, 'variants')?.type === 'object';
}

function definitionOf(path: string, flag: FlagNode, shared: Node | undefined): FlagDefinition {
  const metadata = [field(flag.node, 'metadata'), shared];
  return {
    key: flag.key,
    path,
    keyRange: rangeOf(flag.keyNode),
    range: rangeOf(flag.entry),
    source: 'flagd',
    type: typeOf(flag.node),
    state: stateOf(flag.node),
    description: pick(metadata, ['description']),
    owner: pick(metadata, ['owner', 'maintainer', 'team']),
    created: isoDate(pick(metadata, ['created', 'createdAt', 'created_at', 'createdOn'])),
    expires: isoDate(pick(metadata, ['expires', 'expiresAt', 'expires_at', 'expiry', 'expiration', 'removeBy'])),
  };
}

function stateOf(flag: Node): DefinitionState {
  const state = stringField(flag, 'state') ?? (field(flag, 'state') ? 'invalid' : 'ENABLED');
  if (state !== 'ENABLED') return unknownState;
  if (!isEmpty(field(flag, 'targeting'))) return varyingState;
  const name = stringField(flag, 'defaultVariant');
  if (name === undefined) return unknownState;
  const value = scalar(field(field(flag, 'variants'), name));
  if (value === undefined) return unknownState;
  return { kind: 'constant', value, why: 'flagd: enabled, no targeting' };
}

function typeOf(flag: Node): FlagDefinition['type'] {
  const types = new Set(entriesOf(field(flag, 'variants')).map(({ value }) => value.type));
  const [type] = types;
  if (types.size !== 1) return 'unknown';
  return type === 'boolean' || type === 'string' || type === 'number' || type === 'object' ? type : 'unknown';
}

/** The first non-empty string among these names; a flag's own metadata goes before that of the flag set. */
function pick(metadata: readonly (Node | undefined)[], names: readonly string[]): string | undefined {
  for (const bag of metadata) {
    for (const name of names) {
      const value = stringField(bag, name);
      if (value) return value;
    }
  }
  return undefined;
}
