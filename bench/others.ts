import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A time, and what else one run tells. */
export interface Sample {
  readonly ms: number;
  readonly [figure: string]: unknown;
}

const compare = path.join(path.dirname(fileURLToPath(import.meta.url)), 'compare');

/** Installs what the bench compares with, into `bench/compare/node_modules`. Only when asked for: it asks the registry. */
export function installOthers(): void {
  if (hasEslint()) return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: compare, stdio: ['ignore', 'ignore', 'inherit'] });
}

export function hasEslint(): boolean {
  return fs.existsSync(path.join(compare, 'node_modules/eslint'));
}

/** ESLint with one syntactic rule over the same files, in a process of its own; its start is not part of the time, its loading is. */
export function eslint(root: string): Sample {
  const child = spawnSync(process.execPath, [path.join(compare, 'eslint.mjs'), root], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (child.status !== 0) throw new Error(`ESLint failed: ${child.stderr}`);
  return JSON.parse(child.stdout);
}

/** A search for the same calls by text, the process's start included; a sentence where there is no ripgrep. */
export function ripgrep(root: string): Sample | string {
  const start = performance.now();
  const child = spawnSync(
    'rg',
    ['--count-matches', '--no-filename', '-tts', '-tjs', String.raw`\.get\w+Value\(`, root],
    {
      encoding: 'utf8',
    },
  );
  const ms = performance.now() - start;
  if (child.error) return 'ripgrep (rg) was not found';
  return { ms, found: child.stdout.split('\n').reduce((sum, line) => sum + Number(line), 0) };
}
