import type { ts } from '@ts-morph/common';
import { type Checker, type FoundProblem, notTakenIn, plainJavaScript } from './checker.ts';
import type { Compiler } from './compilers.ts';
import { type Project, parseConfig, slashes } from './projects.ts';

/**
 * TypeScript up to 6, through its language service: the program of one text is the start of the next. Its roots are the
 * files that are asked for and what declares something for everybody; the rest comes in by imports.
 */
export function libraryChecker(
  { ts, libs, libFolder }: Extract<Compiler, { kind: 'library' }>,
  project: Project,
): Checker {
  const parsed = parseConfig(ts, project.config) ?? project.parsed;
  const listed = new Set(parsed.fileNames.map(slashes));
  const roots = new Set<string>();
  let over: ReadonlyMap<string, string> = new Map();
  const read = (file: string): string | undefined => over.get(file) ?? libs?.get(file) ?? ts.sys.readFile(file);
  const exists = (file: string): boolean => over.has(file) || libs?.has(file) === true || ts.sys.fileExists(file);
  const versions = versionsOf(() => over);
  const configs = new Map<string, ts.ParsedCommandLine | undefined>();
  let laid = 0;
  const host: ts.LanguageServiceHost & ReferenceHost = {
    getCompilationSettings: () => ({ ...parsed.options, noEmit: true }),
    getScriptFileNames: () => [...roots],
    getScriptVersion: (file) => versions(file),
    getScriptSnapshot(file) {
      const text = read(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => slashes(project.config).replace(/\/[^/]*$/, ''),
    getDefaultLibFileName: (options) =>
      libFolder ? `${libFolder}/${ts.getDefaultLibFileName(options)}` : ts.getDefaultLibFilePath(options),
    // Without these two, every question reads the folders of all projects referred to anew.
    getProjectVersion: () => String(laid),
    getParsedCommandLine(file) {
      if (!configs.has(file)) configs.set(file, parseConfig(ts, file));
      return configs.get(file);
    },
    getProjectReferences: () => parsed.projectReferences,
    useSourceOfProjectReferenceRedirect: () => true,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    readFile: read,
    fileExists: exists,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
  };
  const service = ts.createLanguageService(host);
  return {
    async lay(texts, files) {
      over = texts;
      laid++;
      if (roots.size === 0) for (const file of listed) if (speaksToAll(file, read)) roots.add(file);
      for (const file of files) if (listed.has(file)) roots.add(file);
    },
    async check(file) {
      const source = service.getProgram()?.getSourceFile(file);
      if (source === undefined) return { unchecked: notTakenIn };
      if (isUncheckedScript(file, source, parsed.options)) return { unchecked: plainJavaScript };
      return [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)]
        .filter(({ category }) => category === ts.DiagnosticCategory.Error)
        .map(
          ({ code, messageText, start = 0, length = 0 }): FoundProblem => ({
            file,
            code,
            message: ts.flattenDiagnosticMessageText(messageText, '\n'),
            start,
            end: start + length,
          }),
        );
    },
    close: () => service.dispose(),
  };
}

/** What editors answer as well, though it is not in the published type: projects referred to are read as sources, built or not. */
interface ReferenceHost {
  useSourceOfProjectReferenceRedirect(): boolean;
}

/** Versions of files for the language service: another one where another text is laid. */
function versionsOf(over: () => ReadonlyMap<string, string>): (file: string) => string {
  const numbers = new Map<string, number>();
  return (file) => {
    const text = over().get(file);
    if (text === undefined) return 'disk';
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return String(numbers.get(text));
  };
}

/** Declarations, scripts whose names are global, and what adds to other modules. */
function speaksToAll(file: string, read: (file: string) => string | undefined): boolean {
  if (/\.d\.[cm]?ts$/.test(file)) return true;
  if (!/\.[cm]?tsx?$/.test(file)) return false;
  const text = read(file) ?? '';
  return /\bdeclare\s+(?:global|module)\b/.test(text) || !/^\s*(?:import|export)\b/m.test(text);
}

function isUncheckedScript(file: string, source: ts.SourceFile, { checkJs }: ts.CompilerOptions): boolean {
  if (!/\.[cm]?jsx?$/.test(file)) return false;
  const { checkJsDirective } = source as ts.SourceFile & { checkJsDirective?: { enabled: boolean } };
  return !(checkJsDirective?.enabled ?? checkJs ?? false);
}
