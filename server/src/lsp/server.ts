import {
  type CancellationToken,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { UserError } from '../core/user-error.ts';
import type { Host } from '../host/ports.ts';
import { policyPath } from '../policy/policy-file.ts';
import { starterPolicy } from '../policy/starter.ts';
import {
  type InitializationOptions,
  methods,
  type PinShapesRequest,
  type ReviewRequest,
  type ShapesRequest,
} from '../protocol/messages.ts';
import { readSettings, type Settings } from '../protocol/settings.ts';
import { flagReport } from '../session/flag-report.ts';
import { flagRows } from '../session/flag-rows.ts';
import { createSession } from '../session/session.ts';
import { baseTextOf, reviewPage } from './base-text.ts';
import { codeActionKinds, listCodeActions, resolveCodeAction } from './code-actions.ts';
import { publish, unpublish } from './diagnostics.ts';
import { type Folder, locate, newFolder } from './folder.ts';
import { languageCapabilities, languageFeatures } from './language-features.ts';
import { flagAgesOf, overviewOf } from './overview.ts';
import { planRemoval, planWrap, removalJson, suggestKey, typeCheckWish } from './plans.ts';
import { answer } from './requests.ts';
import { Scheduler } from './scheduler.ts';
import { detectShapes, pinShapes } from './shapes.ts';
import { watchedFiles } from './watched-files.ts';

/** What the server needs from outside, so that a test can run it in memory. */
export interface ServerOptions {
  /** Ports for one folder; `storage` is the editor's folder for caches; what is not trusted may not be executed. */
  host(folderUri: string, storage: string | undefined, trusted: boolean): Host;
}

/** The language server on one connection: documents and folders in, diagnostics, fixes and views out. */
export function startServer(connection: Connection, options: ServerOptions): void {
  const documents = new TextDocuments(TextDocument);
  const folders = new Map<string, Folder>();
  const log = connection.console;
  let settings: Settings = readSettings(undefined);
  let start: InitializationOptions = {};
  let watches = false;
  let followsFolders = false;
  const pending: { uri: string; name: string }[] = [];

  const pageOf = (rule: string) => (start.rulePage ?? 'switchyard:rules/{rule}').replace('{rule}', rule);
  const features = languageFeatures(connection, folders, log, () => settings);
  const scheduler = new Scheduler(connection, (folder, analysis) => {
    const told = publish(connection, folder, analysis, settings, pageOf);
    void connection.sendNotification(methods.changed);
    features.refresh(folder, analysis);
    for (const { rule, error } of analysis.failures)
      log.error(`rule ${rule} failed: ${error instanceof Error ? error.stack : String(error)}`);
    return told;
  });

  const addFolder = (uri: string, name: string) => {
    const host = options.host(uri, start.storage, start.trusted ?? false);
    const folder = newFolder(uri, name, createSession({ host, base: settings.base }));
    folders.set(folder.uri, folder);
    for (const document of documents.all()) edited(document);
    scheduler.soon(folder);
  };
  const removeFolder = (uri: string) => {
    const folder = folders.get(uri.replace(/\/$/, ''));
    if (!folder) return;
    folders.delete(folder.uri);
    scheduler.forget(folder);
    unpublish(connection, folder);
  };
  const edited = (document: TextDocument) => {
    const found = locate(folders.values(), document.uri);
    if (!found) return;
    const { folder, path } = found;
    folder.session.apply({ kind: 'edited', path, text: document.getText(), version: document.version });
    scheduler.soon(folder);
  };

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    start = (params.initializationOptions ?? {}) as InitializationOptions;
    settings = readSettings(start.settings);
    features.connected(params);
    followsFolders = params.capabilities.workspace?.workspaceFolders ?? false;
    watches = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
    for (const { uri, name } of params.workspaceFolders ?? []) pending.push({ uri, name });
    return {
      serverInfo: { name: 'switchyard' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        codeActionProvider: { codeActionKinds, resolveProvider: true },
        ...languageCapabilities,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });
  connection.onInitialized(() => {
    if (followsFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) removeFolder(uri);
        for (const { uri, name } of added) addFolder(uri, name);
      });
    if (watches) void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: watchedFiles });
    for (const { uri, name } of pending) addFolder(uri, name);
  });

  documents.onDidChangeContent(({ document }) => edited(document));
  documents.onDidClose(({ document }) => {
    const found = locate(folders.values(), document.uri);
    if (!found) return;
    found.folder.session.apply({ kind: 'closed', path: found.path });
    scheduler.soon(found.folder);
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    const touched = new Map<Folder, string[]>();
    for (const { uri } of changes) {
      const found = locate(folders.values(), uri);
      if (!found) continue;
      const paths = touched.get(found.folder) ?? [];
      touched.set(found.folder, paths);
      // A branch that moves is noticed by the session itself; it only has to look.
      if (!found.path.startsWith('.git/')) paths.push(found.path);
    }
    for (const [folder, paths] of touched) {
      folder.session.apply({ kind: 'disk', paths });
      scheduler.soon(folder);
    }
  });

  connection.onDidChangeConfiguration(({ settings: given }) => {
    const before = settings;
    settings = readSettings((given as { switchyard?: unknown } | null)?.switchyard);
    features.refreshAll();
    for (const folder of folders.values()) {
      if (before.base !== settings.base) folder.session.apply({ kind: 'base', ref: settings.base });
      scheduler.soon(folder);
    }
  });

  connection.onCodeAction((params) =>
    answer(
      log,
      'code actions',
      () => listCodeActions(folders.values(), params),
      (list) => `${list.length} listed`,
    ),
  );
  connection.onCodeActionResolve((action, token) =>
    answer(log, `fix "${action.title}"`, () =>
      resolveCodeAction(folders.values(), action, typeCheckWish(settings), token),
    ),
  );
  connection.onRequest(methods.overview, () =>
    answer(
      log,
      'overview',
      () => overviewOf(folders.values()),
      ({ change, flags }) => {
        const open = change.reduce((sum, one) => sum + one.open, 0);
        return `${open} open, ${flags.reduce((sum, one) => sum + one.flags.length, 0)} flags`;
      },
    ),
  );
  connection.onRequest(methods.planRemoval, (request, token) =>
    answer(
      log,
      'plan removal',
      () => planRemoval(folders, request, settings, token),
      (plan) => `${plan.files} files, ${plan.types ?? 'types not asked'}`,
    ),
  );
  connection.onRequest(methods.removalJson, (request, token) =>
    answer(log, 'removal as JSON', () => removalJson(folders, request, settings, token)),
  );
  connection.onRequest(methods.planWrap, (request, token) =>
    answer(
      log,
      'plan wrap',
      () => planWrap(folders.values(), request, token),
      (plan) => `${plan.edits} edits`,
    ),
  );
  connection.onRequest(methods.suggestKey, (request, token) =>
    answer(log, 'suggest key', () => suggestKey(folders.values(), request, token)),
  );
  connection.onRequest(methods.review, (request: ReviewRequest | null) =>
    answer(log, 'review', () => reviewPage(folders.values(), request?.plain ?? false)),
  );
  connection.onRequest(methods.baseText, ({ uri }: { uri: string }) =>
    answer(log, 'base text', () => baseTextOf(folders.values(), uri)),
  );
  connection.onRequest(methods.flagAges, (token: CancellationToken) =>
    answer(log, 'flag ages', () => flagAgesOf(folders.values(), token)),
  );
  connection.onRequest(methods.flagReport, () =>
    answer(log, 'flag report', async () => {
      const pages: string[] = [];
      for (const { name, session } of folders.values()) pages.push(flagReport(name, flagRows(await session.analyse())));
      return pages.join('\n');
    }),
  );
  connection.onRequest(methods.newPolicy, (request: { folder: string }, token: CancellationToken) =>
    answer(log, 'new policy', async () => {
      const folder = folders.get(request.folder.replace(/\/$/, ''));
      if (!folder) throw new UserError('That folder is no longer open.');
      const { inventory, change } = await folder.session.analyse(token);
      const { proposals } = await folder.session.detectShapes(token);
      return { path: policyPath, text: starterPolicy(inventory, change?.baseName, proposals) };
    }),
  );
  connection.onRequest(methods.detectShapes, (request: ShapesRequest, token) =>
    answer(
      log,
      'detect flag shapes',
      () => detectShapes(folders, request, token),
      ({ proposals, readers }) => `${proposals.length} proposals, ${readers.length} readers`,
    ),
  );
  connection.onRequest(methods.pinShapes, (request: PinShapesRequest, token) =>
    answer(log, 'pin flag shapes', () => pinShapes(folders, request, token)),
  );
  connection.onShutdown(async () => {
    for (const folder of folders.values()) await folder.session.save();
  });

  documents.listen(connection);
  connection.listen();
}
