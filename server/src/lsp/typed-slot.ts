import type { TextRange } from '../core/text.ts';

/**
 * The text between the quotes of a literal that somebody types in: what a completion replaces. A literal without its closing
 * quote is replaced up to the cursor. Undefined for anything else.
 */
export function literalSlot(text: string, range: TextRange, offset: number): TextRange | undefined {
  const quote = text[range.start];
  if ((quote !== "'" && quote !== '"' && quote !== '`') || offset <= range.start) return undefined;
  const start = range.start + 1;
  const close = text.indexOf(quote, start);
  const line = /[\r\n]/.exec(text.slice(start))?.index ?? text.length - start;
  const end = close >= 0 && close < start + line ? close : undefined;
  if (end === undefined) return offset <= start + line && offset <= range.end ? { start, end: offset } : undefined;
  return offset <= end ? { start, end } : undefined;
}

/** A name to be typed: what it replaces. */
export interface MemberSlot {
  readonly range: TextRange;
}

/** A member of the record that a call yields, where none is typed yet: behind its dot, or in the braces that it is taken apart by. */
export function memberSlot(text: string, site: { readonly range: TextRange }, offset: number): MemberSlot | undefined {
  const behind = text.slice(site.range.end, offset);
  if (/^\s*\)?\s*\??\.\s*[\w$]*$/.test(behind)) return wordAt(text, offset);
  const braces = /\{([^{}]*)\}\s*(?::[^={};]*)?=\s*(?:await\s+)?$/.exec(
    text.slice(Math.max(0, site.range.start - 2000), site.range.start),
  );
  if (!braces) return undefined;
  const start = Math.max(0, site.range.start - 2000) + braces.index + 1;
  if (offset < start || offset > start + braces[1]!.length) return undefined;
  const before = text.slice(start, offset);
  return /(?:^|,)\s*[\w$]*$/.test(before) ? wordAt(text, offset) : undefined;
}

function wordAt(text: string, offset: number): MemberSlot {
  const before = /[\w$]*$/.exec(text.slice(0, offset))![0].length;
  const after = /^[\w$]*/.exec(text.slice(offset))![0].length;
  return { range: { start: offset - before, end: offset + after } };
}
