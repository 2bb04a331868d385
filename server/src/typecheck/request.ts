import type { TypeReport } from '../core/type-report.ts';

/** What the process that checks types is asked. It is plain data: it goes through a pipe. */
export interface CheckRequest {
  readonly id: number;
  /** The workspace folder, as an absolute path. */
  readonly root: string;
  /** Whether the workspace's own TypeScript may be run. */
  readonly trusted: boolean;
  /** Texts by path that stand in place of what is on disk; empty for a file that goes. */
  readonly texts: readonly (readonly [path: string, text: string])[];
  /** The files to check. */
  readonly files: readonly string[];
}

export type CheckAnswer =
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly all: number }
  | { readonly kind: 'report'; readonly id: number; readonly report: TypeReport }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };
