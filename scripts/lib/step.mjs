// What the scripts share: one line a step, one sentence when something is wrong, and child processes that do not leak.
import { spawn } from 'node:child_process';

/** Something that a person can mend: the message is one sentence that says what to do, shown without a stack. */
export class Problem extends Error {}

/** Runs a step and prints one line for it with its seconds: `installing packages ... 12.3 s`. */
export async function step(name, work) {
  const start = Date.now();
  process.stdout.write(`${name} ...`);
  try {
    const result = await work();
    process.stdout.write(` ${seconds(start)}\n`);
    return result;
  } catch (error) {
    process.stdout.write(` failed after ${seconds(start)}\n`);
    throw error;
  }
}

/** Time since `start` (ms since the epoch), for a person. */
export function seconds(start) {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

/**
 * Runs a program to its end and gives `{ code, output }` (stdout and stderr as they came). `code` is -1 where a signal
 * ended it. After `limit` ms it is ended with what it started, and the output says so.
 */
export function run(command, args, { cwd, env, limit } = {}) {
  return new Promise((resolve) => {
    const windowsScript = process.platform === 'win32' && !/\.exe$/i.test(command);
    const options = { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: windowsScript };
    // With a limit it leads a process group, so that nothing that it started lives on.
    const child = spawn(command, args, { ...options, detached: limit !== undefined });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    const timers = [];
    const end = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch {
        // It is gone already.
      }
    };
    const endPolitely = () => end('SIGTERM');
    if (limit !== undefined) {
      process.once('exit', endPolitely);
      const tooLong = () => {
        output += `\nended after ${limit / 1000} s\n`;
        endPolitely();
      };
      timers.push(setTimeout(tooLong, limit), setTimeout(end, limit + 5_000, 'SIGKILL'));
    }
    child.on('error', (error) => resolve({ code: -1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => {
      for (const timer of timers) clearTimeout(timer);
      process.removeListener('exit', endPolitely);
      resolve({ code: code ?? -1, output });
    });
  });
}

/** Runs the work of a script: a Problem ends it with its sentence, everything else with its stack; both with code 1. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? process.exitCode ?? 0;
  } catch (error) {
    process.stderr.write(`\n${error instanceof Problem ? error.message : (error.stack ?? error)}\n`);
    process.exitCode = 1;
  }
}
