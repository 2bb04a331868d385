import { count } from '../core/count.ts';
import type { SourceChange } from '../core/source-change.ts';
import { verdictText } from '../core/type-report.ts';
import { UserError } from '../core/user-error.ts';
import { type ChangeReport, changeReport, type ReportedFiles } from '../session/change-report.ts';
import { type ExitCode, exitCodes, type Face, type OpenFolder } from './face.ts';
import { commandWords, formatWith } from './format-with.ts';
import { changeOutput } from './json.ts';
import { toPatch } from './patch.ts';

export interface ChangeOptions {
  readonly write: boolean;
  /** The diff alone, without a word. */
  readonly patch: boolean;
  readonly format: 'text' | 'json';
  /** A command that formats the files that were written. */
  readonly formatWith?: string;
}

/** @throws UserError for options that contradict each other. */
export function checkOptions({ write, patch, format, formatWith }: ChangeOptions): void {
  if (formatWith !== undefined) commandWords(formatWith);
  if (formatWith !== undefined && !write)
    throw new UserError('--format-with formats files that --write changed: add --write, or leave it out.');
  if (patch && write) throw new UserError('--patch prints a diff and --write changes files: choose one of them.');
  if (patch && format === 'json')
    throw new UserError('--patch prints a diff and --format json prints JSON: choose one of them.');
}

/**
 * Prints a source change, or carries it out. The diff goes to standard output alone, so that it can be piped into `git apply`; words about it go to
 * standard error.
 */
export function report(
  face: Face,
  folder: OpenFolder,
  change: SourceChange,
  files: ReportedFiles,
  options: ChangeOptions,
): ExitCode {
  if (options.write) folder.write(change.files);
  const { formatWith: formatter } = options;
  const formatted = formatter === undefined || formatWith(face, folder, formatter, change.files);
  const output = changeReport(change, files, options.write);
  if (options.format === 'json') face.out(JSON.stringify(changeOutput.parse(output), null, 2));
  else if (options.write) face.out(writtenText(change, output));
  else if (change.files.length > 0) face.out(toPatch(change.files));
  if (options.format !== 'json') {
    if (!options.patch && !options.write) face.err(plannedText(change, output));
    for (const { file, line, reason } of output.refused) face.err(face.paintErr.yellow(`${file}:${line}: ${reason}`));
  }
  if (!formatted) return exitCodes.wrongUse;
  return output.complete ? exitCodes.fine : exitCodes.refused;
}

function writtenText(change: SourceChange, output: ChangeReport): string {
  const rows = output.files.map(({ file, action }) => `  ${action} ${file}`);
  return [`${change.title}: ${sum(output, 'written')}`, ...rows, ...typesOf(change)].join('\n');
}

function plannedText(change: SourceChange, output: ChangeReport): string {
  const hint = output.files.length > 0 ? '; --write carries it out' : '';
  return [`${change.title}: ${sum(output, 'planned')}${hint}`, ...typesOf(change)].join('\n');
}

function typesOf({ types, files }: SourceChange): string[] {
  return types === undefined || files.length === 0 ? [] : [verdictText(types)];
}

function sum({ edits, files, refused }: ChangeReport, done: string): string {
  const what =
    files.length === 0
      ? 'nothing to change'
      : `${count(edits.length, 'edit')} in ${count(files.length, 'file')} ${done}`;
  if (refused.length > 0) return `${what}; partial: ${count(refused.length, 'place')} left`;
  return files.length === 0 ? what : `${what}; complete`;
}
