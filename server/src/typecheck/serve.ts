import { typeChecks } from './check.ts';
import type { CheckAnswer, CheckRequest } from './request.ts';

/** The life of the process that checks types: it answers requests one after another until its parent goes. */
export function serveTypeChecks(): void {
  const checks = typeChecks();
  const answer = (message: CheckAnswer) => process.send?.(message);
  let queue: Promise<unknown> = Promise.resolve();
  let told = 0;
  process.on('message', (request: CheckRequest) => {
    const { id } = request;
    const progress = (done: number, all: number): void => {
      if (performance.now() - told < 100) return;
      told = performance.now();
      answer({ kind: 'progress', id, done, all });
    };
    queue = queue
      .then(() => checks.check(request, progress))
      .then(
        (report) => answer({ kind: 'report', id, report }),
        (error) => answer({ kind: 'failed', id, why: error instanceof Error ? error.message : String(error) }),
      );
  });
  process.on('disconnect', () => {
    checks.close();
    process.exit();
  });
}
