import { ts } from 'ts-morph';
import { nameOf } from './origins.ts';
import { rangeOf } from './parse.ts';
import type { RegistryEntry, RegistryFact } from './registry-fact.ts';
import { notesOf, recordOf } from './registry-notes.ts';
import type { Scopes } from './scope.ts';
import { valueExprOf, withoutTypes } from './values.ts';

export type FoundEntries = Pick<RegistryFact, 'kind' | 'entries' | 'partial'>;

/** Keys (`['a', 'b'] as const`), or records that hold one each (`[{ key: 'a', owner: 'me' }]`). */
export function entriesOfArray(node: ts.ArrayLiteralExpression, scopes: Scopes): FoundEntries | undefined {
  const elements = node.elements.filter((one) => !ts.isSpreadElement(one) && !ts.isOmittedExpression(one));
  const records = elements.map((element) => withoutTypes(element)).filter(ts.isObjectLiteralExpression);
  const partial = elements.length < node.elements.length ? { partial: true as const } : {};
  if (records.length > 0) {
    const idField = records.length === elements.length ? idFieldOf(records, scopes) : undefined;
    if (idField === undefined) return undefined;
    const entries = records.map((record, index) => recordEntry(String(index), record, record, idField, scopes));
    return { kind: 'array', entries, ...partial };
  }
  const entries: RegistryEntry[] = [];
  for (const [index, element] of elements.entries()) {
    // A name stands for a key that is declared elsewhere.
    if (!ts.isStringLiteralLike(withoutTypes(element))) return undefined;
    const key = valueExprOf(element, scopes);
    if (key.kind !== 'string') return undefined;
    const keyRange = rangeOf(element, scopes.source);
    entries.push({
      member: String(index),
      key: key.value,
      keyRange,
      range: keyRange,
      ...withNotes(notesOf(element, scopes)),
    });
  }
  return { kind: 'array', entries, ...partial };
}

/**
 * Records by name (`{ checkout: { key: 'new-checkout', default: false } }`), or values by key (`{ 'new-checkout': false }`). An
 * object of nothing but strings is a list of keys, which names tell.
 * @param certain its properties are known to be flags: strings are values too
 */
export function entriesOfObject(
  node: ts.ObjectLiteralExpression,
  scopes: Scopes,
  certain = false,
): FoundEntries | undefined {
  const named = node.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property)) return [];
    const key = keyOfName(property.name, scopes);
    return key === undefined ? [] : [{ property, key, value: withoutTypes(property.initializer) }];
  });
  const partial = named.length < node.properties.length ? { partial: true as const } : {};
  const records = named.flatMap(({ value }) => (ts.isObjectLiteralExpression(value) ? [value] : []));
  if (records.length > 0 && !certain) {
    if (records.length < named.length) return undefined;
    const idField = idFieldOf(records, scopes);
    if (idField === undefined && !records.some((record) => recordOf(record, scopes).isFlag)) return undefined;
    const entries = named.map(({ property, key, value }) =>
      idField === undefined
        ? ownKeyEntry(property, key, value as ts.ObjectLiteralExpression, scopes)
        : recordEntry(key, property, value as ts.ObjectLiteralExpression, idField, scopes),
    );
    return { kind: 'object', entries, ...partial };
  }
  if (!certain && !named.some(({ value }) => isDecision(value))) return undefined;
  if (named.some(({ value }) => !isPlain(value))) return undefined;
  const entries = named.map(({ property, key, value }): RegistryEntry => {
    const known = valueExprOf(value, scopes);
    const literal = known.kind === 'boolean' || known.kind === 'string' || known.kind === 'number' ? known : undefined;
    return {
      member: key,
      key,
      keyRange: rangeOf(property.name, scopes.source),
      range: rangeOf(property, scopes.source),
      ...(literal ? { value: literal.value, type: literal.kind } : {}),
      ...withNotes(notesOf(property, scopes)),
    };
  });
  return { kind: 'defaults', entries, ...partial };
}

/**
 * `interface FeatureFlags { newCheckout: boolean; theme?: 'dark' | 'light'; limits: Record<string, number> }`. Functions are no flags.
 */
