import type { Node } from 'jsonc-parser';
import { own } from '../../core/own.ts';
import { UserError } from '../../core/user-error.ts';
import type { FlagValue } from '../flag.ts';
import { field, itemsOf, stringField } from './json-tree.ts';

/** Where a new entry goes, and what it says: in a map under its key, in a list by itself. */
export interface NewEntry {
  readonly container: Node;
  readonly key: string | undefined;
  readonly values: readonly Record<string, unknown>[] | readonly FlagValue[];
}

/** True for files that people write: a flag can be defined there. Those of vendors' tools are exported again instead. */
export function takesDefinitions(source: string): boolean {
  return source.startsWith('typescript-') || Object.hasOwn(templates, source);
}

/**
 * What defines a flag in a format, so that everybody gets `value`, what the code falls back to today.
 * @throws UserError where the file has no place for flags, or is written by a vendor's tools and not by people.
 */
export function newEntries(source: string, root: Node, key: string, value: FlagValue): NewEntry[] {
  const template = own(templates, source);
  if (!template)
    throw new UserError(
      `'${key}' cannot be defined here: the file comes from where the flags are kept. Create the flag there, then export again.`,
    );
  return template(root, key, value);
}

type Template = (root: Node, key: string, value: FlagValue) => NewEntry[];

const templates: Readonly<Record<string, Template>> = {
  flagd(root, key, value) {
    const spec = field(root, 'spec');
    const flags = place(field(spec, 'flagSpec') ?? field(spec, 'featureFlagSpec') ?? root, 'flags');
    const isBoolean = typeof value === 'boolean';
    const flag = {
      state: 'ENABLED',
      variants: isBoolean ? { on: true, off: false } : { default: value },
      defaultVariant: isBoolean ? (value ? 'on' : 'off') : 'default',
    };
    return [entryIn(flags, key, flag)];
  },
  'openfeature-manifest'(root, key, value) {
    const number = Number.isInteger(value) ? 'integer' : 'float';
    const flagType = typeof value === 'number' ? number : typeof value;
    return [entryIn(place(root, 'flags'), key, { flagType, defaultValue: value })];
  },
  'unleash-export'(root, key) {
    const features = place(root, 'features');
    const project = stringField(features.children?.at(-1), 'project') ?? 'default';
    const environments = field(root, 'featureEnvironments');
    const names = new Set(itemsOf(environments).map((row) => stringField(row, 'environment')));
    const rows = [...names]
      .filter((name) => name !== undefined)
      .map((environment) => ({ featureName: key, environment, enabled: false }));
    return [
      { container: features, key: undefined, values: [{ name: key, type: 'release', project, stale: false }] },
      ...(environments ? [{ container: environments, key: undefined, values: rows }] : []),
    ];
  },
  'unleash-features': (root, key) => [
    {
      container: place(root, 'features'),
      key: undefined,
      values: [{ name: key, enabled: false, strategies: [{ name: 'default' }] }],
    },
  ],
  'launchdarkly-file'(root, key, value) {
    const values = field(root, 'flagValues');
    if (values) return [{ container: values, key, values: [value] }];
    const variations = typeof value === 'boolean' ? [true, false] : [value];
    const variation = value === false ? 1 : 0;
    const flag = { key, on: true, variations, fallthrough: { variation }, offVariation: variation, version: 1 };
    return [entryIn(place(root, 'flags'), key, flag)];
  },
  growthbook: (root, key, value) => [entryIn(place(root, 'features'), key, { defaultValue: value })],
  flipt(root, key, value) {
    const flags = place(root, 'flags');
    if (typeof value !== 'boolean')
      throw new UserError(`'${key}' has a value that is no boolean: define it and its variants in Flipt by hand.`);
    return [
      { container: flags, key: undefined, values: [{ key, name: key, type: 'BOOLEAN_FLAG_TYPE', enabled: value }] },
    ];
  },
  azure(root, key, value) {
    const flags = place(place(root, 'feature_management'), 'feature_flags');
    return [{ container: flags, key: undefined, values: [{ id: key, enabled: value === true }] }];
  },
  firebase(root, key, value) {
    const type = typeof value === 'boolean' ? 'BOOLEAN' : typeof value === 'number' ? 'NUMBER' : 'STRING';
    return [entryIn(place(root, 'parameters'), key, { defaultValue: { value: String(value) }, valueType: type })];
  },
  split(root, key, value) {
    const treatment = typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
    return [{ container: root, key: undefined, values: [{ [key]: { treatment } }] }];
  },
};

/** Under its key in a map; with its key as a field in a list. */
function entryIn(container: Node, key: string, value: Record<string, unknown>): NewEntry {
  return container.type === 'array'
    ? { container, key: undefined, values: [{ key, ...value }] }
    : { container, key, values: [value] };
}

function place(node: Node, name: string): Node {
  const found = field(node, name);
  if (found?.type !== 'object' && found?.type !== 'array')
    throw new UserError(`The file has no "${name}" to which a flag could be added.`);
  return found;
}
