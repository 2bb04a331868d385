import { type CancellationToken, neverCancelled, throwIfCancelled } from '../core/cancellation.ts';
import { isTemplatePath } from '../core/snapshot.ts';
import type { FileChange, Refusal, SourceChange, TextEdit } from '../core/source-change.ts';
import { sortEdits } from '../core/source-change.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { FlagRead, FlagValue, Inventory } from '../flags/flag.ts';
import { removeFlagDefinitions } from './definitions.ts';
import type { Seed } from './known.ts';
import { planFile } from './plan-file.ts';

export interface RemovalRequest {
  readonly key: string;
  readonly keep: FlagValue;
}

/** What a removal looks at. `paths` are all analysed files: a registry's member leaves only when none of them names it. */
export interface RemovalInput {
  readonly inventory: Inventory;
  readonly paths: readonly string[];
  text(path: string): string | undefined;
  facts(path: string): FileFacts | undefined;
}

/**
 * Removes flags over all files, each fixed at the value that is kept: reads are folded, what became unused leaves, and a
 * definition leaves when no read of its key is left. What cannot be folded with certainty stays and is told in `refused`;
 * a key that is neither read nor defined changes nothing.
 *
 * @throws Cancelled when the token says so.
 */
export function removeFlags(
  requests: readonly RemovalRequest[],
  input: RemovalInput,
  token: CancellationToken = neverCancelled,
): SourceChange {
  const edits = new Map<string, TextEdit[]>();
  const refused: Refusal[] = [];
  const stuck = new Set<string>();
  for (const [path, seeds] of seedsByPath(requests, input.inventory)) {
    throwIfCancelled(token);
    const obstacle = obstacleOf(path, input);
    const plan = obstacle === undefined ? planFile(path, input.text(path)!, seeds) : undefined;
    if (plan) edits.set(path, [...plan.edits]);
    for (const { seed, reason } of plan?.refused ?? seeds.map((seed) => ({ seed, reason: obstacle! }))) {
      stuck.add(seed.read.key);
      refused.push({ path, range: seed.read.range, reason });
    }
  }
  refused.push(...removeFlagDefinitions(requests, stuck, input, edits, token));
  return { title: titleOf(requests), files: fileChanges(edits, input), refused: sortRefusals(refused) };
}

/** The reads of the requested keys by file; each read once. */
function seedsByPath(requests: readonly RemovalRequest[], inventory: Inventory): [string, Seed[]][] {
  const byPath = new Map<string, Map<string, Seed>>();
  for (const { key, keep } of requests)
    for (const read of inventory.flags.get(key)?.reads ?? []) {
      const seeds = byPath.get(read.path) ?? new Map<string, Seed>();
      byPath.set(read.path, seeds.set(placeOf(read), { read, keep }));
    }
  return [...byPath]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, seeds]): [string, Seed[]] => [path, [...seeds.values()]]);
}

function placeOf(read: FlagRead): string {
  // One call may name several flags.
  return `${read.range.start}-${read.range.end}-${read.keyRange.start}`;
}

function obstacleOf(path: string, input: RemovalInput): string | undefined {
  if (input.text(path) === undefined) return 'The file cannot be read any more; check that it still exists.';
  const facts = input.facts(path);
  if (facts?.generated) return 'The file is generated; remove the flag from what it is generated from.';
  const host = /\.(vue|svelte|astro)$/.exec(path)?.[1];
  if (isTemplatePath(path)) return 'An Angular template shows a part by it; fold it by hand.';
  if (host !== undefined)
    return `The read is in a ${host[0]!.toUpperCase()}${host.slice(1)} file, whose markup may use it too; fold it by hand.`;
  if (facts && facts.syntaxErrors > 0) return 'The file has syntax errors; mend them first, then remove the flag.';
  return undefined;
}

function fileChanges(edits: ReadonlyMap<string, readonly TextEdit[]>, input: RemovalInput): FileChange[] {
  return [...edits]
    .filter(([, list]) => list.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, list]) => ({ path, before: input.text(path), edits: sortEdits(list) }));
}

function sortRefusals(refused: readonly Refusal[]): Refusal[] {
  return [...refused].sort((a, b) => (a.path === b.path ? a.range.start - b.range.start : a.path < b.path ? -1 : 1));
}

function titleOf(requests: readonly RemovalRequest[]): string {
  const [only] = requests;
  if (requests.length === 1 && only) return `Remove flag '${only.key}', keep ${JSON.stringify(only.keep)}`;
  return `Remove ${requests.length} flags`;
}
