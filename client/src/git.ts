import * as vscode from 'vscode';

/** The part of VS Code's git extension that is used here (`extensions/git/src/api/git.d.ts`, version 1). */
interface GitApi {
  getRepository(uri: vscode.Uri): Repository | null;
}

export interface Repository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly HEAD?: { readonly name?: string; readonly commit?: string };
    readonly mergeChanges: readonly unknown[];
    readonly indexChanges: readonly unknown[];
    readonly workingTreeChanges: readonly unknown[];
    readonly untrackedChanges?: readonly unknown[];
  };
  status(): Promise<void>;
  getBranch(name: string): Promise<unknown>;
  createBranch(name: string, checkout: boolean): Promise<void>;
  add(paths: string[]): Promise<void>;
  commit(message: string, options?: { postCommitCommand?: string | null }): Promise<void>;
}

/** The repository that holds a folder, or undefined: without VS Code's git extension, where it is switched off, and outside of git. */
export async function repositoryOf(folder: vscode.Uri): Promise<Repository | undefined> {
  const extension = vscode.extensions.getExtension<{ enabled: boolean; getAPI(version: 1): GitApi }>('vscode.git');
  const git = await extension?.activate();
  return git?.enabled ? (git.getAPI(1).getRepository(folder) ?? undefined) : undefined;
}

/** Why no branch can be made for a change of its own, as sentences; undefined where it can. */
export async function whyNotClean(repository: Repository): Promise<string | undefined> {
  const root = `${repository.rootUri.path.replace(/\/$/, '')}/`;
  const unsaved = vscode.workspace.textDocuments.filter((one) => one.isDirty && one.uri.path.startsWith(root));
  if (unsaved.length > 0) return 'Some files are not saved. Save them, and commit or stash your changes first.';
  await repository.status();
  const { HEAD, mergeChanges, indexChanges, workingTreeChanges, untrackedChanges = [] } = repository.state;
  if (HEAD?.commit === undefined) return 'The repository has no commit yet. Commit your files first.';
  const changes = [mergeChanges, indexChanges, workingTreeChanges, untrackedChanges].flat().length;
  return changes === 0
    ? undefined
    : 'The repository has changes that are not committed. Commit or stash them first, so that each branch holds one flag and nothing else.';
}

/** A branch name for a flag that no branch has: `remove-flag/new-cart`, then `remove-flag/new-cart-2`. */
export async function freeBranch(repository: Repository, key: string): Promise<string> {
  const name = branchName(key);
  for (let n = 1; ; n++) {
    const branch = n === 1 ? name : `${name}-${n}`;
    const taken = await repository.getBranch(branch).then(
      () => true,
      () => false,
    );
    if (!taken) return branch;
  }
}

function branchName(key: string): string {
  const plain = key
    .replace(/[^\w./-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/[/.]*\/[/.]*/g, '/')
    .replace(/^[-./]+|[-./]+$|\.lock$/g, '');
  return `remove-flag/${plain || 'flag'}`;
}

/** What git said went wrong. */
export function gitError(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message?: string };
  return (stderr || message || String(error)).trim();
}
