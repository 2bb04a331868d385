import type { History } from '../../server/src/core/history.ts';
import { changedText } from '../../server/src/core/source-change.ts';
import { UserError } from '../../server/src/core/user-error.ts';
import type { ChangedPath, Host, KeptFacts, ListedFile, RiskTrailer } from '../../server/src/host/ports.ts';
import { isBesidePath } from '../../server/src/host/source-files.ts';

/** A workspace folder in memory, with an optional base, for tests. Change `now` and tell the session. */
export interface MemoryHost extends Host {
  readonly now: Map<string, string>;
  base: Map<string, string> | undefined;
  /** How often each port was asked, to hold that memoised work is not done again. */
  readonly asked: { list: number; read: number; base: number };
  /** The day that the host tells; 2026-01-15 unless a test sets another. */
  day: string;
  /** What stands in files that are not analysed. */
  otherText: string;
  /** When git first knew a key: dates by key. */
  readonly mentions: Map<string, string>;
  /** What the messages of commits account for. */
  trailers: RiskTrailer[];
  /** What commits before the base touched. */
  history: History | undefined;
  /** What was told of changed texts and saved, for the next session. */
  comparisons: ReadonlyMap<string, string>;
  write(path: string, text: string): void;
  remove(path: string): void;
}

export function memoryHost(files: ReadonlyMap<string, string>, base?: ReadonlyMap<string, string>): MemoryHost {
  const now = new Map(files);
  const stamps = new Map<string, number>();
  let clock = 1;
  for (const path of now.keys()) stamps.set(path, clock++);
  let generation = 0;
  const cache = new Map<string, KeptFacts>();
  const asked = { list: 0, read: 0, base: 0 };

  const listed = (path: string): ListedFile => ({
    path,
    mtimeMs: stamps.get(path)!,
    ctimeMs: stamps.get(path)!,
    size: now.get(path)!.length,
  });

  const host: MemoryHost = {
    now,
    base: base && new Map(base),
    asked,
    day: '2026-01-15',
    mentions: new Map(),
    trailers: [],
    history: undefined,
    comparisons: new Map(),
    otherText: '',
    today: () => host.day,
    write(path, text) {
      now.set(path, text);
      stamps.set(path, clock++);
      generation++;
    },
    remove(path) {
      now.delete(path);
      generation++;
    },
    files: {
      async list() {
        asked.list++;
        return [...now.keys()].sort().map(listed);
      },
      async listAmong(paths) {
        return [...new Set(paths)]
          .filter((path) => now.has(path))
          .sort()
          .map(listed);
      },
      listBeside: async () => [...now.keys()].filter(isBesidePath).sort(),
      stat: (path) => (now.has(path) ? listed(path) : undefined),
      read(path) {
        asked.read++;
        return now.get(path);
      },
      async readAll(paths, visit) {
        for (const path of paths) visit(path, now.get(path));
      },
      write(changes) {
        for (const change of changes) {
          if (now.get(change.path) !== change.before) throw new UserError(`${change.path} changed meanwhile.`);
          const text = changedText(change);
          if (text === undefined) host.remove(change.path);
          else host.write(change.path, text);
        }
      },
    },
    git: {
      async findBase(wanted) {
        asked.base++;
        if (!host.base) return { kind: 'none', why: 'The folder is not in a git repository.' };
        return {
          kind: 'base',
          ref: wanted ?? 'main',
          commit: 'b'.repeat(40),
          name: `merge base with ${wanted ?? 'main'}`,
        };
      },
      async changedFiles() {
        return changes(host.base ?? new Map(), now);
      },
      async readBase(_commit, paths) {
        return new Map(paths.flatMap((path) => (host.base?.has(path) ? [[path, host.base.get(path)!] as const] : [])));
      },
      headState: () => String(generation),
      staged: async () => ({ texts: new Map(), untracked: new Set() }),
      riskTrailers: async () => [...host.trailers],
      history: async () => host.history,
      mentionedInOtherFiles: async (words) => new Set(words.filter((word) => host.otherText.includes(word))),
      firstMentions: async (keys) =>
        new Map(
          keys.flatMap((key) => {
            const date = host.mentions.get(key);
            return date === undefined ? [] : [[key, { date, author: 'Ada', commit: 'c'.repeat(40) }] as const];
          }),
        ),
    },
    compared: {
      load: () => host.comparisons,
      save(entries) {
        host.comparisons = new Map(entries);
      },
    },
    cache: {
      async load(recipe) {
        return cache.get(recipe) ?? new Map();
      },
      async save(recipe, saved, learnt) {
        cache.set(recipe, Object.assign(structuredClone(new Map(saved)), learnt && { learnt }));
      },
    },
  };
  return host;
}

/** A file that is gone and one that is new with the same text are a rename, as git sees it. */
function changes(base: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): ChangedPath[] {
  const gone = [...base.keys()].filter((path) => !now.has(path));
  const out: ChangedPath[] = [];
  for (const [path, text] of now) {
    const before = base.get(path);
    if (before === text) continue;
    const from = before === undefined ? gone.findIndex((old) => base.get(old) === text) : -1;
    if (before !== undefined) out.push({ path, basePath: path, status: 'modified' });
    else if (from >= 0) out.push({ path, basePath: gone.splice(from, 1)[0]!, status: 'renamed' });
    else out.push({ path, basePath: path, status: 'added' });
  }
  for (const path of gone) out.push({ path, basePath: path, status: 'deleted' });
  return out.sort((a, b) => (a.path < b.path ? -1 : 1));
}
