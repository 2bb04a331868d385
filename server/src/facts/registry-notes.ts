import { ts } from 'ts-morph';
import { nameOf } from './origins.ts';
import type { RegistryEntry } from './registry-fact.ts';
import type { Scopes } from './scope.ts';
import { valueExprOf, withoutTypes } from './values.ts';

/** The literal fields of a record that stands for a flag. */
export interface FlagRecord {
  readonly fields: ReadonlyMap<string, ts.Expression>;
  readonly entry: Pick<RegistryEntry, 'type' | 'value' | 'variations' | 'notes'>;
  /** Some field is one that records of flags have. */
  readonly isFlag: boolean;
}

/** `{ default: false, owner: 'team', expires: '2026-01-01' }` */
export function recordOf(record: ts.ObjectLiteralExpression, scopes: Scopes): FlagRecord {
  const fields = new Map<string, ts.Expression>();
  for (const property of record.properties) {
    const name = property.name === undefined ? undefined : nameOf(property.name);
    if (name !== undefined && ts.isPropertyAssignment(property)) fields.set(name, withoutTypes(property.initializer));
  }
  const notes: Record<string, string> = {};
  for (const [field, value] of fields) {
    const note = noteNames.get(plain(field));
    const text = note === undefined ? undefined : textOf(value, scopes);
    if (note !== undefined && text !== undefined) notes[note] ??= text;
    if (plain(field) === 'permanent' && value.kind === ts.SyntaxKind.TrueKeyword) notes.kind ??= 'permanent';
  }
  const value = [...fields].find(([field]) => valueNames.has(field))?.[1];
  const known = value && valueExprOf(value, scopes);
  const literal = known?.kind === 'boolean' || known?.kind === 'string' || known?.kind === 'number' ? known : undefined;
  const told = valueTypes.find((type) => type === notes.kind);
  if (told) delete notes.kind;
  const type = told ?? literal?.kind;
  const variations = variationsOf(fields.get('options') ?? fields.get('variations') ?? fields.get('variants'), scopes);
  return {
    fields,
    entry: {
      ...(type ? { type } : {}),
      ...(literal ? { value: literal.value } : {}),
      ...(variations.length > 0 ? { variations } : {}),
      ...(Object.keys(notes).length > 0 ? { notes } : {}),
    },
    isFlag: value !== undefined || Object.keys(notes).length > 0,
  };
}

const valueTypes = ['boolean', 'string', 'number', 'object'] as const;

const valueNames = new Set(['default', 'defaultValue', 'enabled', 'value', 'fallback', 'initial', 'enabledByDefault']);

const noteWords: Readonly<Record<string, string>> = {
  owner: 'owner owners team ownedby maintainer contact codeowner',
  created: 'created createdat createdon added addedon introduced dateadded creationdate',
  expires:
    'expires expiry expiresat expireson expire expirydate expirationdate expiration removeby removeafter sunset until deadline',
  description: 'description desc summary',
  kind: 'type kind category flagtype',
};

const noteNames = new Map(
  Object.entries(noteWords).flatMap(([note, names]) => names.split(' ').map((name) => [name, note] as const)),
);

function plain(field: string): string {
  return field.toLowerCase().replace(/[^a-z]/g, '');
}

/** A string, or the string behind `new Date('2026-01-01')`; of a list of strings all of them. */
function textOf(value: ts.Expression, scopes: Scopes): string | undefined {
  if (ts.isNewExpression(value) && ts.isIdentifier(value.expression) && value.expression.text === 'Date') {
    const argument = value.arguments?.[0];
    return argument && ts.isStringLiteralLike(argument) ? argument.text : undefined;
  }
  if (ts.isArrayLiteralExpression(value)) {
    const parts = value.elements.map((element) => textOf(element, scopes));
    return parts.length > 0 && parts.every((part) => part !== undefined) ? parts.join(', ') : undefined;
  }
  const known = valueExprOf(value, scopes);
  return known.kind === 'string' ? known.value : undefined;
}

/** `['a', 'b']` or `[{ value: 'a', label: 'A' }]`; empty where one of them cannot be told. */
export function variationsOf(
  node: ts.Expression | undefined,
  scopes: Scopes,
): NonNullable<RegistryEntry['variations']> {
  if (node === undefined || !ts.isArrayLiteralExpression(node)) return [];
  const found = node.elements.map((element) => {
    const known = valueExprOf(element, scopes);
    const value = known.kind === 'fields' ? known.fields.value?.value : known;
    return value?.kind === 'boolean' || value?.kind === 'string' || value?.kind === 'number' ? value : undefined;
  });
  return found.every((one) => one !== undefined) ? found.map((one) => ({ value: one.value })) : [];
}

/** What the comment above an entry says: its first sentence, and tags (`@owner team`, `@expires 2026-01-01`). */
export function notesOf(node: ts.Node, { source }: Scopes): Record<string, string> {
  const comments = ts.getLeadingCommentRanges(source.text, node.pos) ?? [];
  const notes: Record<string, string> = {};
  const last = comments.at(-1);
  if (last === undefined) return notes;
  // Comments of the line of what stands before belong to that.
  if (node.pos > 0 && !source.text.slice(node.pos, last.pos).includes('\n') && comments.length === 1) {
    const before = source.text[node.pos - 1];
    if (before === ',' || before === ';') return notes;
  }
  const text = source.text
    .slice(last.pos, last.end)
    .replace(/^\/\*+|\*\/$|^\/\/+/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\*|\/\/)?\s?/, '').trimEnd())
    .join('\n');
  for (const [, tag = '', value = ''] of text.matchAll(/@(\w+)[ \t:]+([^\n@]+)/g)) {
    const note = noteNames.get(plain(tag));
    if (note !== undefined) notes[note] ??= value.trim();
  }
  const said = text
    .split(/(?:^|\s)@\w/)[0]!
    .trim()
    .split(/\n\s*\n/)[0]!
    .replace(/\s+/g, ' ');
  if (said !== '') notes.description ??= said.slice(0, 300);
  return notes;
}
