import { ts } from 'ts-morph';
import type { TextRange } from '../../core/text.ts';
import { lineCommentsEnd } from '../source.ts';
import { afterSuppression, idleSuppression, withComments } from './comments.ts';
import { stopsAsWritten } from './control.ts';
import { indentAt, isBlank, keepOnly, lineEnd, lineStart, type Why } from './cuts.ts';
import { type Emission, foldedWhy, put, rangeOf, textOf } from './expressions.ts';
import { canLift, canLiftCase, type Lifted } from './lift.ts';
import type { Outcome, Outcomes } from './outcomes.ts';
import { lostVars } from './var-names.ts';

export interface StatementEmission extends Emission {
  readonly outcomes: Outcomes;
  readonly lifted: Lifted;
  /** Statements that are no longer reached and go. */
  readonly unreached: Set<ts.Statement>;
  /** Writes what changes inside a node, which itself stays. */
  visitParts(node: ts.Node): void;
}

type StatementList = ts.SourceFile | ts.Block | ts.ModuleBlock | ts.CaseOrDefaultClause;

export function isStatementList(node: ts.Node): node is StatementList {
  return ts.isSourceFile(node) || ts.isBlock(node) || ts.isModuleBlock(node) || ts.isCaseOrDefaultClause(node);
}

/** Writes the statements of a list, and takes away what control no longer reaches because of what folded before it. */
export function emitList(emission: StatementEmission, list: StatementList): void {
  if (ts.isCaseClause(list)) emission.visit(list.expression);
  emitStatements(emission, list.statements, list);
}

function emitStatements(emission: StatementEmission, statements: readonly ts.Statement[], list: StatementList): void {
  for (let index = 0; index < statements.length; index++) {
    const statement = statements[index]!;
    emitListed(emission, statement, list);
    const stopsNow = emission.outcomes.stops(statement) && !stopsAsWritten(statement);
    if (stopsNow && dropTail(emission, statements.slice(index + 1))) return;
  }
}

/** Writes a statement that is no member of a list: a branch, the body of a loop, what a label stands before. */
export function emitSingle(emission: StatementEmission, statement: ts.Statement): void {
  const outcome = emission.outcomes.of(statement);
  if (outcome.kind === 'gone' && outcome.effects.length === 0 && outcome.vars.length === 0) {
    put(emission, statement, '{}', whyOf(outcome));
    return;
  }
  if (
    outcome.kind !== 'instead' ||
    outcome.effects.length > 0 ||
    outcome.vars.length > 0 ||
    bindsElse(statement, outcome.taken)
  ) {
    emitParts(emission, statement);
    return;
  }
  keepOnly(emission.out, textOf(emission), rangeOf(statement), rangeOf(outcome.taken), foldedWhy(outcome.why));
  emitSingle(emission, outcome.taken);
}

/** `if (a) if (b) c(); else d();`: the kept part must not take over an `else` of the statement around. */
function bindsElse(statement: ts.Statement, taken: ts.Statement): boolean {
  if (ts.isBlock(taken)) return false;
  const parent = statement.parent;
  return ts.isIfStatement(parent) && parent.thenStatement === statement && parent.elseStatement !== undefined;
}

function emitListed(emission: StatementEmission, statement: ts.Statement, list: StatementList): void {
  const outcome = emission.outcomes.of(statement);
  if (outcome.kind === 'same' || !canWrite(outcome)) emitParts(emission, statement);
  else if (outcome.kind === 'gone') emitGone(emission, statement, outcome);
  else if (outcome.kind === 'case') emitCase(emission, statement as ts.SwitchStatement, outcome, list);
  else emitInstead(emission, statement, outcome, list);
}

