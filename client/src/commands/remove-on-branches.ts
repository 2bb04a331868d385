import * as vscode from 'vscode';
import { methods, type Plan, type RefusedPlace } from '../../../server/src/protocol/messages.ts';
import { applyEdit } from '../apply-plan.ts';
import { filesOf, type ProtocolEdit, withoutPreview } from '../edit-plan.ts';
import { formatEdits } from '../format-changes.ts';
import { freeBranch, gitError, type Repository, repositoryOf, whyNotClean } from '../git.ts';
import { followPlaces } from '../places-left.ts';
import { placeName } from '../removal-page.ts';
import { count, sideWords } from '../words.ts';
import type { Parts } from './parts.ts';
import { namesOf, type Removal, removalWords } from './removal.ts';
import { tellNothing } from './tell-removal.ts';

const sourceControl = 'Open Source Control';

/**
 * Removes flags one after another, each on a branch of its own that starts where the one before ended, with one commit. It
 * needs a clean working tree, and shows no preview: the commits are there to be looked at. What fails stays as it is, on its branch.
 */
export async function removeOnBranches(
  parts: Parts,
  removals: readonly Removal[],
  { format = false }: { format?: boolean },
): Promise<boolean> {
  const repositories = new Map<string, Repository>();
  for (const { folder } of removals) {
    const repository = await repositoryOf(vscode.Uri.parse(folder));
    const obstacle = repository ? await whyNotClean(repository) : noRepository;
    if (obstacle !== undefined) {
      void vscode.window.showWarningMessage(`No branch was made. ${obstacle}`, sourceControl).then(openSourceControl);
      return false;
    }
    repositories.set(folder, repository!);
  }
  const title = `Removing ${namesOf(removals)}, each on its branch`;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const done: string[] = [];
    const left = followPlaces([]);
    let committed = 0;
    let failed = false;
    for (const [index, removal] of removals.entries()) {
      if (token.isCancellationRequested) break;
      progress.report({ message: `“${removal.key}” (${index + 1} of ${removals.length})` });
      const result = await removeOnBranch(parts, removal, repositories.get(removal.folder)!, format, token);
      if (result === 'cancelled') break;
      done.push(result.words);
      left.add(result.left);
      if (result.state === 'committed') committed++;
      failed = result.state === 'failed';
      if (failed) break;
    }
    if (committed > 0) {
      const stopped = done.length < removals.length || failed;
      const names = `${stopped ? `${committed} of ` : ''}${namesOf(removals)}`;
      parts.lastRemoval.keep({ names, flags: done, ...(stopped && { ended: 'stopped' }) }, left);
      void tell(parts, names, left.all.length);
      return true;
    }
    if (!failed && left.all.length > 0) void tellNothing(parts, removals, left);
    else left.dispose();
    return false;
  });
}

interface BranchResult {
  readonly state: 'committed' | 'nothing' | 'failed';
  readonly words: string;
  readonly left: readonly RefusedPlace[];
}

async function removeOnBranch(
  { server }: Parts,
  removal: Removal,
  repository: Repository,
  format: boolean,
  token: vscode.CancellationToken,
): Promise<BranchResult | 'cancelled'> {
  const { folder, key, keep } = removal;
  const words = removalWords(removal);
  const left = followPlaces([]);
  const planning = 'nothing was changed for it';
  let step: string = planning;
  try {
    const plan = await server.request<Plan>(methods.planRemoval, { folder, flags: [{ key, keep }] }, token);
    left.add(plan.refused);
    if (plan.files === 0) return { state: 'nothing', words: `“${key}”: nothing could be changed`, left: left.all };
    const branch = await freeBranch(repository, key);
    step = `the branch ${branch} could not be made`;
    await repository.createBranch(branch, true);
    step = `its change is on the branch ${branch}, and is not committed`;
    const files = filesOf(withoutPreview(plan.edit as ProtocolEdit));
    if (!(await carryOut(plan, files, format))) throw new Error('The editor did not apply the change.');
    await server.filesChanged(files);
    await repository.add(files.map((uri) => vscode.Uri.parse(uri).fsPath));
    await repository.commit(commitMessage(removal, left.all), { postCommitCommand: null });
    return { state: 'committed', words: `${words}: committed on \`${branch}\``, left: left.all };
  } catch (error) {
    if (token.isCancellationRequested && step === planning) return 'cancelled';
    void vscode.window
      .showErrorMessage(`“${key}” stopped here: ${step}. ${gitError(error)}`, sourceControl)
      .then(openSourceControl);
    return { state: 'failed', words: `${words}: ${step}`, left: left.all };
  } finally {
    left.dispose();
  }
}

/** Applies a plan, formats its lines where asked, and saves every file of it. */
async function carryOut(plan: Plan, files: readonly string[], format: boolean): Promise<boolean> {
  const uris = files.map((one) => vscode.Uri.parse(one));
  const before = new Map<string, string>();
  for (const uri of format ? uris : []) {
    const text = await vscode.workspace.openTextDocument(uri).then(
      (one) => one.getText(),
      () => undefined,
    );
    if (text !== undefined) before.set(uri.toString(), text);
  }
  if (!(await applyEdit(plan, { preview: false, save: false }))) return false;
  const names = new Set(uris.map((one) => one.toString()));
  const documents = vscode.workspace.textDocuments.filter(({ uri }) => names.has(uri.toString()));
  for (const document of documents) {
    const old = before.get(document.uri.toString());
    if (old !== undefined && !document.isClosed) {
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, await formatEdits(document, old));
      await vscode.workspace.applyEdit(edit);
    }
    if (document.isDirty && !(await document.save())) throw new Error(`${document.fileName} could not be saved.`);
  }
  return true;
}

function commitMessage({ key, keep, unread }: Removal, left: readonly RefusedPlace[]): string {
  const subject = unread ? `Remove flag '${key}'` : `Remove flag '${key}', keep ${sideWords(keep)}`;
  if (left.length === 0) return subject;
  const places = left.map((place) => `- ${placeName(place)}: ${place.reason}`);
  return `${subject}\n\nLeft as they were:\n${places.join('\n')}`;
}

async function tell({ lastRemoval }: Parts, names: string, left: number): Promise<void> {
  const rest = left === 0 ? '' : `; ${count(left, 'place')} ${left === 1 ? 'needs' : 'need'} your look`;
  const show = 'Show Summary';
  const sentence = `Removed ${names}, each committed on a branch of its own${rest}.`;
  if ((await vscode.window.showInformationMessage(sentence, show)) === show) await lastRemoval.show();
}

const noRepository =
  'There is no git repository here that VS Code knows: check that the folder is in one, and that its Git extension is on.';

function openSourceControl(choice: string | undefined): void {
  if (choice === sourceControl) void vscode.commands.executeCommand('workbench.view.scm');
}
