import type { TextRange } from '../../core/text.ts';

/** A token of JSON or of a registry in TypeScript; strings, names and numbers are all `word`. */
export interface Token extends TextRange {
  readonly kind: 'punctuation' | 'comment' | 'word';
}

/**
 * Splits a span of JSON or of a TypeScript declaration into tokens. Enough for lists of entries: regular expressions and
 * holes in templates are not told apart from other text.
 */
export function tokensOf(text: string, span: TextRange = { start: 0, end: text.length }): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = span.start;
  for (;;) {
    const match = tokenPattern.exec(text);
    if (!match || match.index >= span.end) return tokens;
    const kind = match[1] ? 'comment' : match[2] ? 'word' : 'punctuation';
    tokens.push({ kind, start: match.index, end: match.index + match[0].length });
  }
}

const tokenPattern =
  /(\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$))|("(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`(?:[^`\\]|\\[\s\S])*`?|[\p{L}\p{N}_$.@#-]+)|\S/gu;

/** An entry of a bracketed, comma-separated list; `comma` is the offset of the comma behind it. */
export interface ListEntry extends TextRange {
  readonly comma: number | undefined;
}

export interface EntryList {
  /** The offset behind the opening bracket, and that of the closing one. */
  readonly open: number;
  readonly close: number;
  readonly entries: readonly ListEntry[];
}

/** The list whose entry starts at an offset: the innermost brackets around it. Undefined where brackets do not match. */
export function listAround(text: string, tokens: readonly Token[], offset: number): EntryList | undefined {
  const opens: number[] = [];
  let index = 0;
  for (; index < tokens.length && tokens[index]!.start < offset; index++) {
    const bracket = bracketOf(text, tokens[index]!);
    if (bracket === 'open') opens.push(index);
    else if (bracket === 'close') opens.pop();
  }
  const open = opens.at(-1);
  return open === undefined ? undefined : listAt(text, tokens, open);
}

/** The list that an opening bracket starts. */
export function listAt(text: string, tokens: readonly Token[], openIndex: number): EntryList | undefined {
  const entries: ListEntry[] = [];
  let first: Token | undefined;
  let last: Token | undefined;
  let depth = 0;
  for (const token of tokens.slice(openIndex + 1)) {
    if (token.kind === 'comment') continue;
    const bracket = bracketOf(text, token);
    const atTop = depth === 0;
    if ((atTop && bracket === 'close') || (atTop && text[token.start] === ',' && token.kind === 'punctuation')) {
      const comma = bracket === 'close' ? undefined : token.start;
      if (first && last) entries.push({ start: first.start, end: last.end, comma });
      first = last = undefined;
      if (bracket === 'close') return { open: tokens[openIndex]!.end, close: token.start, entries };
      continue;
    }
    if (bracket) depth += bracket === 'open' ? 1 : -1;
    first ??= token;
    last = token;
  }
  return undefined;
}

function bracketOf(text: string, token: Token): 'open' | 'close' | undefined {
  if (token.kind !== 'punctuation') return undefined;
  const char = text[token.start]!;
  return '{[('.includes(char) ? 'open' : '}])'.includes(char) ? 'close' : undefined;
}
