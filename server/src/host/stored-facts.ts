import type { FileFacts, TestFact } from '../facts/file-facts.ts';

/** What is known of stored facts without reading them: most files are asked for nothing else after a start. */
export type Brief = readonly [bits: number, syntaxErrors: number, framework?: TestFact['framework']];

const bits = { reads: 1, tags: 2, generated: 4, shallow: 8, registries: 16, suppressions: 32 } as const;
const none: readonly never[] = [];

export function briefOf(facts: FileFacts): Brief {
  const { reads, tags, suppressions, generated, shallow, registries, syntaxErrors, test } = facts;
  const set =
    (reads.length > 0 ? bits.reads : 0) |
    (tags.length > 0 ? bits.tags : 0) |
    (generated ? bits.generated : 0) |
    (shallow ? bits.shallow : 0) |
    (registries ? bits.registries : 0) |
    (suppressions.length > 0 ? bits.suppressions : 0);
  return test === undefined ? [set, syntaxErrors] : [set, syntaxErrors, test.framework];
}

/** Every fact has to be told here, those that are optional as well: what is forgotten would be gone after a restart. */
type AllFacts = FileFacts & Record<keyof FileFacts, unknown>;

/** Facts of the disk cache that are parsed when somebody asks for more than the brief tells. */
export class StoredFacts implements AllFacts {
  /** JSON of all facts, as it stands in the cache file. */
  readonly bytes: Buffer;
  readonly #brief: Brief;
  #parsed: FileFacts | undefined;

  constructor(bytes: Buffer, brief: Brief) {
    this.bytes = bytes;
    this.#brief = brief;
  }

  get #all(): FileFacts {
    this.#parsed ??= JSON.parse(this.bytes.toString()) as FileFacts;
    return this.#parsed;
  }

  get imports(): FileFacts['imports'] {
    return this.#all.imports;
  }

  get exports(): FileFacts['exports'] {
    return this.#all.exports;
  }

  get names(): FileFacts['names'] {
    return this.#all.names;
  }

  get registries(): FileFacts['registries'] {
    return this.#has(bits.registries) ? this.#all.registries : undefined;
  }

  get reads(): FileFacts['reads'] {
    return this.#has(bits.reads) ? this.#all.reads : none;
  }

  get tags(): FileFacts['tags'] {
    return this.#has(bits.tags) ? this.#all.tags : none;
  }

  get suppressions(): FileFacts['suppressions'] {
    return this.#has(bits.suppressions) ? this.#all.suppressions : none;
  }

  get test(): FileFacts['test'] {
    const framework = this.#brief[2];
    return framework && { framework };
  }

  get syntaxErrors(): number {
    return this.#brief[1];
  }

  get generated(): boolean {
    return this.#has(bits.generated);
  }

  get shallow(): true | undefined {
    return this.#has(bits.shallow) || undefined;
  }

  #has(bit: number): boolean {
    return (this.#brief[0] & bit) !== 0;
  }
}
