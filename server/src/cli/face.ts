import type picocolors from 'picocolors';
import type { FileChange } from '../core/source-change.ts';
import type { Session } from '../session/session.ts';

/** What a command needs of the terminal and of the disk; `main.ts` answers with the real ones. */
export interface Face {
  /** Prints to standard output; a line break is added where it lacks. */
  out(text: string): void;
  /** Prints to standard error. */
  err(text: string): void;
  readonly paint: ReturnType<typeof picocolors.createColors>;
  /** The same for standard error, which may be a terminal while standard output is not. */
  readonly paintErr: ReturnType<typeof picocolors.createColors>;
  /** Columns of the terminal; undefined where standard output is none. */
  readonly width: number | undefined;
  /** Told while files are read: shown only on a terminal, and only when it takes long. */
  progress(done: number, all: number, what?: string): void;
  /** Takes the progress away. */
  progressDone(): void;
  isFolder(path: string): boolean;
  /** @throws UserError when it does not exist, is a file, or cannot be read. */
  openFolder(folder: string, compared?: { readonly base?: string; readonly staged?: boolean }): OpenFolder;
}

export interface OpenFolder {
  /** As the person wrote it. */
  readonly name: string;
  readonly session: Session;
  /** The path of a file in this folder, given as a person writes it: from the current folder, or from this one. Undefined outside. */
  locate(file: string): string | undefined;
  write(changes: readonly FileChange[]): void;
  /** Runs a program in this folder, without a shell, with these files as its last arguments. Returns why it failed. */
  run(command: readonly string[], files: readonly string[]): string | undefined;
}

/** What the process ends with. */
export const exitCodes = { fine: 0, findings: 1, wrongUse: 2, refused: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
