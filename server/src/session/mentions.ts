import { hashText } from '../core/hash.ts';
import type { FileVersion } from '../core/snapshot.ts';
import type { FlagDefinition } from '../flags/flag.ts';

/** What was found in closed files on earlier runs. */
export interface MentionMemory {
  /** The words of the asked set (named by its hash) that stand in the file, where that is known. */
  recall(file: FileVersion, asked: string): readonly string[] | undefined;
  note(file: FileVersion, asked: string, found: readonly string[]): void;
}

/**
 * Which words are mentioned anywhere outside the definitions that carry them: the last look before something is called
 * unused. A text is read once for each new set of words.
 */
export class Mentions {
  readonly #memory: MentionMemory;
  readonly #asked = new Set<string>();
  #askedHash = '';
  #pattern: RegExp | undefined;
  #counts = new WeakMap<FileVersion, ReadonlyMap<string, readonly number[]>>();
  /** By path, the words that were found in files that define no flag; only files with some. */
  readonly #found = new Map<string, readonly string[]>();
  /** Files that defined flags at the last `find`, and were not searched as others are. */
  #defined: ReadonlySet<string> = new Set();
  /** Paths to search again; undefined for all. */
  #stale: Set<string> | undefined;
  /** Whether words stand in files that are not analysed, as far as somebody looked. */
  readonly #elsewhere = new Map<string, boolean>();
  readonly #unknown = new Set<string>();

  constructor(memory: MentionMemory) {
    this.#memory = memory;
  }

  /** Files that may be others than at the last `find`, so that only they are searched again. */
  changed(paths: ReadonlySet<string>): void {
    for (const path of paths) this.#stale?.add(path);
  }

  /** Words that stand in no analysed file, and nobody looked for in others yet: `find` takes them for mentioned meanwhile. */
  unknownElsewhere(): string[] {
    return [...this.#unknown];
  }

  /** What a look into the other files found. */
  learn(words: readonly string[], found: ReadonlySet<string>): void {
    for (const word of words) this.#elsewhere.set(word, found.has(word));
    this.#unknown.clear();
  }

  /** Files that are not analysed may be others by now. */
  forgetElsewhere(): void {
    this.#elsewhere.clear();
  }

  /** The words among `words` that stand in a file outside the ranges of definitions. */
  find(
    words: readonly string[],
    files: ReadonlyMap<string, FileVersion>,
    definitions: readonly FlagDefinition[],
  ): ReadonlySet<string> {
    this.#ask(words);
    const defined = groupByPath(definitions);
    for (const path of this.#defined) if (!defined.has(path)) this.#stale?.add(path);
    this.#defined = new Set(defined.keys());
    for (const path of this.#stale ?? files.keys()) {
      const file = files.get(path);
      const found = file && !defined.has(path) ? [...this.#words(file)] : [];
      if (found.length > 0) this.#found.set(path, found);
      else this.#found.delete(path);
    }
    this.#stale = new Set();
    const wanted = new Set(words);
    const mentioned = new Set<string>();
    for (const [path, found] of this.#found)
      if (!defined.has(path)) for (const word of found) if (wanted.has(word)) mentioned.add(word);
    for (const [path, own] of defined) {
      const file = files.get(path);
      if (!file || isData(path)) continue;
      for (const [word, offsets] of this.#offsets(file))
        if (wanted.has(word) && offsets.some((at) => !own.some(({ range }) => range.start <= at && at < range.end)))
          mentioned.add(word);
    }
    for (const word of wanted) {
      const known = this.#elsewhere.get(word);
      if (known === undefined && !mentioned.has(word)) this.#unknown.add(word);
      if (known !== false) mentioned.add(word);
    }
    return mentioned;
  }

  /** For a file without definitions it does not matter where a word stands. */
  #words(file: FileVersion): Iterable<string> {
    if (file.openVersion !== undefined) return this.#offsets(file).keys();
    const known = this.#memory.recall(file, this.#askedHash);
    if (known) return known;
    const found = [...this.#offsets(file).keys()];
    this.#memory.note(file, this.#askedHash, found);
    return found;
  }

  #ask(words: readonly string[]): void {
    const before = this.#asked.size;
    for (const word of words) this.#asked.add(word);
    if (this.#asked.size === before) return;
    const alternatives = [...this.#asked].filter((word) => word !== '').sort((a, b) => b.length - a.length);
    this.#pattern = new RegExp(patternOf(alternatives), 'g');
    this.#counts = new WeakMap();
    this.#stale = undefined;
    this.#found.clear();
    this.#askedHash = hashText(['2', ...[...this.#asked].sort()].join('\n'));
  }

  #offsets(file: FileVersion): ReadonlyMap<string, readonly number[]> {
    const known = this.#counts.get(file);
    if (known) return known;
    const offsets = new Map<string, number[]>();
    for (const match of (file.text() ?? '').matchAll(this.#pattern!)) {
      const list = offsets.get(match[0]);
      if (list) list.push(match.index);
      else offsets.set(match[0], [match.index]);
    }
    this.#counts.set(file, offsets);
    return offsets;
  }
}

/** A word ends where no letter, digit or hyphen goes on; what begins or ends with another sign ends there by itself. */
function patternOf(words: readonly string[]): string {
  const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const plain = words.filter((word) => /^[\w$-]/.test(word) && /[\w$-]$/.test(word)).map(escaped);
  const others = words
    .filter((word) => !/^[\w$-]/.test(word) || !/[\w$-]$/.test(word))
    .map((word) => {
      const start = /^[\w$-]/.test(word) ? '(?<![\\w$-])' : '';
      return `${start}${escaped(word)}${/[\w$-]$/.test(word) ? '(?![\\w$-])' : ''}`;
    });
  // What is longer goes first: `...FLAGS` before `FLAGS`.
  return [...others, ...(plain.length > 0 ? [`(?<![\\w$-])(?:${plain.join('|')})(?![\\w$-])`] : [])].join('|');
}

/** A key in a definition file of data is a definition, not a use. */
function isData(path: string): boolean {
  return /\.(jsonc?|json5|ya?ml|split|flagd)$/.test(path);
}

function groupByPath(definitions: readonly FlagDefinition[]): Map<string, FlagDefinition[]> {
  const groups = new Map<string, FlagDefinition[]>();
  for (const one of definitions) groups.set(one.path, [...(groups.get(one.path) ?? []), one]);
  return groups;
}
