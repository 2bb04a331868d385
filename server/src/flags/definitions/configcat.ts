import type { Node } from 'jsonc-parser';
import type { FlagDefinition } from '../flag.ts';
import {
  constantState,
  type DefinitionFormat,
  type DefinitionState,
  placeOf,
  type Reference,
  variationOf,
  varyingState,
} from './format.ts';
import {
  entriesOf,
  type FlagNode,
  field,
  flagsOfMap,
  isEmpty,
  itemsOf,
  numberField,
  scalar,
  stringField,
} from './json-tree.ts';

/**
 * ConfigCat's config JSON: version 6, `{ p, s, f: { key: { t, v: { b | s | i | d }, r, p, a, i } } }` (configcat/config-json
 * V6/config.schema.json), and version 5, whose `v` is the value itself. A setting without targeting rules (`r`) and percentage
 * options (`p`) yields its value to everybody.
 */
export const configcat: DefinitionFormat = {
  id: 'configcat',
  word: '"f"',
  mentions: (text) => text.includes('"f"') && text.includes('"v"') && (text.includes('"t"') || text.includes('"i"')),
  recognises: (root) => {
    const settings = flagsOfMap(field(root, 'f'));
    return settings.length > 0 && settings.every(({ node }) => isSetting(node));
  },
  read: (path, root) =>
    flagsOfMap(field(root, 'f'))
      .filter(({ node }) => isSetting(node))
      .map((setting) => definitionOf(path, setting)),
  references: (root) =>
    flagsOfMap(field(root, 'f')).flatMap(({ node }) =>
      itemsOf(field(node, 'r'))
        .flatMap((rule) => itemsOf(field(rule, 'c')))
        .flatMap((condition): Reference[] => {
          const keyNode = field(field(condition, 'p'), 'f');
          return keyNode?.type === 'string' ? [{ key: keyNode.value as string, keyNode }] : [];
        }),
    ),
};

/** All its fields are known, and so is its type. */
function isSetting(node: Node): boolean {
  return (
    settingValue(node) !== undefined &&
    (numberField(node, 't') !== undefined || stringField(node, 'i') !== undefined) &&
    entriesOf(node).every(({ key }) => ['t', 'v', 'r', 'p', 'a', 'i'].includes(key))
  );
}

function definitionOf(path: string, setting: FlagNode): FlagDefinition {
  const { node } = setting;
  const options = [
    node,
    ...itemsOf(field(node, 'p')),
    ...itemsOf(field(node, 'r')).flatMap((rule) => [
      ...(settingValue(rule) ? [rule] : []),
      ...(field(rule, 's') ? [field(rule, 's')!] : []),
      ...itemsOf(field(rule, 'p')),
    ]),
  ];
  const values = new Map(options.map((option) => [scalar(settingValue(option)), settingValue(option)]));
  return {
    ...placeOf(path, 'configcat', setting),
    type: types[numberField(node, 't') ?? -1] ?? 'unknown',
    state: stateOf(node),
    variations: [...values.values()].filter((value) => value !== undefined).map((one) => variationOf(undefined, one)),
  };
}

const types = ['boolean', 'string', 'number', 'number'] as const;

/** Version 6 wraps the value in a field named for its type. */
function settingValue(option: Node): Node | undefined {
  const value = field(option, 'v');
  if (value?.type !== 'object') return scalar(value) === undefined ? undefined : value;
  return ['b', 's', 'i', 'd'].map((name) => field(value, name)).find((one) => one !== undefined);
}

function stateOf(setting: Node): DefinitionState {
  if (!isEmpty(field(setting, 'r')) || !isEmpty(field(setting, 'p'))) return varyingState;
  return constantState(scalar(settingValue(setting)), 'ConfigCat: no targeting rules or percentages');
}
