import type { Trailer } from '../change/verdict.ts';
import type { FileVersion } from '../core/snapshot.ts';
import type { Policy } from '../policy/schema.ts';

/** One workspace folder at one instant. Never changed in place: `apply` in session.ts makes the next one. */
export interface Snapshot {
  readonly policy: Policy;
  /** Everything that is analysed, by path: source files, possible definition files, tsconfig and package.json files. */
  readonly files: ReadonlyMap<string, FileVersion>;
  /** Undefined where there is nothing to compare with; `whyNoBase` says why. */
  readonly base: Base | undefined;
  readonly whyNoBase: string | undefined;
  /** The day on which it is looked at, as YYYY-MM-DD in the person's time zone: what expires is judged by it. */
  readonly today: string;
}

export interface Base {
  /** For a person: `merge base with origin/main (1a2b3c4)`. */
  readonly name: string;
  /**
   * How the base was for every path that may differ now: changed files, deleted files, and open files (whose text may be
   * unsaved). `text` is undefined for files that the base does not have.
   */
  readonly files: ReadonlyMap<string, BaseVersion>;
  /** `Risk:` lines of the commits since the base. */
  readonly trailers: readonly Trailer[];
}

export interface BaseVersion {
  readonly path: string;
  readonly text: string | undefined;
}
