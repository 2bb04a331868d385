import type { TextRange } from '../core/text.ts';
import type { TagFact } from './file-facts.ts';

const opening = /@risk\(\s*([\w./-]+)\s*\)\s*(:?)/g;
const field = /(?:^|[\s;,])(owner|until|ticket|reviewer|link)\s*=\s*("[^"]*"|[^\s;,]+)/g;

/**
 * Delivery tags in one comment: `@risk(auth): checked by the gateway; owner=team-x until=2026-12-01; ticket=OPS-1`. The
 * reason runs to the first field or the end of the line; a reason may go on over lines that open with no field. A tag
 * without a reason is recorded with an empty one.
 * @param comment the comment's span in `text`, with its opening and closing marks
 */
export function tagsInComment(text: string, comment: TextRange): TagFact[] {
  const body = text.slice(comment.start, comment.end);
  const tags: TagFact[] = [];
  const starts = [...body.matchAll(opening)];
  for (const [index, match] of starts.entries()) {
    const until = starts[index + 1]?.index ?? body.length;
    const line = endOfTag(body, match.index + match[0].length, until);
    const said = body.slice(match.index + match[0].length, line);
    const firstField = said.search(/(?:^|[\s;,])(?:owner|until|ticket|reviewer|link)\s*=/);
    const reason = (firstField < 0 ? said : said.slice(0, firstField)).replace(/^[\s:;,-]+|[\s;,]+$/g, '');
    const fields: Record<string, string> = {};
    for (const [, name, value] of said.matchAll(field)) fields[name!] ??= value!.replace(/^"|"$/g, '');
    const end = match.index + match[0].length + said.trimEnd().length;
    tags.push({
      range: { start: comment.start + match.index, end: comment.start + end },
      kind: match[1]!,
      reason,
      fields,
    });
  }
  return tags;
}

/** A tag ends with its line, or with the comment. */
function endOfTag(body: string, from: number, until: number): number {
  const newline = body.slice(from, until).search(/[\r\n]/);
  const end = newline < 0 ? until : from + newline;
  return body.slice(from, end).endsWith('*/') ? end - 2 : end;
}
