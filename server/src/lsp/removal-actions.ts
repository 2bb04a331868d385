import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver/node';
import { LineMap } from '../core/text.ts';
import type { FlagRead, FlagValue } from '../flags/flag.ts';
import { valuesToKeep } from '../flags/kept-values.ts';
import { occurrencesIn } from '../flags/symbols.ts';
import { clientCommands, type FlagRemoval } from '../protocol/messages.ts';
import type { Analysis } from '../session/analysis.ts';
import { toRange } from './convert.ts';
import type { Folder } from './folder.ts';

/** More values than these are not listed: the last action asks for one. */
const mostValues = 6;

/** Where somebody asks for actions. */
export interface ActionPlace {
  readonly path: string;
  readonly uri: string;
  readonly text: string;
  readonly range: Range;
}

/**
 * The removals that are offered at the reads of a line, one for each value that may stay, the value for everybody first. None in
 * generated files, and none that a finding offers already.
 */
export function removalActions(
  folder: Folder,
  { world, inventory }: Analysis,
  { path, uri, text, range }: ActionPlace,
  offered: readonly FlagRemoval[],
): CodeAction[] {
  if (world.facts(path)?.generated) return [];
  const lines = new LineMap(world.text(path) ?? '');
  const reads = new Map<string, FlagRead>();
  for (const one of occurrencesIn(world, path))
    if (one.role === 'read' && isAt(toRange(one.range, lines), range) && !reads.has(one.key))
      reads.set(one.key, one.read);
  return [...reads].flatMap(([key, read]) => {
    const flag = inventory.flags.get(key);
    if (flag === undefined || read.result.kind === 'other' || read.type === 'object') return [];
    const values = valuesToKeep(flag, read);
    const isOffered = (keep: FlagValue) => offered.some((one) => one.key === key && one.keep === keep);
    const actions = values
      .slice(0, mostValues)
      .filter((keep) => !isOffered(keep))
      .map((keep): CodeAction => {
        const removal: FlagRemoval = { folder: folder.uri, key, keep };
        return {
          title: `Remove flag '${key}', keep ${keptWords(keep)}`,
          kind: CodeActionKind.QuickFix,
          isPreferred: keep === flag.value,
          data: { uri, text, removal },
        };
      });
    return isOnOff(values) ? actions : [...actions, askForValue(folder, key)];
  });
}

/** Any other value, which the client asks for. */
function askForValue(folder: Folder, key: string): CodeAction {
  const title = `Remove flag '${key}', keep another value...`;
  const command = { title, command: clientCommands.removeFlag, arguments: [{ folder: folder.uri, key }] };
  return { title, kind: CodeActionKind.QuickFix, command };
}

function isOnOff(values: readonly FlagValue[]): boolean {
  return values.length > 0 && values.every((one) => typeof one === 'boolean');
}

function keptWords(value: FlagValue): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** Anywhere on the line of the key is near enough. */
function isAt(key: Range, asked: Range): boolean {
  return key.start.line <= asked.end.line && asked.start.line <= key.end.line;
}
