import type { Workspace } from './source.ts';

/** One change of a workspace. */
export interface Change {
  readonly workspace: Workspace;
  readonly kind: string;
  /** Rules of which one has to speak up; empty when nothing may. */
  readonly fires: readonly string[];
  /** Of each changed file the text as it is now, undefined for one that is gone. */
  readonly files: ReadonlyMap<string, string | undefined>;
  readonly path: string;
  /** Where the changed code stands in the file as it is now: the innermost function, member or statement around it. */
  readonly place: { readonly start: number; readonly end: number };
}
