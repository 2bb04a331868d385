import type { CancellationToken, InlayHint, InlayHintParams } from 'vscode-languageserver/node';
import { occurrencesIn } from '../flags/symbols.ts';
import { toRange, toTextRange } from './convert.ts';
import { fileAt, spanOf } from './file-at.ts';
import { flagCard, shownValue } from './flag-card.ts';
import type { Folder } from './folder.ts';
import { markdown } from './hover.ts';

/** Behind each read of a flag that is constant for everybody: its value. */
export async function inlayHints(
  folders: Iterable<Folder>,
  { textDocument, range }: InlayHintParams,
  token: CancellationToken,
): Promise<InlayHint[] | null> {
  const file = await fileAt(folders, textDocument.uri, token);
  if (!file) return null;
  const { survey, path, linesOf, places } = file;
  const shown = toTextRange(range, linesOf(path));
  return occurrencesIn(survey.world, path).flatMap((one): InlayHint[] => {
    if (one.role !== 'read' || one.range.end < shown.start || one.range.start > shown.end) return [];
    const flag = survey.inventory.flags.get(one.key)!;
    if (flag.value === undefined || flag.health !== 'constant') return [];
    // Behind the key, not behind the read: a component's read is the whole element.
    const end = Math.max(one.range.end, spanOf(one, places).end);
    return [
      {
        position: toRange({ start: end, end }, linesOf(path)).end,
        label: `= ${shownValue(flag.value)}`,
        paddingLeft: true,
        tooltip: markdown(flagCard(flag, file)),
      },
    ];
  });
}
