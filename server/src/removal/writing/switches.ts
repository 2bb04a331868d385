import { ts } from 'ts-morph';
import type { TextRange } from '../../core/text.ts';
import { lineCommentsEnd, type Source } from '../source.ts';
import { constantOf } from '../values/constants.ts';
import type { Value } from '../values/known.ts';
import { stopsAsWritten } from './control.ts';

/** What stays of a `switch` on a known value. */
export interface TakenCase {
  /** Empty where no case is taken, or one that does nothing. */
  readonly statements: readonly ts.Statement[];
  /** From the first of them, comments above it included, to before the `break`. */
  readonly content: TextRange;
  /** The other statements of the `switch`. */
  readonly dropped: readonly ts.Statement[];
}

/** The case that a value takes, or why that cannot be told or written, as one sentence. */
export function takenCase(source: Source, node: ts.SwitchStatement, value: Value): TakenCase | { reason: string } {
  const { clauses } = node.caseBlock;
  const all = clauses.flatMap((clause) => [...clause.statements]);
  let taken = -1;
  for (const [index, clause] of clauses.entries()) {
    if (ts.isDefaultClause(clause)) continue;
    const test = constantOf(source, clause.expression);
    if (test === undefined)
      return {
        reason: `A case of the \`switch\` is \`${clause.expression.getText()}\`, whose value is not known here; ${byHand}`,
      };
    if (test.value !== value) continue;
    taken = index;
    break;
  }
  if (taken < 0) taken = clauses.findIndex(ts.isDefaultClause);
  const body = clauses.slice(Math.max(0, taken)).find(({ statements }) => statements.length > 0);
  if (taken < 0 || body === undefined)
    return { statements: [], content: { start: node.end, end: node.end }, dropped: all };
  return caseOf(source, node, body, all);
}

const byHand = 'put the statements of the case that stays in its place by hand.';

function caseOf(
  source: Source,
  node: ts.SwitchStatement,
  clause: ts.CaseOrDefaultClause,
  all: readonly ts.Statement[],
): TakenCase | { reason: string } {
  const [only] = clause.statements;
  const block = clause.statements.length === 1 && only && ts.isBlock(only) ? only : undefined;
  const list = (block ?? clause).statements;
  const last = list.at(-1);
  const end = last && isPlainBreak(last) ? last : undefined;
  const statements = end ? list.slice(0, -1) : [...list];
  const isLastClause = clause === node.caseBlock.clauses.at(-1);
  const runsOn = !end && !isLastClause && !(last && stopsAsWritten(last));
  if (runsOn) return { reason: `A case of the \`switch\` runs on into the next one; ${byHand}` };
  if (statements.some((one) => breaksOut(one)))
    return { reason: `The case that stays leaves the \`switch\` by a \`break\` in the middle; ${byHand}` };
  const dropped = all.filter((one) => one.pos >= clause.end || one.end <= clause.statements.pos);
  const needed = neededFrom(source, dropped, statements);
  if (needed !== undefined)
    return { reason: `The case that stays uses \`${needed}\`, which another case declares; ${byHand}` };
  const { text } = source;
  let start = list.pos;
  let stop = end ? end.getStart() : block ? block.end - 1 : lineCommentsEnd(text, list.end);
  while (start < stop && /\s/.test(text[start]!)) start++;
  while (stop > start && /\s/.test(text[stop - 1]!)) stop--;
  return { statements, content: { start, end: stop }, dropped };
}

function isPlainBreak(statement: ts.Statement): boolean {
  return ts.isBreakStatement(statement) && statement.label === undefined;
}

/** A `break` inside that means the `switch`. */
function breaksOut(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isIterationStatement(node, false)) return false;
  if (ts.isSwitchStatement(node)) return false;
  if (ts.isBreakStatement(node)) return node.label === undefined;
  return ts.forEachChild(node, (child) => breaksOut(child) || undefined) === true;
}

/** A name that a dropped case declares for the whole `switch`, and that the statements mention. */
function neededFrom(
  source: Source,
  dropped: readonly ts.Statement[],
  statements: readonly ts.Statement[],
): string | undefined {
  const inside = (node: ts.Node, list: readonly ts.Statement[]) =>
    list.some((one) => one.pos <= node.pos && node.end <= one.end);
  const isVar = (one: ts.Declaration) =>
    ts.isVariableDeclaration(one) && !(ts.getCombinedNodeFlags(one) & ts.NodeFlags.BlockScoped);
  return source.identifiers.find(
    (id) =>
      inside(id, statements) && source.symbolOf(id)?.declarations?.some((one) => inside(one, dropped) && !isVar(one)),
  )?.text;
}
