import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { type CancellationToken, Cancelled, neverCancelled } from '../core/cancellation.ts';

/**
 * Runs git so that nothing of the repository is executed and nothing is fetched: hooks, pagers, file system monitors, external
 * diffs, text conversion, filters and lazy fetches are off, and nothing is written.
 */

export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitOptions {
  readonly token?: CancellationToken;
  readonly input?: string;
  /** Names of filter drivers (`filter.<name>.clean`) to switch off. */
  readonly filters?: readonly string[];
  /** Milliseconds; 30 seconds when left out. */
  readonly timeLimitMs?: number;
  /** Takes the output as it comes, and none is kept. False: enough, git is stopped, and its exit code is not 0. */
  readonly onOutput?: (chunk: Buffer) => boolean;
}

/** Git could not be run at all, or took too long. The message is a sentence. */
export class GitUnavailable extends Error {}

const quiet = [
  '--no-optional-locks',
  ...['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'core.pager=cat', 'core.quotePath=false'].flatMap((c) => [
    '-c',
    c,
  ]),
];

/** @throws GitUnavailable; Cancelled. An exit code other than 0 is an answer. */
export function runGit(cwd: string, args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  const { token = neverCancelled, timeLimitMs = 30_000 } = options;
  if (token.isCancellationRequested) return Promise.reject(new Cancelled());
  const program = findGit();
  if (program === undefined) return Promise.reject(new GitUnavailable('git was not found on the PATH'));
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...quiet, ...withoutFilters(options.filters ?? []), ...args], {
      cwd,
      env: environment(),
      windowsHide: true,
    });
    const out: Buffer[] = [];
    let stderr = '';
    const started = performance.now();
    const watch = setInterval(() => {
      const late = performance.now() - started > timeLimitMs;
      if (!late && !token.isCancellationRequested) return;
      child.kill('SIGKILL');
      finish(() =>
        reject(
          late ? new GitUnavailable(`git ${args[0]} took more than ${timeLimitMs / 1000} seconds`) : new Cancelled(),
        ),
      );
    }, 25);
    const finish = (settle: () => void) => {
      clearInterval(watch);
      settle();
    };
    child.stdout.on('data', (chunk: Buffer) => {
      if (options.onOutput === undefined) out.push(chunk);
      else if (!child.killed && !options.onOutput(chunk)) child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (stderr.length < 10_000) stderr += chunk;
    });
    child.on('error', (error) =>
      finish(() => reject(new GitUnavailable(`git could not be started: ${error.message}`))),
    );
    child.on('close', (code) => finish(() => resolve({ code: code ?? 1, stdout: Buffer.concat(out), stderr })));
    child.stdin.on('error', () => {}); // git may close its input before all is written; its exit code tells
    child.stdin.end(options.input ?? '');
  });
}

/** Fields of output that was asked for with `-z`. */
export function fields(output: Buffer): string[] {
  const text = output.toString('utf8');
  return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}

/** Variables of git that say where to look or what to trust stay; those that point it at another repository or program go. */
const kept =
  /^GIT_(CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|EXEC_PATH)$/;

function environment(): NodeJS.ProcessEnv {
  const names = Object.keys(process.env).filter((name) => !name.startsWith('GIT_') || kept.test(name));
  return {
    ...Object.fromEntries(names.map((name) => [name, process.env[name]])),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
  };
}

/** A driver without commands leaves contents as they are. */
function withoutFilters(names: readonly string[]): string[] {
  const settings = names.flatMap((name) =>
    ['clean=', 'smudge=', 'process=', 'required=false'].map((set) => `${name}.${set}`),
  );
  return settings.flatMap((setting) => ['-c', `filter.${setting}`]);
}

let found: { path: string | undefined; program: string | undefined } | undefined;

/** Git by its absolute path, so that a program called git in the workspace is never taken for it. */
function findGit(): string | undefined {
  const path = process.env.PATH ?? process.env.Path;
  if (found?.path !== path) {
    const name = process.platform === 'win32' ? 'git.exe' : 'git';
    const folders = (path ?? '').split(delimiter).filter(isAbsolute);
    found = { path, program: folders.map((folder) => join(folder, name)).find(isExecutable) };
  }
  return found?.program;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
