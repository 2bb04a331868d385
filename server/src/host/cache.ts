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
import { crc32 } from 'node:zlib';
import { neverCancelled } from '../core/cancellation.ts';
import { hashText } from '../core/hash.ts';
import type { CachedFile, FactsCache, KeptFacts, LearntNames } from './ports.ts';
import { inSlices } from './slices.ts';
import { type Brief, briefOf, StoredFacts } from './stored-facts.ts';

/** Raised when the shape of what is written below changes; the recipe's id stands for the shape of facts. */
const format = 5;
/** Caches of folders that nobody opened for this long are removed. */
const keptDays = 60;

interface Header {
  readonly format: number;
  readonly recipe: string;
  readonly root: string;
  /** Length of the table of heads, in bytes. */
  readonly heads: number;
  /** Of all that stands before the header. */
  readonly crc: number;
  readonly learnt?: LearntNames;
}

/**
 * Facts between runs: one file a workspace folder: the facts of each file as JSON, one behind the other; on the next line a JSON table of
 * heads, which tell the files apart; on the last line the header. `folder` is made when missing; `root` (absolute) names the file in it.
 * Damage of any kind means an empty cache.
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
    save: async (recipeId, files, learnt) => {
      try {
        mkdirSync(folder, { recursive: true });
        await write(file, { format, recipe: recipeId, root, ...(learnt && { learnt }) }, files);
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

type Head = [
  path: string,
  mtimeMs: number,
  ctimeMs: number,
  size: number,
  hash: string,
  brief: Brief,
  /** Of the file's facts. */
  bytes: number,
  mentions?: readonly [asked: string, ...found: readonly string[]],
];

/** Facts are left as bytes until somebody asks for them. @throws on damage. */
function read(file: string, recipe: string, root: string): KeptFacts {
  const files: KeptFacts = new Map<string, CachedFile>();
  const all = readFileSync(file);
  const headerAt = all.lastIndexOf('\n') + 1;
  const header = JSON.parse(all.toString('utf8', headerAt)) as Header;
  if (header.format !== format || header.recipe !== recipe || header.root !== root) return files;
  if (crc32(all.subarray(0, headerAt)) !== header.crc) throw new Error('the file is damaged');
  if (header.learnt !== undefined) files.learnt = header.learnt;
  const headsAt = headerAt - header.heads;
  let at = 0;
  for (const head of JSON.parse(all.toString('utf8', headsAt, headerAt)) as Head[]) {
    const [path, mtimeMs, ctimeMs, size, hash, brief, bytes, mentions] = head;
    const facts = new StoredFacts(all.subarray(at, at + bytes), brief);
    at += bytes;
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
  return files;
}

async function write(
  file: string,
  header: Pick<Header, 'format' | 'recipe' | 'root' | 'learnt'>,
  files: ReadonlyMap<string, CachedFile>,
): Promise<void> {
  const temporary = `${file}.${process.pid}.${Date.now()}.tmp`;
  const out = openSync(temporary, 'w');
  try {
    let pending: Buffer[] = [];
    let waiting = 0;
    let crc = 0;
    const flush = () => {
      const chunk = Buffer.concat(pending);
      crc = crc32(chunk, crc);
      writeSync(out, chunk);
      pending = [];
      waiting = 0;
    };
    const heads: Head[] = [];
    const put = ([path, { mtimeMs, ctimeMs, size, hash, facts, mentions }]: [string, CachedFile]) => {
      const bytes = facts instanceof StoredFacts ? facts.bytes : Buffer.from(JSON.stringify(facts));
      const head: Head = [path, mtimeMs, ctimeMs, size, hash, briefOf(facts), bytes.length];
      if (mentions) head.push([mentions.asked, ...mentions.found]);
      heads.push(head);
      pending.push(bytes);
      waiting += bytes.length;
      if (waiting >= 1 << 20) flush();
    };
    await inSlices(files, put, neverCancelled);
    const table = Buffer.from(`${JSON.stringify(heads)}\n`);
    pending.push(table);
    flush();
    writeSync(out, JSON.stringify({ ...header, heads: table.length, crc } satisfies Header));
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
    if (!/^(facts|mentions|compared|code)-/.test(name)) continue;
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat !== undefined && stat.mtimeMs < beforeMs) rmSync(path, { force: true });
  }
}
