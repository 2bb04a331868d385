import { hashText } from '../core/hash.ts';
import type { ChangeFacts } from '../facts/change-facts.ts';
import type { Engine } from './engine.ts';
import type { Snapshot } from './snapshot.ts';

type TakeChangeFacts = Engine['takeChangeFacts'];

/** Keeps what is compared of a text for as long as the text is part of the change. */
export class ChangeFactsMemo {
  #kept = new Map<string, ChangeFacts>();

  /** The memoised function for one analysis; the compiler is loaded only where there is something to compare. */
  async for(snapshot: Snapshot, engine: () => Promise<Engine>): Promise<TakeChangeFacts> {
    if (!snapshot.base || snapshot.base.files.size === 0) return neverAsked;
    const { takeChangeFacts } = await engine();
    const before = this.#kept;
    const kept = new Map<string, ChangeFacts>();
    this.#kept = kept;
    return (path, text) => {
      const key = `${path}\n${hashText(text)}`;
      const facts = kept.get(key) ?? before.get(key) ?? takeChangeFacts(path, text);
      kept.set(key, facts);
      return facts;
    };
  }
}

const neverAsked: TakeChangeFacts = () => {
  throw new Error('nothing differs from the base, so there is nothing to compare');
};
