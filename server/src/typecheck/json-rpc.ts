import type { ChildProcess } from 'node:child_process';

/** Requests and notifications to a language server on its standard input and output. Fails all when the process ends. */
export function jsonRpc(child: ChildProcess): {
  ask<Answer>(method: string, params: unknown): Promise<Answer>;
  tell(method: string, params: unknown): void;
} {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let buffered = Buffer.alloc(0);
  let next = 1;
  let ended: Error | undefined;
  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin!.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const take = ({ id, method, params, result, error }: Message): void => {
    if (method !== undefined) {
      if (id !== undefined)
        send({ id, result: method === 'workspace/configuration' ? params.items.map(() => null) : null });
      return;
    }
    const asked = waiting.get(id!);
    waiting.delete(id!);
    if (error === undefined) asked?.resolve(result);
    else asked?.reject(new Error(error.message));
  };
  child.stdout!.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    for (;;) {
      const head = buffered.indexOf('\r\n\r\n');
      const length = head < 0 ? undefined : /Content-Length: *(\d+)/i.exec(buffered.toString('latin1', 0, head))?.[1];
      const stop = head + 4 + Number(length);
      if (length === undefined || buffered.length < stop) return;
      const body = buffered.toString('utf8', head + 4, stop);
      buffered = buffered.subarray(stop);
      take(JSON.parse(body));
    }
  });
  child.stdin!.on('error', end);
  child.on('error', end);
  child.on('exit', () => end(new Error('TypeScript ended before it answered')));
  return {
    ask: <Answer>(method: string, params: unknown) =>
      new Promise<Answer>((resolve, reject) => {
        if (ended) return reject(ended);
        const id = next++;
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        send({ id, method, params });
      }),
    tell: (method, params) => send({ method, params }),
  };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params: { readonly items: readonly unknown[] };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}
