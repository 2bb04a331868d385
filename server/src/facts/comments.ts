import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';

/**
 * The comments of a file, sorted, with their marks. Comments stand before and after tokens: what looks like one inside a
 * string, a template or JSX text is none.
 */
export function commentsOf(source: ts.SourceFile): TextRange[] {
  const { text } = source;
  const found = new Map<number, TextRange>();
  const jsxTexts: TextRange[] = [];
  const add = (comments: readonly ts.CommentRange[] | undefined): void => {
    for (const comment of comments ?? []) found.set(comment.pos, { start: comment.pos, end: comment.end });
  };
  const open: ts.Node[] = [source];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === ts.SyntaxKind.JsxText) {
      jsxTexts.push({ start: node.pos, end: node.end });
      continue;
    }
    const children = node.getChildren(source);
    open.push(...children);
    if (children.length > 0) continue;
    add(ts.getLeadingCommentRanges(text, node.pos));
    add(ts.getTrailingCommentRanges(text, node.end));
  }
  const inJsx = (comment: TextRange): boolean =>
    jsxTexts.some((span) => span.start <= comment.start && comment.start < span.end);
  return [...found.values()].filter((comment) => !inJsx(comment)).sort((a, b) => a.start - b.start);
}
