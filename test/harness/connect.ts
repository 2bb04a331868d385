import { PassThrough } from 'node:stream';
import {
  type CodeAction,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { Host } from '../../server/src/host/ports.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import { methods } from '../../server/src/protocol/messages.ts';

/** An editor in memory, connected to a language server in memory, with the folder `file:///shop` (or more). */
export interface Editor {
  /** Waits until the diagnostics of a file satisfy the test, and returns them. */
  /** Files that have diagnostics now. */
  readonly published: ReadonlyMap<string, readonly Diagnostic[]>;
  diagnostics(path: string, until: (list: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  /** Rules of the diagnostics of a file, as they stand. */
  rules(path: string): string[];
  open(path: string, text: string): void;
  edit(path: string, text: string): void;
  close(path: string): void;
  /** Files changed on disk (already written to the host). */
  touched(...paths: string[]): void;
  configure(settings: unknown): void;
  request<T>(method: string, params?: unknown): Promise<T>;
  notify(method: string, params: unknown): void;
  actions(path: string, line: number, only?: string[]): Promise<CodeAction[]>;
  readonly messages: string[];
  readonly log: string[];
  uri(path: string): string;
  stop(): Promise<void>;
}

export async function connect(
  host: Host | ReadonlyMap<string, Host>,
  initializationOptions: unknown = {},
  capabilities: { readonly workspace?: object } = {},
): Promise<Editor> {
  const hosts: ReadonlyMap<string, Host> = host instanceof Map ? host : new Map([['file:///shop', host as Host]]);
  const up = new PassThrough();
  const down = new PassThrough();
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    host: (folder) => hosts.get(folder)!,
  });
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const published = new Map<string, PublishDiagnosticsParams['diagnostics']>();
  const waiting = new Set<() => void>();
  const messages: string[] = [];
  const log: string[] = [];
  const versions = new Map<string, number>();
  const [first] = hosts.keys();
  const uri = (path: string) => (path.startsWith('file:') ? path : `${first}/${path}`);
  client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.set(params.uri, params.diagnostics);
    for (const look of waiting) look();
  });
  client.onNotification('window/showMessage', ({ message }) => void messages.push(message));
  client.onRequest('window/showMessageRequest', ({ message }) => {
    messages.push(message);
    return null;
  });
  client.onNotification('window/logMessage', ({ message }) => void log.push(message));
  client.onRequest('window/workDoneProgress/create', () => null);
  client.onRequest('client/registerCapability', () => null);
  client.onNotification(methods.changed, () => undefined);
  client.listen();
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities: {
      ...capabilities,
      workspace: {
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        ...capabilities.workspace,
      },
    },
    workspaceFolders: [...hosts.keys()].map((folder) => ({ uri: folder, name: folder.split('/').at(-1)! })),
    initializationOptions,
  });
  await client.sendNotification('initialized', {});

  const editor: Editor = {
    uri,
    published,
    messages,
    log,
    diagnostics(path, until) {
      const now = () => published.get(uri(path)) ?? [];
      return new Promise((resolve, reject) => {
        const look = () => {
          if (!until(now())) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(now());
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`diagnostics of ${path} stayed ${JSON.stringify(now(), null, 1)}\n${log.join('\n')}`));
        }, 8000);
        waiting.add(look);
        look();
      });
    },
    rules: (path) => (published.get(uri(path)) ?? []).map((one) => String(one.code)),
    open(path, text) {
      versions.set(path, 1);
      void client.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(path), languageId: 'typescript', version: 1, text },
      });
    },
    edit(path, text) {
      const version = versions.get(path)! + 1;
      versions.set(path, version);
      void client.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(path), version },
        contentChanges: [{ text }],
      });
    },
    close(path) {
      void client.sendNotification('textDocument/didClose', { textDocument: { uri: uri(path) } });
    },
    touched(...paths) {
      const changes = paths.map((path) => ({ uri: uri(path), type: 2 }));
      void client.sendNotification('workspace/didChangeWatchedFiles', { changes });
    },
    configure(settings) {
      void client.sendNotification('workspace/didChangeConfiguration', { settings: { switchyard: settings } });
    },
    request: (method, params) => client.sendRequest(method, params),
    notify: (method, params) => void client.sendNotification(method, params as object),
    actions(path, line, only) {
      const at = { line, character: 0 };
      const range = { start: at, end: { line, character: 999 } };
      const diagnostics = (published.get(uri(path)) ?? []).filter((one) => one.range.start.line === line);
      return client.sendRequest('textDocument/codeAction', {
        textDocument: { uri: uri(path) },
        range,
        context: { diagnostics, ...(only && { only }) },
      });
    },
    async stop() {
      await client.sendRequest('shutdown');
      client.dispose();
    },
  };
  return editor;
}
