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

  constructor(memory: MentionMemory) {
    this.#memory = memory;
  }

  /** The words among `words` that stand in a file outside the ranges of definitions. */
  find(
    words: readonly string[],
    files: ReadonlyMap<string, FileVersion>,
    definitions: readonly FlagDefinition[],
  ): ReadonlySet<string> {
    this.#ask(words);
    const wanted = new Set(words);
    const found = new Set<string>();
    const defined = groupByPath(definitions);
    for (const [path, file] of files) {
      if (!isScanned(path, defined)) continue;
      const own = defined.get(path);
      if (own === undefined) {
        for (const word of this.#words(file)) if (wanted.has(word)) found.add(word);
        continue;
      }
      for (const [word, offsets] of this.#offsets(file)) {
        if (!wanted.has(word) || found.has(word)) continue;
        if (offsets.some((at) => !own.some((one) => one.range.start <= at && at < one.range.end))) found.add(word);
      }
    }
    return found;
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
    const alternatives = [...this.#asked]
      .filter((word) => word !== '')
      .sort((a, b) => b.length - a.length)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    this.#pattern = new RegExp(`(?<![\\w$-])(?:${alternatives.join('|')})(?![\\w$-])`, 'g');
    this.#counts = new WeakMap();
    this.#askedHash = hashText([...this.#asked].sort().join('\n'));
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

/** JSON is data: a key in another definition file is a second definition, not a use. */
function isScanned(path: string, defined: ReadonlyMap<string, unknown>): boolean {
  return !(path.endsWith('.json') || path.endsWith('.jsonc')) || !defined.has(path);
}

function groupByPath(definitions: readonly FlagDefinition[]): Map<string, FlagDefinition[]> {
  const groups = new Map<string, FlagDefinition[]>();
  for (const one of definitions) groups.set(one.path, [...(groups.get(one.path) ?? []), one]);
  return groups;
}
