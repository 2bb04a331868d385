/**
 * `npm run bench [-- --sizes 1000,10000] [--folder DIR] [--rounds 3] [--only change] [--compare]`: prints JSON. Every time is given with its ratio to
 * reading all files once, measured in the same round on the same tree; medians of the rounds. ripgrep runs along where it is
 * installed, and ESLint once `--compare` has installed it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { budgetsOf, budgetsOfChange, type Measured } from './budgets.ts';
import { writeChangedTree } from './change-tree.ts';
import { eslint, hasEslint, installOthers, ripgrep, type Sample } from './others.ts';
import { longFile, writeTree } from './tree.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000' },
    folder: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    compare: { type: 'boolean', default: false },
  },
});
const here = path.dirname(fileURLToPath(import.meta.url));
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-bench-'));
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));

if (values.compare) installOthers();
const program = await bundle();
const results: unknown[] = [];
if (values.only === 'change') results.push(measureChange());
else if (values.folder) results.push(measure(path.resolve(values.folder), values.folder));
else
  for (const size of values.sizes.split(',').map(Number))
    results.push(measure(generated(size), `generated, ${size} files`));
if (!values.folder && values.only === undefined) results.push(measureChange());
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

function measure(root: string, name: string): unknown {
  const cache = path.join(work, 'cache');
  const rounds = Array.from({ length: Number(values.rounds) }, (_, round) => {
    fs.rmSync(cache, { recursive: true, force: true });
    return {
      floor: run('floor', root, cache),
      cold: run('cold', root, cache),
      warm: run('warm', root, cache),
      // Once is enough: it takes longer than all the others together.
      eslint: round === 0 && hasEslint() ? eslint(root) : undefined,
      ripgrep: ripgrep(root),
    };
  });
  const floors = rounds.map((round) => round.floor.ms);
  const times = (samples: readonly number[]) => ({
    ms: Math.round(median(samples)),
    xFloor: Number(median(samples.map((ms, i) => ms / floors[i]!)).toFixed(1)),
  });
  const all = (samples: readonly Sample[]) => ({ ...samples.at(-1), ...times(samples.map((one) => one.ms)) });
  const cold = rounds.map((round) => round.cold);
  const first = times(cold.map((one) => Number(one.firstMs)));
  const linted = rounds.flatMap((round) => round.eslint ?? []);
  const searched = rounds.flatMap((round) => (typeof round.ripgrep === 'string' ? [] : [round.ripgrep]));
  const result = {
    floor: { ...rounds.at(-1)!.floor, ms: Math.round(median(floors)) },
    cold: { ...all(cold), firstMs: first.ms, xFloorFirst: first.xFloor },
    warm: all(rounds.map((round) => round.warm)),
    keystroke: fs.existsSync(path.join(root, longFile)) ? run('keystroke', root, cache) : undefined,
    removal: fs.existsSync(path.join(root, longFile)) ? run('removal', root, cache) : undefined,
    eslint: linted.length > 0 ? all(linted) : 'not installed; npm run bench -- --compare installs it',
    ripgrep: searched.length > 0 ? all(searched) : rounds.at(-1)!.ripgrep,
  };
  return { name, ...result, budgets: budgetsOf(result as Measured) };
}

/** A change of 100 files and 5,000 lines: whole processes with nothing kept and after a restart, and typing in the middle of it. */
function measureChange(): unknown {
  const root = path.join(work, 'changed');
  const size = writeChangedTree(root);
  const cache = path.join(work, 'cache-of-change');
  const rounds = Array.from({ length: Number(values.rounds) }, () => {
    fs.rmSync(cache, { recursive: true, force: true });
    const [floor, cold, warm] = ['floor', 'change', 'change'].map((what) => run(what, root, cache));
    return { floor: floor!, cold: cold!, warm: warm!, strokes: run('strokes', root, cache) };
  });
  const figures = (what: 'floor' | 'cold' | 'warm' | 'strokes') => mediansOf(rounds.map((round) => round[what]));
  const [floor, cold, warm, strokes] = [figures('floor'), figures('cold'), figures('warm'), figures('strokes')];
  return { name: 'a change', size, floor, cold, warm, strokes, budgets: budgetsOfChange({ cold, warm, strokes }) };
}

/** Each figure by itself. */
function mediansOf(samples: readonly Sample[]): Record<string, number> {
  const names = Object.keys(samples[0]!);
  return Object.fromEntries(
    names.map((name) => [name, Number(median(samples.map((one) => Number(one[name]))).toFixed(1))]),
  );
}

function run(what: string, root: string, cache: string): Sample {
  const child = spawnSync(process.execPath, ['--expose-gc', '--max-semi-space-size=8', program, what, root, cache], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    // As a build names itself: without it nothing that was compared is kept.
    env: { ...process.env, SWITCHYARD_PROGRAM: 'bench' },
  });
  if (child.status !== 0) throw new Error(`${what} failed: ${child.stderr}`);
  return JSON.parse(child.stdout);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
