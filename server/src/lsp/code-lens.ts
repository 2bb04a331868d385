import type { CancellationToken, CodeLens, CodeLensParams, Command } from 'vscode-languageserver/node';
import { count } from '../core/count.ts';
import type { Flag } from '../flags/flag.ts';
import { occurrencesIn, occurrencesOf } from '../flags/symbols.ts';
import { clientCommands, type ShowReadsArguments } from '../protocol/messages.ts';
import { toRange } from './convert.ts';
import { fileAt, locationOf, spanOf } from './file-at.ts';
import { span } from './flag-card.ts';
import type { Folder } from './folder.ts';

/** What a lens carries until it is seen: the places of the reads are looked up then. */
interface LensData {
  readonly uri: string;
  readonly key: string;
}

/** Over each definition of the file: its reads, its age, and its removal. */
export async function codeLenses(
  folders: Iterable<Folder>,
  { textDocument: { uri } }: CodeLensParams,
  token: CancellationToken,
): Promise<CodeLens[] | null> {
  const file = await fileAt(folders, uri, token);
  if (!file) return null;
  const { survey, folder, path, places, linesOf } = file;
  return occurrencesIn(survey.world, path).flatMap((one) => {
    if (one.role !== 'definition') return [];
    const flag = survey.inventory.flags.get(one.key)!;
    const range = toRange(spanOf(one, places), linesOf(path));
    const age = ageOf(flag, survey.snapshot.today);
    const removal = { command: clientCommands.removeFlag, arguments: [{ folder: folder.uri, key: flag.key }] };
    const data: LensData = { uri, key: flag.key };
    return [
      flag.reads.length === 0 ? { range, command: words('no reads') } : { range, data },
      ...(age === undefined ? [] : [{ range, command: words(age) }]),
      { range, command: { title: 'Remove...', ...removal } },
    ];
  });
}

/** A lens on reads, with the places that it peeks at. */
export async function resolveCodeLens(
  folders: Iterable<Folder>,
  lens: CodeLens,
  token: CancellationToken,
): Promise<CodeLens> {
  const { uri, key } = lens.data as LensData;
  const file = await fileAt(folders, uri, token);
  const reads = file ? occurrencesOf(file.survey.world, key).filter((one) => one.role === 'read') : [];
  if (!file || reads.length === 0) return { ...lens, command: words('no reads') };
  const shown: ShowReadsArguments = [uri, lens.range.start, reads.map((one) => locationOf(one, file))];
  return {
    ...lens,
    command: { title: count(reads.length, 'read'), command: clientCommands.showReads, arguments: shown },
  };
}

/** A lens without a command is plain text. */
function words(title: string): Command {
  return { title, command: '' };
}

/** `expired 2026-01-31` or `4 months old`. */
function ageOf({ lifecycle: { created, expires } }: Flag, today: string): string | undefined {
  if (expires !== undefined && expires < today) return `expired ${expires}`;
  return created === undefined || created > today ? undefined : `${span(created, today)} old`;
}
