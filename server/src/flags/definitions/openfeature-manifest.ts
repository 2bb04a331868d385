import type { Node } from 'jsonc-parser';
import type { FlagDefinition } from '../flag.ts';
import { type DefinitionFormat, unknownState } from './format.ts';
import { entriesOf, field, type JsonEntry, rangeOf, stringField } from './json-tree.ts';

/**
 * The manifest of the OpenFeature CLI: `{ "flags": { key: { flagType, defaultValue, description } } }` (open-feature/cli
 * schema/v0/flag-manifest.json). It declares keys, types and the fallback for a failed evaluation; what people get is
 * decided elsewhere, so the state is never known from it.
 */
export const openfeatureManifest: DefinitionFormat = {
  id: 'openfeature-manifest',
  mentions: (text) => text.includes('"flags"') && (text.includes('"flagType"') || schema.test(text)),
  recognises: (root) =>
    field(root, 'flags')?.type === 'object' &&
    (schema.test(stringField(root, '$schema') ?? '') || flagEntries(root).length > 0),
  read: (path, root) => flagEntries(root).map((entry) => definitionOf(path, entry)),
};

const schema = /flag[-_]manifest\.json|openfeature-cli\/manifest/;

function flagEntries(root: Node): JsonEntry[] {
  return entriesOf(field(root, 'flags')).filter(
    ({ key, value }) => key !== '' && (stringField(value, 'flagType') ?? '') in types,
  );
}

function definitionOf(path: string, { key, keyNode, property, value }: JsonEntry): FlagDefinition {
  return {
    key,
    path,
    keyRange: rangeOf(keyNode),
    range: rangeOf(property),
    source: 'openfeature-manifest',
    type: types[stringField(value, 'flagType') as keyof typeof types],
    state: unknownState,
    description: stringField(value, 'description') || undefined,
  };
}

const types = {
  boolean: 'boolean',
  string: 'string',
  integer: 'number',
  float: 'number',
  object: 'object',
} as const satisfies Record<string, FlagDefinition['type']>;
