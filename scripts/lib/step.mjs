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
 * ended it. With `live`, the output goes to the terminal as well.
 */
export function run(command, args, { cwd, env, live = false } = {}) {
  return new Promise((resolve) => {
    const windowsScript = process.platform === 'win32' && !/\.exe$/i.test(command);
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: windowsScript });
    let output = '';
    const take = (stream) => (text) => {
      output += text;
      if (live) stream.write(text);
    };
    child.stdout.setEncoding('utf8').on('data', take(process.stdout));
    child.stderr.setEncoding('utf8').on('data', take(process.stderr));
    child.on('error', (error) => resolve({ code: -1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? -1, output }));
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
