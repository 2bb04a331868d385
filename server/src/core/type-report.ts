import { count } from './count.ts';

/** An error that the type checker reports in a file. */
export interface TypeProblem {
  readonly path: string;
  /** As in `TS2339`. */
  readonly code: number;
  /** All of it, with the lines that explain the first one. */
  readonly message: string;
  /** Offsets into the text that was checked. */
  readonly start: number;
  readonly end: number;
}

/** What the type checker says of some files under some texts. */
export interface TypeReport {
  readonly problems: readonly TypeProblem[];
  readonly checked: readonly CheckedFile[];
  readonly unchecked: readonly UncheckedFile[];
  /** Modules that imports name and that are not there, such as packages that are not installed: what comes from them is of any type. */
  readonly unresolved: readonly string[];
}

export interface CheckedFile {
  readonly path: string;
  /** `TypeScript 5.9.2 of the workspace`. */
  readonly compiler: string;
}

export interface UncheckedFile {
  readonly path: string;
  /** The end of a sentence that begins with the number of such files: `in no tsconfig.json`. */
  readonly reason: string;
}

/** What came of comparing what the type checker says before and after a change. */
export interface TypeVerdict {
  /** Files that were compared. */
  readonly files: number;
  readonly compilers: readonly string[];
  /** Files that the change could break and that were not compared, by the reason. */
  readonly unchecked: readonly { readonly reason: string; readonly files: number }[];
  readonly unresolved: number;
  /** Places that were left as they were because an error would have been new. */
  readonly withheld: number;
  /** Why nothing was compared at all. */
  readonly skipped?: string;
}

/** Nothing was compared, and why: the end of a sentence. */
export function skippedTypes(why: string, files = 0): TypeVerdict {
  const unchecked = files === 0 ? [] : [{ reason: why, files }];
  return { files: 0, compilers: [], unchecked, unresolved: 0, withheld: 0, skipped: why };
}

/** `types: no new errors in 14 files (TypeScript 5.9.2 of the workspace)`. */
export function verdictText(verdict: TypeVerdict): string {
  const { files, compilers, unchecked, unresolved, withheld, skipped } = verdict;
  if (skipped !== undefined) {
    const [of] = unchecked;
    return `types: not checked${of ? ` in ${count(of.files, 'file')}` : ''}: ${skipped}`;
  }
  const left = unchecked.map((one) => `${count(one.files, 'file')} not checked: ${one.reason}`);
  if (files === 0) return left.length === 0 ? 'types: nothing to check' : `types: ${left.join('; ')}`;
  const parts = [`types: no new errors in ${count(files, 'file')} (${compilers.join(', ')})`, ...left];
  if (withheld > 0) parts.push(`${count(withheld, 'place')} left because of new errors`);
  if (unresolved > 0)
    parts.push(
      `${count(unresolved, 'module')} could not be resolved, so types from ${unresolved === 1 ? 'it' : 'them'} are unknown`,
    );
  return parts.join('; ');
}

/** The same in a few words: `no new type errors in 14 files`. */
export function verdictClause({ files, skipped, withheld }: TypeVerdict): string {
  if (skipped !== undefined) return `types were not checked: ${skipped}`;
  if (files === 0) return 'there were no types to check';
  const left = withheld > 0 ? `, ${count(withheld, 'place')} left because of them` : '';
  return `no new type errors in ${count(files, 'file')}${left}`;
}
