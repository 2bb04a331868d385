import type { CancellationToken, CodeLens, CodeLensParams } from 'vscode-languageserver/node';
import { count } from '../core/count.ts';
import type { Flag } from '../flags/flag.ts';
import { occurrencesIn, occurrencesOf } from '../flags/symbols.ts';
import { clientCommands, type ShowReadsArguments } from '../protocol/messages.ts';
import { toRange } from './convert.ts';
import { type FileAt, fileAt, locationOf, spanOf } from './file-at.ts';
import { span } from './flag-card.ts';
import type { Folder } from './folder.ts';

/** Over each definition of the file: its reads, its age, and its removal. */
export async function codeLenses(
  folders: Iterable<Folder>,
  { textDocument }: CodeLensParams,
  token: CancellationToken,
): Promise<CodeLens[] | null> {
  const file = await fileAt(folders, textDocument.uri, token);
  if (!file) return null;
  return occurrencesIn(file.analysis.world, file.path).flatMap((one) => {
    if (one.role !== 'definition') return [];
    const range = toRange(spanOf(one, file.places), file.linesOf(file.path));
    return commandsOf(file.analysis.inventory.flags.get(one.key)!, range, file).map((command) => ({ range, command }));
  });
}

function commandsOf(flag: Flag, { start }: CodeLens['range'], file: FileAt): NonNullable<CodeLens['command']>[] {
  const { places, path, folder, analysis } = file;
  const reads = occurrencesOf(analysis.world, flag.key).filter((one) => one.role === 'read');
  const shown: ShowReadsArguments = [places.uri(path), start, reads.map((one) => locationOf(one, file))];
  const title = reads.length === 0 ? 'no reads' : count(reads.length, 'read');
  const age = ageOf(flag, analysis.snapshot.today);
  return [
    // A lens without a command is plain text.
    reads.length === 0 ? { title, command: '' } : { title, command: clientCommands.showReads, arguments: shown },
    ...(age === undefined ? [] : [{ title: age, command: '' }]),
    { title: 'Remove...', command: clientCommands.removeFlag, arguments: [{ folder: folder.uri, key: flag.key }] },
  ];
}

/** `expired 2026-01-31` or `4 months old`. */
function ageOf({ lifecycle: { created, expires } }: Flag, today: string): string | undefined {
  if (expires !== undefined && expires < today) return `expired ${expires}`;
  return created === undefined || created > today ? undefined : `${span(created, today)} old`;
}
