import { type CancellationToken, neverCancelled, throwIfCancelled } from '../core/cancellation.ts';
import { isTemplatePath } from '../core/snapshot.ts';
import type { FileChange, Refusal, SourceChange, TextEdit } from '../core/source-change.ts';
import { applyEdits, sortEdits } from '../core/source-change.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { FlagRead, Inventory } from '../flags/flag.ts';
import { removeFlagDefinitions, removeFromPolicy } from './definitions.ts';
import type { Json, Seed } from './known.ts';
import { type Gone, nothingGone, orphanSearch } from './orphaned-modules.ts';
import { type FilePlan, planFile } from './plan-file.ts';

export interface RemovalRequest {
  readonly key: string;
  readonly keep: Json;
}

/** What a removal looks at. `paths` are all analysed files: a registry's member leaves only when none of them names it. */
export interface RemovalInput {
  readonly inventory: Inventory;
  readonly paths: readonly string[];
  /** Without it, what other files import is not known, and no export leaves. */
  readonly graph?: ModuleGraph;
  text(path: string): string | undefined;
  facts(path: string): FileFacts | undefined;
}

/**
 * Removes flags over all files, each fixed at the value that is kept: reads are folded, what became unused leaves (exports and
 * files that nobody imports any more included), and a definition leaves when no read of its key is left. What cannot be folded with certainty stays and is told in `refused`;
 * a key that is neither read nor defined changes nothing.
 *
 * @throws Cancelled when the token says so.
 */
export function removeFlags(
  requests: readonly RemovalRequest[],
  input: RemovalInput,
  token: CancellationToken = neverCancelled,
): SourceChange {
  const { plans, deleted } = planFiles(requests, input, token);
  const edits = new Map<string, TextEdit[]>();
  const refused: Refusal[] = [];
  const stuck = new Set<string>();
  for (const [path, plan] of plans) {
    if (deleted.has(path)) continue;
    edits.set(path, [...plan.edits]);
    for (const { seed, reason } of plan.refused) {
      stuck.add(seed.read.key);
      refused.push({ path, range: seed.read.range, reason });
    }
  }
  const left = { ...input, paths: input.paths.filter((path) => !deleted.has(path)) };
  const staying = removeFlagDefinitions(requests, stuck, left, edits, token);
  refused.push(...staying);
  removeFromPolicy(requests, stuck, staying, input, edits);
  const gone = [...deleted].map((path): FileChange => ({ path, before: input.text(path), edits: [], deleted: true }));
  const files = [...fileChanges(edits, input), ...gone].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { title: titleOf(requests), files, refused: sortRefusals(refused) };
}

interface FilePlans {
  readonly plans: ReadonlyMap<string, FilePlan>;
  readonly deleted: ReadonlySet<string>;
}

/** Plans every file that reads the flags, then every file whose exports lost their last user by that, until nothing follows. */
function planFiles(requests: readonly RemovalRequest[], input: RemovalInput, token: CancellationToken): FilePlans {
  const seeds = seedsByPath(requests, input.inventory);
  const plans = new Map<string, FilePlan>();
  const deleted = new Set<string>();
  const texts = new Map<string, string | undefined>();
  const done = new Map<string, Gone>();
  const orphansAfter = orphanSearch(input);
  const plan = (path: string, gone: Gone): void => {
    throwIfCancelled(token);
    const made = planOf(path, seeds.get(path) ?? [], gone, input);
    plans.set(path, made);
    done.set(path, gone);
    if (made.edits.length > 0) texts.set(path, applyEdits(input.text(path)!, made.edits));
  };
  for (const path of seeds.keys()) plan(path, nothingGone);
  for (let grew = plans.size > 0; grew; ) {
    grew = false;
    const { files, gone } = orphansAfter(texts);
    for (const path of files) {
      grew ||= !deleted.has(path);
      deleted.add(path);
      texts.set(path, undefined);
    }
    for (const [path, more] of gone) {
      const all = united(done.get(path) ?? nothingGone, more);
      if (deleted.has(path) || all === done.get(path)) continue;
      plan(path, all);
      grew = true;
    }
  }
  return { plans, deleted };
}

/** The first one itself where the second one brings nothing new. */
function united(known: Gone, more: Gone): Gone {
  const exports = new Set([...known.exports, ...more.exports]);
  const specifiers = new Set([...known.specifiers, ...more.specifiers]);
  const same = exports.size === known.exports.size && specifiers.size === known.specifiers.size;
  return same ? known : { exports, specifiers };
}

function planOf(path: string, seeds: readonly Seed[], gone: Gone, input: RemovalInput): FilePlan {
  const obstacle = obstacleOf(path, input);
  if (obstacle === undefined) return planFile(path, input.text(path)!, seeds, gone);
  return { edits: [], refused: seeds.map((seed) => ({ seed, reason: obstacle })) };
}

/** The reads of the requested keys by file; each read once. */
function seedsByPath(requests: readonly RemovalRequest[], inventory: Inventory): Map<string, Seed[]> {
  const byPath = new Map<string, Map<string, Seed>>();
  for (const { key, keep } of requests)
    for (const read of inventory.flags.get(key)?.reads ?? []) {
      const seeds = byPath.get(read.path) ?? new Map<string, Seed>();
      byPath.set(read.path, seeds.set(placeOf(read), { read, keep }));
    }
  const paths = [...byPath.keys()].sort();
  return new Map(paths.map((path) => [path, [...byPath.get(path)!.values()]]));
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
