import type { Node } from 'jsonc-parser';
import type { TextEdit } from '../../core/source-change.ts';
import { sortEdits } from '../../core/source-change.ts';
import { UserError } from '../../core/user-error.ts';
import type { FlagDefinition, FlagValue } from '../flag.ts';
import { tokensOf } from './entry-list.ts';
import { type Insertion, insertEntry } from './insert-entry.ts';
import { insertMember, insertUnionMember } from './insert-member.ts';
import { entriesOf, field, type JsonEntry, parseJson, stringField } from './json-tree.ts';

/** Where a new definition goes: a file of this format, beside these definitions of the same file (and registry). */
export interface DefinitionTarget {
  readonly source: string;
  readonly siblings: readonly FlagDefinition[];
}

/**
 * Edits that define a flag at the end of a file's definitions, in the style of its siblings. What people get stays what the
 * code falls back to today: `value` is the default at the read, and false where there is none.
 * @throws UserError when the file gives no place or no style for a new entry.
 */
export function addDefinition(target: DefinitionTarget, key: string, value: FlagValue, text: string): TextEdit[] {
  const reason = `define the flag '${key}'`;
  return sortEdits(
    insertionsFor(target, key, value, text).map(({ at, newText }) => ({
      range: { start: at, end: at },
      newText,
      kind: 'definition',
      reason,
    })),
  );
}

function insertionsFor(target: DefinitionTarget, key: string, value: FlagValue, text: string): Insertion[] {
  const sibling = target.siblings.at(-1);
  if (target.source === 'typescript-union' && sibling) return insertUnionMember(text, sibling, key);
  if (sibling?.registry) return insertMember(text, target.siblings, key);
  const { root, errors } = parseJson(text);
  if (!root || errors.length > 0) throw new UserError('The file of definitions is no valid JSON: mend it first.');
  if (target.source === 'unleash-export') return insertFeature(text, root, key);
  const flags = field(root, 'flags');
  if (!flags) throw new UserError('The file has no "flags" to which a flag could be added.');
  const last = flags.type === 'array' ? flags.children?.at(-1) : entriesOf(flags).at(-1)?.value;
  const body = target.source === 'openfeature-manifest' ? manifestFlag(value) : flagdFlag(value);
  const ordered = inOrderOf(last, flags.type === 'array' ? { key, ...body } : body);
  return insertEntry(text, tokensOf(text), flags, flags.type === 'array' ? undefined : key, ordered);
}

/** Enabled, with the value of the code as its default variant: nothing changes until somebody changes it. */
function flagdFlag(value: FlagValue): Record<string, unknown> {
  const variants = typeof value === 'boolean' ? { on: true, off: false } : { default: value };
  const defaultVariant = typeof value === 'boolean' ? (value ? 'on' : 'off') : 'default';
  return { state: 'ENABLED', variants, defaultVariant };
}

function manifestFlag(value: FlagValue): Record<string, unknown> {
  const flagType = typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'float') : typeof value;
  return { flagType, defaultValue: value };
}

/** A feature that is off, in each environment of the file; in the form that its siblings have. */
function insertFeature(text: string, root: Node, key: string): Insertion[] {
  const tokens = tokensOf(text);
  const features = field(root, 'features');
  if (features?.type !== 'array') throw new UserError('The file has no "features" to which a flag could be added.');
  const last = features.children?.at(-1);
  if (!field(root, 'featureStrategies')) {
    const feature = { name: key, enabled: false, strategies: [{ name: 'default' }] };
    return insertEntry(text, tokens, features, undefined, inOrderOf(last, feature));
  }
  const feature = { name: key, type: 'release', project: stringField(last, 'project') ?? 'default', stale: false };
  const environments = field(root, 'featureEnvironments');
  const names = new Set((environments?.children ?? []).map((row) => stringField(row, 'environment')));
  const rows = [...names].filter((name) => name !== undefined);
  const style = environments?.children?.at(-1);
  return [
    ...insertEntry(text, tokens, features, undefined, inOrderOf(last, feature)),
    ...(environments
      ? insertEntry(
          text,
          tokens,
          environments,
          undefined,
          ...rows.map((environment) => inOrderOf(style, { featureName: key, environment, enabled: false })),
        )
      : []),
  ];
}

/** The same fields, in the order in which a sibling has them. */
function inOrderOf(sibling: Node | undefined, value: Record<string, unknown>): Record<string, unknown> {
  const order = entriesOf(sibling).map((entry: JsonEntry) => entry.key);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => place(a) - place(b)));
}
