import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  FileChangeType,
  LanguageClient,
  type MessageSignature,
  type Middleware,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import {
  clientCommands,
  type FlagRemoval,
  type InitializationOptions,
  methods,
  type RefusedPlace,
} from '../../server/src/protocol/messages.ts';
import { crashedTwice } from './crashes.ts';
import { asksConfirmation, type ProtocolEdit, withPreview } from './edit-plan.ts';
import { leftAsTheyWere, offerRefused } from './places.ts';

/** `off`: not wanted, or not yet. `stopped`: it failed and waits for a person. */
type ServerState = 'off' | 'starting' | 'running' | 'stopped';

/** The language server as the rest of the client sees it. It survives restarts; the client inside does not. */
export interface Server extends vscode.Disposable {
  readonly state: ServerState;
  readonly onDidChangeState: vscode.Event<ServerState>;
  /** The server says that findings or flags changed. */
  readonly onDidChangeFindings: vscode.Event<void>;
  readonly log: vscode.LogOutputChannel;
  start(): Promise<void>;
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** @throws when the server is not running, or answers with an error: its message is a sentence for the user. */
  request<Answer>(method: string, params: unknown, token: vscode.CancellationToken): Promise<Answer>;
  /** Says that files changed on disk, before the editor's watcher notices. */
  filesChanged(uris: readonly string[]): Promise<void>;
}

/** In MB: half of what Node takes, for 15 MB less at the peak of a large folder; the bench runs with it, too. */
const youngGeneration = '--max-semi-space-size=8';

/** Prepares the server of `dist/server.cjs`, without starting it. */
export function createServer(context: vscode.ExtensionContext): Server {
  const log = vscode.window.createOutputChannel('Switchyard', { log: true });
  const stateChanged = new vscode.EventEmitter<ServerState>();
  const findingsChanged = new vscode.EventEmitter<void>();
  const crashes: number[] = [];
  let client: LanguageClient | undefined;
  let state: ServerState = 'off';

  const become = (next: ServerState) => {
    if (next === state) return;
    state = next;
    stateChanged.fire(next);
  };

  /** Called when the connection closes unasked: once is mended silently, twice in three minutes is told. */
  const closed = () => {
    crashes.push(Date.now());
    if (!crashedTwice(crashes))
      return { action: CloseAction.Restart, handled: true, message: 'The server crashed; it is started again.' };
    crashes.length = 0;
    become('stopped');
    void offerRestart('Switchyard’s server crashed twice within three minutes and was not started again.');
    return {
      action: CloseAction.DoNotRestart,
      handled: true,
      message: 'The server crashed twice within three minutes.',
    };
  };

  const offerRestart = async (sentence: string) => {
    const choice = await vscode.window.showErrorMessage(sentence, 'Show Log', 'Restart Server');
    if (choice === 'Show Log') log.show();
    if (choice === 'Restart Server') await server.restart();
  };

  const create = (): LanguageClient => {
    const module = context.asAbsolutePath('dist/server.cjs');
    const created = new LanguageClient(
      'switchyard',
      'Switchyard',
      {
        run: { module, transport: TransportKind.ipc, options: { execArgv: [youngGeneration] } },
        debug: {
          module,
          transport: TransportKind.ipc,
          options: { execArgv: [youngGeneration, '--nolazy', '--inspect=6011'] },
        },
      },
      {
        documentSelector: [...analysed, ...otherEndings].map((one) => ({ scheme: 'file', ...one })),
        initializationOptions: () => initializationOptions(context),
        synchronize: { configurationSection: 'switchyard' },
        outputChannel: log,
        middleware: { sendRequest: previewFixes, ...removalsByCommand },
        errorHandler: { error: () => ({ action: ErrorAction.Continue, handled: true }), closed },
        initializationFailedHandler: (error) => {
          log.error(`The server could not start: ${error instanceof Error ? error.message : String(error)}`);
          return false;
        },
      },
    );
    created.onDidChangeState(({ newState }) => {
      if (created !== client) return;
      if (newState === State.Starting) become('starting');
      if (newState === State.Running) become('running');
    });
    created.onNotification(methods.changed, () => findingsChanged.fire());
    created.onNotification(methods.left, ({ places }: { places: RefusedPlace[] }) =>
      offerRefused(places, `Renamed in part: ${leftAsTheyWere(places.length)}`),
    );
    return created;
  };

  const server: Server = {
    get state() {
      return state;
    },
    onDidChangeState: stateChanged.event,
    onDidChangeFindings: findingsChanged.event,
    log,
    async start() {
      if (client !== undefined) return;
      client = create();
      become('starting');
      try {
        await client.start();
      } catch (error) {
        log.error(error instanceof Error ? error : String(error));
        become('stopped');
        void offerRestart('Switchyard’s server could not start.');
      }
    },
    async stop() {
      const old = client;
      client = undefined;
      become('off');
      // A client that never ran, or crashed, has nothing to stop and says so with an error.
      await old?.dispose().catch((error: unknown) => log.debug(`While stopping: ${error}`));
    },
    async restart() {
      await server.stop();
      await server.start();
    },
    async request(method, params, token) {
      if (client === undefined || state === 'stopped')
        throw new Error('Switchyard’s server is not running. Run the command “Switchyard: Restart Server”.');
      return client.sendRequest(method, params, token);
    },
    async filesChanged(uris) {
      const changes = uris.map((uri) => ({ uri, type: FileChangeType.Changed }));
      await client?.sendNotification('workspace/didChangeWatchedFiles', { changes });
    },
    dispose() {
      void server.stop();
      stateChanged.dispose();
      findingsChanged.dispose();
      log.dispose();
    },
  };
  return server;
}

