import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Batch {
  readonly family: string;
  readonly from: number;
  readonly count: number;
  /** Divergences are told as they were drawn, and the batch ends with the first one. */
  readonly asDrawn: boolean;
}

/** A divergence, as small as it became. */
export interface Found {
  readonly family: string;
  readonly seed: number;
  readonly how: string;
  readonly before: string;
  readonly after: string;
}

export interface Tally {
  readonly same: number;
  /** Of these: programs in which something was removed, and in which something was refused. */
  readonly changed: number;
  readonly refused: number;
  readonly void: number;
}

export interface Report extends Tally {
  readonly found: readonly Found[];
}

export interface FuzzRun {
  /** How many cases of each family. */
  readonly counts: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly workers: number;
  /** The module that judges, `worker.ts` beside this one when left out. */
  readonly worker?: string;
  readonly asDrawn?: boolean;
  /** Stops at this many divergences. */
  readonly enough?: number;
  progress?(done: number, report: Report): void;
}

const perBatch = 20;

/** Judges cases of all families, side by side; `seed` and the next ones. */
export async function fuzz(run: FuzzRun): Promise<ReadonlyMap<string, Report>> {
  const reports = new Map<string, Report>();
  const batches = batchesOf(run);
  let done = 0;
  let diverged = 0;
  const add = (batch: Batch, report: Report): void => {
    const all = united(reports.get(batch.family), report);
    reports.set(batch.family, all);
    done += batch.count;
    diverged += report.found.length;
    run.progress?.(done, report);
  };
  const worker = run.worker ?? fileURLToPath(new URL('worker.ts', import.meta.url));
  const drain = async (): Promise<void> => {
    const child = fork(worker, { execArgv: ['--import=tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    try {
      for (let batch = batches.shift(); batch && diverged < (run.enough ?? 10); batch = batches.shift())
        add(batch, await ask(child, batch));
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: run.workers }, drain));
  return reports;
}

/** The families take turns, so that an early end has seen something of each. */
function batchesOf({ counts, seed, asDrawn = false }: FuzzRun): Batch[] {
  const lists = Object.entries(counts).map(([family, all]) =>
    Array.from({ length: Math.ceil(all / perBatch) }, (_, i) => {
      const from = i * perBatch;
      return { family, from: seed + from, count: Math.min(perBatch, all - from), asDrawn };
    }),
  );
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat();
}

function ask(child: ChildProcess, batch: Batch): Promise<Report> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void =>
      reject(new Error(`a worker ended with code ${code} at ${JSON.stringify(batch)}`));
    child.once('exit', ended);
    child.once('message', (report) => {
      child.off('exit', ended);
      resolve(report as Report);
    });
    child.send(batch);
  });
}

function united(known: Report | undefined, more: Report): Report {
  if (!known) return more;
  return {
    same: known.same + more.same,
    changed: known.changed + more.changed,
    refused: known.refused + more.refused,
    void: known.void + more.void,
    found: [...known.found, ...more.found],
  };
}
