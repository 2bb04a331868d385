import * as vscode from 'vscode';
import type { Plan } from '../../server/src/protocol/messages.ts';
import { type ProtocolEdit, staleDocuments, withoutPreview, withPreview } from './edit-plan.ts';
import type { Server } from './language-client.ts';
import { leftAsTheyWere, offerRefused, reveal } from './places.ts';

/**
 * Applies a plan as one undo step over all its files, through the refactor preview where asked, and tells what was done
 * and what was left. Refused when an open document moved on since. Returns whether anything was applied.
 */
export async function applyPlan(server: Server, plan: Plan, preview: boolean, done: string): Promise<boolean> {
  if (plan.files === 0) {
    void tellNothing(plan);
    return false;
  }
  const edit = preview ? withPreview(plan.edit as ProtocolEdit) : withoutPreview(plan.edit as ProtocolEdit);
  const converted = await server.asWorkspaceEdit(edit);
  // From here to applyEdit nothing may wait, or a document could move on unseen.
  const [stale] = staleDocuments(edit, openVersion);
  if (stale !== undefined) {
    const name = vscode.workspace.asRelativePath(vscode.Uri.parse(stale));
    void vscode.window.showWarningMessage(
      `${name} was edited in the meantime, so nothing was changed. Run the command again.`,
    );
    return false;
  }
  const applied = await vscode.workspace.applyEdit(converted, { isRefactoring: true });
  if (!applied) {
    // The editor does not tell a dismissed preview from an edit that it could not apply.
    if (!preview) void vscode.window.showErrorMessage('The editor could not apply the change. Nothing was changed.');
    return false;
  }
  if (plan.cursor) await reveal(plan.cursor);
  void summarise(plan, done);
  return true;
}

async function summarise(plan: Plan, done: string): Promise<void> {
  if (plan.refused.length === 0) void vscode.window.showInformationMessage(done);
  else await offerRefused(plan.refused, `Done in part: ${leftAsTheyWere(plan.refused.length)}`);
}

async function tellNothing(plan: Plan): Promise<void> {
  if (plan.refused.length === 0)
    void vscode.window.showInformationMessage(`${plan.title}: there is nothing to change.`);
  else await offerRefused(plan.refused, `${plan.title}: nothing was changed. ${leftAsTheyWere(plan.refused.length)}`);
}

function openVersion(uri: string): number | undefined {
  const key = vscode.Uri.parse(uri).toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key)?.version;
}