/** An effect becomes a statement of its own only where it does not begin like another kind of statement. */
function canWrite(outcome: Exclude<Outcome, { kind: 'same' }>): boolean {
  return outcome.effects.every((effect) => !/^(\{|function\b|class\b|let\b|async\b|\(|\[|`)/.test(effect.getText()));
}

function whyOf(outcome: Extract<Outcome, { kind: 'gone' }>): Why {
  return 'kind' in outcome.why ? outcome.why : foldedWhy(outcome.why);
}

function emitGone(
  emission: StatementEmission,
  statement: ts.Statement,
  outcome: Extract<Outcome, { kind: 'gone' }>,
): void {
  const why = whyOf(outcome);
  if (outcome.effects.length === 0 && outcome.vars.length === 0) {
    removeStatement(emission, statement, why);
    return;
  }
  const start = emitEffects(emission, statement, outcome, why);
  const tail = outcome.effects.length > 0 ? ';' : '';
  emission.out.cuts.push({ start, end: statement.end, text: tail, ...why });
}

/** Writes `var x;` and the effects in front; returns the offset up to which the statement's text was dealt with. */
function emitEffects(
  emission: StatementEmission,
  statement: ts.Statement,
  outcome: Exclude<Outcome, { kind: 'same' }>,
  why: Why,
): number {
  const text = textOf(emission);
  const indent = indentAt(text, statement.getStart());
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  let at = statement.getStart();
  let separator = outcome.vars.length > 0 ? `var ${outcome.vars.join(', ')};` : '';
  for (const effect of outcome.effects) {
    if (separator) separator += newLine + indent;
    emission.out.cuts.push({ start: at, end: effect.getStart(), text: separator, ...why });
    emission.visit(effect);
    at = effect.end;
    separator = ';';
  }
  if (outcome.kind !== 'gone') separator += newLine + indent;
  if (separator !== ';') emission.out.cuts.push({ start: at, end: at, text: separator, ...why });
  return at;
}

function emitInstead(
  emission: StatementEmission,
  statement: ts.Statement,
  outcome: Extract<Outcome, { kind: 'instead' }>,
  list: StatementList,
): void {
  const { taken } = outcome;
  const { source } = emission.folding;
  const why = foldedWhy(outcome.why);
  const hasPrefix = outcome.effects.length > 0 || outcome.vars.length > 0;
  const inner = ts.isBlock(taken) ? taken : undefined;
  if (inner) emitList(emission, inner);
  const lifts = inner !== undefined && canLift(source, inner, list, emission.lifted);
  const kept = lifts ? contentOf(emission, inner) : rangeOf(taken);
  dropSuppression(emission, statement, kept.start, why);
  if (hasPrefix) {
    const start = emitEffects(emission, statement, outcome, why);
    keepOnly(emission.out, source.text, { start, end: statement.end }, kept, why);
  } else keepOnly(emission.out, source.text, rangeOf(statement), kept, why);
  if (lifts) separateFromNext(emission, statement, kept, why);
  if (!inner) emitListed(emission, taken, list);
}

/** Puts the statements of a case in the place of the `switch`; in braces where their names would collide. */
function emitCase(
  emission: StatementEmission,
  statement: ts.SwitchStatement,
  outcome: Extract<Outcome, { kind: 'case' }>,
  list: StatementList,
): void {
  const { source } = emission.folding;
  const { statements, content } = outcome.taken;
  const why = foldedWhy(outcome.why);
  const hasPrefix = outcome.effects.length > 0 || outcome.vars.length > 0;
  const start = hasPrefix ? emitEffects(emission, statement, outcome, why) : statement.getStart();
  const whole = { start, end: statement.end };
  dropSuppression(emission, statement, content.start, why);
  if (canLiftCase(source, statements, statement, list, emission.lifted)) {
    keepOnly(emission.out, source.text, whole, content, why);
    separateFromNext(emission, statement, content, why);
  } else keepInBraces(emission, whole, content, why);
  const [first] = statements;
  if (first && isStatementList(first.parent)) emitStatements(emission, statements, first.parent);
}

function dropSuppression(emission: StatementEmission, statement: ts.Statement, kept: number, why: Why): void {
  const idle = idleSuppression(textOf(emission), statement, kept);
  if (idle) emission.out.cuts.push({ ...idle, text: '', wholeLines: true, ...why });
}

/** Keeps `inner` of `outer` as a block, one step further in than what stands around. */
function keepInBraces(emission: StatementEmission, outer: TextRange, inner: TextRange, why: Why): void {
  const text = textOf(emission);
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = indentAt(text, outer.start);
  const from = indentAt(text, inner.start);
  const to = indent + (from.includes('\t') ? '\t' : '  ');
  emission.out.cuts.push({ start: outer.start, end: inner.start, text: `{${newLine}${to}`, ...why });
  emission.out.cuts.push({ start: inner.end, end: outer.end, text: `${newLine}${indent}}`, ...why });
  emission.out.shifts.push({ ...inner, from, to, reason: why.reason });
}

/** What stays of the text between the braces of a block, without the white space at its ends; comments belong to it. */
function contentOf(emission: StatementEmission, block: ts.Block): TextRange {
  const text = textOf(emission);
  const goes = (one: ts.Statement): boolean => emission.unreached.has(one) || emission.outcomes.vanishes(one);
  const first = block.statements.findIndex((one) => !goes(one));
  const last = block.statements.findLastIndex((one) => !goes(one));
  let start = first > 0 ? block.statements[first - 1]!.end : afterSuppression(text, block.getStart() + 1);
  let end =
    last >= 0 && last < block.statements.length - 1
      ? lineCommentsEnd(text, block.statements[last]!.end)
      : block.end - 1;
  if (first > 0) for (const one of ts.getTrailingCommentRanges(text, start) ?? []) start = one.end;
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return { start, end };
}

/** `{ a() } b()` on one line needs a semicolon when the braces go; a comment at the end of the block needs its line break. */
function separateFromNext(emission: StatementEmission, statement: ts.Statement, kept: TextRange, why: Why): void {
  const text = textOf(emission);
  const rest = text.slice(statement.end, lineEnd(text, statement.end));
  if (isBlank(rest) || /^[ \t]*(\}|\/\/)/.test(rest)) return;
  const last = text.slice(kept.start, kept.end);
  const indent = indentAt(text, statement.getStart());
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const needsBreak = /\/\/[^\n\r]*$/.test(last);
  const semicolon = /[;}]$/.test(last) || needsBreak ? '' : ';';
  if (needsBreak || semicolon)
    emission.out.cuts.push({
      start: statement.end,
      end: statement.end,
      text: needsBreak ? newLine + indent : semicolon,
      ...why,
    });
}

/** Takes a statement away with the comments right above it and at the end of its line. */
export function removeStatement(emission: Emission, statement: ts.Node, why: Why): void {
  const text = textOf(emission);
  const whole = withComments(text, statement);
  const start = isBehindEmptyBody(statement) ? whole.start : semicolonBefore(text, whole.start);
  const trailing = ts.getTrailingCommentRanges(text, statement.end) ?? [];
  const onLine = trailing.filter(
    (comment) => comment.end <= lineEnd(text, statement.end) || comment.kind === ts.SyntaxKind.SingleLineCommentTrivia,
  );
  const rest = onLine.at(-1);
  const isTrailed = rest && isBlank(text.slice(rest.end, lineEnd(text, rest.end)));
  const end = Math.max(whole.end, isTrailed ? rest.end : statement.end);
  emission.out.cuts.push({ start, end, text: '', wholeLines: true, ...why });
}

/** `else ;`: the semicolon before the statement is the body of the one before. */
function isBehindEmptyBody(statement: ts.Node): boolean {
  const list: readonly ts.Node[] = isStatementList(statement.parent) ? statement.parent.statements : [];
  const previous = list[list.indexOf(statement) - 1];
  return previous !== undefined && !ts.isEmptyStatement(previous) && endsEmpty(previous);
}

function endsEmpty(node: ts.Node): boolean {
  if (ts.isIfStatement(node)) return endsEmpty(node.elseStatement ?? node.thenStatement);
  if (ts.isLabeledStatement(node)) return endsEmpty(node.statement);
  if (ts.isIterationStatement(node, false) && !ts.isDoStatement(node)) return endsEmpty(node.statement);
  return ts.isEmptyStatement(node);
}

/** In code without semicolons, the one that stands before a line which begins with a bracket goes with that line. */
function semicolonBefore(text: string, start: number): number {
  const before = text.slice(lineStart(text, start), start);
  return /^[ \t]*;[ \t]*$/.test(before) ? start - before.length + before.indexOf(';') : start;
}

/**
 * Takes away what follows a statement that now always leaves. Functions stay (they are hoisted), types stay, and where
 * something that stays needs a name of what would go, all stays. False when the tail stays.
 */
function dropTail(emission: StatementEmission, tail: readonly ts.Statement[]): boolean {
  const { source } = emission.folding;
  const going = tail.filter((statement) => !isHoisted(statement));
  if (going.length === 0 || tail.some(isModuleLevel)) return false;
  const inside = (node: ts.Node): boolean => going.some((one) => one.pos <= node.pos && node.end <= one.end);
  const isNeeded = source.identifiers.some(
    (id) =>
      !inside(id) &&
      source.symbolOf(id)?.declarations?.some((declaration) => inside(declaration) && !isVar(declaration)),
  );
  if (isNeeded) return false;
  const why: Why = { kind: 'fold', reason: 'never reached any more' };
  const vars = lostVars(source, going);
  const [first] = going;
  for (const statement of going) emission.unreached.add(statement);
  if (first && vars.length > 0) emission.unreached.delete(first);
  for (const statement of going)
    if (statement === first && vars.length > 0) put(emission, statement, `var ${vars.join(', ')};`, why);
    else removeStatement(emission, statement, why);
  for (const statement of tail) if (!going.includes(statement)) emission.visit(statement);
  return true;
}

function isHoisted(statement: ts.Statement): boolean {
  return (
    ts.isFunctionDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
  );
}

function isModuleLevel(statement: ts.Statement): boolean {
  return ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) || ts.isExportAssignment(statement);
}

function isVar(declaration: ts.Declaration): boolean {
  return ts.isVariableDeclaration(declaration) && !(ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.BlockScoped);
}

function emitParts(emission: StatementEmission, statement: ts.Statement): void {
  if (isStatementList(statement)) emitList(emission, statement);
  else if (ts.isIfStatement(statement)) emitIf(emission, statement);
  else if (ts.isForStatement(statement)) emitFor(emission, statement);
  else if (ts.isTryStatement(statement)) emitTry(emission, statement);
  else emission.visitParts(statement);
}

function emitIf(emission: StatementEmission, statement: ts.IfStatement): void {
  const before = emission.out.cuts.length;
  emission.visit(statement.expression);
  const { elseStatement, thenStatement } = statement;
  const isAsWritten = emission.out.cuts.length === before;
  if (elseStatement && isAsWritten && emitNegated(emission, statement, elseStatement)) return;
  emitSingle(emission, thenStatement);
  if (!elseStatement) return;
  const outcome = emission.outcomes.of(elseStatement);
  if (outcome.kind === 'gone' && emission.outcomes.vanishes(elseStatement))
    emission.out.cuts.push({ start: thenStatement.end, end: elseStatement.end, text: '', ...whyOf(outcome) });
  else emitSingle(emission, elseStatement);
}

/** `if (a) {} else { b(); }` is `if (!a) { b(); }`. */
function emitNegated(emission: StatementEmission, statement: ts.IfStatement, kept: ts.Statement): boolean {
  const { expression, thenStatement } = statement;
  const outcome = emission.outcomes.of(thenStatement);
  if (outcome.kind !== 'gone' || !emission.outcomes.vanishes(thenStatement)) return false;
  if (!ts.isBlock(kept) || emission.outcomes.of(kept).kind !== 'same') return false;
  const why = whyOf(outcome);
  put(emission, expression, negated(expression), why);
  emission.out.cuts.push({ start: thenStatement.getStart(), end: kept.getStart(), text: '', ...why });
  emitSingle(emission, kept);
  return true;
}

function negated(node: ts.Expression): string {
  const text = node.getText();
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return node.operand.getText();
  if (ts.isIdentifier(node) || ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return `!${text}`;
  if (!ts.isBinaryExpression(node)) return `!(${text})`;
  const opposite = opposites.get(node.operatorToken.kind);
  if (!opposite) return `!(${text})`;
  const { operatorToken: operator } = node;
  const start = node.getStart();
  return text.slice(0, operator.getStart() - start) + opposite + text.slice(operator.end - start);
}

const opposites = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.EqualsEqualsToken, '!='],
  [ts.SyntaxKind.ExclamationEqualsToken, '=='],
]);

/** `for (; flag;)` of a flag that is on is `for (;;)`. */
function emitFor(emission: StatementEmission, statement: ts.ForStatement): void {
  const { condition, initializer, incrementor } = statement;
  const test = condition && emission.folding.decide(condition);
  if (!condition || !test?.value || test.effects.length > 0) {
    ts.forEachChild(statement, emission.visit);
    return;
  }
  const text = textOf(emission);
  const isBare = !initializer && !incrementor;
  const start = isBare ? text.lastIndexOf('(', text.lastIndexOf(';', condition.pos - 1)) + 1 : condition.pos;
  const end = isBare ? text.indexOf(')', text.indexOf(';', condition.end)) : condition.end;
  emission.out.cuts.push({ start, end, text: isBare ? ';;' : ' ', ...foldedWhy(test.seeds) });
  ts.forEachChild(statement, (child) => (child === condition ? undefined : emission.visit(child)));
}

/** A `finally` with nothing left to do goes. */
function emitTry(emission: StatementEmission, statement: ts.TryStatement): void {
  const { tryBlock, catchClause, finallyBlock } = statement;
  emission.visit(tryBlock);
  if (catchClause) emission.visit(catchClause);
  const outcome = finallyBlock && emission.outcomes.of(finallyBlock);
  if (finallyBlock && catchClause && outcome?.kind === 'gone' && emission.outcomes.vanishes(finallyBlock))
    emission.out.cuts.push({ start: catchClause.end, end: finallyBlock.end, text: '', ...whyOf(outcome) });
  else if (finallyBlock) emission.visit(finallyBlock);
}
