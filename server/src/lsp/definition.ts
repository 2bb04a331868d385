import type { CancellationToken, Location, LocationLink, TextDocumentPositionParams } from 'vscode-languageserver/node';
import { flagAt, type Occurrence, occurrencesOf } from '../flags/symbols.ts';
import { toRange } from './convert.ts';
import { definitionLink, type FileAt, fileAt, offsetIn, spanOf } from './file-at.ts';
import type { Folder } from './folder.ts';

/** All definitions of the flag at a place: the member of its registry and its entries in definition files. */
export function definition(
  folders: Iterable<Folder>,
  params: TextDocumentPositionParams,
  token: CancellationToken,
  links: boolean,
): Promise<Location[] | LocationLink[] | null> {
  return targets(folders, params, token, links, () => true);
}

/** Where the key is declared as such: the member of a registry, or the entry of a manifest. */
export function typeDefinition(
  folders: Iterable<Folder>,
  params: TextDocumentPositionParams,
  token: CancellationToken,
  links: boolean,
): Promise<Location[] | LocationLink[] | null> {
  return targets(folders, params, token, links, ({ definition: { registry, source } }) => {
    return registry !== undefined || source.endsWith('-manifest') || source.startsWith('typescript-');
  });
}

type Definition = Occurrence & { role: 'definition' };

async function targets(
  folders: Iterable<Folder>,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
  links: boolean,
  wanted: (one: Definition) => boolean,
): Promise<Location[] | LocationLink[] | null> {
  const file = await fileAt(folders, textDocument.uri, token);
  const symbol = file && flagAt(file.survey.world, file.path, offsetIn(file, position));
  if (!symbol || symbol.role === 'reader') return null;
  const found = definitionsOf(file, symbol.key).filter(wanted);
  if (found.length === 0) return null;
  const origin = toRange(spanOf(symbol, file.places), file.linesOf(file.path));
  const made = found.map((one) => definitionLink(one, file, origin));
  if (links) return made;
  return made.map((one) => ({ uri: one.targetUri, range: one.targetSelectionRange }));
}

function definitionsOf({ survey }: FileAt, key: string): Definition[] {
  return occurrencesOf(survey.world, key).filter((one): one is Definition => one.role === 'definition');
}
