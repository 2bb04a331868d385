import { ts } from 'ts-morph';

/** How a file is written, as far as inserted code has to follow it. */
export interface CodeStyle {
  readonly eol: '\n' | '\r\n';
  /** One step of indentation. */
  readonly unit: string;
  readonly quote: "'" | '"';
  readonly semicolons: boolean;
}

/** Told from what is there; where the file says nothing: two spaces, single quotes, semicolons. */
export function styleOf(file: ts.SourceFile): CodeStyle {
  const { text } = file;
  let single = 0;
  let double = 0;
  let withSemicolon = 0;
  let without = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && !ts.isJsxAttribute(node.parent)) {
      if (text[node.end - 1] === "'") single++;
      else if (!node.text.includes("'")) double++;
    }
    if (
      ts.isExpressionStatement(node) ||
      ts.isVariableStatement(node) ||
      ts.isReturnStatement(node) ||
      ts.isImportDeclaration(node)
    ) {
      if (text[node.end - 1] === ';') withSemicolon++;
      else without++;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return {
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    unit: indentUnit(text),
    quote: double > single ? '"' : "'",
    semicolons: withSemicolon >= without,
  };
}

/** The string as a literal in the given quotes. */
export function quoted(text: string, quote: string): string {
  const escaped = text.replace(/[\\\n\r\u2028\u2029]/g, (c) => (c === '\\' ? '\\\\' : JSON.stringify(c).slice(1, -1)));
  return quote + escaped.replaceAll(quote, `\\${quote}`) + quote;
}

/** The white space at the start of the line that an offset lies on. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start))![0];
}

export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at--;
  return at;
}

/** The end of the line that an offset lies on, before its line ending. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

function indentUnit(text: string): string {
  const steps = new Map<string, number>();
  let before = '';
  for (const line of text.split(/\r\n|\n|\r/)) {
    const found = /^([ \t]*)\S/.exec(line);
    if (found === null || /^[ \t]*\*/.test(line)) continue;
    const indent = found[1]!;
    if (indent.length > before.length && indent.startsWith(before)) {
      const step = indent.slice(before.length);
      steps.set(step, (steps.get(step) ?? 0) + 1);
    }
    before = indent;
  }
  let best = '  ';
  let count = 0;
  for (const [step, times] of steps) if (times > count) [best, count] = [step, times];
  return best;
}
