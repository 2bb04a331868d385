import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { hashText } from '../core/hash.ts';
import type { ComparedCache } from './ports.ts';

/**
 * What was told of changed texts between runs: one file a workspace folder, a line for each text, and one at the end that says whose they are. It
 * depends on every line of the program that told it, so that another build finds nothing. Damage of any kind means an empty cache.
 * @param program names the build; nothing is kept without one
 */
export function openComparedCache(
  folder: string,
  root: string,
  program: string | undefined,
): ComparedCache | undefined {
  if (program === undefined) return undefined;
  const file = join(folder, `compared-${hashText(root)}.txt`);
  const endOf = (crc: number) => JSON.stringify({ program, root, crc });
  return {
    load() {
      try {
        const all = readFileSync(file);
        const end = all.lastIndexOf('\n') + 1;
        const lines = all.subarray(0, end);
        if (all.toString('utf8', end) !== endOf(crc32(lines))) return new Map();
        return new Map(lines.toString().split('\n').slice(0, -1).map(split));
      } catch {
        return new Map();
      }
    },
    save(entries) {
      const temporary = `${file}.${process.pid}.tmp`;
      try {
        mkdirSync(folder, { recursive: true });
        write(temporary, entries, endOf);
        renameSync(temporary, file);
      } catch {
        // A full or read-only disk: the next start takes longer.
        rmSync(temporary, { force: true });
      }
    },
  };
}

/** One entry after the other: together they may be 20 MB. */
function write(file: string, entries: Iterable<readonly [string, string]>, endOf: (crc: number) => string): void {
  const out = openSync(file, 'w');
  try {
    let crc = 0;
    for (const [key, json] of entries) {
      const line = Buffer.from(`${key}\t${json}\n`);
      crc = crc32(line, crc);
      writeSync(out, line);
    }
    writeSync(out, endOf(crc));
  } finally {
    closeSync(out);
  }
}

function split(line: string): [string, string] {
  const at = line.indexOf('\t');
  return [line.slice(0, at), line.slice(at + 1)];
}
