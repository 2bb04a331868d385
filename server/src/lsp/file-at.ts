import type { CancellationToken, Location, LocationLink, Position } from 'vscode-languageserver/node';
import { type LineMap, lineMaps, type TextRange } from '../core/text.ts';
import { keySpan, type Occurrence } from '../flags/symbols.ts';
import type { Analysis, Survey } from '../session/analysis.ts';
import { type Places, toRange } from './convert.ts';
import { type Folder, locate, placesOf } from './folder.ts';

/** A file of a workspace folder as it is now, for one request. */
export interface FileAt {
  readonly folder: Folder;
  readonly path: string;
  readonly survey: Survey;
  readonly places: Places;
  linesOf(path: string): LineMap;
}

export interface JudgedFile extends FileAt {
  readonly analysis: Analysis;
}

/** The text as the editor has it now, and all flags; memoised, so that asking costs nothing between edits. Nothing is judged for it. */
export async function fileAt(
  folders: Iterable<Folder>,
  uri: string,
  token: CancellationToken,
): Promise<FileAt | undefined> {
  const found = locate(folders, uri);
  if (!found) return undefined;
  const { folder, path } = found;
  const survey = await folder.session.survey(token);
  return { folder, path, survey, ...viewOf(folder, survey) };
}

/** The same with what was found: for what nobody asks at each keystroke. */
export async function judged(file: FileAt, token: CancellationToken): Promise<JudgedFile> {
  const { folder, path } = file;
  const analysis = await folder.session.analyse(token);
  return { folder, path, analysis, survey: analysis, ...viewOf(folder, analysis) };
}

/** Texts of closed files are read from disk, each once. */
export function viewOf(folder: Folder, survey: Survey): Pick<FileAt, 'places' | 'linesOf'> {
  const all = placesOf(folder, survey);
  const texts = new Map<string, string | undefined>();
  const text = (path: string) => {
    if (!texts.has(path)) texts.set(path, all.text(path));
    return texts.get(path);
  };
  const places = { ...all, text };
  return { places, linesOf: lineMaps(places.text) };
}

export function offsetIn(file: FileAt, { line, character }: Position): number {
  return file.linesOf(file.path).offset({ line, column: character });
}

/** Where the key stands at an occurrence, without its quotes. */
export function spanOf({ path, range, key }: Pick<Occurrence, 'path' | 'range' | 'key'>, places: Places): TextRange {
  return keySpan(places.text(path) ?? '', range, key);
}

export function locationOf(one: Occurrence, { places, linesOf }: Pick<FileAt, 'places' | 'linesOf'>): Location {
  return { uri: places.uri(one.path), range: toRange(spanOf(one, places), linesOf(one.path)) };
}

/** A link whose target is the whole entry, with the key selected. */
export function definitionLink(
  one: Occurrence & { role: 'definition' },
  { places, linesOf }: Pick<FileAt, 'places' | 'linesOf'>,
  originSelectionRange: LocationLink['originSelectionRange'],
): LocationLink {
  const lines = linesOf(one.path);
  return {
    originSelectionRange,
    targetUri: places.uri(one.path),
    targetRange: toRange(one.definition.range, lines),
    targetSelectionRange: toRange(spanOf(one, places), lines),
  };
}
