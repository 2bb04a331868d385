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
  #before: Kept<Facts> = new Map();
  #kept: Kept<Facts> = new Map();

  /** @param takingOf which functions of the engine take the facts */
  constructor(kind: string, store: ComparedStore, takingOf: (engine: Engine) => Taking<Facts>) {
    this.#kind = kind;
    this.#store = store;
    this.#takingOf = takingOf;
  }

  /** The compiler is loaded only where there is something to compare. */
  async prepare({ base }: Snapshot, engine: () => Promise<Engine>): Promise<void> {
    if (base && base.files.size > 0) this.#taking ??= this.#takingOf(await engine());
  }

  /** A new analysis: what this one does not ask for is let go by the next. */
  begin(): void {
    this.#before = this.#kept;
    this.#kept = new Map();
  }

  /** The memoised function. */
  readonly take: Take<Facts> = (path, text) => {
    const facts = this.#known(path, text) ?? this.#taken(path, text);
    this.#kept.set(path, (this.#kept.get(path) ?? new Map()).set(text, facts));
    return facts;
  };

  #known(path: string, text: string): Facts | undefined {
    const known = this.#before.get(path)?.get(text) ?? this.#kept.get(path)?.get(text);
    if (known !== undefined) return known;
    const json = this.#before.size === 0 ? this.#store.find(this.#kind, path, text) : undefined;
    return json === undefined ? undefined : this.#taking?.unpack(path, text, json);
  }

  #taken(path: string, text: string): Facts {
    if (!this.#taking) throw new Error('nothing differs from the base, so there is nothing to compare');
    this.#store.note();
    return this.#taking.take(path, text, latest(this.#before.get(path)));
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
