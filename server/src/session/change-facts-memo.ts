import type { ChangeFacts } from '../facts/change-facts.ts';
import type { Engine } from './engine.ts';
import type { Snapshot } from './snapshot.ts';

/** By path and text: the base's text is the same string each time, so that looking it up costs nothing. */
type Kept = Map<string, Map<string, ChangeFacts>>;

type TakeChangeFacts = Engine['takeChangeFacts'];

/** Keeps what is compared of a text for as long as the text is part of the change. */
export class ChangeFactsMemo {
  #kept: Kept = new Map();

  /** The memoised function for one analysis; the compiler is loaded only where there is something to compare. */
  async for(snapshot: Snapshot, engine: () => Promise<Engine>): Promise<TakeChangeFacts> {
    if (!snapshot.base || snapshot.base.files.size === 0) return neverAsked;
    const { takeChangeFacts } = await engine();
    const before = this.#kept;
    const kept: Kept = new Map();
    this.#kept = kept;
    return (path, text) => {
      const facts =
        before.get(path)?.get(text) ??
        kept.get(path)?.get(text) ??
        takeChangeFacts(path, text, latest(before.get(path)));
      kept.set(path, (kept.get(path) ?? new Map()).set(text, facts));
      return facts;
    };
  }
}

/** What is most like a new text: the file as it was at the last analysis. It was asked for before its base. */
function latest(texts: ReadonlyMap<string, ChangeFacts> | undefined): ChangeFacts | undefined {
  return texts?.values().next().value;
}

const neverAsked: TakeChangeFacts = () => {
  throw new Error('nothing differs from the base, so there is nothing to compare');
};
