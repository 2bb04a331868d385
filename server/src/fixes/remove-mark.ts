import { lineEnd, lineStart } from '../change/comments.ts';
import { contains, type TextRange } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import type { SuppressionFact } from '../facts/file-facts.ts';
import { marksBeside } from '../facts/marks.ts';
import type { Fix } from './fix.ts';

/**
 * Takes a tag or a suppression away that holds an offset: with its comment, where that says nothing else, and with its line, where that
 * is empty then. The name of one rule of several goes with its comma.
 */
export default {
  id: 'remove-mark',
  build({ path, start, end }, world) {
    const before = world.text(path);
    const { tags, suppressions } = world.facts(path) ?? marksBeside(path, before ?? '');
    const holds = ({ range }: { readonly range: TextRange }) => contains(range, { start, end });
    const tag = tags.find(holds);
    const suppression = suppressions.find(holds);
    const mark = tag ?? suppression;
    if (before === undefined || !mark) throw new UserError(`The comment in ${path} has changed.`);
    const range = (suppression && nameWithComma(suppression, { start, end })) ?? wholeOf(before, mark.range);
    const reason = tag ? 'the tag accounts for nothing' : 'it silences nothing';
    const title = tag ? `Remove the tag @risk(${tag.kind})` : 'Remove the suppression';
    return { title, files: [{ path, before, edits: [{ range, newText: '', kind: 'tag', reason }] }], refused: [] };
  },
} satisfies Fix<TextRange & { readonly path: string }>;

/** One name of a list; undefined where it stands alone. */
function nameWithComma({ rules }: SuppressionFact, { start, end }: TextRange): TextRange | undefined {
  const index = rules.findIndex(({ range }) => range.start === start && range.end === end);
  if (index < 0 || rules.length === 1) return undefined;
  return index === 0 ? { start, end: rules[1]!.range.start } : { start: rules[index - 1]!.range.end, end };
}

function wholeOf(text: string, mark: TextRange): TextRange {
  const line = { start: lineStart(text, mark.start), end: lineEnd(text, mark.start) };
  const before = text.slice(line.start, mark.start);
  const after = text.slice(mark.end, line.end);
  const inBlock = /^\s*\*\s*$/.test(before) && /^\s*$/.test(after);
  const comment = commentAround(before, after);
  if (!inBlock && !comment) return { start: mark.start - (/[ \t]*$/.exec(before)?.[0].length ?? 0), end: mark.end };
  const whole = inBlock ? line : { start: line.start + comment!.start, end: line.end - comment!.after };
  if (text.slice(line.start, whole.start).trim() === '' && text.slice(whole.end, line.end).trim() === '')
    return { start: line.start, end: line.end + (/^\r?\n/.exec(text.slice(line.end))?.[0].length ?? 0) };
  return whole;
}

/** Where the comment opens in what stands before a mark, and how much of the line is left after it closes. */
function commentAround(before: string, after: string): { start: number; after: number } | undefined {
  const open = /[ \t]*(\{?)(\/\/+|\/\*+|#+|--|<!--)\s*$/.exec(before);
  if (!open) return undefined;
  const closing = { '/*': /^\s*\*\//, '<!': /^\s*-->/ }[open[2]!.slice(0, 2)] ?? /^\s*$/;
  const close = closing.exec(after);
  if (!close) return undefined;
  const rest = after.slice(close[0].length);
  if (open[1] === '') return { start: open.index, after: rest.length };
  // The braces of JSX go along, those of a block do not.
  const brace = rest.startsWith('}') && open[2]!.startsWith('/*');
  return brace
    ? { start: open.index, after: rest.length - 1 }
    : { start: open.index + open[0].indexOf('{') + 1, after: rest.length };
}
