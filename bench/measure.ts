/**
 * One measurement in a process of its own, so that memory and warm code belong to it alone. Prints one JSON object.
 * Usage: measure <floor|cold|warm|keystroke|removal> FOLDER CACHE-FOLDER
 */
import fs from 'node:fs';
import path from 'node:path';
import { nodeHost } from '../server/src/host/node-host.ts';
import { createSession } from '../server/src/session/session.ts';
import { longFile, wideKey } from './tree.ts';

const [what, root, cache] = process.argv.slice(2) as [string, string, string];

if (what === 'floor') console.log(JSON.stringify(floor()));
else if (what === 'keystroke') console.log(JSON.stringify(await keystroke()));
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

/** Typing in the middle of a file of 2,000 lines: each stroke is applied and analysed to the end. */
async function keystroke(): Promise<unknown> {
  const session = createSession({ host: nodeHost(root, cache) });
  await session.analyse();
  const text = fs.readFileSync(path.join(root, longFile), 'utf8');
  const at = text.indexOf('return found;', text.length / 2);
  const times: number[] = [];
  for (let stroke = 0; stroke < 220; stroke++) {
    const typed = `${text.slice(0, at)}${'x'.repeat(1 + (stroke % 30))}; ${text.slice(at)}`;
    const start = performance.now();
    session.apply({ kind: 'edited', path: longFile, text: typed, version: stroke + 1 });
    await session.analyse();
    if (stroke >= 20) times.push(performance.now() - start);
    // Each stroke is a message of its own: what one job holds on to is let go before the next.
    await new Promise(setImmediate);
  }
  times.sort((a, b) => a - b);
  return { lines: text.split('\n').length, p50: times[100], p95: times[190], max: times.at(-1) };
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
