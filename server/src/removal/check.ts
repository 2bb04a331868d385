import { ts } from 'ts-morph';
import { applyEdits, type TextEdit } from '../core/source-change.ts';
import { isDeclarationName, parseSource, parseText, type Source } from './source.ts';
import { isStatementList } from './writing/statements.ts';

/** Results of one file; the last one is not parsed again. */
export type Parse = (text: string) => ts.SourceFile;

export function resultsOf(path: string): Parse {
  let last: ts.SourceFile | undefined;
  return (text) => {
    if (last?.text !== text) last = parseText(path, text);
    return last;
  };
}

/** What is wrong with the result of a file, as the end of a sentence; undefined when it holds. */
export function faultOf(source: Source, edits: readonly TextEdit[], parse: Parse): string | undefined {
  const text = applyEdits(source.text, edits);
  const result = parseSource(source.path, text, undefined, parse(text));
  if (result.syntaxErrors > source.syntaxErrors) return 'the result would not parse';
  if (clashes(result) > clashes(source)) return 'a name would be declared twice';
  const known = unresolved(source).add('Promise');
  const lost = [...unresolved(result)].find((name) => !known.has(name));
  return lost === undefined ? undefined : `\`${lost}\` would be used without being declared`;
}

function clashes(source: Source): number {
  return (source.file as ts.SourceFile & { bindDiagnostics?: readonly ts.Diagnostic[] }).bindDiagnostics?.length ?? 0;
}

function unresolved(source: Source): Set<string> {
  const names = source.identifiers.filter((id) => !isDeclarationName(id) && source.symbolOf(id) === undefined);
  return new Set(names.map((id) => id.text));
}

/**
 * Semicolons for statements that would become a part of the one before (in code that leaves them out, `a` and `(b)` on the
 * next line are a call).
 */
export function separateStatements(source: Source, edits: readonly TextEdit[], parse: Parse): TextEdit[] {
  const text = applyEdits(source.text, edits);
  const file = parse(text);
  const starts = new Set<number>();
  eachListed(file, (statement) => starts.add(statement.getStart(file)));
  const added = new Map<number, TextEdit>();
  eachListed(source.file, (statement) => {
    const place = firstKept(statement.getStart(source.file), statement.end, source.text, edits);
    if (!place || starts.has(skipTrivia(text, place.now)) || starts.has(skipTrivia(text, place.now - place.inserted)))
      return;
    if (!/[([`+\-/]/.test(source.text[place.then]!)) return;
    added.set(place.then, {
      range: { start: place.then, end: place.then },
      newText: ';',
      kind: 'fold',
      reason: 'keeps two statements apart',
    });
  });
  return [...added.values()];
}

function eachListed(file: ts.SourceFile, take: (statement: ts.Statement) => void): void {
  const visit = (node: ts.Node): void => {
    if (isStatementList(node)) for (const statement of node.statements) take(statement);
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/** The first kept character of a span: where it stood then, where it stands now, and how much was written right before it. */
function firstKept(
  start: number,
  end: number,
  text: string,
  edits: readonly TextEdit[],
): { then: number; now: number; inserted: number } | undefined {
  let then = start;
  let shift = 0;
  let inserted = 0;
  for (const edit of edits) {
    if (edit.range.start > then) {
      const gap = text.slice(then, Math.min(edit.range.start, end));
      if (/\S/.test(gap) || edit.range.start >= end) break;
    }
    shift += edit.newText.length - (edit.range.end - edit.range.start);
    inserted = edit.range.end >= then ? edit.newText.length : 0;
    if (edit.range.end > then) then = edit.range.end;
  }
  while (then < end && /\s/.test(text[then]!)) then++;
  return then < end ? { then, now: then + shift, inserted } : undefined;
}

/** The first offset at or after `at` that is neither white space nor in a comment. */
function skipTrivia(text: string, at: number): number {
  const trivia = /(?:\s+|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)*/y;
  trivia.lastIndex = Math.max(0, at);
  trivia.exec(text);
  return Math.max(at, trivia.lastIndex);
}
