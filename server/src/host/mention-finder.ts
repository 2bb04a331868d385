import type { FirstMention } from './ports.ts';

/** Finds first mentions in the output of `git log --reverse -p`, as it comes. */
export interface MentionFinder {
  /** For `--format`: what marks a commit in the output. */
  readonly format: string;
  /** Looks through a piece of output; false when everything was found, and no more is needed. */
  take(chunk: Buffer): boolean;
  isDone(): boolean;
  found(): Map<string, FirstMention>;
  /** The commit has no parents in this clone. */
  isRoot(commit: string): boolean;
}

const mark = '\u0001';

/**
 * A mention is the key as a word of an added line. A key that is one plain word (`search`) says little by itself: it counts in
 * quotes only. Bytes are read as Latin-1, and keys likewise, which spares the decoding of a whole history.
 */
export function mentionFinder(keys: readonly string[]): MentionFinder {
  const open = new Map<string, Wanted[]>();
  for (const key of keys) {
    const text = Buffer.from(key, 'utf8').toString('latin1');
    const first = /[\w$]+/.exec(text)?.[0];
    if (first === undefined) continue;
    const wanted = { key, text, at: text.indexOf(first), quoted: isPlainWord(key) };
    open.set(first, [...(open.get(first) ?? []), wanted]);
  }
  const found = new Map<string, FirstMention>();
  const roots = new Set<string>();
  let commit: FirstMention | undefined;
  let rest = '';

  function line(text: string): void {
    if (text.charCodeAt(0) === 1) {
      const [id = '', parents = '', date = '', author = ''] = text.slice(1).split('\0');
      commit = { commit: id, date, author: Buffer.from(author, 'latin1').toString('utf8') };
      if (parents === '') roots.add(id);
    } else if (text.charCodeAt(0) === 43 && commit !== undefined && !text.startsWith('+++ ')) words(text, commit);
  }

  function words(text: string, at: FirstMention): void {
    // A line of a bundle or of data: nobody writes a key there first.
    if (text.length > 5000) return;
    wordPattern.lastIndex = 1;
    for (let match = wordPattern.exec(text); match !== null; match = wordPattern.exec(text)) {
      const wanted = open.get(match[0]);
      if (wanted === undefined) continue;
      const start = match.index;
      const left = wanted.filter((one) => !isAt(text, start - one.at, one));
      if (left.length === wanted.length) continue;
      for (const one of wanted) if (!left.includes(one)) found.set(one.key, at);
      if (left.length === 0) open.delete(match[0]);
      else open.set(match[0], left);
    }
  }

  return {
    format: `${mark}%H%x00%P%x00%as%x00%an`,
    take(chunk) {
      const text = rest + chunk.toString('latin1');
      let from = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        line(text.slice(from, end));
        from = end + 1;
      }
      rest = text.slice(from);
      return open.size > 0;
    },
    isDone: () => open.size === 0,
    found: () => found,
    isRoot: (id) => roots.has(id),
  };
}

interface Wanted {
  readonly key: string;
  /** As the bytes of its UTF-8 read. */
  readonly text: string;
  /** Where its first word starts. */
  readonly at: number;
  readonly quoted: boolean;
}

const wordPattern = /[\w$]+/g;

function isAt(line: string, start: number, { text, quoted }: Wanted): boolean {
  if (!line.startsWith(text, start)) return false;
  const before = line[start - 1] ?? '';
  const after = line[start + text.length] ?? '';
  if (quoted) return /['"`]/.test(before) && before === after;
  return !/[\w$-]/.test(before) && !/[\w$-]/.test(after);
}

function isPlainWord(key: string): boolean {
  return /^[a-z]+$|^[A-Z]+$|^[A-Z][a-z]+$/.test(key);
}
