import type { Node } from 'jsonc-parser';
import type { FlagDefinition, FlagValue } from '../flag.ts';
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
import { booleanField, entriesOf, type FlagNode, field, flagsOfMap, isEmpty, stringField } from './json-tree.ts';

/**
 * A template of Firebase Remote Config: `{ conditions, parameters: { key: { defaultValue: { value }, conditionalValues, valueType,
 * description } }, parameterGroups }` (firebase.google.com/docs/reference/remote-config/rest/v1/RemoteConfig). Values are strings, whatever
 * the type. Constant is a parameter without conditional values; one that yields the default of the app is unknown.
 */
export const firebase: DefinitionFormat = {
  id: 'firebase',
  word: 'parameters',
  mentions: (text) =>
    hasRootKey(text, 'parameters') && (hasKey(text, 'defaultValue') || hasKey(text, 'conditionalValues')),
  recognises: (root) => {
    const parameters = parametersOf(root);
    return parameters.length > 0 && parameters.every(({ node }) => isParameter(node));
  },
  read: (path, root) =>
    parametersOf(root)
      .filter(({ node }) => isParameter(node))
      .map((parameter) => definitionOf(path, parameter)),
};

function parametersOf(root: Node): FlagNode[] {
  const groups = entriesOf(field(root, 'parameterGroups')).map(({ value }) => value);
  return [root, ...groups].flatMap((one) => flagsOfMap(field(one, 'parameters')));
}

const parameterFields = new Set(['defaultValue', 'conditionalValues', 'description', 'valueType']);

/** Other templates (of clouds, of APIs) have parameters with a plain default value. */
function isParameter(node: Node): boolean {
  const fallback = field(node, 'defaultValue');
  const values = [
    ...(fallback ? [fallback] : []),
    ...entriesOf(field(node, 'conditionalValues')).map(({ value }) => value),
  ];
  return (
    node.type === 'object' &&
    entriesOf(node).every(({ key }) => parameterFields.has(key)) &&
    (values.length > 0 || field(node, 'valueType') !== undefined) &&
    values.every((one) => one.type === 'object' && entriesOf(one).some(({ key }) => valueFields.has(key)))
  );
}

const valueFields = new Set(['value', 'useInAppDefault', 'personalizationValue', 'rolloutValue', 'experimentValue']);

function definitionOf(path: string, parameter: FlagNode): FlagDefinition {
  const { node } = parameter;
  const type = types[stringField(node, 'valueType') as keyof typeof types] ?? 'unknown';
  const fallback = field(node, 'defaultValue');
  const all = [fallback, ...entriesOf(field(node, 'conditionalValues')).map(({ value }) => value)];
  const values = new Set(all.map((one) => valueRead(stringField(one, 'value'), type)));
  return {
    ...placeOf(path, 'firebase', parameter),
    type,
    state: stateOf(node, fallback, type),
    variations: [...values].filter((value) => value !== undefined).map((value) => ({ value })),
    description: stringField(node, 'description') || undefined,
  };
}

const types = { STRING: 'string', BOOLEAN: 'boolean', NUMBER: 'number', JSON: 'object' } as const;

function stateOf(node: Node, fallback: Node | undefined, type: FlagDefinition['type']): DefinitionState {
  if (!isEmpty(field(node, 'conditionalValues'))) return varyingState;
  const text = stringField(fallback, 'value');
  if (text !== undefined) return constantState(valueRead(text, type), 'Firebase: no conditional values');
  if (!fallback || booleanField(fallback, 'useInAppDefault') === true) return unknownState;
  return varyingState;
}

/**
 * The value that a read gets. A template from before value types, and text that reads as a boolean or number, yield what the getter
 * makes of them: unknown here.
 */
function valueRead(text: string | undefined, type: FlagDefinition['type']): FlagValue | undefined {
  if (text === undefined) return undefined;
  if (type === 'boolean') return /^(1|true|t|yes|y|on)$/i.test(text);
  if (type === 'number') return text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
  const looksOtherwise =
    text === '' || /^(true|false|t|f|yes|no|y|n|on|off)$/i.test(text) || !Number.isNaN(Number(text));
  return type === 'string' && !looksOtherwise ? text : undefined;
}
