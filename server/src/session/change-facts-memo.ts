import type { ComparedStore } from './compared-store.ts';
import type { Engine } from './engine.ts';
import type { Snapshot } from './snapshot.ts';

/** By path and text: the base's text is the same string each time, so that looking it up costs nothing. */
type Kept<Facts> = Map<string, Map<string, Facts>>;

/** A pure function of a file, made faster by what it told of an earlier text. */
export type Take<Facts> = (path: string, text: string, before?: Facts) => Facts;

/** How facts are taken, and kept between runs. */
export interface Taking<Facts> {
  readonly take: Take<Facts>;
  /** Undefined where there is nothing to keep. */
  pack(facts: Facts): string | undefined;
  unpack(path: string, text: string, json: string): Facts;
}

/** Keeps what is compared of a text for as long as the text is part of the change. */
export class ChangeFactsMemo<Facts> {
  readonly #kind: string;
  readonly #store: ComparedStore;
  readonly #takingOf: (engine: Engine) => Taking<Facts>;
  #taking: Taking<Facts> | undefined;
  #kept: Kept<Facts> = new Map();
  #last: Take<Facts> = neverAsked;

  /** @param takingOf which functions of the engine take the facts */
  constructor(kind: string, store: ComparedStore, takingOf: (engine: Engine) => Taking<Facts>) {
    this.#kind = kind;
    this.#store = store;
    this.#takingOf = takingOf;
  }

  /** The memoised function for one analysis; the compiler is loaded only where there is something to compare. */
  async for(snapshot: Snapshot, engine: () => Promise<Engine>): Promise<Take<Facts>> {
    if (!snapshot.base || snapshot.base.files.size === 0) return neverAsked;
    this.#taking ??= this.#takingOf(await engine());
    const { take, unpack } = this.#taking;
    const before = this.#kept;
    const kept: Kept<Facts> = new Map();
    this.#kept = kept;
    const told = (path: string, text: string) => {
      const json = before.size === 0 ? this.#store.find(this.#kind, path, text) : undefined;
      return json === undefined ? undefined : unpack(path, text, json);
    };
    const taken = (path: string, text: string) => {
      this.#store.note();
      return take(path, text, latest(before.get(path)));
    };
    this.#last = (path, text) => {
      const facts = before.get(path)?.get(text) ?? kept.get(path)?.get(text) ?? told(path, text) ?? taken(path, text);
      kept.set(path, (kept.get(path) ?? new Map()).set(text, facts));
      return facts;
    };
    return this.#last;
  }

  /** The function of the last analysis, for who asks later on. */
  get last(): Take<Facts> {
    return this.#last;
  }

  /** What was told of the texts of the last change. */
  *packed(): Iterable<readonly [kind: string, path: string, text: string, json: string]> {
    for (const [path, texts] of this.#kept)
      for (const [text, facts] of texts) {
        const json = this.#taking?.pack(facts);
        if (json !== undefined) yield [this.#kind, path, text, json];
      }
  }
}

/** What is most like a new text: the file as it was at the last analysis. It was asked for before its base. */
function latest<Facts>(texts: ReadonlyMap<string, Facts> | undefined): Facts | undefined {
  return texts?.values().next().value;
}

const neverAsked = (): never => {
  throw new Error('nothing differs from the base, so there is nothing to compare');
};
