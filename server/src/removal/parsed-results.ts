import { type ParseError, parse } from 'jsonc-parser';
import { changedText, type FileChange } from '../core/source-change.ts';
import { parseSource } from './source.ts';
import type { Withheld } from './withheld.ts';

/**
 * Withholds files whose result would not parse as well as they do now. Undefined where all do, which is to be expected: what is cut
 * out of code and data is checked on the way, each by itself.
 */
export function withoutBroken(files: readonly FileChange[], withheld: Withheld | undefined): Withheld | undefined {
  const broken = files.filter(isBroken).map(({ path }): [string, string] => [path, reason]);
  if (broken.length === 0) return undefined;
  return { files: new Map([...(withheld?.files ?? []), ...broken]), reads: withheld?.reads ?? new Map() };
}

const reason = 'Nothing was changed in this file, because the result would not parse; remove the flag here by hand.';

function isBroken(file: FileChange): boolean {
  const { path, before } = file;
  const after = changedText(file);
  if (before === undefined || after === undefined) return false;
  if (/\.[cm]?[jt]sx?$/.test(path))
    return parseSource(path, after).syntaxErrors > parseSource(path, before).syntaxErrors;
  return /\.jsonc?$/.test(path) && jsonErrors(after) > jsonErrors(before);
}

function jsonErrors(text: string): number {
  const errors: ParseError[] = [];
  parse(text, errors);
  return errors.length;
}
