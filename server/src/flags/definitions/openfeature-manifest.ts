import type { Node } from 'jsonc-parser';
import type { FlagDefinition } from '../flag.ts';
import { type DefinitionFormat, hasKey, hasRootKey, placeOf, unknownState } from './format.ts';
import { type FlagNode, field, flagsOfMap, stringField } from './json-tree.ts';

/**
 * The manifest of the OpenFeature CLI: `{ "flags": { key: { flagType, defaultValue, description } } }` (open-feature/cli
 * schema/v0/flag-manifest.json). It declares keys, types and the fallback for a failed evaluation; what people get is
 * decided elsewhere, so the state is never known from it.
 */
export const openfeatureManifest: DefinitionFormat = {
  id: 'openfeature-manifest',
  word: 'flag',
  mentions: (text) => hasRootKey(text, 'flags') && (hasKey(text, 'flagType') || schema.test(text)),
  recognises: (root) =>
    field(root, 'flags')?.type === 'object' &&
    (schema.test(stringField(root, '$schema') ?? '') || flagEntries(root).length > 0),
  read: (path, root) => flagEntries(root).map((entry) => definitionOf(path, entry)),
  declares: true,
};

const schema = /flag[-_]manifest\.json|openfeature-cli\/manifest/;

function flagEntries(root: Node): FlagNode[] {
  return flagsOfMap(field(root, 'flags')).filter(({ node }) => (stringField(node, 'flagType') ?? '') in types);
}

function definitionOf(path: string, flag: FlagNode): FlagDefinition {
  return {
    ...placeOf(path, 'openfeature-manifest', flag),
    type: types[stringField(flag.node, 'flagType') as keyof typeof types],
    state: unknownState,
    description: stringField(flag.node, 'description') || undefined,
  };
}

const types = {
  boolean: 'boolean',
  string: 'string',
  integer: 'number',
  float: 'number',
  object: 'object',
} as const satisfies Record<string, FlagDefinition['type']>;