export function entriesOfMembers(members: readonly ts.TypeElement[], scopes: Scopes): FoundEntries | undefined {
  const entries = members.flatMap((member): RegistryEntry[] => {
    if (!ts.isPropertySignature(member)) return [];
    const key = nameOf(member.name);
    if (key === undefined || member.type === undefined || ts.isFunctionTypeNode(member.type)) return [];
    return [
      {
        member: key,
        key,
        keyRange: rangeOf(member.name, scopes.source),
        range: rangeOf(member, scopes.source),
        ...valueTypeOf(member.type),
        ...withNotes(notesOf(member, scopes)),
      },
    ];
  });
  if (!entries.some((entry) => entry.type !== undefined)) return undefined;
  // An index signature allows for more than is listed.
  return { kind: 'members', entries, ...(entries.length < members.length ? { partial: true } : {}) };
}

function valueTypeOf(node: ts.TypeNode): Pick<RegistryEntry, 'type' | 'variations'> | undefined {
  if (ts.isParenthesizedTypeNode(node)) return valueTypeOf(node.type);
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return { type: 'boolean' };
  if (node.kind === ts.SyntaxKind.StringKeyword) return { type: 'string' };
  if (node.kind === ts.SyntaxKind.NumberKeyword) return { type: 'number' };
  if (ts.isLiteralTypeNode(node)) return literalType(node);
  if (!ts.isUnionTypeNode(node)) return undefined;
  const parts = node.types.filter((one) => !isNothing(one)).map(valueTypeOf);
  const type = parts[0]?.type;
  if (type === undefined || parts.some((part) => part?.type !== type)) return undefined;
  const variations = parts.flatMap((part) => part?.variations ?? []);
  return variations.length === parts.length ? { type, variations } : { type };
}

function literalType({ literal }: ts.LiteralTypeNode): Pick<RegistryEntry, 'type' | 'variations'> | undefined {
  if (ts.isStringLiteralLike(literal)) return { type: 'string', variations: [{ value: literal.text }] };
  if (literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword)
    return { type: 'boolean' };
  return undefined;
}

function isNothing(node: ts.TypeNode): boolean {
  if (node.kind === ts.SyntaxKind.UndefinedKeyword) return true;
  return ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword;
}

/** The field that holds the key in every record: a string without blanks. */
function idFieldOf(records: readonly ts.ObjectLiteralExpression[], scopes: Scopes): string | undefined {
  return idFields.find((field) =>
    records.every((record) => {
      const value = recordOf(record, scopes).fields.get(field);
      const known = value && valueExprOf(value, scopes);
      return known?.kind === 'string' && known.value !== '' && !/\s/.test(known.value);
    }),
  );
}

const idFields = ['key', 'flag', 'flagKey', 'flagName', 'id', 'name'];

function recordEntry(
  member: string,
  whole: ts.Node,
  record: ts.ObjectLiteralExpression,
  idField: string,
  scopes: Scopes,
): RegistryEntry {
  const { fields, entry } = recordOf(record, scopes);
  const id = fields.get(idField)!;
  const key = valueExprOf(id, scopes);
  return {
    member,
    key: key.kind === 'string' ? key.value : '',
    keyRange: rangeOf(id, scopes.source),
    range: rangeOf(whole, scopes.source),
    ...entry,
    ...withNotes({ ...notesOf(whole, scopes), ...entry.notes }),
  };
}

/** The name of the property is the key. */
function ownKeyEntry(
  property: ts.PropertyAssignment,
  key: string,
  record: ts.ObjectLiteralExpression,
  scopes: Scopes,
): RegistryEntry {
  const { entry } = recordOf(record, scopes);
  return {
    member: key,
    key,
    keyRange: rangeOf(property.name, scopes.source),
    range: rangeOf(property, scopes.source),
    ...entry,
    ...withNotes({ ...notesOf(property, scopes), ...entry.notes }),
  };
}

function withNotes(notes: RegistryEntry['notes']): Pick<RegistryEntry, 'notes'> {
  return notes && Object.keys(notes).length > 0 ? { notes } : {};
}

function keyOfName(name: ts.PropertyName, scopes: Scopes): string | undefined {
  if (!ts.isComputedPropertyName(name)) return nameOf(name);
  const value = valueExprOf(name.expression, scopes);
  return value.kind === 'string' ? value.value : undefined;
}

/** A boolean, or something that yields one. */
function isDecision(node: ts.Expression): boolean {
  return (
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    ts.isBinaryExpression(node) ||
    ts.isPrefixUnaryExpression(node) ||
    ts.isCallExpression(node)
  );
}

function isPlain(node: ts.Expression): boolean {
  return !(
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isClassExpression(node) ||
    ts.isJsxElement(node) ||
    ts.isJsxSelfClosingElement(node)
  );
}
