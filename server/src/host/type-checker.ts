import { type ChildProcess, fork } from 'node:child_process';
import { type CancellationToken, Cancelled, throwIfCancelled } from '../core/cancellation.ts';
import type { TypeReport } from '../core/type-report.ts';
import type { CheckAnswer, CheckRequest } from '../typecheck/request.ts';
import type { TypeChecker } from './ports.ts';

/** The argument with which an entry point of Switchyard is nothing but the process that checks types. */
export const typeCheckArgument = '--serve-type-checks';

/** Becomes that process. */
export async function serveTypeChecks(): Promise<void> {
  const { serveTypeChecks } = await import('../typecheck/serve.ts');
  serveTypeChecks();
}

/**
 * Checks types in a process of its own, so that nothing waits for it, and its memory goes with it.
 * @param entry the file of this program that heeds `typeCheckArgument`
 * @param trusted whether the workspace's own TypeScript may be run
 */
export function openTypeChecker(root: string, entry: string, trusted: boolean): TypeChecker {
  return {
    start() {
      let child: ChildProcess | undefined;
      let id = 0;
      return {
        check(texts, files, token, progress) {
          throwIfCancelled(token);
          child ??= fork(entry, [typeCheckArgument], {
            execArgv: process.execArgv.filter((argument) => !/^--(?:inspect|max-|expose)/.test(argument)),
            stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
          });
          return ask(child, { id: ++id, root, trusted, texts: [...texts], files }, token, progress);
        },
        close: () => void child?.kill(),
      };
    },
  };
}

function ask(
  child: ChildProcess,
  request: CheckRequest,
  token: CancellationToken,
  progress?: (done: number, all: number) => void,
): Promise<TypeReport> {
  return new Promise((resolve, reject) => {
    const watch = setInterval(() => {
      if (token.isCancellationRequested) end(() => reject(new Cancelled()));
    }, 100);
    const end = (settle: () => void): void => {
      clearInterval(watch);
      child.off('message', take).off('error', fail).off('exit', exited);
      settle();
    };
    const fail = (error: Error) => end(() => reject(error));
    const exited = (code: number | null, signal: string | null) =>
      fail(new Error(`the type checker ended (${signal ?? `exit code ${code}`}), perhaps for lack of memory`));
    const take = (answer: CheckAnswer): void => {
      if (answer.id !== request.id) return;
      if (answer.kind === 'progress') progress?.(answer.done, answer.all);
      else if (answer.kind === 'failed') fail(new Error(answer.why));
      else end(() => resolve(answer.report));
    };
    child.on('message', take).on('error', fail).on('exit', exited);
    child.send(request, (error) => error && fail(error));
  });
}
