import type { Trailer } from '../change/verdict.ts';
import type { CancellationToken } from '../core/cancellation.ts';
import type { History } from '../core/history.ts';
import type { ChangedPath, Base as FoundBase, Host } from '../host/ports.ts';
import type { Policy } from '../policy/schema.ts';
import type { Base, BaseVersion } from './snapshot.ts';

/** What the working tree is compared with, asked of git again only when the branch, the index or the disk moved. */
export class BaseState {
  readonly #host: Host;
  #wanted: string | undefined;
  #asked: string | undefined;
  #found: FoundBase | undefined;
  #files = new Map<string, BaseVersion>();
  #unchanged = new Map<string, BaseVersion>();
  #base: { readonly open: string; readonly base: Base } | undefined;
  #trailers: readonly Trailer[] = [];
  #history: { readonly commit: string; readonly answer: Promise<History | undefined> } | undefined;
  whyNot: string | undefined;

  constructor(host: Host, wanted: string | undefined) {
    this.#host = host;
    this.#wanted = wanted || undefined;
  }

  want(ref: string): void {
    this.#wanted = ref || undefined;
  }

  /** @param generation counts what happened on disk */
  async sync(policy: Policy, generation: number, token: CancellationToken): Promise<void> {
    const wanted = this.#wanted ?? policy.base;
    const question = `${wanted ?? ''}\n${this.#host.git.headState()}\n${generation}\n${policy.exclude.join('\n')}`;
    if (question !== this.#asked) {
      const found = await this.#host.git.findBase(wanted, token);
      const changed = found.kind === 'base' ? await this.#host.git.changedFiles(found.commit, policy, token) : [];
      // It takes its time beside all that follows, and is waited for where it is needed.
      if (found.kind === 'base' && changed.length > 0) void this.#askHistory(found.commit, token);
      const texts =
        found.kind === 'base' ? await this.#host.git.readBase(found.commit, basePaths(changed), token) : new Map();
      this.#trailers = found.kind === 'base' ? await this.#host.git.riskTrailers(found.commit, token) : [];
      this.#found = found.kind === 'base' ? found : undefined;
      this.whyNot = found.kind === 'base' ? undefined : found.why;
      this.#files = baseFiles(changed, texts);
      this.#unchanged = new Map();
      this.#asked = question;
      this.#base = undefined;
    }
  }

  /**
   * @param open paths that are open in an editor
   * @returns the same object until the base, or what may differ from it, changes.
   */
  base(open: ReadonlySet<string>): Base | undefined {
    if (!this.#found) return undefined;
    this.#addOpen(open);
    const unchanged = [...this.#unchanged.keys()].filter((path) => open.has(path));
    const key = unchanged.sort().join('\n');
    if (this.#base?.open !== key) {
      const all = new Map(this.#files);
      for (const path of unchanged) all.set(path, this.#unchanged.get(path)!);
      this.#base = { open: key, base: { name: this.#found.name, files: all, trailers: this.#trailers } };
    }
    return this.#base.base;
  }

  /** What commits before the base touched: asked once for a base. @throws Cancelled. */
  async history(token: CancellationToken): Promise<History | undefined> {
    return this.#found && this.#askHistory(this.#found.commit, token);
  }

  #askHistory(commit: string, token: CancellationToken): Promise<History | undefined> {
    if (this.#history?.commit === commit) return this.#history.answer;
    const answer = this.#host.git.history(commit, token);
    const asked = { commit, answer };
    this.#history = asked;
    // One that was cancelled is asked again.
    answer.catch(() => {
      if (this.#history === asked) this.#history = undefined;
    });
    return answer;
  }

  /** An open file that git calls unchanged is at its base on disk; its editor may hold more. */
  #addOpen(open: ReadonlySet<string>): void {
    for (const path of open) {
      if (this.#files.has(path) || this.#unchanged.has(path)) continue;
      this.#unchanged.set(path, { path, text: this.#host.files.read(path) });
    }
  }
}

function basePaths(changed: readonly ChangedPath[]): string[] {
  return changed.filter((file) => file.status !== 'added').map((file) => file.basePath);
}

/** A modified file whose base text git cannot give (binary, LFS, partial clone) is left out of the change. */
function baseFiles(changed: readonly ChangedPath[], texts: ReadonlyMap<string, string>): Map<string, BaseVersion> {
  const files = new Map<string, BaseVersion>();
  for (const { path, basePath, status } of changed) {
    const text = status === 'added' ? undefined : texts.get(basePath);
    if (status === 'added' || text !== undefined) files.set(path, { path: basePath, text });
  }
  return files;
}
