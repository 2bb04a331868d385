/**
 * Where the comments start that stand directly above a place: lines with nothing but a comment, block comments, and
 * decorators between them. The place itself when there are none.
 */
export function commentStart(text: string, place: number): number {
  let start = lineStart(text, place);
  if (
    text.slice(start, place).trim() !== '' &&
    !/^\s*(?:export|default|async|public|private|protected|static)\b|^\s*-\s+$/.test(text.slice(start, place))
  )
    return place;
  while (start > 0) {
    const previous = lineStart(text, start - 1);
    const line = text.slice(previous, start).trim();
    if (line.startsWith('//') || line.startsWith('@') || isHash.test(line)) start = previous;
    else if (line.endsWith('*/')) {
      const open = text.lastIndexOf('/*', previous + text.slice(previous, start).lastIndexOf('*/'));
      if (open < 0) break;
      const above = lineStart(text, open);
      if (text.slice(above, open).trim() !== '') break;
      start = above;
    } else break;
  }
  return start;
}

/** A comment of YAML; `#name` is a private member. */
const isHash = /^#(?!\w)/;

/** The end of the line on which an offset lies, without its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.slice(offset).search(/[\r\n]/);
  return end < 0 ? text.length : offset + end;
}

export function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}
