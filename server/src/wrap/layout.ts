import { ts } from 'ts-morph';
import type { EditKind, TextEdit } from '../core/source-change.ts';
import type { TextRange } from '../core/text.ts';
import { type Run, statementsOf } from './run.ts';
import { type CodeStyle, indentAt, lineEnd, lineStart } from './style.ts';
import { listSpan } from './syntax.ts';

/** Statements with the comments that belong to them: those directly above the first, and behind the last on its line. */
function spanWithComments(run: Run, file: ts.SourceFile): TextRange {
  const statements = statementsOf(run);
  const first = statements[0]!;
  const last = statements.at(-1)!;
  return { start: startWithComments(first, file), end: endWithComment(last.end, file.text) };
}

/** Where the comments directly above a statement start (no blank line between); its own start without any. */
export function startWithComments(node: ts.Node, file: ts.SourceFile): number {
  const { text } = file;
  let start = node.getStart(file);
  for (const comment of (ts.getLeadingCommentRanges(text, node.pos) ?? []).reverse()) {
    const gap = text.slice(comment.end, start);
    if (gap.split('\n').length > 2) break;
    if (text.slice(lineStart(text, comment.pos), comment.pos).trim() !== '' && gap.includes('\n')) break;
    start = comment.pos;
  }
  return start;
}

/** The end of a statement with a comment that follows it on the same line, when nothing else does. */
function endWithComment(end: number, text: string): number {
  const rest = text.slice(end, lineEnd(text, end));
  const comment = /^[ \t]*(\/\/.*|(?:\/\*(?:(?!\*\/).)*\*\/[ \t]*)+)$/.exec(rest);
  return comment === null ? end : end + rest.trimEnd().length;
}

/**
 * Edits that put `if (condition) { ... }` around a run, and `else { old }` behind it. A run of no statements becomes
 * `if (condition) { old }` at its place, so the caller negates the condition for it.
 */
export function wrapEdits(
  file: ts.SourceFile,
  run: Run,
  condition: string,
  old: string | undefined,
  style: CodeStyle,
  reasons: { readonly on: string; readonly off: string },
): TextEdit[] {
  if (run.from === run.to) return [insertAlone(file, run, condition, old ?? '', style, reasons.off)];
  const { text } = file;
  const span = spanWithComments(run, file);
  const alone = text.slice(lineStart(text, span.start), span.start).trim() === '';
  const indent = alone ? indentAt(text, span.start) : indentAt(text, span.start) + style.unit;
  const head = `if (${condition}) {${style.eol}${indent}${style.unit}`;
  const tail = text.slice(span.end, lineEnd(text, span.end));
  const edits: TextEdit[] = [edit(span.start, alone ? head : `${style.eol}${indent}${head}`, 'wrap', reasons.on)];
  const extra = alone ? style.unit : style.unit + style.unit;
  const fixed = fixedLines(run.owner, file, span);
  for (let at = lineEnd(text, span.start); at < span.end; at = lineEnd(text, at)) {
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (at >= span.end) break;
    if (!fixed.has(at) && lineEnd(text, at) > at && text.slice(at, lineEnd(text, at)).trim() !== '')
      edits.push(edit(at, alone ? style.unit : extra, 'wrap', reasons.on));
  }
  const otherwise =
    old === undefined
      ? ''
      : ` else {${style.eol}${reindent(old, indent + style.unit, style.eol)}${style.eol}${indent}}`;
  const closing = tail.trim().startsWith('}')
    ? `${style.eol}${indentAt(text, span.start)}`
    : tail.trim() === ''
      ? ''
      : style.eol + indent;
  edits.push(
    edit(
      span.end,
      `${style.eol}${indent}}${otherwise}${closing}`,
      'wrap',
      old === undefined ? reasons.on : reasons.off,
    ),
  );
  if (!alone || tail.trim() !== '') return trimInner(edits, text, span, closing !== '');
  return edits;
}

/** Lines that start inside a template literal: their white space is part of the program. */
function fixedLines(node: ts.Node, file: ts.SourceFile, span: TextRange): Set<number> {
  const fixed = new Set<number>();
  const visit = (at: ts.Node): void => {
    if (at.end <= span.start || at.pos >= span.end) return;
    if (ts.isTemplateLiteralToken(at) || ts.isStringLiteral(at) || at.kind === ts.SyntaxKind.RegularExpressionLiteral) {
      for (let i = at.getStart(file); i < at.end; i++)
        if (file.text[i] === '\n' || (file.text[i] === '\r' && file.text[i + 1] !== '\n')) fixed.add(i + 1);
    } else ts.forEachChild(at, visit);
  };
  visit(node);
  return fixed;
}

