import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ts } from '@ts-morph/common';
import { LineMap } from '../core/text.ts';
import { type Checker, type FoundProblem, notTakenIn, plainJavaScript } from './checker.ts';
import type { Compiler } from './compilers.ts';
import { jsonRpc } from './json-rpc.ts';
import type { Project } from './projects.ts';

/** TypeScript 7, which has no library for this, through the language server that its program is: one for all projects. */
export function programServer({ file }: Extract<Compiler, { kind: 'program' }>, root: string): ProgramServer {
  // Without programs to call it cannot fetch types on its own.
  const child = spawn(file, ['--lsp', '--stdio'], {
    cwd: root,
    env: { ...process.env, PATH: '', Path: '' },
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const rpc = jsonRpc(child);
  const started = (async () => {
    await rpc.ask('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(root).href,
      capabilities: { textDocument: { diagnostic: {} } },
      initializationOptions: { disablePushDiagnostics: true },
    });
    rpc.tell('initialized', {});
  })();
  return { child, rpc, started, open: new Map() };
}

export interface ProgramServer {
  readonly child: ChildProcess;
  readonly rpc: ReturnType<typeof jsonRpc>;
  readonly started: Promise<void>;
  /** Open documents: their texts and versions. */
  readonly open: Map<string, { readonly text: string; readonly version: number }>;
}

export function programChecker(server: ProgramServer, project: Project): Checker {
  const { rpc, open } = server;
  const show = (file: string, text: string): void => {
    const known = open.get(file);
    if (known?.text === text) return;
    const version = (known?.version ?? 0) + 1;
    open.set(file, { text, version });
    const uri = pathToFileURL(file).href;
    if (known === undefined)
      rpc.tell('textDocument/didOpen', { textDocument: { uri, languageId: languageOf(file), version, text } });
    else rpc.tell('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
  };
  return {
    async lay(texts, files) {
      await server.started;
      for (const file of open.keys()) if (!texts.has(file)) show(file, ts.sys.readFile(file) ?? '');
      for (const [file, text] of texts) show(file, text);
      for (const file of files) if (!texts.has(file)) show(file, ts.sys.readFile(file) ?? '');
    },
    async check(file) {
      if (!project.standard) return { unchecked: notTakenIn };
      const { text } = open.get(file)!;
      if (/\.[cm]?jsx?$/.test(file) && !checksScript(text, project.parsed.options))
        return { unchecked: plainJavaScript };
      const uri = pathToFileURL(file).href;
      const answer = await rpc.ask<{ items?: readonly Diagnostic[] }>('textDocument/diagnostic', {
        textDocument: { uri },
      });
      const lines = new LineMap(text);
      return (answer.items ?? [])
        .filter(({ severity }) => severity === 1)
        .map(
          ({ range: { start, end }, code, message }): FoundProblem => ({
            file,
            code: Number(code),
            message,
            start: lines.offset({ line: start.line, column: start.character }),
            end: lines.offset({ line: end.line, column: end.character }),
          }),
        );
    },
    close: () => undefined,
  };
}

interface Place {
  readonly line: number;
  readonly character: number;
}

interface Diagnostic {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly severity?: number;
  readonly code?: number | string;
  readonly message: string;
}

function languageOf(file: string): string {
  if (file.endsWith('.json')) return 'json';
  const language = /\.[cm]?js|\.jsx$/.test(file) ? 'javascript' : 'typescript';
  return path.extname(file).endsWith('x') ? `${language}react` : language;
}

function checksScript(text: string, { checkJs }: ts.CompilerOptions): boolean {
  const [, directive] = /^\s*\/\/+\s*@ts-(check|nocheck)\b/m.exec(text) ?? [];
  return directive === undefined ? checkJs === true : directive === 'check';
}
