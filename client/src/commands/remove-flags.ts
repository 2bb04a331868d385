import {
  type FlagView,
  type FolderFlags,
  methods,
  type Overview,
  type Plan,
  type RefusedPlace,
  type RemovalRequest,
} from '../../../server/src/protocol/messages.ts';
import { applyFormatted } from '../apply-formatted.ts';
import { applyEdit } from '../apply-plan.ts';
import { ask } from '../ask.ts';
import { filesOf, mergePlans, type ProtocolEdit } from '../edit-plan.ts';
import { formatsChanges } from '../format-changes.ts';
import { followPlaces } from '../places-left.ts';
import type { Parts } from './parts.ts';
import { namesOf, type Removal, removalWords } from './removal.ts';
import { removeOnBranches } from './remove-on-branches.ts';
import { tellNothing, tellRemoved } from './tell-removal.ts';

export interface RemovalOptions {
  /** Left out: the refactor preview is shown. */
  preview?: boolean;
  /** Formats the lines that change; left out: as the setting says. */
  format?: boolean;
  /** A branch and a commit for each flag, without a preview. */
  branches?: boolean;
}

/** The flags as the server knows them now: the views may lag behind by a moment. `undefined` when the user cancelled. */
export async function currentFlags({ server }: Pick<Parts, 'server'>): Promise<FolderFlags[] | undefined> {
  const overview = await ask<Overview>(server, 'Looking for flags', methods.overview, undefined);
  return overview?.flags;
}

/** Plans the removals over all folders, shows them in the refactor preview, applies them as one step, and tells what is left. */
export async function removeFlags(
  parts: Parts,
  removals: readonly Removal[],
  { preview = true, format = formatsChanges(), branches = false }: RemovalOptions = {},
): Promise<boolean> {
  if (branches) return removeOnBranches(parts, removals, { format });
  const plan = await planRemovals(parts, removals);
  if (plan === undefined) return false;
  const left = followPlaces(plan.refused);
  if (plan.files === 0) {
    void tellNothing(parts, removals, left);
    return false;
  }
  if (!(await (format ? applyFormatted(plan, preview) : applyEdit(plan, { preview })))) {
    left.dispose();
    return false;
  }
  await parts.server.filesChanged(filesOf(plan.edit as ProtocolEdit));
  left.add(await stillThere(parts, removals, left.all));
  const done = {
    names: namesOf(removals),
    flags: removals.map(removalWords),
    ...(plan.types && { types: plan.types }),
  };
  void tellRemoved(parts, done, left);
  return true;
}

/** One plan for all folders. `undefined` when the user cancelled. */
async function planRemovals(
  { server }: Pick<Parts, 'server'>,
  removals: readonly Removal[],
): Promise<Plan | undefined> {
  const plans: Plan[] = [];
  for (const request of requests(removals)) {
    const plan = await ask<Plan>(server, `Removing ${namesOf(removals)}`, methods.planRemoval, request);
    if (plan === undefined) return undefined;
    plans.push(plan);
  }
  return mergePlans(plans);
}

/** What of the flags is there though no reason was given: edits that were left out in the preview. */
async function stillThere(
  parts: Parts,
  removals: readonly Removal[],
  refused: readonly RefusedPlace[],
): Promise<RefusedPlace[]> {
  const folders = await currentFlags(parts);
  const flags = (folders ?? []).flatMap(({ folder, flags }) =>
    flags.filter(({ key }) => removals.some((one) => one.key === key && one.folder === folder)),
  );
  const places = flags.flatMap((flag: FlagView) => [...flag.definitions, ...flag.reads]);
  const isTold = ({ uri, range }: (typeof places)[number]) =>
    refused.some(
      (one) => one.uri === uri && one.range.start.line <= range.end.line && range.start.line <= one.range.end.line,
    );
  return places
    .filter((place) => !isTold(place))
    .map(({ uri, path, range }) => ({ uri, path, range, reason: 'It is still here: its edit was left out.' }));
}

function requests(removals: readonly Removal[]): RemovalRequest[] {
  const folders = new Map<string, RemovalRequest>();
  for (const { folder, key, keep } of removals) {
    const request = folders.get(folder) ?? { folder, flags: [] };
    request.flags.push({ key, keep });
    folders.set(folder, request);
  }
  return [...folders.values()];
}
