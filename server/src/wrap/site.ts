import type { ts } from 'ts-morph';
import type { TextEdit } from '../core/source-change.ts';
import type { World } from '../fixes/fix.ts';
import type { Scopes } from './names.ts';
import type { Run } from './run.ts';
import type { CodeStyle } from './style.ts';

/** The place at which a flag has to be read, and all that reading it there depends on. */
export interface Site {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly scopes: Scopes;
  readonly run: Run;
  readonly key: string;
  readonly style: CodeStyle;
  readonly world: World;
}

/** Something that cannot be done, with a clause that says why: "... is not in scope here". */
export class Unfit {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/** What a read is made of, before it is known where it may stand. */
export interface RawRead {
  /** Without `await`. */
  readonly expression: string;
  readonly async: boolean;
  /** The field of the result that holds the value. */
  readonly field?: string;
  /** For a record of flags (`useFlags()`): the property that holds this flag. */
  readonly member?: string;
  readonly hook: boolean;
  readonly edits: readonly TextEdit[];
  readonly keyText: string;
  /** A node of this file behind which a hook call belongs. */
  readonly after?: ts.Node;
}

/** The file that an expression is taken from. */
export interface Origin {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly scopes: Scopes;
}
