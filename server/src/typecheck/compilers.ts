import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { getLibFiles, libFolderInMemoryPath, ts } from '@ts-morph/common';

/** TypeScript as it is found for a project: as a library (up to 6), or as a program that speaks the language server protocol (7). */
export type Compiler =
  | {
      readonly kind: 'library';
      readonly name: string;
      readonly ts: typeof ts;
      /** The texts of the standard library by path, where they are not on disk. */
      readonly libs?: ReadonlyMap<string, string>;
      readonly libFolder?: string;
    }
  | { readonly kind: 'program'; readonly name: string; readonly file: string };

/** The compiler of the workspace where it has one and may be run, else the one that Switchyard brings. */
export async function compilerFor(config: string, trusted: boolean): Promise<Compiler> {
  if (!trusted) return bundled(', because the workspace is not trusted');
  const require = createRequire(config);
  for (const name of ['typescript', '@typescript/native-preview']) {
    const manifest = manifestOf(require, name);
    if (manifest === undefined) continue;
    const label = `TypeScript ${manifest.version} of the workspace`;
    try {
      if (Number.parseInt(manifest.version, 10) < 7) return { kind: 'library', name: label, ts: require(name) };
      return { kind: 'program', name: label, file: await programOf(manifest.folder) };
    } catch {
      return bundled(`, because TypeScript ${manifest.version} of the workspace does not start`);
    }
  }
  return bundled('');
}

/** Where a package of TypeScript 7 says that its program is: it has one for each system. */
async function programOf(folder: string): Promise<string> {
  const { default: getExePath } = await import(pathToFileURL(path.join(folder, 'lib/getExePath.js')).href);
  return getExePath();
}

function manifestOf(require: NodeJS.Require, name: string): { version: string; folder: string } | undefined {
  try {
    const file = require.resolve(`${name}/package.json`);
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? { version, folder: path.dirname(file) } : undefined;
  } catch {
    return undefined;
  }
}

let own: Extract<Compiler, { kind: 'library' }> | undefined;

export function bundled(why: string): Compiler {
  own ??= {
    kind: 'library',
    name: '',
    ts,
    libs: new Map(getLibFiles().map(({ fileName, text }) => [`${libFolderInMemoryPath}/${fileName}`, text])),
    libFolder: libFolderInMemoryPath,
  };
  return { ...own, name: `TypeScript ${ts.version} of Switchyard${why}` };
}
