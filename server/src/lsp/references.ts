import {
  type CancellationToken,
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type ReferenceParams,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { flagAt, occurrencesIn, occurrencesOf } from '../flags/symbols.ts';
import { toRange } from './convert.ts';
import { fileAt, locationOf, offsetIn, spanOf } from './file-at.ts';
import type { Folder } from './folder.ts';

/** Every place of the flag: reads, also through constants and functions that read flags, and tests; definitions where asked for. */
export async function references(
  folders: Iterable<Folder>,
  { textDocument, position, context }: ReferenceParams,
  token: CancellationToken,
): Promise<Location[] | null> {
  const file = await fileAt(folders, textDocument.uri, token);
  const symbol = file && flagAt(file.survey.world, file.path, offsetIn(file, position));
  if (!symbol || symbol.role === 'reader') return null;
  return occurrencesOf(file.survey.world, symbol.key)
    .filter((one) => context.includeDeclaration || one.role === 'read')
    .map((one) => locationOf(one, file));
}

/** The places of the flag in this file. */
export async function highlights(
  folders: Iterable<Folder>,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<DocumentHighlight[] | null> {
  const file = await fileAt(folders, textDocument.uri, token);
  const symbol = file && flagAt(file.survey.world, file.path, offsetIn(file, position));
  if (!symbol || symbol.role === 'reader') return null;
  return occurrencesIn(file.survey.world, file.path)
    .filter((one) => one.key === symbol.key)
    .map((one) => ({
      range: toRange(spanOf(one, file.places), file.linesOf(file.path)),
      kind: one.role === 'read' ? DocumentHighlightKind.Read : DocumentHighlightKind.Write,
    }));
}
