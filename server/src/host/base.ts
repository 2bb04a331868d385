import type { CancellationToken } from '../core/cancellation.ts';
import { UserError } from '../core/user-error.ts';
import type { Base, NoBase } from './ports.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/** Names that default branches go by, most usual first. */
const usualNames = ['main', 'master', 'trunk', 'develop', 'development', 'mainline', 'default'];

/** What `Git.findBase` promises, within a repository. */
export async function findBase(
  repository: Repository,
  wanted: string | undefined,
  token: CancellationToken,
): Promise<Base | NoBase> {
  const ask = asker(repository, token);
  const [head, branches] = await Promise.all([
    ask('rev-parse', '-q', '--verify', 'HEAD^{commit}'),
    wanted === undefined ? readBranches(ask) : undefined,
  ]);
  if (wanted !== undefined) {
    const ref = await wantedRef(ask, wanted, repository.shallow);
    return head === undefined ? noCommits : mergeBase(ask, repository, ref, head);
  }
  if (head === undefined || branches === undefined) return noCommits;
  const ref = await defaultRef(branches, ask);
  if (ref === undefined) {
    const names = branches.local.length > 0 ? ` (${branches.local.join(', ')})` : '';
    return {
      kind: 'none',
      why: `none of the branches${names} can be told as the default one; name it with --base or as "base" in switchyard.jsonc`,
    };
  }
  if (ref !== branches.current) return mergeBase(ask, repository, ref, head);
  if (branches.upstream !== undefined) return mergeBase(ask, repository, branches.upstream, head);
  return { kind: 'base', ref: 'HEAD', commit: head, name: `last commit (${head.slice(0, 7)})` };
}

const noCommits: NoBase = { kind: 'none', why: 'the repository has no commits yet' };

/** One line that git answers; undefined when it fails or says nothing. */
type Ask = (...args: string[]) => Promise<string | undefined>;

function asker(repository: Repository, token: CancellationToken): Ask {
  return async (...args) => {
    const answer = await runGit(repository.root, args, { token });
    return (answer.code === 0 && answer.stdout.toString('utf8').trimEnd()) || undefined;
  };
}

async function wantedRef(ask: Ask, wanted: string, shallow: boolean): Promise<string> {
  for (const ref of [wanted, `origin/${wanted}`]) {
    if (ref.startsWith('-')) break;
    if ((await ask('rev-parse', '-q', '--verify', `${ref}^{commit}`)) !== undefined) return ref;
  }
  const hint = shallow ? ' This is a shallow clone: fetch it first.' : '';
  throw new UserError(`There is no branch, tag or commit '${wanted}' in this repository to compare with.${hint}`);
}

async function mergeBase(ask: Ask, repository: Repository, ref: string, head: string): Promise<Base | NoBase> {
  const commit = (await ask('merge-base', 'HEAD', ref))?.split('\n')[0];
  if (commit !== undefined) {
    const name = ref === 'HEAD' ? 'last commit' : `merge base with ${ref}`;
    return { kind: 'base', ref, commit, name: `${name} (${commit.slice(0, 7)})` };
  }
  const why = repository.shallow
    ? `this is a shallow clone that does not reach the merge base of HEAD (${head.slice(0, 7)}) and ${ref}; run: git fetch --unshallow`
    : `HEAD (${head.slice(0, 7)}) and ${ref} have no commit in common`;
  return { kind: 'none', why };
}

interface Branches {
  /** Undefined when HEAD is detached. */
  readonly current: string | undefined;
  /** What the current branch follows. */
  readonly upstream: string | undefined;
  readonly local: readonly string[];
  /** The remote that counts: origin, else upstream, else the first; its branches without its name. */
  readonly remote: string | undefined;
  readonly remoteBranches: readonly string[];
  /** The branch that the remote's HEAD names. */
  readonly remoteHead: string | undefined;
}

async function readBranches(ask: Ask): Promise<Branches> {
  const format = '%(refname)%09%(HEAD)%09%(symref)%09%(upstream)';
  const [listed, remoteNames] = await Promise.all([
    ask('for-each-ref', `--format=${format}`, 'refs/heads', 'refs/remotes'),
    ask('remote'),
  ]);
  const refs = (listed?.split('\n') ?? []).map((line) => line.split('\t') as [string, string, string, string]);
  const below = (folder: string) =>
    refs.flatMap(([name]) => (name.startsWith(folder) ? [name.slice(folder.length)] : []));
  const local = below('refs/heads/');
  const current = refs.find(([, mark]) => mark === '*');
  const remotes = remoteNames?.split('\n') ?? [];
  const remote = ['origin', 'upstream', ...remotes].find(
    (name) => remotes.includes(name) && below(`refs/remotes/${name}/`).length > 0,
  );
  const remoteBranches = remote === undefined ? [] : below(`refs/remotes/${remote}/`).filter((name) => name !== 'HEAD');
  const headOfRemote = refs.find(([name]) => name === `refs/remotes/${remote}/HEAD`)?.[2];
  const remoteHead = remoteBranches.find((name) => headOfRemote === `refs/remotes/${remote}/${name}`);
  // An upstream that was deleted is still named.
  const followed = current?.[3];
  const upstream = followed && refs.some(([name]) => name === followed) ? shortRef(followed) : undefined;
  return { current: current && shortRef(current[0]), upstream, local, remote, remoteBranches, remoteHead };
}

function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|remotes)\//, '');
}

/**
 * The branch on which the repository began: HEAD's reflog remembers from where it was first moved away. Undefined where
 * that branch, or the log, is gone.
 */
async function firstBranch(ask: Ask): Promise<string | undefined> {
  const log = await ask('reflog', 'show', '--format=%gs', 'HEAD');
  const moves = (log ?? '').split('\n').map((line) => /^checkout: moving from (\S+) to /.exec(line)?.[1]);
  return moves.filter((name) => name !== undefined).at(-1);
}

/** The default branch as a ref, or undefined rather than a guess. Git is asked for more only where names do not tell. */
async function defaultRef(branches: Branches, ask: Ask): Promise<string | undefined> {
  const { current, local, remote, remoteBranches, remoteHead } = branches;
  if (remoteHead !== undefined) return `${remote}/${remoteHead}`;
  const usualRemote = usualNames.find((name) => remoteBranches.includes(name));
  if (usualRemote !== undefined) return `${remote}/${usualRemote}`;
  const [configured, first] = await Promise.all([ask('config', 'init.defaultBranch'), firstBranch(ask)]);
  if (first !== undefined && remoteBranches.includes(first)) return `${remote}/${first}`;
  const otherRemote = remoteBranches.filter((name) => name !== current);
  if (otherRemote.length === 1) return `${remote}/${otherRemote[0]}`;
  const usualLocal = [configured, ...usualNames].find((name) => name !== undefined && local.includes(name));
  if (usualLocal !== undefined) return usualLocal;
  if (first !== undefined && local.includes(first)) return first;
  if (local.length === 1) return local[0];
  const otherLocal = local.filter((name) => name !== current);
  return otherLocal.length === 1 ? otherLocal[0] : undefined;
}
