import type { TypeProblem } from '../core/type-report.ts';

/** A problem as a compiler tells it: by absolute path. */
export interface FoundProblem extends Omit<TypeProblem, 'path'> {
  readonly file: string;
}

/** A compiler at work on one project. It keeps what it learned, so that asking again under other texts costs little. */
export interface Checker {
  /** The errors of a file, or why there is no telling. Texts are those that were laid last. */
  check(file: string): Promise<readonly FoundProblem[] | { readonly unchecked: string }>;
  /** Texts that stand in place of what is on disk, by absolute path; and the files that will be asked for. */
  lay(texts: ReadonlyMap<string, string>, files: readonly string[]): Promise<void>;
  close(): void;
}

export const notTakenIn = 'in no tsconfig.json';
export const plainJavaScript = 'JavaScript without checkJs';
