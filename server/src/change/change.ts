import type { Declaration } from '../facts/change-facts.ts';
import type { Trailer } from './verdict.ts';

/** A file that differs from the base. `base` is undefined for a new file, `now` for a deleted one. */
export interface ChangedFile {
  readonly path: string;
  /** The path at the base, when it was renamed. */
  readonly basePath: string;
  readonly base: string | undefined;
  readonly now: string | undefined;
  readonly test: boolean;
}

/** Base against now. `undefined` instead of a change means that there is no base (no git). */
export interface Change {
  /** What the base is, for a person: `merge base with origin/main (1a2b3c4)`. */
  readonly baseName: string;
  /** Sorted by path; only files that Switchyard analyses, tests included. */
  readonly files: readonly ChangedFile[];
  /** Changed files that are no source: `package.json`, workflows, manifests, definitions. Sorted by path. */
  readonly others: readonly ChangedFile[];
  /** What the messages of its commits account for. */
  readonly trailers: readonly Trailer[];
}

/** A declaration of base and now. One side is undefined for a removed or an added one. */
export interface DeclarationPair {
  readonly path: string;
  readonly basePath: string;
  readonly base: Declaration | undefined;
  readonly now: Declaration | undefined;
}
