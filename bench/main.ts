/**
 * `npm run bench [-- --sizes 1000,10000] [--folder DIR] [--rounds 3]`: prints JSON. Every time is given with its ratio to reading all
 * files once, measured in the same round on the same tree; medians of the rounds.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { longFile, writeTree } from './tree.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000' },
    folder: { type: 'string' },
    rounds: { type: 'string', default: '3' },
  },
});
const here = path.dirname(fileURLToPath(import.meta.url));
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-bench-'));
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));

const program = await bundle();
const results: unknown[] = [];
if (values.folder) results.push(measure(path.resolve(values.folder), values.folder));
else
  for (const size of values.sizes.split(',').map(Number))
    results.push(measure(generated(size), `generated, ${size} files`));
console.log(
  JSON.stringify({ node: process.version, cpus: os.cpus().length, rounds: Number(values.rounds), results }, null, 2),
);

/** Bundled as the product is, so that loading the compiler costs what it costs there. */
async function bundle(): Promise<string> {
  const build = await rolldown({
    input: path.join(here, 'measure.ts'),
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
    logLevel: 'silent',
  });
  const { output } = await build.write({
    dir: path.join(work, 'program'),
    format: 'esm',
    entryFileNames: 'measure.mjs',
    chunkFileNames: '[name].mjs',
  });
  return path.join(work, 'program', output[0].fileName);
}

function generated(size: number): string {
  const root = path.join(work, `tree-${size}`);
  writeTree(root, size);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], { cwd: root });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'tree');
  return root;
}

interface Sample {
  readonly ms: number;
  readonly [figure: string]: unknown;
}

function measure(root: string, name: string): unknown {
  const cache = path.join(work, 'cache');
  const floors: number[] = [];
  const cold: Sample[] = [];
  const warm: Sample[] = [];
  let floor: Sample | undefined;
  for (let round = 0; round < Number(values.rounds); round++) {
    fs.rmSync(cache, { recursive: true, force: true });
    floor = run('floor', root, cache);
    floors.push(floor.ms);
    cold.push(run('cold', root, cache));
    warm.push(run('warm', root, cache));
  }
  const perFloor = (samples: readonly Sample[]) => ({
    ...samples.at(-1),
    ms: Math.round(median(samples.map((one) => one.ms))),
    xFloor: Number(median(samples.map((one, i) => one.ms / floors[i]!)).toFixed(1)),
  });
  return {
    name,
    floor: { ...floor, ms: Math.round(median(floors)) },
    cold: perFloor(cold),
    warm: perFloor(warm),
    keystroke: fs.existsSync(path.join(root, longFile)) ? run('keystroke', root, cache) : undefined,
  };
}

function run(what: string, root: string, cache: string): Sample {
  const child = spawnSync(process.execPath, ['--expose-gc', program, what, root, cache], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (child.status !== 0) throw new Error(`${what} failed: ${child.stderr}`);
  return JSON.parse(child.stdout);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
