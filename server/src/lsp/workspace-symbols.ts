import {
  type CancellationToken,
  SymbolKind,
  type WorkspaceSymbol,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver/node';
import { occurrencesOf } from '../flags/symbols.ts';
import { locationOf, viewOf } from './file-at.ts';
import { healthLine } from './flag-card.ts';
import type { Folder } from './folder.ts';

/** More would not be looked through by anybody. */
const most = 500;

/** Flags whose key has the letters of the query in their order, whatever stands between them. */
export async function workspaceSymbols(
  folders: Iterable<Folder>,
  { query }: WorkspaceSymbolParams,
  token: CancellationToken,
): Promise<WorkspaceSymbol[]> {
  const found: WorkspaceSymbol[] = [];
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  for (const folder of folders) {
    const analysis = await folder.session.analyse(token);
    const view = viewOf(folder, analysis);
    for (const flag of analysis.inventory.flags.values()) {
      if (found.length >= most) return found;
      if (flag.key === '' || !hasLetters(flag.key.toLowerCase(), wanted)) continue;
      const all = occurrencesOf(analysis.world, flag.key);
      const place = all.find((one) => one.role === 'definition') ?? all.find((one) => one.role === 'read') ?? all[0];
      if (!place) continue;
      found.push({
        name: flag.key,
        kind: SymbolKind.Key,
        location: locationOf(place, view),
        containerName: `flag, ${healthLine(flag)}`,
      });
    }
  }
  return found;
}

function hasLetters(text: string, wanted: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
