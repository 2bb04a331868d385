import type { Draw } from './draw.ts';

/**
 * Lays lines (two spaces a level, semicolons everywhere) out as somebody might have: with tabs or wide steps, without
 * semicolons, with braces on lines of their own, several statements on one line, other line breaks.
 */
export function layOutProgram(lines: readonly string[], draw: Draw): string {
  const step = draw.pick('  ', '  ', '    ', '\t');
  const lineBreak = draw.pick('\n', '\n', '\n', '\r\n');
  const withoutSemicolons = draw.oneIn(3);
  let text = [...lines];
  if (draw.oneIn(5)) text = text.flatMap(bracesBelow);
  if (draw.oneIn(5)) text = joined(text, draw);
  if (draw.oneIn(4)) text = text.flatMap((line) => (draw.oneIn(6) ? ['', line] : [line]));
  if (withoutSemicolons)
    text = text.map((line, i) =>
      withoutSemicolon(
        line,
        text.slice(i + 1).find((one) => !/^\s*(\/\/.*)?$/.test(one)),
      ),
    );
  const out = text.map((line) => {
    const indent = /^ */.exec(line)![0].length;
    return step.repeat(indent / 2) + line.slice(indent);
  });
  return `${draw.oneIn(30) ? '\uFEFF' : ''}${out.join(lineBreak)}${draw.oneIn(10) ? '' : lineBreak}`;
}

function bracesBelow(line: string): string[] {
  const head = /^( *)(.*\)) \{$/.exec(line);
  return head && /^(if|for|while|function)\b/.test(head[2]!) ? [head[1]! + head[2]!, `${head[1]}{`] : [line];
}

function joined(lines: readonly string[], draw: Draw): string[] {
  const out: string[] = [];
  for (const line of lines) {
    const last = out.at(-1);
    const fits = last !== undefined && /[;{}]$/.test(last) && !last.includes('//') && !/^\s*(['"]|\/\/|$)/.test(line);
    if (fits && !/^'/.test(last.trim()) && draw.oneIn(4)) out[out.length - 1] = `${last} ${line.trim()}`;
    else out.push(line);
  }
  return out;
}

/** Takes the semicolon off where the next line cannot be read as going on. */
function withoutSemicolon(line: string, next: string | undefined): string {
  const end = /^(.*[^;\s]);(\s*\/\/.*)?$/.exec(line);
  if (!end || /^\s*(\/\/|for \()/.test(line)) return line;
  return next !== undefined && /^\s*[([`+\-/*,.]/.test(next) ? line : end[1]! + (end[2] ?? '');
}
