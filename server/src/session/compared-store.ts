import { hashText } from '../core/hash.ts';
import type { ComparedCache } from '../host/ports.ts';

/** What was told of changed texts in an earlier run of the same program. */
export class ComparedStore {
  readonly #cache: ComparedCache | undefined;
  #found: ReadonlyMap<string, string> | undefined;
  #isNew = false;

  constructor(cache: ComparedCache | undefined) {
    this.#cache = cache;
  }

  /** @param kind what was told: facts of a change, or tests */
  find(kind: string, path: string, text: string): string | undefined {
    this.#found ??= this.#cache?.load() ?? new Map();
    if (this.#found.size === 0) return undefined;
    return this.#found.get(keyOf(kind, path, text));
  }

  /** After the first analysis nobody needs it any more. */
  letGo(): void {
    this.#found = new Map();
  }

  /** Something was told that no earlier run told. */
  note(): void {
    this.#isNew = true;
  }

  save(told: Iterable<readonly [kind: string, path: string, text: string, json: string]>): void {
    if (!this.#cache || !this.#isNew) return;
    this.#isNew = false;
    this.#cache.save(keyed(told));
  }
}

/** One by one: together they are large. */
function* keyed(told: Iterable<readonly [kind: string, path: string, text: string, json: string]>) {
  for (const [kind, path, text, json] of told) yield [keyOf(kind, path, text), json] as const;
}

function keyOf(kind: string, path: string, text: string): string {
  return `${kind} ${hashText(path)} ${hashText(text)}`;
}
