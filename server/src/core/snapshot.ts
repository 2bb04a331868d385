/** One file of the workspace at one instant. */
export interface FileVersion {
  readonly path: string;
  readonly hash: string;
  /** True when an open editor's text stands in for the file on disk. */
  readonly open: boolean;
  /** Reads the text; open files hold it, others are read from disk and may be gone by then (`undefined`). */
  text(): string | undefined;
}

/** One file of the base: its text, and the path under which it stood there (renames). */
export interface BaseFile {
  readonly path: string;
  readonly text: string;
}
