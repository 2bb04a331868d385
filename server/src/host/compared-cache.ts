import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { hashText } from '../core/hash.ts';
import type { ComparedCache } from './ports.ts';

/**
 * What was told of changed texts between runs: one file a workspace folder, a header and one line a text. It depends on every line of
 * the program that told it, so that another build finds nothing. Damage of any kind means an empty cache.
 * @param program names the build; nothing is kept without one
 */
export function openComparedCache(
  folder: string,
  root: string,
  program: string | undefined,
): ComparedCache | undefined {
  if (program === undefined) return undefined;
  const file = join(folder, `compared-${hashText(root)}.txt`);
  const headOf = (lines: string) => JSON.stringify({ program, root, crc: crc32(lines) });
  return {
    load() {
      try {
        const all = readFileSync(file, 'utf8');
        const end = all.indexOf('\n') + 1;
        const lines = all.slice(end);
        if (all.slice(0, end - 1) !== headOf(lines)) return new Map();
        return new Map(lines.split('\n').flatMap((line) => (line === '' ? [] : [split(line)])));
      } catch {
        return new Map();
      }
    },
    save(entries) {
      try {
        mkdirSync(folder, { recursive: true });
        const lines = [...entries].map(([key, json]) => `${key}\t${json}\n`).join('');
        const temporary = `${file}.${process.pid}.tmp`;
        writeFileSync(temporary, `${headOf(lines)}\n${lines}`);
        renameSync(temporary, file);
      } catch {
        // A full or read-only disk: the next start takes longer.
      }
    },
  };
}

function split(line: string): [string, string] {
  const at = line.indexOf('\t');
  return [line.slice(0, at), line.slice(at + 1)];
}
