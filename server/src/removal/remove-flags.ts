import { type CancellationToken, neverCancelled } from '../core/cancellation.ts';
import type { FileChange, Refusal, SourceChange, TextEdit } from '../core/source-change.ts';
import { sortEdits } from '../core/source-change.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { FlagDefinition, Inventory, Json } from '../flags/flag.ts';
import { removeFlagDefinitions, removeFromPolicy } from './definitions.ts';
import { orphanedAssets } from './elsewhere/assets.ts';
import { removeElsewhere } from './elsewhere/remove-elsewhere.ts';
import { removeSnapshots } from './elsewhere/snapshots.ts';
import { withoutBroken } from './parsed-results.ts';
import type { FilePlan } from './plan-file.ts';
import { planFiles } from './plan-files.ts';
import type { Seed } from './values/known.ts';
import { placeOfRead, type Withheld } from './withheld.ts';

export interface RemovalRequest {
  readonly key: string;
  readonly keep: Json;
}

/** What a removal looks at. `paths` are all analysed files: a registry's member leaves only when none of them names it. */
export interface RemovalInput {
  readonly inventory: Inventory;
  readonly paths: readonly string[];
  /** Files that are not analysed, but may document a flag, set it, or be taken along by code. `text` gives theirs, too. */
  readonly beside?: readonly string[];
  /** Without it, what other files import is not known, and no export leaves. */
  readonly graph?: ModuleGraph;
  readonly withheld?: Withheld;
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
  const { plans, deleted, looks } = planFiles(requests, seedsByPath(requests, input.inventory), input, token);
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
    refused.push(...(plan.looks ?? []).map((look) => ({ path, ...look })));
  }
  for (const [path, ofFile] of looks)
    if (!deleted.has(path)) refused.push(...ofFile.map((look) => ({ path, ...look })));
  const left = { ...input, paths: input.paths.filter((path) => !deleted.has(path)) };
  const staying = removeFlagDefinitions(requests, stuck, left, edits, token);
  refused.push(...staying);
  removeFromPolicy(requests, stuck, staying, input, edits);
  refused.push(...withheldFiles(input.withheld, plans, staying));
  const keys = new Set([...stuck, ...keysOf(staying, input.inventory)]);
  refused.push(...removeElsewhere(requests, keys, left, edits));
  for (const path of input.withheld?.files.keys() ?? []) edits.delete(path);
  const assets = new Set([...orphanedAssets(input, deleted, edits), ...removeSnapshots(plans, deleted, input, edits)]);
  for (const path of assets) edits.delete(path);
  const gone = [...deleted, ...assets].map((path) => deletedFile(path, input, plans.get(path)));
  const changed = fileChanges(edits, input);
  const withheld = withoutBroken(
    changed.filter(({ path }) => edits.get(path)?.length !== plans.get(path)?.edits.length),
    input.withheld,
  );
  if (withheld) return removeFlags(requests, { ...input, withheld }, token);
  const files = [...changed, ...gone].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { title: titleOf(requests), files, refused: sortRefusals(refused) };
}

/** The keys of definitions that stay. */
function keysOf(staying: readonly Refusal[], { flags }: Inventory): string[] {
  const stays = (one: FlagDefinition) => staying.some(({ path, range }) => path === one.path && range === one.keyRange);
  return [...flags.values()].filter(({ definitions }) => definitions.some(stays)).map(({ key }) => key);
}

/** Files without a read of their own are told at their start. */
function withheldFiles(
  withheld: Withheld | undefined,
  plans: ReadonlyMap<string, FilePlan>,
  staying: readonly Refusal[],
): Refusal[] {
  const told = (path: string) =>
    (plans.get(path)?.refused.length ?? 0) > 0 || staying.some((refusal) => refusal.path === path);
  return [...(withheld?.files ?? [])].flatMap(([path, reason]) =>
    told(path) ? [] : [{ path, range: { start: 0, end: 0 }, reason }],
  );
}

/** The reads of the requested keys by file; each read once. */
function seedsByPath(requests: readonly RemovalRequest[], inventory: Inventory): Map<string, Seed[]> {
  const byPath = new Map<string, Map<string, Seed>>();
  for (const { key, keep } of requests)
    for (const read of inventory.flags.get(key)?.reads ?? []) {
      const seeds = byPath.get(read.path) ?? new Map<string, Seed>();
      byPath.set(read.path, seeds.set(placeOfRead(read), { read, keep }));
    }
  const paths = [...byPath.keys()].sort();
  return new Map(paths.map((path) => [path, [...byPath.get(path)!.values()]]));
}

function fileChanges(edits: ReadonlyMap<string, readonly TextEdit[]>, input: RemovalInput): FileChange[] {
  return [...edits]
    .filter(([, list]) => list.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, list]) => ({ path, before: input.text(path), edits: sortEdits(list) }));
}

function deletedFile(path: string, { text, facts }: RemovalInput, plan: FilePlan | undefined): FileChange {
  const ofTest = plan?.isEmptied ? 'none of its cases is left' : 'tests a file that is deleted';
  const reason = facts(path)?.test ? ofTest : 'nothing imports it any more';
  return { path, before: text(path), edits: [], deleted: true, reason };
}

function sortRefusals(refused: readonly Refusal[]): Refusal[] {
  return [...refused].sort((a, b) => (a.path === b.path ? a.range.start - b.range.start : a.path < b.path ? -1 : 1));
}

function titleOf(requests: readonly RemovalRequest[]): string {
  const [only] = requests;
  if (requests.length === 1 && only) return `Remove flag '${only.key}', keep ${JSON.stringify(only.keep)}`;
  return `Remove ${requests.length} flags`;
}
