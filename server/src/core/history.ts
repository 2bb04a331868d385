/** What git knows of a repository before the base of a change. */
export interface History {
  /** The last commits up to the base, merges left out, newest first. At least 50: before that a repository has no habits. */
  readonly commits: readonly PastCommit[];
}

export interface PastCommit {
  /** When it was committed: YYYY-MM-DD. */
  readonly date: string;
  /** Its subject says that it mends something: a fix, a revert. */
  readonly fix: boolean;
  /** Source files that it touched, below the workspace folder, with the lines that it added and deleted. */
  readonly files: readonly { readonly path: string; readonly lines: number }[];
}
