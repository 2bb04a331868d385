import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of its own for one test, and git in it, with a fixed author and fixed dates. Paths are relative to it. */
export interface TempFolder {
  readonly root: string;
  /** Writes files by path. */
  write(files: Record<string, string | Buffer>): void;
  read(path: string): string;
  remove(path: string): void;
  /** Runs git and returns what it prints, trimmed. */
  git(...args: string[]): string;
  /** Stages everything and commits; returns the commit. */
  commit(message?: string): string;
}

const made: string[] = [];

/** Call it in `after`: takes away all folders that were made. */
export function removeTempFolders(): void {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
}

export function tempFolder(files: Record<string, string | Buffer> = {}): TempFolder {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'switchyard-test-')));
  made.push(root);
  const folder: TempFolder = {
    root,
    write: (more) => {
      for (const [path, text] of Object.entries(more)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    git: (...args) =>
      execFileSync('git', args, { cwd: root, env: gitEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
        .toString()
        .trim(),
    commit: (message = 'a commit') => {
      folder.git('add', '-A');
      folder.git('commit', '-q', '--allow-empty', '-m', message);
      return folder.git('rev-parse', 'HEAD');
    },
  };
  folder.write(files);
  return folder;
}

/** The same with a repository whose first branch has the given name, and one commit of the files. */
export function tempRepository(files: Record<string, string | Buffer>, branch = 'main'): TempFolder {
  const folder = tempFolder(files);
  folder.git('init', '-q', '-b', branch);
  folder.commit('first');
  return folder;
}

/** No configuration of the machine, the same commit ids on every run. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const who = { NAME: 'A Person', EMAIL: 'person@example.com', DATE: '2024-01-01T12:00:00Z' };
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  for (const role of ['AUTHOR', 'COMMITTER'])
    for (const [field, value] of Object.entries(who)) env[`GIT_${role}_${field}`] = value;
  return env;
}
