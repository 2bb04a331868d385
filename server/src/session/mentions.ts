import type { FileVersion } from '../core/snapshot.ts';
import type { FlagDefinition } from '../flags/flag.ts';

/**
 * Which words are mentioned anywhere outside the definitions that carry them: the last look before something is called
 * unused. Texts are read once for each new word and once for each changed file.
 */
export class Mentions {
  readonly #asked = new Set<string>();
  #pattern: RegExp | undefined;
  #counts = new WeakMap<FileVersion, ReadonlyMap<string, readonly number[]>>();

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
      for (const [word, offsets] of this.#offsets(file)) {
        if (!wanted.has(word) || found.has(word)) continue;
        const own = defined.get(path) ?? [];
        if (offsets.some((at) => !own.some((one) => one.range.start <= at && at < one.range.end))) found.add(word);
      }
    }
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
