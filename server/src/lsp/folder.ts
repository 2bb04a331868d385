import { URI, Utils } from 'vscode-uri';
import type { Analysis, Survey } from '../session/analysis.ts';
import type { Session } from '../session/session.ts';
import { testsIn } from '../session/test-paths.ts';
import type { Places } from './convert.ts';

/** One workspace folder of the window, with its session and what was last said about it. */
export interface Folder {
  readonly uri: string;
  readonly name: string;
  readonly session: Session;
  /** The analysis that the editor was last told of; code actions are listed from it. */
  analysis: Analysis | undefined;
  /** What was said of each URI that has diagnostics now, and which findings it was. */
  readonly published: Map<string, { readonly said: string; readonly findings: string }>;
  /** Findings by URI that one analysis found, to be told when the next one finds them as well. */
  waiting: ReadonlyMap<string, string>;
}

export function newFolder(uri: string, name: string, session: Session): Folder {
  return { uri: uri.replace(/\/$/, ''), name, session, analysis: undefined, published: new Map(), waiting: new Map() };
}

/** The path inside the folder, or undefined for a URI outside it. */
function pathOf(folder: Folder, uri: string): string | undefined {
  const root = URI.parse(folder.uri);
  const file = URI.parse(uri);
  if (file.scheme !== root.scheme || file.authority !== root.authority) return undefined;
  const base = root.path.endsWith('/') ? root.path : `${root.path}/`;
  return file.path.startsWith(base) && file.path.length > base.length ? file.path.slice(base.length) : undefined;
}

export function uriOf(folder: Folder, path: string): string {
  return Utils.joinPath(URI.parse(folder.uri), path).toString();
}

/** The innermost folder that holds the URI, with the path inside it. */
export function locate(folders: Iterable<Folder>, uri: string): { folder: Folder; path: string } | undefined {
  let found: { folder: Folder; path: string } | undefined;
  for (const folder of folders) {
    const path = pathOf(folder, uri);
    if (path !== undefined && (found === undefined || path.length < found.path.length)) found = { folder, path };
  }
  return found;
}

/** Places as they are in a survey. */
export function placesOf(folder: Folder, survey: Survey): Places {
  const { files } = survey.snapshot;
  return {
    uri: (path) => uriOf(folder, path),
    text: (path) => files.get(path)?.text() ?? folder.session.textOnDisk(path),
    version: (path) => files.get(path)?.openVersion ?? null,
    isTest: testsIn(survey.world),
  };
}
