import { commentStart, lineEnd, lineStart } from '../../change/comments.ts';
import type { Compared } from './compared.ts';

/**
 * Whether a comment that came with the change stands directly above a line, or at its end: who says why a value is another one now has
 * thought about it. Code that was commented out, and a note that something is still to do, say nothing.
 * @param start an offset in the text as it is now
 */
export function isExplainedAnew({ baseText, nowText }: Pick<Compared, 'baseText' | 'nowText'>, start: number): boolean {
  const line = lineStart(nowText, start);
  const indent = /^[ \t]*/.exec(nowText.slice(line))![0].length;
  const above = nowText.slice(commentStart(nowText, line + indent), line);
  const own = nowText.slice(line, lineEnd(nowText, start));
  const behind = /(?<=[;,)\]}\w'"`]\s*)\/\/.*$/.exec(own)?.[0] ?? '';
  return [...above.split('\n'), behind].some((one) => says(one) && !baseText.includes(one.trim()));
}

function says(line: string): boolean {
  const text = line.replace(/^\s*(?:\/\/+|\/\*+|\*+\/?)\s*/, '').trim();
  if (/^\s*[^/*\s]/.test(line) || /\b(?:TODO|FIXME|XXX|eslint|biome|prettier|@ts-|switchyard)/.test(text)) return false;
  return (
    text.split(/\s+/).filter((word) => /^[("'`]?[A-Za-z]{2,}/.test(word)).length >= 3 && !/[;{}=]\s*$|=>/.test(text)
  );
}
