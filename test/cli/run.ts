import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gitEnvironment, type TempFolder, tempFolder } from './temp-folder.ts';

const project = join(dirname(fileURLToPath(import.meta.url)), '../..');
const tsx = pathToFileURL(join(project, 'node_modules/tsx/dist/esm/index.mjs')).href;
/** The bundle that `SWITCHYARD_BIN` names, else the built one where it is newer than all sources, else the sources themselves. */
const bundle = process.env.SWITCHYARD_BIN ?? freshBundle();
const program = bundle ? [bundle] : [`--import=${tsx}`, join(project, 'server/src/cli/main.ts')];

function freshBundle(): string | undefined {
  const built = join(project, 'dist/switchyard.cjs');
  const sources = readdirSync(join(project, 'server/src'), { recursive: true, encoding: 'utf8' });
  const newest = Math.max(...sources.map((path) => statSync(join(project, 'server/src', path)).mtimeMs));
  return (statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0) > newest ? built : undefined;
}

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let caches: string | undefined;

/** Runs the command line in a folder, with a cache folder of its own and no colours unless `env` says so. */
export function run(folder: TempFolder, args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  caches ??= tempFolder().root;
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: folder.root,
    env: { ...gitEnvironment(), XDG_CACHE_HOME: caches, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    outcome.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    outcome.err += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, ...outcome }));
  });
}

/** Runs commands that change nothing, two at a time; outcomes in order. */
export async function runAll(folder: TempFolder, commands: readonly (readonly string[])[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const queue = commands.entries();
  const work = async () => {
    for (const [index, args] of queue) outcomes[index] = await run(folder, args);
  };
  await Promise.all([work(), work()]);
  return outcomes;
}

/** How to run it from a shell, for pipes. */
export function shellCommand(...args: string[]): string {
  return [process.execPath, ...program, ...args].map((part) => `'${part}'`).join(' ');
}

/**
 * Runs commands that change nothing and compares what they print with `golden/<name>.txt`. Commit ids, ages and the folder's own path
 * are replaced. `UPDATE_GOLDEN=1` writes the file anew.
 */
export async function assertGolden(name: string, folder: TempFolder, commands: readonly string[]): Promise<void> {
  const outcomes = await runAll(folder, commands.map(words));
  const transcript = outcomes.map(({ code, out, err }, index) => {
    const parts = [
      `$ switchyard ${commands[index]}`,
      out.trimEnd(),
      err && `[stderr]\n${err.trimEnd()}`,
      `[exit ${code}]`,
    ];
    return parts.filter(Boolean).join('\n');
  });
  const actual = `${normalised(transcript.join('\n\n'), folder)}\n`;
  const file = join(project, 'test/cli/golden', `${name}.txt`);
  if (process.env.UPDATE_GOLDEN || !existsSync(file)) {
    assert.ok(process.env.UPDATE_GOLDEN, `${file} is missing: make it with UPDATE_GOLDEN=1`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  assert.equal(actual, readFileSync(file, 'utf8'));
}

function normalised(text: string, folder: TempFolder): string {
  return text
    .replaceAll(folder.root, '<folder>')
    .replace(/\b[0-9a-f]{40}\b/g, '<commit>')
    .replace(/\(([0-9a-f]{7})\)/g, '(<commit>)')
    .replace(/\d+ (day|month|year)s?(?=, since)/g, '<age>');
}

/** Splits at spaces; single quotes hold a word together. */
function words(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|\S+/g)].map((match) => match[1] ?? match[0]);
}
