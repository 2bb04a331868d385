import {
  type CancellationToken,
  type Hover,
  MarkupKind,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { flagAt } from '../flags/symbols.ts';
import { toRange } from './convert.ts';
import { fileAt, offsetIn, spanOf } from './file-at.ts';
import { flagCard, readerCard } from './flag-card.ts';
import type { Folder } from './folder.ts';

/** What is known of the flag, or of the function that reads flags, at a place. */
export async function hover(
  folders: Iterable<Folder>,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const file = await fileAt(folders, textDocument.uri, token);
  const symbol = file && flagAt(file.analysis.world, file.path, offsetIn(file, position));
  if (!symbol) return null;
  const lines = file.linesOf(file.path);
  if (symbol.role === 'reader')
    return { contents: markdown(readerCard(symbol.reader, file.analysis)), range: toRange(symbol.range, lines) };
  const flag = file.analysis.inventory.flags.get(symbol.key)!;
  return { contents: markdown(flagCard(flag, file)), range: toRange(spanOf(symbol, file.places), lines) };
}

export function markdown(value: string): { kind: MarkupKind; value: string } {
  return { kind: MarkupKind.Markdown, value };
}