/** The text of statements with their comments, its lines moved left by the indentation that the first of them has. */
export function outdented(run: Run, file: ts.SourceFile): string {
  const span = spanWithComments(run, file);
  const { text } = file;
  const indent = indentAt(text, span.start);
  const fixed = fixedLines(run.owner, file, span);
  let out = '';
  let at = span.start;
  while (at < span.end) {
    const end = Math.min(lineEnd(text, at), span.end);
    const line = text.slice(at, end);
    const isFixed = fixed.has(at);
    out +=
      (out === '' ? '' : '\n') +
      (isFixed ? `\0${line}` : at > span.start && line.startsWith(indent) ? line.slice(indent.length) : line);
    at = end + (text.startsWith('\r\n', end) ? 2 : 1);
    if (end === span.end) break;
  }
  return out;
}

/** Puts an indentation before each line of `outdented` text; lines marked as fixed stay as they are. */
function reindent(text: string, indent: string, eol: string): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith('\0') ? line.slice(1) : line.trim() === '' ? '' : indent + line))
    .join(eol);
}

export function edit(at: number, newText: string, kind: EditKind, reason: string): TextEdit {
  return { range: { start: at, end: at }, newText, kind, reason };
}

/** Where a statement is inserted before `index` of a list: offset, and the text around it to stand on lines of its own. */
export function slotBefore(
  owner: Run['owner'],
  index: number,
  file: ts.SourceFile,
  style: CodeStyle,
): { at: number; indent: string; before: string; after: string } {
  const { text } = file;
  const previous = owner.statements[index - 1];
  const next = owner.statements[index];
  if (previous !== undefined) {
    const at = endWithComment(previous.end, text);
    const own = text.slice(lineStart(text, previous.getStart(file)), previous.getStart(file)).trim() === '';
    const indent = own ? indentAt(text, previous.getStart(file)) : indentAt(text, previous.getStart(file)) + style.unit;
    const rest = text.slice(at, lineEnd(text, at)).trim();
    const after = rest === '' ? '' : style.eol + (rest.startsWith('}') ? indentAt(text, at) : indent);
    return { at, indent, before: style.eol + indent, after };
  }
  if (next !== undefined) {
    const at = startWithComments(next, file);
    const own = text.slice(lineStart(text, at), at).trim() === '';
    const indent = own ? indentAt(text, at) : indentAt(text, at) + style.unit;
    return { at, indent, before: own ? '' : style.eol + indent, after: style.eol + indent };
  }
  const span = listSpan(owner, file);
  const indent = ts.isSourceFile(owner) ? '' : indentAt(text, owner.getStart(file)) + style.unit;
  const closes = ts.isBlock(owner) || ts.isModuleBlock(owner);
  const empty = text.slice(span.start, span.end);
  const after = closes && !/[\n\r]/.test(empty) ? style.eol + indentAt(text, owner.getStart(file)) : '';
  return { at: span.start, indent, before: ts.isSourceFile(owner) ? '' : style.eol + indent, after };
}

function insertAlone(
  file: ts.SourceFile,
  run: Run,
  condition: string,
  old: string,
  style: CodeStyle,
  reason: string,
): TextEdit {
  const slot = slotBefore(run.owner, run.from, file, style);
  const { eol } = style;
  const body = `if (${condition}) {${eol}${reindent(old, slot.indent + style.unit, eol)}${eol}${slot.indent}}`;
  return edit(slot.at, slot.before + body + slot.after, 'wrap', reason);
}

/** Takes out the blanks that would stand at the ends of lines which a one-line block is broken into. */
function trimInner(edits: TextEdit[], text: string, span: TextRange, closes: boolean): TextEdit[] {
  return edits.map((one, index) => {
    if (index === 0 && one.range.start === span.start) {
      let start = span.start;
      while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t') && one.newText.match(/^\r?\n/)) start--;
      return { ...one, range: { start, end: span.start } };
    }
    if (closes && one.range.start === span.end) {
      let end = span.end;
      while (text[end] === ' ' || text[end] === '\t') end++;
      return { ...one, range: { start: span.end, end } };
    }
    return one;
  });
}
