import { type CancellationToken, throwIfCancelled } from '../core/cancellation.ts';
import { applyEdits, type Refusal, sortEdits, type TextEdit } from '../core/source-change.ts';
import { contains, overlaps } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import { removeDefinitions } from '../flags/definitions/edit.ts';
import type { FlagDefinition } from '../flags/flag.ts';
import { removePolicyEntries } from '../flags/policy-places.ts';
import { policyPath } from '../policy/policy-file.ts';
import type { RemovalInput, RemovalRequest } from './remove-flags.ts';

/**
 * Adds the edits that delete the definitions of removed flags to `edits`, and returns why a definition stays: a read of its
 * key was refused, or, for a member of a registry in code, something else still names the member.
 */
export function removeFlagDefinitions(
  requests: readonly RemovalRequest[],
  stuck: ReadonlySet<string>,
  input: RemovalInput,
  edits: Map<string, TextEdit[]>,
  token: CancellationToken,
): Refusal[] {
  const refused: Refusal[] = [];
  const going = new Map<string, FlagDefinition[]>();
  for (const { key } of requests)
    for (const definition of input.inventory.flags.get(key)?.definitions ?? []) {
      throwIfCancelled(token);
      const reason = whyItStays(definition, stuck, input, edits);
      if (reason !== undefined) refused.push({ path: definition.path, range: definition.keyRange, reason });
      else going.set(definition.path, [...(going.get(definition.path) ?? []), definition]);
    }
  for (const [path, definitions] of going) {
    const text = input.text(path);
    if (text === undefined) continue;
    const { cuts, refusal } = cutsOf(definitions, text);
    const folds = (edits.get(path) ?? []).filter((fold) => !cuts.some((cut) => contains(cut.range, fold.range)));
    refused.push(
      ...(refusal === undefined ? [] : definitions.map((one) => ({ path, range: one.keyRange, reason: refusal }))),
    );
    if (cuts.some((cut) => folds.some((fold) => overlaps(cut.range, fold.range))))
      refused.push(...definitions.map((one) => ({ path, range: one.keyRange, reason: entangled(one.key) })));
    else edits.set(path, sortEdits([...folds, ...cuts]));
  }
  return refused;
}

/** What the policy says of flags goes with them, where nothing of them stays. */
export function removeFromPolicy(
  requests: readonly RemovalRequest[],
  stuck: ReadonlySet<string>,
  staying: readonly Refusal[],
  input: RemovalInput,
  edits: Map<string, TextEdit[]>,
): void {
  const text = input.text(policyPath);
  if (text === undefined) return;
  const stays = (one: FlagDefinition) => staying.some(({ path, range }) => path === one.path && range === one.keyRange);
  const gone = requests.filter(
    ({ key }) => !stuck.has(key) && input.inventory.flags.get(key)?.definitions.some(stays) === false,
  );
  const cuts = removePolicyEntries(new Set(gone.map(({ key }) => key)), text);
  if (cuts.length > 0) edits.set(policyPath, cuts);
}

/** What takes the definitions out of their file, or why nothing can. */
function cutsOf(definitions: readonly FlagDefinition[], text: string): { cuts: TextEdit[]; refusal?: string } {
  try {
    return { cuts: removeDefinitions(definitions, text) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { cuts: [], refusal: error.message };
  }
}

function entangled(key: string): string {
  return `The definition of '${key}' stays, because a read stands inside of it; remove the flag again after this change.`;
}

function whyItStays(
  definition: FlagDefinition,
  stuck: ReadonlySet<string>,
  input: RemovalInput,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
): string | undefined {
  const kept = input.withheld?.files.get(definition.path);
  if (kept !== undefined) return kept;
  if (stuck.has(definition.key))
    return `The definition of '${definition.key}' stays, because a read of it was left; fold that read, then delete it.`;
  if (!definition.source.startsWith('typescript-')) return undefined;
  const mention = findMention(definition, input, edits);
  return mention === undefined
    ? undefined
    : `The definition of '${definition.key}' stays, because ${mention} still names it; look there, then delete it.`;
}

/** The first place, as `path:line`, that names a member of a registry in the text as it will be. */
function findMention(
  definition: FlagDefinition,
  input: RemovalInput,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
): string | undefined {
  const names = mentionsOf(definition);
  for (const path of input.paths) {
    if (!mayName.test(path)) continue;
    const before = input.text(path);
    if (before === undefined || !names.hint.some((hint) => before.includes(hint))) continue;
    const own = path === definition.path ? blank(before, definition.range.start, definition.range.end) : before;
    const after = applyEdits(own, edits.get(path) ?? []);
    const found = names.pattern.exec(after);
    if (found && (!names.group || new RegExp(`\\b${escapeRegExp(names.group)}\\b`).test(after)))
      return `${path}:${after.slice(0, found.index).split(/\r\n|\r|\n/).length}`;
  }
  return undefined;
}

/** Code, and what can name a constant of code: markup of components. */
const mayName = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx|html)$/;

interface Mentions {
  readonly hint: readonly string[];
  readonly pattern: RegExp;
  /** Only files that name the registry as well. */
  readonly group?: string;
}

/** How code names the member: `Flags.member` or `Flags['member']` for a group, the quoted key for a union. */
function mentionsOf({ key, source, registry }: FlagDefinition): Mentions {
  if (!registry || source === 'typescript-union') return quoted(key);
  const last = escapeRegExp(registry.member.split('.').at(-1)!);
  return {
    hint: [registry.name],
    pattern: new RegExp(`\\.\\s*${last}\\b|\\[\\s*['"\`]${last}['"\`]\\s*\\]`),
    group: registry.name,
  };
}

function quoted(key: string): Mentions {
  return { hint: [key], pattern: new RegExp(`(['"\`])${escapeRegExp(key)}\\1`) };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
}
