import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { Cancelled } from '../core/cancellation.ts';
import { UserError } from '../core/user-error.ts';

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * Runs one request: a line in the log with its milliseconds and what came of it, cancellation as the protocol wants it, a wrong
 * use as a plain sentence, and everything else as an error with its stack in the log.
 */
export async function answer<T>(
  log: Log,
  name: string,
  work: () => Promise<T> | T,
  counts: (result: T) => string = () => '',
): Promise<T> {
  const start = performance.now();
  const ms = () => `${(performance.now() - start).toFixed(1)} ms`;
  try {
    const result = await work();
    log.info(`${name}: ${ms()}${[counts(result)].filter(Boolean).map((text) => `, ${text}`)}`);
    return result;
  } catch (error) {
    if (error instanceof Cancelled) {
      log.info(`${name}: cancelled after ${ms()}`);
      throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    }
    if (error instanceof UserError) {
      log.warn(`${name}: ${ms()}, refused: ${error.message}`);
      throw new ResponseError(LSPErrorCodes.RequestFailed, error.message);
    }
    if (error instanceof ResponseError) throw error;
    log.error(`${name}: failed after ${ms()}: ${error instanceof Error ? error.stack : String(error)}`);
    throw new ResponseError(LSPErrorCodes.RequestFailed, `Switchyard failed on this request; the log has the details.`);
  }
}
