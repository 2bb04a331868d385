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

/** A site that yields a record: a call, or a place (`property`) by its name. */
interface RecordSite {
  readonly form: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
}

/** A name of a member that is being typed: behind a dot, or in the braces that take a record apart. */
export interface MemberSlot {
  readonly range: TextRange;
  readonly form: 'property' | 'binding';
}

/**
 * A member of the record that a site yields, where none is typed yet: behind its dot, or in the braces that it is taken apart by.
 * @param below where in the result the record stands, as a dotted path; '' for the result itself
 */
export function memberSlot(text: string, site: RecordSite, below: string, offset: number): MemberSlot | undefined {
  const way = below === '' ? [] : below.split('.');
  const dotted = new RegExp(`^\\s*\\)?${[...way, '[\\w$]*'].map((name) => `\\s*\\??\\.\\s*${name}`).join('')}$`);
  if (dotted.test(text.slice(site.range.end, offset))) return { range: wordAt(text, offset), form: 'property' };
  const inside = way.length > 0 ? undefined : (bracesBefore(text, site.range.start) ?? bracesWithin(text, site));
  if (inside === undefined || offset < inside.start || offset > inside.end) return undefined;
  const before = text.slice(inside.start, offset);
  return /(?:^|,)\s*[\w$]*$/.test(before) ? { range: wordAt(text, offset), form: 'binding' } : undefined;
}

/** Longer patterns, and longer ways from a call to its member, are not looked through. In UTF-16 code units. */
const longest = 2000;
const farthest = 200;

/** Whether `memberSlot` may find something there. */
export function isNear({ range }: RecordSite, offset: number): boolean {
  return range.start - longest <= offset && offset <= range.end + farthest;
}

/** The inside of `{ }` in `const { } = useFlags()`. */
function bracesBefore(text: string, end: number): TextRange | undefined {
  const from = Math.max(0, end - longest);
  const braces = /\{([^{}]*)\}\s*(?::[^={};]*)?=\s*(?:await\s+)?$/.exec(text.slice(from, end));
  return braces ? { start: from + braces.index + 1, end: from + braces.index + 1 + braces[1]!.length } : undefined;
}

/** The inside of the inner `{ }` in `const { features: { } } = useApp()`, where `features` is the site. */
function bracesWithin(text: string, { form, nameRange, range }: RecordSite): TextRange | undefined {
  if (form !== 'property' || nameRange.start !== range.start) return undefined;
  const braces = /^(['"]?\s*:\s*\{)([^{}]*)\}/.exec(text.slice(nameRange.end, range.end));
  if (!braces) return undefined;
  const start = nameRange.end + braces[1]!.length;
  return { start, end: start + braces[2]!.length };
}

function wordAt(text: string, offset: number): TextRange {
  const before = /[\w$]*$/.exec(text.slice(0, offset))![0].length;
  const after = /^[\w$]*/.exec(text.slice(offset))![0].length;
  return { start: offset - before, end: offset + after };
}
