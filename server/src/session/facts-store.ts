import { type CancellationToken, throwIfCancelled } from '../core/cancellation.ts';
import { hashText } from '../core/hash.ts';
import type { FileVersion } from '../core/snapshot.ts';
import type { FileFacts, Recipe } from '../facts/file-facts.ts';
import type { CachedFile, Host, ListedFile } from '../host/ports.ts';
import type { Engine } from './engine.ts';
import type { MentionMemory } from './mentions.ts';

type TakeFacts = Engine['takeFacts'];

/** Told while many files are read: how many of how many. */
export type Progress = (done: number, all: number) => void;

/**
 * Facts of every source file, by path: taken once for each content, kept on disk between runs. The map that `update` returns is
 * the same object each time, changed only where files changed; its values are new objects exactly where content did.
 */
export class FactsStore implements MentionMemory {
  readonly #host: Host;
  readonly #facts = new Map<string, FileFacts>();
  readonly #readers = new Set<string>();
  readonly #taken = new Map<string, { readonly file: FileVersion; readonly hash: string }>();
  readonly #mentioned = new WeakMap<FileVersion, NonNullable<CachedFile['mentions']>>();
  #cached: Map<string, CachedFile> | undefined;
  #recipe: Recipe | undefined;
  #dirty = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /**
   * @param changed paths that may hold another file than at the last update that was not cancelled
   * @throws Cancelled; what was taken until then is kept
   */
  async update(
    files: ReadonlyMap<string, FileVersion>,
    changed: ReadonlySet<string>,
    recipe: Recipe,
    disk: ReadonlyMap<string, ListedFile>,
    engine: () => Promise<Engine>,
    token: CancellationToken,
    progress?: Progress,
  ): Promise<ReadonlyMap<string, FileFacts>> {
    await this.#useRecipe(recipe);
    const missing: FileVersion[] = [];
    for (const path of this.#taken.size === 0 ? files.keys() : changed) {
      const file = files.get(path);
      if (!file) this.#forget(path);
      else if (file.isSource && this.#taken.get(path)?.file !== file) missing.push(file);
    }
    if (missing.length === 0) return this.#facts;
    const unread = missing.filter((file) => !this.#fromCache(file, disk.get(file.path)));
    const closed = unread.filter((file) => file.openVersion === undefined).map((file) => file.path);
    if (unread.length > 0) {
      const { takeFacts } = await engine();
      for (const file of unread) if (file.openVersion !== undefined) this.#take(file, file.text(), recipe, takeFacts);
      let done = 0;
      await this.#host.files.readAll(
        closed,
        (path, text) => {
          throwIfCancelled(token);
          this.#take(files.get(path)!, text, recipe, takeFacts);
          progress?.(++done, closed.length);
        },
        token,
      );
    }
    return this.#facts;
  }

  /** Paths of the files that may read a flag. */
  get readers(): ReadonlySet<string> {
    return this.#readers;
  }

  #set(path: string, facts: FileFacts | undefined): void {
    if (facts) this.#facts.set(path, facts);
    else this.#facts.delete(path);
    if (facts && facts.reads.length > 0) this.#readers.add(path);
    else this.#readers.delete(path);
  }

  /** Takes the facts of some files again, with all that derives from imports: a client turned out to pass through them. */
  async takeClosely(
    paths: readonly string[],
    files: ReadonlyMap<string, FileVersion>,
    recipe: Recipe,
    engine: () => Promise<Engine>,
    token: CancellationToken,
  ): Promise<void> {
    const { takeFacts } = await engine();
    for (const path of paths) {
      throwIfCancelled(token);
      const text = files.get(path)?.text();
      if (text !== undefined) this.#set(path, takeFacts(path, text, recipe, true));
      else this.#forget(path);
    }
    this.#dirty = true;
  }

  /** Writes the facts of closed files to the disk cache, when there is something new. */
  async save(disk: ReadonlyMap<string, ListedFile>): Promise<void> {
    if (!this.#dirty || this.#recipe === undefined) return;
    this.#dirty = false;
    const files = new Map<string, CachedFile>();
    for (const [path, { file, hash }] of this.#taken) {
      const stat = disk.get(path);
      const facts = this.#facts.get(path);
      if (stat && facts && file.openVersion === undefined)
        files.set(path, {
          mtimeMs: stat.mtimeMs,
          ctimeMs: stat.ctimeMs,
          size: stat.size,
          hash,
          facts,
          mentions: this.#mentioned.get(file),
        });
    }
    await this.#host.cache.save(this.#recipe.id, files);
  }

  recall(file: FileVersion, asked: string): readonly string[] | undefined {
    const known = this.#mentioned.get(file);
    return known?.asked === asked ? known.found : undefined;
  }

  note(file: FileVersion, asked: string, found: readonly string[]): void {
    this.#mentioned.set(file, { asked, found });
    this.#dirty = true;
  }

  /** Loads what an earlier run kept; where that is nothing, starts loading the compiler, which will be needed. */
  async prepare(recipe: Recipe, engine: () => Promise<Engine>): Promise<void> {
    await this.#useRecipe(recipe);
    // A failure to load it is told where it is used.
    if (this.#cached?.size === 0 && this.#taken.size === 0) engine().catch(() => undefined);
  }

  async #useRecipe(recipe: Recipe): Promise<void> {
    if (this.#recipe?.id === recipe.id) return;
    this.#recipe = recipe;
    this.#facts.clear();
    this.#readers.clear();
    this.#taken.clear();
    this.#cached = await this.#host.cache.load(recipe.id);
  }

  #fromCache(file: FileVersion, stat: ListedFile | undefined): boolean {
    const cached = this.#cached?.get(file.path);
    if (!cached || !stat || file.openVersion !== undefined) return false;
    if (cached.mtimeMs !== stat.mtimeMs || cached.ctimeMs !== stat.ctimeMs || cached.size !== stat.size) return false;
    this.#set(file.path, cached.facts);
    this.#taken.set(file.path, { file, hash: cached.hash });
    if (cached.mentions) this.#mentioned.set(file, cached.mentions);
    return true;
  }

  /** Content that is equal to what was known (saved, touched, checked out again) keeps its facts. */
  #take(file: FileVersion, text: string | undefined, recipe: Recipe, takeFacts: TakeFacts): void {
    if (text === undefined) {
      // Binary, minified or gone: remembered as such, so that it is not read again and again.
      this.#set(file.path, undefined);
      this.#taken.set(file.path, { file, hash: '' });
      return;
    }
    if (file.openVersion !== undefined) {
      // Each keystroke is a new text: there is nothing to compare it with.
      this.#set(file.path, takeFacts(file.path, text, recipe));
      this.#taken.set(file.path, { file, hash: '' });
      return;
    }
    const hash = hashText(text);
    const known = this.#taken.get(file.path);
    const cached = this.#cached?.get(file.path);
    if (known?.hash !== hash)
      this.#set(file.path, cached?.hash === hash ? cached.facts : takeFacts(file.path, text, recipe));
    this.#taken.set(file.path, { file, hash });
    this.#dirty = true;
  }

  #forget(path: string): void {
    this.#set(path, undefined);
    this.#taken.delete(path);
    this.#dirty = true;
  }
}
