import type { Draw } from '../fuzz/draw.ts';
import type { Source } from './source.ts';

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One place where a kind of change can be made. Edits are computed when it was drawn; undefined where it cannot be done after all. */
export interface Site {
  readonly at: number;
  edits(draw: Draw): readonly Edit[] | undefined;
  /** What changes in other files: edits, or the text of a new one. */
  elsewhere?(): ReadonlyMap<string, readonly Edit[] | string>;
}

export interface Kind {
  readonly name: string;
  /** Rules of which one has to speak up. Empty: behaviour stays, and so does silence. */
  readonly fires: readonly string[];
  /** What it is made in: code that reaches users, tests, or files that are no code. */
  readonly in: 'code' | 'test' | 'data';
  sites(source: Source): Iterable<Site>;
  /** A finding anywhere counts: what changed is no longer there. */
  readonly anywhere?: true;
}

/** A change that Switchyard has to speak about. */
export function firing(
  name: string,
  fires: readonly string[],
  sites: Kind['sites'],
  more: Partial<Pick<Kind, 'in' | 'anywhere'>> = {},
): Kind {
  return { name, fires, in: 'code', sites, ...more };
}

/** A change that keeps behaviour. */
export function silent(name: string, sites: Kind['sites']): Kind {
  return { name, fires: [], in: 'code', sites };
}

/** A site whose edits need no computing. */
export function site(at: number, ...edits: readonly Edit[]): Site {
  return { at, edits: () => edits };
}

export function applied(text: string, edits: readonly Edit[]): string {
  let out = text;
  for (const { start, end, text: now } of [...edits].sort((a, b) => b.start - a.start))
    out = out.slice(0, start) + now + out.slice(end);
  return out;
}
