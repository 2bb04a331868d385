import {
  type CancellationToken,
  type Hover,
  MarkupKind,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { flagAt } from '../flags/symbols.ts';
import { markAt } from '../session/marks-at.ts';
import { toRange } from './convert.ts';
import { fileAt, type JudgedFile, judged, offsetIn, spanOf } from './file-at.ts';
import { flagCard, readerCard } from './flag-card.ts';
import type { Folder } from './folder.ts';
import { markCard } from './mark-card.ts';
import { riskCard } from './risk-card.ts';

/** What is known of the flag, the function that reads flags, the delivery tag, the suppression or the risk at a place. */
export async function hover(
  folders: Iterable<Folder>,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const found = await fileAt(folders, textDocument.uri, token);
  if (!found) return null;
  const file = await judged(found, token);
  const lines = file.linesOf(file.path);
  const offset = offsetIn(file, position);
  const at = markAt(file.analysis, file.path, offset);
  if (at) return { contents: markdown(markCard(at, file)), range: toRange(at.mark.range, lines) };
  const symbol = flagAt(file.analysis.world, file.path, offset);
  if (!symbol) return riskHover(file, offset);
  if (symbol.role === 'reader')
    return { contents: markdown(readerCard(symbol.reader, file.analysis)), range: toRange(symbol.range, lines) };
  const flag = file.analysis.inventory.flags.get(symbol.key)!;
  return { contents: markdown(flagCard(flag, file)), range: toRange(spanOf(symbol, file.places), lines) };
}

/** What stood where a finding of the change is. */
function riskHover(file: JudgedFile, offset: number): Hover | null {
  const { analysis, path } = file;
  const language = /\.[mc]?tsx?$/.test(path) ? 'ts' : 'js';
  const here = analysis.findings.filter(
    ({ range, ...one }) => one.path === path && one.scope === 'change' && range.start <= offset && offset <= range.end,
  );
  const cards = here.flatMap((one) => riskCard(one, language) ?? []);
  if (cards.length === 0) return null;
  return { contents: markdown(cards.join('\n\n---\n\n')), range: toRange(here[0]!.range, file.linesOf(path)) };
}

export function markdown(value: string): { kind: MarkupKind; value: string } {
  return { kind: MarkupKind.Markdown, value };
}
