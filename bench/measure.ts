/**
 * One measurement in a process of its own, so that memory and warm code belong to it alone. Prints one JSON object.
 * Usage: measure <floor|cold|warm|keystroke|removal|change|strokes> FOLDER CACHE-FOLDER
 */
import fs from 'node:fs';
import path from 'node:path';
import { nodeHost } from '../server/src/host/node-host.ts';
import { createSession, type Session } from '../server/src/session/session.ts';
import { typedFile } from './change-tree.ts';
import { longFile, wideKey } from './tree.ts';

const [what, root, cache] = process.argv.slice(2) as [string, string, string];

if (what === 'floor') console.log(JSON.stringify(floor()));
else if (what === 'keystroke') console.log(JSON.stringify(await keystroke()));
else if (what === 'change') console.log(JSON.stringify(await change()));
else if (what === 'strokes') console.log(JSON.stringify(await strokes()));
else if (what === 'removal') console.log(JSON.stringify(await removal()));
else console.log(JSON.stringify(await index()));

/** Reading every source file once, as text, synchronously. Listing is not part of it. */
function floor(): unknown {
  const files = fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !file.includes('node_modules') && !file.startsWith('.git/'));
  let bytes = 0;
  const start = performance.now();
  for (const file of files) bytes += fs.readFileSync(path.join(root, file), 'utf8').length;
  return { ms: performance.now() - start, files: files.length, bytes };
}

/**
 * From nothing in memory to all findings. Cold: the cache folder is empty; warm: an earlier run filled it. `firstMs`: when the
 * facts of all files are taken, so that reads of flags could be told.
 */
async function index(): Promise<unknown> {
  const session = createSession({ host: nodeHost(root, cache) });
  const start = performance.now();
  let firstMs: number | undefined;
  const analysis = await session.analyse(undefined, (done, all) => {
    if (done === all) firstMs ??= performance.now() - start;
  });
  const ms = performance.now() - start;
  await session.save();
  globalThis.gc?.();
  return {
    ms,
    firstMs,
    rssMb: Math.round(process.memoryUsage().rss / 1048576),
    peakRssMb: peakRssMb(),
    files: analysis.snapshot.files.size,
    flags: analysis.inventory.flags.size,
    findings: analysis.findings.length,
  };
}

/** Typing in the middle of a file of 2,000 lines that nothing else changed beside. */
async function keystroke(): Promise<unknown> {
  const session = createSession({ host: nodeHost(root, cache) });
  await session.analyse();
  return typeIn(session, longFile, 'return found;');
}

/**
 * Each stroke is applied, and all that an editor asks for at a stroke is told (`survey`); at each fifth one somebody pauses, and everything
 * is judged. Times in ms; processor time is that of all threads, the collector's too, pauses included.
 */
async function typeIn(session: Session, file: string, before: string): Promise<unknown> {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  const at = text.indexOf(before, text.length / 2);
  const times: number[] = [];
  const pauses: number[] = [];
  let started = process.cpuUsage();
  for (let stroke = 0; stroke < 220; stroke++) {
    if (stroke === 20) started = process.cpuUsage();
    const typed = `${text.slice(0, at)}${'x'.repeat(1 + (stroke % 30))}; ${text.slice(at)}`;
    const start = performance.now();
    session.apply({ kind: 'edited', path: file, text: typed, version: stroke + 1 });
    await session.survey();
    if (stroke >= 20) times.push(performance.now() - start);
    if (stroke % 5 === 4) {
      const paused = performance.now();
      await session.analyse();
      if (stroke >= 20) pauses.push(performance.now() - paused);
    }
    // Each stroke is a message of its own: what one job holds on to is let go before the next.
    await new Promise(setImmediate);
  }
  const cpuMs = cpuMsSince(started) / times.length;
  for (const list of [times, pauses]) list.sort((a, b) => a - b);
  const [p50, p95, p99] = [times[100], times[190], times[198]];
  const [pauseP50, pauseP95] = [pauses[20], pauses[38]];
  return { lines: text.split('\n').length, p50, p95, p99, max: times.at(-1), pauseP50, pauseP95, cpuMs };
}

function cpuMsSince(before?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * A change against its base, from the start of the process to all findings: what loads the program, git and the compiler is part of it.
 * `againMs` is the same session told that anything may have happened on disk, where nothing did.
 */
async function change(): Promise<unknown> {
  const session = createSession({ host: nodeHost(root, cache) });
  const { findings } = await session.analyse();
  const ms = performance.now();
  const cpuMs = cpuMsSince();
  await session.save();
  const start = performance.now();
  session.apply({ kind: 'everything' });
  await session.analyse();
  const againMs = performance.now() - start;
  return { ms, cpuMs, againMs, findings: findings.length, peakRssMb: peakRssMb() };
}

/** Typing in a long file in the middle of that change. */
async function strokes(): Promise<unknown> {
  const session = createSession({ host: nodeHost(root, cache) });
  await session.analyse();
  return typeIn(session, typedFile, 'return ');
}

/**
 * Planning the removal of a flag that 50 files read, the index warm: loading the engine is part of the first plan, not of the
 * second. Types are not checked. `restingMb` is resident memory when the plan was dropped and all is quiet again.
 */
async function removal(): Promise<unknown> {
  const session = createSession({ host: nodeHost(root, cache) });
  await session.analyse();
  globalThis.gc?.();
  const beforeMb = residentMb();
  const plan = async () => {
    const start = performance.now();
    const change = await session.removeFlags([{ key: wideKey, keep: true }]);
    const edits = change.files.reduce((sum, file) => sum + file.edits.length, 0);
    return { ms: performance.now() - start, files: change.files.length, edits, refused: change.refused.length };
  };
  const first = await plan();
  const { ms: againMs } = await plan();
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    globalThis.gc?.();
  }
  return { ...first, againMs, beforeMb, peakRssMb: peakRssMb(), restingMb: residentMb() };
}

function residentMb(): number {
  return Math.round(process.memoryUsage().rss / 1048576);
}

/** The highest resident memory of this process. `ru_maxrss` would count what the process was before it became this one. */
function peakRssMb(): number | undefined {
  const status = process.platform === 'linux' ? fs.readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}
