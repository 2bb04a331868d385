import { type CancellationToken, throwIfCancelled } from '../core/cancellation.ts';
import { hashText } from '../core/hash.ts';
import type { FileVersion } from '../core/snapshot.ts';
import type { FileFacts, Recipe } from '../facts/file-facts.ts';
import { asksFor, recipeWith } from '../facts/gate.ts';
import type { FactsToTake } from '../flags/inventory.ts';
import type { CachedFile, Host, KeptFacts, ListedFile } from '../host/ports.ts';
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
  #cached: KeptFacts | undefined;
  #recipe: Recipe | undefined;
  /** Names of functions of the workspace that were found to read flags: no recipe can know them beforehand. */
  #learnt: ReadonlySet<string> = new Set();
  /** Those of them that are of use, and the readers that they are for. */
  #wanted: ReadonlySet<string> = new Set();
  #wantedFor = '';
  /** Files with facts that were not asked for names of readers yet. */
  readonly #unasked = new Set<string>();
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
    const wide = this.#wide(recipe);
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
      for (const file of unread) if (file.openVersion !== undefined) this.#take(file, file.text(), wide, takeFacts);
      let done = 0;
      await this.#host.files.readAll(
        closed,
        (path, text) => {
          throwIfCancelled(token);
          this.#take(files.get(path)!, text, wide, takeFacts);
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
    if (facts && !(this.#cached?.get(path)?.facts === facts)) this.#unasked.add(path);
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
    const wide = this.#wide(recipe);
    for (const path of paths) {
      throwIfCancelled(token);
      const text = files.get(path)?.text();
      if (text !== undefined) this.#set(path, takeFacts(path, text, wide, true));
      else this.#forget(path);
    }
    this.#dirty = true;
  }

  /**
   * Takes the facts of files again that hold names of readers which no facts were taken for. Facts that were taken for more names
   * than are wanted differ only in calls that nobody asks for.
   * @returns paths of files with other facts, sorted
   */
  async lookFor(
    { names, namesGiven, readers }: Pick<FactsToTake, 'names' | 'namesGiven' | 'readers'>,
    files: ReadonlyMap<string, FileVersion>,
    recipe: Recipe,
    engine: () => Promise<Engine>,
    token: CancellationToken,
  ): Promise<string[]> {
    const same = readers === this.#wantedFor;
    const wanted = new Set([...names, ...(same ? this.#wanted : [])]);
    for (const path of same ? this.#unasked : this.#facts.keys()) for (const name of namesGiven(path)) wanted.add(name);
    this.#wanted = wanted;
    this.#wantedFor = readers;
    this.#unasked.clear();
    const lacking = [...wanted].filter((name) => !this.#learnt.has(name) && !asksFor(recipe, name));
    if (lacking.length === 0) return [];
    const all = new Set([...this.#learnt, ...lacking]);
    const wide = widened(recipe, all);
    const holds = new RegExp(`(?<![\\w$])(?:${lacking.map(escaped).join('|')})(?![\\w$])`);
    const { takeFacts } = await engine();
    const again: string[] = [];
    const look = (path: string, text: string | undefined): void => {
      const facts = this.#facts.get(path);
      if (text === undefined || facts === undefined || !holds.test(text)) return;
      this.#set(path, takeFacts(path, text, wide, facts.shallow !== true));
      again.push(path);
    };
    const isOpen = (path: string) => files.get(path)?.openVersion !== undefined;
    const paths = [...this.#facts.keys()];
    for (const path of paths.filter(isOpen)) look(path, files.get(path)?.text());
    const closed = paths.filter((path) => !isOpen(path));
    await this.#host.files.readAll(
      closed,
      (path, text) => {
        throwIfCancelled(token);
        look(path, text);
      },
      token,
    );
    // Only now: after a cancelled search all files are looked through again.
    this.#learnt = all;
    this.#dirty = true;
    return again.sort();
  }

  #wide(recipe: Recipe): Recipe {
    return widened(recipe, this.#learnt);
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
    const names = [...this.#learnt].filter((name) => this.#wanted.has(name)).sort();
    await this.#host.cache.save(this.#recipe.id, files, { names, readers: this.#wantedFor });
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
    this.#unasked.clear();
    this.#cached = await this.#host.cache.load(recipe.id);
    const { learnt } = this.#cached;
    this.#learnt = new Set(learnt?.names);
    this.#wanted = this.#learnt;
    this.#wantedFor = learnt?.readers ?? '';
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

/** Equal objects for equal names: what is made of a recipe is kept by its object. */
const widenedRecipes = new WeakMap<ReadonlySet<string>, { readonly recipe: Recipe; readonly wide: Recipe }>();

function widened(recipe: Recipe, names: ReadonlySet<string>): Recipe {
  if (names.size === 0) return recipe;
  const known = widenedRecipes.get(names);
  if (known?.recipe.id === recipe.id) return known.wide;
  const wide = recipeWith(recipe, names);
  widenedRecipes.set(names, { recipe, wide });
  return wide;
}

function escaped(name: string): string {
  return name.replace(/[^\w]/g, '\\$&');
}
