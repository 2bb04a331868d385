import type { TextRange } from '../core/text.ts';
import type { TagFact } from './file-facts.ts';

const opening = /@risk\(\s*([\w./-]+)\s*\)\s*(:?)/g;
const field = /(?:^|[\s;,])(owner|until|ticket|reviewer|link)\s*=\s*("[^"]*"|[^\s;,]+)/dg;

/** Fields that a tag may have. */
export const tagFields = ['owner', 'until', 'ticket', 'reviewer', 'link'] as const;

/**
 * Delivery tags in one comment: `@risk(auth): checked by the gateway; owner=team-x until=2026-12-01; ticket=OPS-1`. The
 * reason runs to the first field or the end of the line. A tag without a reason is recorded with an empty one.
 * @param comment the comment's span in `text`, with its opening and closing marks
 */
export function tagsInComment(text: string, comment: TextRange): TagFact[] {
  const body = text.slice(comment.start, comment.end);
  const tags: TagFact[] = [];
  const starts = [...body.matchAll(opening)].filter(({ index }) => !isSpokenOf(body.slice(0, index)));
  for (const [index, match] of starts.entries()) {
    const until = starts[index + 1]?.index ?? body.length;
    const from = match.index + match[0].length;
    const said = body.slice(from, endOfTag(body, from, until));
    const firstField = said.search(/(?:^|[\s;,])(?:owner|until|ticket|reviewer|link)\s*=/);
    const reason = (firstField < 0 ? said : said.slice(0, firstField)).replace(/^[\s:;,-]+|[\s;,]+$/g, '');
    const fields: Record<string, string> = {};
    let untilRange: TextRange | undefined;
    for (const { 1: name, 2: value, indices } of said.matchAll(field)) {
      if (name === 'until' && fields.until === undefined) untilRange = moved(indices![2]!, comment.start + from);
      fields[name!] ??= value!.replace(/^"|"$/g, '');
    }
    const kindStart = comment.start + match.index + match[0].indexOf(match[1]!, '@risk('.length);
    tags.push({
      range: { start: comment.start + match.index, end: comment.start + from + said.trimEnd().length },
      kind: match[1]!,
      kindRange: { start: kindStart, end: kindStart + match[1]!.length },
      reason,
      fields,
      ...(untilRange && { untilRange }),
    });
  }
  return tags;
}

function moved([start, end]: readonly [number, number], by: number): TextRange {
  return { start: start + by, end: end + by };
}

/** In quotes or code marks a tag is only spoken of, as in the comments of a parser: whether what stands before it on its line opens some. */
export function isSpokenOf(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return /['"]$/.test(line) || line.split('`').length % 2 === 0;
}

/** A tag ends with its line, or with the comment. */
function endOfTag(body: string, from: number, until: number): number {
  const newline = body.slice(from, until).search(/[\r\n]/);
  const end = newline < 0 ? until : from + newline;
  const close = /(?:\*\/|-->)$/.exec(body.slice(from, end));
  return close ? end - close[0].length : end;
}
