import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { neverCancelled } from '../core/cancellation.ts';
import { hashText } from '../core/hash.ts';
import type { CachedFile, FactsCache } from './ports.ts';
import { inSlices } from './slices.ts';

/** Raised when the shape of what is written below changes; the recipe's id stands for the shape of facts. */
const format = 2;
/** Caches of folders that nobody opened for this long are removed. */
const keptDays = 60;

interface Header {
  readonly format: number;
  readonly recipe: string;
  readonly root: string;
  readonly files: number;
}

/**
 * Facts between runs: one JSON file a workspace folder, `[header, [path, mtimeMs, ctimeMs, size, hash, facts, [asked, ...found]?], ...]`. `folder` is made when
 * missing; `root` (absolute) names the file in it. Damage of any kind means an empty cache.
 */
export function openCache(folder: string, root: string): FactsCache {
  const file = join(folder, `facts-${hashText(root)}.json`);
  return {
    load: async (recipeId) => {
      try {
        const found = read(file, recipeId, root);
        const now = new Date();
        utimesSync(file, now, now);
        return found;
      } catch {
        return new Map();
      }
    },
    save: async (recipeId, files) => {
      try {
        mkdirSync(folder, { recursive: true });
        await write(file, { format, recipe: recipeId, root, files: files.size }, files);
        removeOld(folder, Date.now() - keptDays * 24 * 3600 * 1000);
      } catch {
        // A full or read-only disk: the next start is a cold one.
      }
    },
  };
}

/** Where a user's caches live: `$XDG_CACHE_HOME`, or what the system has in its place. */
export function userCacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME?.startsWith('/')) return join(XDG_CACHE_HOME, 'switchyard');
  if (process.platform === 'win32')
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'switchyard', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'switchyard');
  return join(homedir(), '.cache', 'switchyard');
}

type Row = [
  path: string,
  mtimeMs: number,
  ctimeMs: number,
  size: number,
  hash: string,
  facts: CachedFile['facts'],
  mentions?: readonly [asked: string, ...found: readonly string[]],
];

/** @throws on damage. */
function read(file: string, recipe: string, root: string): Map<string, CachedFile> {
  const [header, ...rows] = JSON.parse(readFileSync(file, 'utf8')) as [Header, ...Row[]];
  const files = new Map<string, CachedFile>();
  if (header.format !== format || header.recipe !== recipe || header.root !== root) return files;
  for (const [path, mtimeMs, ctimeMs, size, hash, facts, mentions] of rows) {
    const [asked, ...found] = mentions ?? [];
    files.set(path, {
      mtimeMs,
      ctimeMs,
      size,
      hash,
      facts,
      ...(asked !== undefined && { mentions: { asked, found } }),
    });
  }
  if (files.size !== header.files) throw new Error('rows are missing');
  return files;
}

async function write(file: string, header: Header, files: ReadonlyMap<string, CachedFile>): Promise<void> {
  const temporary = `${file}.${process.pid}.${Date.now()}.tmp`;
  const out = openSync(temporary, 'w');
  try {
    let pending = `[${JSON.stringify(header)}`;
    const put = ([path, { mtimeMs, ctimeMs, size, hash, facts, mentions }]: [string, CachedFile]) => {
      const row: Row = [path, mtimeMs, ctimeMs, size, hash, facts];
      if (mentions) row.push([mentions.asked, ...mentions.found]);
      pending += `,\n${JSON.stringify(row)}`;
      if (pending.length < 1 << 20) return;
      writeSync(out, pending);
      pending = '';
    };
    await inSlices(files, put, neverCancelled);
    writeSync(out, `${pending}]\n`);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(out);
  }
  renameSync(temporary, file);
}

/** Removes caches, and leavings of writes that were cut off, that are older than `beforeMs`. */
function removeOld(folder: string, beforeMs: number): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('facts-')) continue;
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat !== undefined && stat.mtimeMs < beforeMs) rmSync(path, { force: true });
  }
}
