import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import { isListOwner, type ListOwner, listSpan } from './syntax.ts';

/** Consecutive statements of one list, by index: `from` inclusive, `to` exclusive; equal for a gap between two. */
export interface Run {
  readonly owner: ListOwner;
  readonly from: number;
  readonly to: number;
}

/**
 * The smallest run of whole statements that holds a selection. A selection of nothing but white space between two
 * statements is an empty run: the place where deleted code stood.
 * @throws UserError for a part of JSX or of a class, which no statement can stand for.
 */
export function findRun(file: ts.SourceFile, range: TextRange): Run {
  const at = trimmed(file.text, range);
  const owner = deepestOwner(file, at);
  const hit: number[] = [];
  owner.statements.forEach((statement, index) => {
    const start = statement.getStart(file);
    if (
      at.start === at.end ? start <= at.start && at.start <= statement.end : start < at.end && at.start < statement.end
    )
      hit.push(index);
  });
  if (hit.length === 0) {
    const next = owner.statements.findIndex((statement) => statement.getStart(file) >= at.start);
    const index = next < 0 ? owner.statements.length : next;
    return { owner, from: index, to: index };
  }
  const run = { owner, from: hit[0]!, to: hit.at(-1)! + 1 };
  if (run.to === run.from + 1) refuseParts(owner.statements[run.from]!, at, file);
  return run;
}

/** The run that consists of the statement which holds a list, for growing outwards. */
export function runAround(owner: ListOwner): Run | undefined {
  for (let at: ts.Node = owner; at.parent !== undefined; at = at.parent)
    if (isListOwner(at.parent)) {
      const index = at.parent.statements.indexOf(at as ts.Statement);
      if (index >= 0) return { owner: at.parent, from: index, to: index + 1 };
    }
  return undefined;
}

export function statementsOf(run: Run): readonly ts.Statement[] {
  return run.owner.statements.slice(run.from, run.to);
}

function trimmed(text: string, range: TextRange): TextRange {
  let { start, end } = range;
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return start === end ? { start: range.start, end: range.start } : { start, end };
}

function deepestOwner(file: ts.SourceFile, at: TextRange): ListOwner {
  let best: ListOwner = file;
  const visit = (node: ts.Node): void => {
    if (node.pos > at.start || node.end < at.end) return;
    if (isListOwner(node) && node !== file) {
      const span = listSpan(node, file);
      if (span.start <= at.start && at.end <= span.end) best = node;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return best;
}

function refuseParts(statement: ts.Statement, at: TextRange, file: ts.SourceFile): void {
  const visit = (node: ts.Node): void => {
    const start = node.getStart(file);
    if (start > at.start || node.end < at.end) return;
    const whole = start === at.start && node.end === at.end;
    if (isJsx(node) && (!whole || isJsx(node.parent)))
      throw new UserError(
        'The selection is a part of JSX, and an if statement cannot stand there. Select the whole statement that returns or assigns it.',
      );
    if (ts.isClassElement(node) && node.parent !== undefined && ts.isClassLike(node.parent))
      throw new UserError(
        'The selection is a member of a class, and an if statement cannot stand there. Select statements inside its body.',
      );
    ts.forEachChild(node, visit);
  };
  visit(statement);
}

function isJsx(node: ts.Node): boolean {
  return (
    ts.isJsxElement(node) ||
    ts.isJsxFragment(node) ||
    ts.isJsxSelfClosingElement(node) ||
    ts.isJsxExpression(node) ||
    ts.isJsxText(node) ||
    ts.isJsxAttribute(node)
  );
}
