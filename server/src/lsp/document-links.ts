import type { CancellationToken, DocumentLink, DocumentLinkParams } from 'vscode-languageserver/node';
import { occurrencesIn } from '../flags/symbols.ts';
import { toRange } from './convert.ts';
import { fileAt, spanOf } from './file-at.ts';
import { linkOf } from './flag-card.ts';
import type { Folder } from './folder.ts';

/** From the keys of definitions to the flags' pages, where the policy says how their address is made. */
export async function documentLinks(
  folders: Iterable<Folder>,
  { textDocument }: DocumentLinkParams,
  token: CancellationToken,
): Promise<DocumentLink[] | null> {
  const file = await fileAt(folders, textDocument.uri, token);
  const template = file?.survey.snapshot.policy.flags.links;
  if (!file || template === undefined) return null;
  return occurrencesIn(file.survey.world, file.path).flatMap((one) =>
    one.role === 'definition'
      ? [
          {
            range: toRange(spanOf(one, file.places), file.linesOf(file.path)),
            target: linkOf(one.key, template),
            tooltip: `Open the page of '${one.key}'`,
          },
        ]
      : [],
  );
}
