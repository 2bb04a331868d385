import type { Engine } from './engine.ts';
import type { Snapshot } from './snapshot.ts';

/** By path and text: the base's text is the same string each time, so that looking it up costs nothing. */
type Kept<Facts> = Map<string, Map<string, Facts>>;

/** A pure function of a file, made faster by what it told of an earlier text. */
export type Take<Facts> = (path: string, text: string, before?: Facts) => Facts;

/** Keeps what is compared of a text for as long as the text is part of the change. */
export class ChangeFactsMemo<Facts> {
  readonly #taken: (engine: Engine) => Take<Facts>;
  #kept: Kept<Facts> = new Map();

  /** @param taken which function of the engine takes the facts */
  constructor(taken: (engine: Engine) => Take<Facts>) {
    this.#taken = taken;
  }

  /** The memoised function for one analysis; the compiler is loaded only where there is something to compare. */
  async for(snapshot: Snapshot, engine: () => Promise<Engine>): Promise<Take<Facts>> {
    if (!snapshot.base || snapshot.base.files.size === 0) return neverAsked;
    const take = this.#taken(await engine());
    const before = this.#kept;
    const kept: Kept<Facts> = new Map();
    this.#kept = kept;
    return (path, text) => {
      const facts =
        before.get(path)?.get(text) ?? kept.get(path)?.get(text) ?? take(path, text, latest(before.get(path)));
      kept.set(path, (kept.get(path) ?? new Map()).set(text, facts));
      return facts;
    };
  }
}

/** What is most like a new text: the file as it was at the last analysis. It was asked for before its base. */
function latest<Facts>(texts: ReadonlyMap<string, Facts> | undefined): Facts | undefined {
  return texts?.values().next().value;
}

const neverAsked = (): never => {
  throw new Error('nothing differs from the base, so there is nothing to compare');
};
