import type { CancellationToken } from '../core/cancellation.ts';
import { type FileVersion, isScriptHost, isSourcePath, isTemplatePath } from '../core/snapshot.ts';
import type { Files, ListedFile } from '../host/ports.ts';
import type { Policy } from '../policy/schema.ts';
import { Overlay } from './overlay.ts';
import type { WorkspaceChange } from './session.ts';

type FileEvent = Exclude<WorkspaceChange, { kind: 'base' }>;

/** What decides which files are listed. */
interface Wanted {
  readonly exclude: string;
  readonly maxFileSizeKb: number;
}

/** Which files there are and what their texts are: those on disk, and the open ones that stand in for them. */
export class FileState {
  readonly #port: Files;
  readonly #files = new Map<string, FileVersion>();
  readonly #stats = new Map<string, ListedFile>();
  readonly #open = new Map<string, FileVersion>();
  readonly #touched = new Set<string>();
  /** By path, the event at which its file became another one: what comes while a step runs is for the next one. */
  readonly #changed = new Map<string, number>();
  #events = 0;
  #leftOut: ReadonlySet<string> = new Set();
  /** The files on disk as the last snapshot has them: copied when they change, not when an editor does. */
  #under: ReadonlyMap<string, FileVersion> | undefined;
  #listed: Wanted | undefined;
  #snapshot: ReadonlyMap<string, FileVersion> | undefined;
  /** Counts what happened on disk, for whoever derives more from it. */
  diskGeneration = 0;

  constructor(port: Files) {
    this.#port = port;
  }

  apply(event: FileEvent): void {
    this.#events++;
    if ('path' in event) this.#changed.set(event.path, this.#events);
    if (event.kind === 'edited') this.#openFile(event.path, event.text, event.version);
    else if (event.kind === 'closed') {
      this.#open.delete(event.path);
      this.#touched.add(event.path);
    } else if (event.kind === 'disk') for (const path of event.paths) this.#touched.add(path);
    else this.#listed = undefined;
    if (event.kind !== 'edited') this.diskGeneration++;
    this.#snapshot = undefined;
  }

  /** Files that are to count as if they were not there. Before the first `sync`. */
  leaveOut(paths: ReadonlySet<string>): void {
    this.#leftOut = paths;
  }

  /** Lists the folder, or looks at what was touched since. */
  async sync(policy: Policy, token: CancellationToken): Promise<void> {
    const wanted = { exclude: policy.exclude.join('\n'), maxFileSizeKb: policy.maxFileSizeKb };
    const listed = this.#listed;
    if (listed?.exclude !== wanted.exclude || listed.maxFileSizeKb !== wanted.maxFileSizeKb) {
      await this.#list(wanted, policy, token);
      this.#snapshot = undefined;
    } else if (this.#touched.size > 0) {
      await this.#look([...this.#touched], policy, token);
      this.#snapshot = undefined;
    }
  }

  /** The same object until something changes. */
  snapshot(): ReadonlyMap<string, FileVersion> {
    if (this.#snapshot) return this.#snapshot;
    this.#under ??= new Map(this.#files);
    const over = new Map<string, FileVersion>();
    // An open file that is not listed is one that is left out (ignored, build output), not a new one: those are on disk too.
    for (const [path, file] of this.#open) if (this.#under.has(path)) over.set(path, file);
    this.#snapshot = new Overlay(this.#under, over);
    return this.#snapshot;
  }

  /** Paths of the open files that are analysed. */
  open(): ReadonlySet<string> {
    return new Set([...this.#open.keys()].filter((path) => this.#files.has(path)));
  }

  /** Texts of the open files that are analysed. */
  openTexts(): ReadonlyMap<string, string> {
    return new Map([...this.open()].map((path) => [path, this.#open.get(path)!.text() ?? '']));
  }

  /** Paths whose file may be another one, or gone, since they were last `settled`, with the event that made them so. */
  changes(): ReadonlyMap<string, number> {
    return new Map(this.#changed);
  }

  settled(changes: ReadonlyMap<string, number>): void {
    for (const [path, event] of changes) if (this.#changed.get(path) === event) this.#changed.delete(path);
  }

  /** Stats of the files on disk, by path. */
  get disk(): ReadonlyMap<string, ListedFile> {
    return this.#stats;
  }

  /** What happens while the folder is listed is looked at by the next step. */
  async #list(wanted: Wanted, policy: Policy, token: CancellationToken): Promise<void> {
    this.#listed = wanted;
    this.#touched.clear();
    try {
      const all = await this.#port.list(policy, token);
      const paths = new Set(all.map((file) => file.path));
      for (const path of this.#files.keys()) if (!paths.has(path)) this.#forget(path);
      for (const stat of all) this.#note(stat);
    } catch (error) {
      this.#listed = undefined;
      throw error;
    }
  }

  /** Asks the disk about paths. One that is touched again meanwhile is asked about again; after a failure, all are. */
  async #look(touched: readonly string[], policy: Policy, token: CancellationToken): Promise<void> {
    this.#touched.clear();
    try {
      const there = await this.#port.listAmong(touched, policy, token);
      const paths = new Set(there.map((file) => file.path));
      for (const path of touched) if (!paths.has(path)) this.#forget(path);
      for (const stat of there) this.#note(stat);
    } catch (error) {
      for (const path of touched) this.#touched.add(path);
      throw error;
    }
  }

  #openFile(path: string, text: string, version: number): void {
    if (!this.#files.has(path)) this.#touched.add(path);
    this.#open.set(path, { path, isSource: hasFacts(path), openVersion: version, text: () => text });
  }

  #note(stat: ListedFile): void {
    const { path } = stat;
    if (this.#leftOut.has(path)) return;
    const known = this.#stats.get(path);
    this.#stats.set(path, stat);
    if (known && known.mtimeMs === stat.mtimeMs && known.ctimeMs === stat.ctimeMs && known.size === stat.size) return;
    this.#changed.set(path, this.#events);
    this.#under = undefined;
    this.#files.set(path, {
      path,
      isSource: hasFacts(path),
      openVersion: undefined,
      text: whileThere(() => this.#port.read(path)),
    });
  }

  #forget(path: string): void {
    this.#changed.set(path, this.#events);
    this.#under = undefined;
    this.#files.delete(path);
    this.#stats.delete(path);
  }
}

/** A text that rules ask for again and again is read once, and held no longer than there is room for it. */
function whileThere(read: () => string | undefined): () => string | undefined {
  let kept: WeakRef<{ readonly text: string }> | undefined;
  return () => {
    const known = kept?.deref();
    if (known) return known.text;
    const text = read();
    kept = text === undefined ? undefined : new WeakRef({ text });
    return text;
  };
}

function hasFacts(path: string): boolean {
  return isSourcePath(path) || isScriptHost(path) || isTemplatePath(path);
}