/** A quick fix that asks for confirmation goes through the refactor preview; see `withPreview`. */
async function previewFixes<P, R>(
  type: string | MessageSignature,
  params: P | undefined,
  token: vscode.CancellationToken | undefined,
  next: (type: string | MessageSignature, params?: P, token?: vscode.CancellationToken) => Promise<R>,
): Promise<R> {
  const answer = await next(type, params, token);
  const method = typeof type === 'string' ? type : type.method;
  const edit = method === 'codeAction/resolve' ? (answer as { edit?: ProtocolEdit } | null)?.edit : undefined;
  return edit && asksConfirmation(edit) ? { ...answer, edit: withPreview(edit) } : answer;
}

/** A removal is planned by our command, which shows its progress, its preview and what it left: no edit is resolved for it. */
const removalsByCommand: Pick<Middleware, 'provideCodeActions' | 'resolveCodeAction'> = {
  async provideCodeActions(document, range, context, token, next) {
    const actions = await next(document, range, context, token);
    for (const action of actions ?? []) {
      const removal = (action as { data?: { removal?: FlagRemoval } }).data?.removal;
      if (removal === undefined) continue;
      action.command = { title: action.title, command: clientCommands.removeFlag, arguments: [removal] } as never;
    }
    return actions;
  },
  resolveCodeAction: (action, token, next) => (action.command === undefined ? next(action, token) : action),
};

/** Languages whose open editors the server follows: code, definition files, and the policy. */
const analysed = [
  ...['typescript', 'javascript', 'typescriptreact', 'javascriptreact', 'vue', 'svelte', 'astro', 'html'],
  ...['json', 'jsonc', 'yaml'],
].map((language) => ({ language }));

/** Definition files that have no language without an extension for it. */
const otherEndings = [{ pattern: '**/*.{json5,flagd,split}' }];

function initializationOptions(context: vscode.ExtensionContext): InitializationOptions {
  return {
    storage: (context.storageUri ?? context.globalStorageUri).fsPath,
    trusted: vscode.workspace.isTrusted,
    rulePage: vscode.Uri.joinPath(context.extensionUri, 'docs/rules').toString().concat('/{rule}.md'),
    settings: JSON.parse(JSON.stringify(vscode.workspace.getConfiguration('switchyard'))),
  };
}
