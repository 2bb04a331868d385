import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Formats TypeScript and JSON as the linter wants them, so that a generated file is never both fresh and badly formatted. */
export function format(root: string, files: ReadonlyMap<string, string>): Map<string, string> {
  const out = new Map<string, string>();
  for (const [file, text] of files) out.set(file, /\.(ts|json)$/.test(file) ? biome(root, file, text) : text);
  return out;
}

function biome(root: string, file: string, text: string): string {
  const bin = path.join(root, 'node_modules/@biomejs/biome/bin/biome');
  const run = spawnSync(process.execPath, [bin, 'check', '--write', '--stdin-file-path', file], {
    cwd: root,
    input: text,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) throw new Error(`could not format ${file}: ${run.stderr}`);
  return run.stdout;
}
