import { isScriptHost, isSourcePath, isTemplatePath } from '../core/snapshot.ts';
import { commentsOf } from './comments.ts';
import { commentsBeside, markupComments } from './marks.ts';
import { parse } from './parse.ts';

/** Whether an offset lies inside of a comment, behind its opening. */
export function isInComment(path: string, text: string, offset: number): boolean {
  const parsed = isSourcePath(path) || isScriptHost(path) ? commentsOf(parse(path, text)) : [];
  const markup = isTemplatePath(path) || isScriptHost(path) ? markupComments(text) : [];
  const beside = isSourcePath(path) ? [] : commentsBeside(path, text);
  return [...parsed, ...markup, ...beside].some(({ start, end }) => {
    const closes = /(?:\*\/|-->)$/.exec(text.slice(start, end))?.[0].length ?? 0;
    return start < offset && offset <= end - closes;
  });
}
