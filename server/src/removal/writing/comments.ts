import { ts } from 'ts-morph';
import type { TextRange } from '../../core/text.ts';
import { afterBreak, isBlank, lineEnd, lineStart } from './cuts.ts';

/** Comments that silence a tool for what follows them, or for their line. */
const suppression =
  /^(?:\/\/|\/\*)\s*(?:eslint-disable-(?:next-)?line|oxlint-disable-(?:next-)?line|tslint:disable-(?:next-)?line|@ts-expect-error|@ts-ignore|biome-ignore|deno-lint-ignore|prettier-ignore|noinspection)\b/;
/** Those that a coverage tool reads: they speak of the statement, not of its line. */
const coverage = /^(?:\/\/|\/\*)\s*(?:istanbul|c8|v8|node:coverage) ignore\b/;

const opens = /^(?:\/\/\s*#?region\b|\/\*\s*eslint-disable(?!-)|\/\*\s*(?:istanbul|c8|v8) ignore start\b)/;
const closes = /^(?:\/\/\s*#?endregion\b|\/\*\s*eslint-enable\b|\/\*\s*(?:istanbul|c8|v8) ignore stop\b)/;

/** What speaks for the whole file, also where nothing parts it from the first statement. */
const ofFile =
  /licen[cs]e|copyright|spdx|@preserve|@file|@module|@ts-(?:no)?check|@jest|@vitest|@jsx|eslint-(?:env|disable(?!-))/i;

/** A statement with the comments on lines of their own that touch it from above, and with a region that holds it alone. */
export function withComments(text: string, node: ts.Node): TextRange {
  let start = node.getStart();
  for (const comment of commentsBefore(text, node)) {
    const written = text.slice(comment.pos, comment.end);
    if (!touches(text, comment, start)) break;
    if (ts.isImportDeclaration(node) && !suppression.test(written)) break;
    if (isOfFile(text, comment) || closes.test(written)) break;
    if (opens.test(written)) {
      const end = regionEnd(text, node.end);
      return end === undefined ? { start, end: node.end } : { start: comment.pos, end };
    }
    start = comment.pos;
  }
  return { start, end: node.end };
}

/** The comment that silenced a tool for a statement (or its first line) of which only what begins at `kept` stays. */
export function idleSuppression(text: string, statement: ts.Node, kept: number): TextRange | undefined {
  const start = statement.getStart();
  const [comment] = commentsBefore(text, statement);
  if (!comment || !touches(text, comment, start)) return undefined;
  const written = text.slice(comment.pos, comment.end);
  const goes = coverage.test(written) || (suppression.test(written) && lineEnd(text, start) < kept);
  if (!goes) return undefined;
  return { start: lineStart(text, comment.pos), end: afterBreak(text, lineEnd(text, comment.end)) };
}

/** The offset after a comment that silences a tool for the line of an opening brace. */
export function afterSuppression(text: string, start: number): number {
  const gap = /^[ \t]*/.exec(text.slice(start))![0].length;
  const rest = text.slice(start + gap, lineEnd(text, start));
  return suppression.test(rest) || coverage.test(rest) ? lineEnd(text, start) : start;
}

function commentsBefore(text: string, node: ts.Node): ts.CommentRange[] {
  return [...(ts.getLeadingCommentRanges(text, node.pos) ?? [])].reverse();
}

/** On a line of its own, with at most one line break before what follows. */
function touches(text: string, comment: ts.CommentRange, next: number): boolean {
  const ownLine = isBlank(text.slice(lineStart(text, comment.pos), comment.pos));
  return ownLine && /^[ \t]*(\r\n|\n|\r)?[ \t]*$/.test(text.slice(comment.end, next));
}

function isOfFile(text: string, comment: ts.CommentRange): boolean {
  if (text.startsWith('#!', comment.pos)) return true;
  const isFirst = /^[\s\uFEFF]*$/.test(text.slice(0, comment.pos));
  const written = text.slice(comment.pos, comment.end);
  return isFirst && (written.startsWith('/*') || ofFile.test(written));
}

/** The end of the comment that closes a region, where it comes next on a line of its own. */
function regionEnd(text: string, end: number): number | undefined {
  const [comment] = ts.getLeadingCommentRanges(text, end) ?? [];
  if (!comment || text.slice(end, comment.pos).trim() !== '') return undefined;
  return closes.test(text.slice(comment.pos, comment.end)) ? comment.end : undefined;
}
