import type { TextRange } from '../core/text.ts';
import type { SuppressionFact } from './file-facts.ts';

const opening = /^[\s/*#<!{-]*?(switchyard-ignore(?:-next-line|-file)?)(?![\w-])([^\r\n]*)/gm;
const name = /[\w-]+(?:\/[\w-]+)?/g;
const ruleList = /^[ \t]*(?:[\w-]+(?:\/[\w-]+)?(?:\s*,\s*[\w-]+(?:\/[\w-]+)?)*)?/;

/**
 * Suppressions in one comment, each on a line of its own: `switchyard-ignore risk/timeout-changed: measured, see OPS-1`. Several rules
 * are separated by commas; the reason follows a colon.
 * @param comment the comment's span in `text`, with its opening and closing marks
 */
export function suppressionsInComment(text: string, comment: TextRange): SuppressionFact[] {
  const body = text.slice(comment.start, comment.end);
  return [...body.matchAll(opening)].map((match) => {
    const said = match[2]!.replace(/\s*(?:\*\/|-->)?\s*$/, '');
    const listed = ruleList.exec(said)![0];
    const start = comment.start + match.index + match[0].indexOf('switchyard-ignore');
    const after = start + match[1]!.length;
    return {
      range: { start, end: after + said.length },
      rules: [...listed.matchAll(name)].map(({ 0: rule, index }) => ({
        name: rule,
        range: { start: after + index, end: after + index + rule.length },
      })),
      reason: /^\s*:\s*(.*)$/.exec(said.slice(listed.length))?.[1]?.trim() ?? '',
      covers: match[1]!.endsWith('-file') ? 'file' : coveredLines(text, comment, match[1]!.endsWith('-next-line')),
    };
  });
}

/**
 * The comment's own line where it stands behind code; else all from it to the next line that is no comment, with decorators before it:
 * what concerns a file as a whole stands at its start.
 */
function coveredLines(text: string, comment: TextRange, next: boolean): TextRange {
  const start = text.lastIndexOf('\n', comment.start - 1) + 1;
  const end = lineEnd(text, comment.end);
  const alone =
    /^\s*\{?\s*$/.test(text.slice(start, comment.start)) && /^\s*\}?\s*$/.test(text.slice(comment.end, end));
  if (!alone && !next) return { start, end };
  let at = end;
  let inBlock = false;
  while (at < text.length) {
    const stop = lineEnd(text, at + 1);
    const line = text.slice(at, stop).trim();
    if (inBlock) inBlock = !line.includes('*/');
    else if (/^\{?\/\*/.test(line)) inBlock = !line.includes('*/');
    else if (line !== '' && !/^(?:\/\/|#|--|<!--|@\w)/.test(line)) return { start, end: stop };
    at = stop;
  }
  return { start, end: text.length };
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
