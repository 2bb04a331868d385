import { ts } from 'ts-morph';

/** The files around one: where a specifier leads, and the tree of a file, parsed once. */
export interface Neighbours {
  resolve(from: string, specifier: string): string | undefined;
  file(path: string): ts.SourceFile | undefined;
}

/** More files than that say little about one expression, and cost seconds. */
const most = 400;

/**
 * A type checker that sees a file and what it imports from the folder, directly or through others. Types of packages and of the
 * language's own library are unknown to it, so that what it says of a type is certain and what it does not say is open.
 */
export function wideChecker(root: ts.SourceFile, options: ts.CompilerOptions, around: Neighbours): ts.TypeChecker {
  let count = 0;
  const pathOf = (fileName: string): string => fileName.slice(1);
  const fileAt = (fileName: string): ts.SourceFile | undefined =>
    fileName === root.fileName ? root : around.file(pathOf(fileName));
  const host: ts.CompilerHost = {
    ...hostOf(fileAt),
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const path = count < most ? around.resolve(pathOf(from), text) : undefined;
        if (path === undefined || !/\.[cm]?tsx?$/.test(path)) return { resolvedModule: undefined };
        count++;
        return { resolvedModule: { resolvedFileName: `/${path}`, extension: extensionOf(path) } };
      }),
  };
  return ts
    .createProgram({ rootNames: [root.fileName], options: { ...options, noResolve: false }, host })
    .getTypeChecker();
}

function extensionOf(path: string): string {
  return /\.d\.[cm]?ts$|\.[cm]?tsx?$/.exec(path)![0];
}

/** What a compiler asks for, where there is nothing but some parsed files. */
export function hostOf(fileAt: (fileName: string) => ts.SourceFile | undefined): ts.CompilerHost {
  return {
    getSourceFile: fileAt,
    fileExists: (name) => fileAt(name) !== undefined,
    readFile: () => undefined,
    writeFile: () => undefined,
    getDefaultLibFileName: () => '/lib.d.ts',
    getCurrentDirectory: () => '/',
    getDirectories: () => [],
    directoryExists: () => false,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  };
}
