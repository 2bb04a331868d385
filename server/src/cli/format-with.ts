import { count } from '../core/count.ts';
import type { FileChange } from '../core/source-change.ts';
import { UserError } from '../core/user-error.ts';
import type { Face, OpenFolder } from './face.ts';

/**
 * A command as a person writes it, in words: spaces part them, quotes keep them. Nothing is expanded, because no shell ever sees it.
 * @throws UserError for a command without words, or with a quote that does not end
 */
export function commandWords(command: string): string[] {
  const words: string[] = [];
  const pattern = /\s*((?:[^\s'"]|"[^"]*"|'[^']*')+)/y;
  while (pattern.lastIndex < command.trimEnd().length) {
    const found = pattern.exec(command);
    if (found === null) throw new UserError(`--format-with ${command}: a quote does not end.`);
    words.push(found[1]!.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
  }
  if (words.length === 0) throw new UserError('--format-with needs a command, for example "prettier --write".');
  return words;
}

/** Runs a formatter on the files that were written. False where it failed, which is told; the files stay as they are then. */
export function formatWith(face: Face, folder: OpenFolder, command: string, changes: readonly FileChange[]): boolean {
  const files = changes.filter((one) => !one.deleted).map(({ path }) => (path.startsWith('-') ? `./${path}` : path));
  if (files.length === 0) return true;
  const failure = folder.run(commandWords(command), files);
  if (failure === undefined) face.err(`Formatted ${count(files.length, 'file')} with ${command}.`);
  else face.err(face.paintErr.yellow(`The files are written, but ${command} failed: ${failure}`));
  return failure === undefined;
}
