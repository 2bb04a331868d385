import {
  type FolderFlags,
  methods,
  type Overview,
  type Plan,
  type RemovalRequest,
} from '../../../server/src/protocol/messages.ts';
import { applyPlan } from '../apply-plan.ts';
import { ask } from '../ask.ts';
import { mergePlans } from '../edit-plan.ts';
import { count } from '../words.ts';
import type { Parts } from './parts.ts';

export type FlagValue = RemovalRequest['flags'][number]['keep'];

/** A flag to remove, the folder that it lives in, and the value whose side stays. */
export interface Removal {
  folder: string;
  key: string;
  keep: FlagValue;
}

/** The flags as the server knows them now: the views may lag behind by a moment. `undefined` when the user cancelled. */
export async function currentFlags({ server }: Parts): Promise<FolderFlags[] | undefined> {
  const overview = await ask<Overview>(server, 'Looking for flags', methods.overview, undefined);
  return overview?.flags;
}

/** Plans the removals over all folders, shows them in the refactor preview, applies them as one step. */
export async function removeFlags({ server }: Parts, removals: readonly Removal[], preview = true): Promise<boolean> {
  const names = removals.map((one) => `“${one.key}”`);
  const title = names.length === 1 ? `Removing ${names[0]}` : `Removing ${count(names.length, 'flag')}`;
  const plans: Plan[] = [];
  for (const request of requests(removals)) {
    const plan = await ask<Plan>(server, title, methods.planRemoval, request);
    if (plan === undefined) return false;
    plans.push(plan);
  }
  const plan = mergePlans(plans);
  const where = `${count(plan.edits, 'edit')} in ${count(plan.files, 'file')}`;
  const what = names.length === 1 ? `Removed flag ${names[0]}` : `Removed ${names.length} flags`;
  const types = plan.types === undefined ? '' : `; ${plan.types}`;
  // In the preview the user may leave edits out, so that the plan's figures need not be what was done.
  return applyPlan(server, plan, preview, preview ? `${what}${types}.` : `${what}: ${where}${types}.`);
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
