import {
  type CancellationToken,
  type Hover,
  MarkupKind,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { flagAt } from '../flags/symbols.ts';
import { markAt } from '../session/marks-at.ts';
import { toRange } from './convert.ts';
import { fileAt, offsetIn, spanOf } from './file-at.ts';
import { flagCard, readerCard } from './flag-card.ts';
import type { Folder } from './folder.ts';
import { markCard } from './mark-card.ts';

/** What is known of the flag, the function that reads flags, the delivery tag or the suppression at a place. */
export async function hover(
  folders: Iterable<Folder>,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const file = await fileAt(folders, textDocument.uri, token);
  if (!file) return null;
  const lines = file.linesOf(file.path);
  const offset = offsetIn(file, position);
  const at = markAt(file.analysis, file.path, offset);
  if (at) return { contents: markdown(markCard(at, file)), range: toRange(at.mark.range, lines) };
  const symbol = flagAt(file.analysis.world, file.path, offset);
  if (!symbol) return null;
  if (symbol.role === 'reader')
    return { contents: markdown(readerCard(symbol.reader, file.analysis)), range: toRange(symbol.range, lines) };
  const flag = file.analysis.inventory.flags.get(symbol.key)!;
  return { contents: markdown(flagCard(flag, file)), range: toRange(spanOf(symbol, file.places), lines) };
}

export function markdown(value: string): { kind: MarkupKind; value: string } {
  return { kind: MarkupKind.Markdown, value };
}
