import {
  CodeLensRefreshRequest,
  type Connection,
  type InitializeParams,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { Settings } from '../protocol/settings.ts';
import type { Analysis } from '../session/analysis.ts';
import { codeLenses, resolveCodeLens } from './code-lens.ts';
import { completion, resolveCompletion } from './completion.ts';
import { definition, typeDefinition } from './definition.ts';
import { documentLinks } from './document-links.ts';
import type { Folder } from './folder.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay-hints.ts';
import { highlights, references } from './references.ts';
import { prepareRename, rename } from './rename.ts';
import { answer, type Log } from './requests.ts';
import { workspaceSymbols } from './workspace-symbols.ts';

/** What the editor can ask about flags as symbols. */
export const languageCapabilities: ServerCapabilities = {
  hoverProvider: true,
  // Keys hold dashes and dots, at which an editor would stop completing. In comments nothing is offered unasked: a tag opens with `(`.
  completionProvider: { triggerCharacters: ["'", '"', '`', '.', '-', '_', ':', '(', ';'], resolveProvider: true },
  definitionProvider: true,
  typeDefinitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  codeLensProvider: { resolveProvider: true },
  inlayHintProvider: true,
  workspaceSymbolProvider: true,
  documentLinkProvider: {},
};

export interface LanguageFeatures {
  /** The client that connected: what it can show decides what is answered. */
  connected(params: InitializeParams): void;
  /** Tells the editor to ask again for lenses and hints, where another analysis changes them. */
  refresh(folder: Folder, analysis: Analysis): void;
  /** The same for changed settings. */
  refreshAll(): void;
}

/** Answers requests about flags as symbols: each from the memoised analysis of the text as the editor has it. */
export function languageFeatures(
  connection: Connection,
  folders: ReadonlyMap<string, Folder>,
  log: Log,
  settings: () => Settings,
): LanguageFeatures {
  let client: InitializeParams['capabilities'] = {};
  const all = () => folders.values();
  const size = (list: readonly unknown[] | null) => (list ? `${list.length}` : 'none');

  connection.onHover((params, token) => answer(log, 'hover', () => hover(all(), params, token)));
  connection.onCompletion((params, token) => answer(log, 'completion', () => completion(all(), params, token), size));
  connection.onCompletionResolve((item, token) =>
    answer(log, 'completion details', () => resolveCompletion(all(), item, token)),
  );
  connection.onDefinition((params, token) =>
    answer(log, 'definition', () =>
      definition(all(), params, token, client.textDocument?.definition?.linkSupport ?? false),
    ),
  );
  connection.onTypeDefinition((params, token) =>
    answer(log, 'type definition', () =>
      typeDefinition(all(), params, token, client.textDocument?.typeDefinition?.linkSupport ?? false),
    ),
  );
  connection.onReferences((params, token) => answer(log, 'references', () => references(all(), params, token), size));
  connection.onDocumentHighlight((params, token) =>
    answer(log, 'highlights', () => highlights(all(), params, token), size),
  );
  connection.onPrepareRename((params, token) =>
    answer(log, 'prepare rename', () => prepareRename(all(), params, token)),
  );
  connection.onRenameRequest((params, token) =>
    answer(log, 'rename', () => {
      const annotations = client.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined;
      return rename(connection, all(), params, token, annotations);
    }),
  );
  connection.onCodeLens((params, token) =>
    answer(log, 'code lenses', () => (settings().codeLens ? codeLenses(all(), params, token) : null), size),
  );
  connection.onCodeLensResolve((lens, token) => answer(log, 'code lens', () => resolveCodeLens(all(), lens, token)));
  connection.languages.inlayHint.on((params, token) =>
    answer(log, 'inlay hints', () => (settings().inlayHints ? inlayHints(all(), params, token) : null), size),
  );
  connection.onWorkspaceSymbol((params, token) =>
    answer(log, 'workspace symbols', () => workspaceSymbols(all(), params, token), size),
  );
  connection.onDocumentLinks((params, token) =>
    answer(log, 'document links', () => documentLinks(all(), params, token), size),
  );

  const shown = new WeakMap<Folder, string>();
  const refreshAll = () => {
    const { codeLens, inlayHint } = client.workspace ?? {};
    if (codeLens?.refreshSupport) void connection.sendRequest(CodeLensRefreshRequest.type);
    if (inlayHint?.refreshSupport) void connection.languages.inlayHint.refresh();
  };
  return {
    connected({ capabilities }) {
      client = capabilities;
    },
    refresh(folder, analysis) {
      const now = lensState(analysis);
      if (shown.get(folder) === now) return;
      shown.set(folder, now);
      refreshAll();
    },
    refreshAll,
  };
}

/** What lenses and hints are made of, places apart: the editor itself asks again where a text changed. */
function lensState({ inventory, snapshot }: Analysis): string {
  const flags = [...inventory.flags.values()].map(({ key, reads, value, lifecycle: { created, expires } }) =>
    [key, reads.length, value, created, expires].join(' '),
  );
  return `${snapshot.today}\n${flags.join('\n')}`;
}
