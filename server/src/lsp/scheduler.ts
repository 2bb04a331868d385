import { CancellationTokenSource, type Connection } from 'vscode-languageserver/node';
import { Cancelled } from '../core/cancellation.ts';
import { UserError } from '../core/user-error.ts';
import type { Analysis } from '../session/analysis.ts';
import type { Folder } from './folder.ts';

/** How long to wait for the next keystroke: an analysis that takes long waits until somebody really pauses. In ms. */
const shortestPause = 60;
const longestPause = 400;
/** The part of the time between keystrokes that analyses may take. */
const share = 0.5;
/** Before an analysis is worth a progress bar. In ms. */
const patience = 1000;
/** How long nothing may happen before what waits for a second analysis is told. In ms. */
const settled = 350;

interface Task {
  readonly timer: ReturnType<typeof setTimeout> | undefined;
  readonly running: CancellationTokenSource | undefined;
}

/** Analyses a folder shortly after something changed in it; what was under way for an older state is cancelled. */
export class Scheduler {
  readonly #connection: Connection;
  readonly #tell: (folder: Folder, analysis: Analysis) => { readonly count: number; readonly waits: boolean };
  readonly #tasks = new Map<Folder, Task>();
  readonly #said = new Map<Folder, string>();
  readonly #analysed = new WeakSet<Folder>();
  /** What the last analysis of a folder took. In ms. */
  readonly #took = new WeakMap<Folder, number>();

  /** `tell` publishes an analysis, and answers how many findings stand and whether some wait to be seen again. */
  constructor(
    connection: Connection,
    tell: (folder: Folder, analysis: Analysis) => { readonly count: number; readonly waits: boolean },
  ) {
    this.#connection = connection;
    this.#tell = tell;
  }

  soon(folder: Folder, wait = this.#pauseOf(folder)): void {
    const task = this.#tasks.get(folder);
    clearTimeout(task?.timer);
    // The first analysis fills the index: what it has done stays done, so it is not cancelled by keystrokes.
    if (this.#analysed.has(folder)) task?.running?.cancel();
    const timer = setTimeout(() => void this.#run(folder), wait);
    this.#tasks.set(folder, { timer, running: task?.running });
  }

  forget(folder: Folder): void {
    const task = this.#tasks.get(folder);
    clearTimeout(task?.timer);
    task?.running?.cancel();
    this.#tasks.delete(folder);
  }

  #pauseOf(folder: Folder): number {
    return Math.min(longestPause, Math.max(shortestPause, (this.#took.get(folder) ?? 0) / share));
  }

  async #run(folder: Folder): Promise<void> {
    const source = new CancellationTokenSource();
    this.#tasks.set(folder, { timer: undefined, running: source });
    const start = performance.now();
    const progress = this.#progress(folder, source);
    try {
      const analysis = await folder.session.analyse(source.token, progress.report);
      if (source.token.isCancellationRequested || this.#tasks.get(folder)?.running !== source) return;
      const { count, waits } = this.#tell(folder, analysis);
      const files = analysis.snapshot.files.size;
      // The first one is not like those that follow.
      if (this.#analysed.has(folder)) this.#took.set(folder, performance.now() - start);
      this.#connection.console.info(
        `analysis of ${folder.name}: ${(performance.now() - start).toFixed(1)} ms, ${files} files, ${count} diagnostics`,
      );
      this.#said.delete(folder);
      if (!this.#analysed.has(folder)) await folder.session.save();
      this.#analysed.add(folder);
      if (waits && this.#tasks.get(folder)?.running === source) this.soon(folder, settled);
    } catch (error) {
      this.#failed(folder, error);
    } finally {
      progress.end();
      source.dispose();
    }
  }

  /** A wrong base or an unreadable folder is said once, not at each keystroke. */
  #failed(folder: Folder, error: unknown): void {
    if (error instanceof Cancelled) return;
    const message =
      error instanceof UserError ? error.message : `Switchyard failed on ${folder.name}; the log has the details.`;
    if (!(error instanceof UserError))
      this.#connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (this.#said.get(folder) === message) return;
    this.#said.set(folder, message);
    this.#connection.console.warn(message);
    this.#connection.window.showWarningMessage(message);
  }

  /** A progress bar that appears only when an analysis takes long, and whose cancel button cancels it. */
  #progress(folder: Folder, source: CancellationTokenSource) {
    let shown: Awaited<ReturnType<Connection['window']['createWorkDoneProgress']>> | undefined;
    let ended = false;
    const appear = async () => {
      const created = await this.#connection.window.createWorkDoneProgress();
      if (ended) return;
      created.begin(`Switchyard reads ${folder.name}`, 0, undefined, true);
      created.token.onCancellationRequested(() => source.cancel());
      shown = created;
    };
    const timer = setTimeout(() => void appear().catch(() => undefined), patience);
    return {
      report: (done: number, all: number) => {
        if (done % 200 === 0) shown?.report((100 * done) / all, `${done} of ${all} files`);
      },
      end: () => {
        ended = true;
        clearTimeout(timer);
        shown?.done();
      },
    };
  }
}
