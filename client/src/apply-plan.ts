import * as vscode from 'vscode';
import type { Plan } from '../../server/src/protocol/messages.ts';
import { type ProtocolEdit, staleDocuments, withoutPreview, withPreview } from './edit-plan.ts';
import { leftAsTheyWere, offerRefused, reveal } from './places.ts';
import { followPlaces } from './places-left.ts';
import { groupedPreview } from './preview-groups.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

/** Applies a plan at once and tells what was done and what was left. Returns whether anything was applied. */
export async function applyPlan(plan: Plan, done: string): Promise<boolean> {
  if (plan.files === 0) {
    void tellNothing(plan);
    return false;
  }
  const left = followPlaces(plan.refused);
  const applied = await applyEdit(plan, { preview: false });
  left.dispose();
  if (!applied) return false;
  if (plan.cursor) await reveal(plan.cursor);
  if (left.all.length === 0) void vscode.window.showInformationMessage(done);
  else void offerRefused(left.all, `Done in part: ${leftAsTheyWere(left.all.length)}`);
  return true;
}

/**
 * Applies the edit of a plan as one undo step over all its files, through the refactor preview where asked. Refused when an open
 * document moved on since. Returns whether anything was applied; why not is told, but for a preview that was dismissed.
 * @param options.save whether changed files are saved, as after any refactoring (`files.refactoring.autoSave`)
 */
export async function applyEdit(
  { edit: planned }: Plan,
  { preview, save = true }: { preview: boolean; save?: boolean },
): Promise<boolean> {
  const edit = preview ? withPreview(planned as ProtocolEdit) : withoutPreview(planned as ProtocolEdit);
  const [stale] = staleDocuments(edit, openVersion);
  if (stale !== undefined) {
    const name = vscode.workspace.asRelativePath(vscode.Uri.parse(stale));
    void vscode.window.showWarningMessage(
      `${name} was edited in the meantime, so nothing was changed. Run the command again.`,
    );
    return false;
  }
  const apply = () => vscode.workspace.applyEdit(toWorkspaceEdit(edit), { isRefactoring: save });
  const applied = await (preview ? groupedPreview(apply) : apply());
  // The editor does not tell a dismissed preview from an edit that it could not apply.
  if (!applied && !preview)
    void vscode.window.showErrorMessage('The editor could not apply the change. Nothing was changed.');
  return applied;
}

/** Tells that a plan has no edit, with the places that it left. */
async function tellNothing(plan: Plan): Promise<void> {
  if (plan.refused.length === 0)
    void vscode.window.showInformationMessage(`${plan.title}: there is nothing to change.`);
  else await offerRefused(plan.refused, `${plan.title}: nothing was changed. ${leftAsTheyWere(plan.refused.length)}`);
}

function openVersion(uri: string): number | undefined {
  const key = vscode.Uri.parse(uri).toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key)?.version;
}
