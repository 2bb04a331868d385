import { ts } from 'ts-morph';
import { isWrapper } from '../../facts/run-time.ts';
import type { Source } from '../source.ts';
import type { Cut, Why } from '../writing/cuts.ts';
import { comparisonAround } from './asked.ts';
import type { Block, Blocks } from './blocks.ts';
import { calleeNames, isFunction } from './context.ts';
import type { Decided } from './decide.ts';
import type { TestFlag } from './names.ts';
import type { Pin } from './pins.ts';
import type { Part } from './rows.ts';
import type { SetUp } from './set-up.ts';
import { sideOfCell } from './sides.ts';
import { speaksOfFlags } from './values.ts';

type Out = Pick<SetUp, 'cuts' | 'never'> & { readonly leaving: Map<ts.Node, Why> };

interface Taking {
  readonly source: Source;
  readonly blocks: Blocks;
  readonly leaving: Map<ts.Node, Why>;
  readonly cuts: Cut[];
  readonly never: Map<ts.Expression, { flag: TestFlag; value: boolean }>;
  /** The test reaches code that reads other flags. */
  readonly reachesOthers: () => boolean;
}

/** Turns what was decided into what leaves the file. */
export function takeOut(source: Source, decided: Decided, blocks: Blocks, reachesOthers: () => boolean): Out {
  const out: Taking = { source, blocks, leaving: new Map(), cuts: [], never: new Map(), reachesOthers };
  for (const [block, why] of decided.deleted) for (const one of block.statements) out.leaving.set(one, why);
  const isGone = (node: ts.Node): boolean => ts.findAncestor(node, (one) => out.leaving.has(one)) !== undefined;
  for (const { pin, column, block } of decided.rows) {
    const why: Why = { kind: 'test', reason: `it is a row with '${pin.flag.key}' on the side that is gone` };
    const dead = column!.rows.filter(({ cell }) => sideOfCell(source, pin.flag, cell) === 'dead');
    if (dead.length === column!.rows.length) for (const one of column!.statements) out.leaving.set(one, why);
    else if (!isGone(block.node) || block.kind === 'file') for (const { part } of dead) takePart(out, part, why);
  }
  const pins = decided.pins.filter(({ node }) => !isGone(node));
  const before = new Set(pins.filter((pin) => takePin(out, pin)));
  for (const { pin, column } of decided.rows)
    if (before.has(pin) && column?.parts && goesWith(pin) && isUsedOnlyBy(source, column.declaration, pin))
      for (const part of column.parts) takePart(out, part, whyOf(pin));
  for (const [pin, [parameter, ...parts]] of decided.given)
    if (before.has(pin) && goesWith(pin) && isUsedOnlyBy(source, parameter as ts.ParameterDeclaration, pin))
      for (const part of [parameter!, ...parts]) takePart(out, part, whyOf(pin));
  emptyRecords(out, pins);
  emptyBlocks(out);
  return out;
}

function whyOf({ flag }: Pin): Why {
  return { kind: 'test', reason: `'${flag.key}' need not be set any more` };
}

function takePart(out: Taking, part: Part, why: Why): void {
  if ('kind' in part) out.leaving.set(part, why);
  else out.cuts.push({ text: '', ...part, ...why });
}

/** False where the place stays because nothing can be taken out alone. */
function takePin(out: Taking, pin: Pin): boolean {
  const { removal } = pin;
  if (removal.kind === 'call') return takeCall(out, removal.call, whyOf(pin));
  if (removal.kind === 'asked') takeAsked(out, pin, removal.by);
  if (removal.kind === 'member') out.leaving.set(removal.member, whyOf(pin));
  return removal.kind !== 'none';
}

function takeCall(out: Taking, call: ts.Expression, why: Why): boolean {
  let at: ts.Node = call;
  while (isWrapper(at.parent) || ts.isAwaitExpression(at.parent) || ts.isVoidExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isExpressionStatement(parent)) {
    out.leaving.set(parent, why);
    return true;
  }
  if (ts.isArrowFunction(parent) && parent.body === at) {
    const block = out.blocks.around(at);
    if (block.body === parent && block.kind !== 'case') return takeStatements(out, block, why);
    const runner = parent.parent;
    return ts.isCallExpression(runner) && runner.arguments.length === 1 && takeCall(out, runner, why);
  }
  // `cy.setFlag('x', true).visit('/')` goes on from where the call was made.
  if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(call)) return false;
  if (!ts.isPropertyAccessExpression(call.expression) || !ts.isIdentifier(call.expression.expression)) return false;
  out.cuts.push({ start: call.expression.expression.end, end: call.end, text: '', ...why });
  return true;
}

function takeStatements(out: Taking, block: Block, why: Why): boolean {
  for (const one of block.statements) out.leaving.set(one, why);
  return block.statements.length > 0;
}

/** Nobody asks the mock for the key any more: what compares with it never holds. */
function takeAsked(out: Taking, pin: Pin, by: ts.FunctionLikeDeclaration): void {
  let key = pin.node as ts.Expression;
  while (isWrapper(key.parent)) key = key.parent as ts.Expression;
  const asked = comparisonAround(key);
  if (!asked) return;
  const { whole } = asked;
  const mock = by.parent;
  if (pin.alone && ts.isCallExpression(mock) && !out.reachesOthers() && takeCall(out, mock, whyOf(pin))) return;
  if (ts.isCaseClause(whole))
    out.cuts.push({ ...clauseSpan(out.source, whole), text: '', wholeLines: true, ...whyOf(pin) });
  else if (ts.isCallExpression(whole)) {
    out.leaving.set(key, whyOf(pin));
    const list = key.parent as ts.ArrayLiteralExpression;
    if (list.elements.every((one) => out.leaving.has(one))) out.never.set(whole, { flag: pin.flag, value: false });
  } else {
    const { kind } = (whole as ts.BinaryExpression).operatorToken;
    const value = kind === ts.SyntaxKind.ExclamationEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken;
    out.never.set(whole as ts.Expression, { flag: pin.flag, value });
  }
  if (pin.alone && ts.isArrowFunction(by)) takeParameters(out, by, pin);
}

/** `(flag) => flag === 'x'` asks for nothing any more. */
function takeParameters(out: Taking, by: ts.ArrowFunction, pin: Pin): void {
  const first = by.parameters[0];
  const symbol = first && ts.isIdentifier(first.name) ? out.source.symbolOf(first.name) : undefined;
  if (!symbol || by.parameters.length > 1 || out.source.referencesOf(symbol).length > 1) return;
  const isAsync = by.modifiers?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword);
  const text = isAsync ? 'async () ' : '() ';
  out.cuts.push({ start: by.getStart(), end: by.equalsGreaterThanToken.getStart(), text, ...whyOf(pin) });
}

/** A `case` with what it does; of several labels in a row only its own. */
function clauseSpan({ text }: Source, clause: ts.CaseClause): { start: number; end: number } {
  const { clauses } = clause.parent;
  const previous = clauses[clauses.indexOf(clause) - 1];
  const colon = text.indexOf(':', clause.expression.end) + 1;
  const shares = previous?.statements.length === 0;
  return { start: clause.getStart(), end: shares ? colon : clause.end };
}

/** Of what a mock answers, only the side of a conditional goes with the comparison. */
function goesWith({ removal, value }: Pin): boolean {
  if (removal.kind !== 'asked') return true;
  const { parent } = value as ts.Expression;
  return ts.isConditionalExpression(parent) && parent.condition !== value;
}

function isUsedOnlyBy(source: Source, declaration: { readonly name: ts.BindingName }, pin: Pin): boolean {
  const symbol = ts.isIdentifier(declaration.name) ? source.symbolOf(declaration.name) : undefined;
  return symbol !== undefined && source.referencesOf(symbol).every((one) => one === pin.value);
}

/** Records of flags that hold nothing any more, where the set-up makes no difference without them. */
function emptyRecords(out: Taking, pins: readonly Pin[]): void {
  for (const pin of pins) {
    const { removal } = pin;
    if (removal.kind !== 'member') continue;
    const record = removal.member.parent;
    const members = ts.isObjectLiteralExpression(record)
      ? record.properties
      : ts.isArrayLiteralExpression(record)
        ? record.elements
        : undefined;
    if (members?.every((one) => out.leaving.has(one))) emptyHolder(out, record as ts.Expression, whyOf(pin));
  }
}

const mocks = /^(?:mock\w*Value(?:Once)?|mockImplementation(?:Once)?|returns|resolves|callsFake|fn)$/;

function emptyHolder(out: Taking, record: ts.Expression, why: Why): void {
  let at: ts.Node = record;
  while (isWrapper(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isCallExpression(parent) && parent.arguments.includes(at as ts.Expression)) {
    const names = calleeNames(parent.expression);
    const isMock = mocks.test(names.at(-1) ?? '');
    if (parent.arguments.length !== 1 || !names.some(speaksOfFlags)) return;
    if (!isMock || !out.reachesOthers()) takeCall(out, parent, why);
    return;
  }
  if (!ts.isPropertyAssignment(parent) || !isFunctionFree(parent)) return;
  const holder = parent.parent.parent;
  const isOption =
    ts.isCallExpression(holder) || (ts.isPropertyAssignment(holder) && holder.name.getText() === 'parameters');
  if (!isOption || !speaksOfFlags(parent.name.getText())) return;
  if (ts.isCallExpression(holder) && mocks.test(calleeNames(holder.expression).at(-1) ?? '')) return;
  out.leaving.set(parent, why);
  const isEmpty = parent.parent.properties.every((one) => out.leaving.has(one));
  if (!isEmpty) return;
  if (ts.isPropertyAssignment(holder)) out.leaving.set(holder, why);
  else if (holder.arguments.length > 1 && holder.arguments.at(-1) === parent.parent)
    out.leaving.set(parent.parent, why);
}

/** What a mock gives back keeps its form. */
function isFunctionFree(property: ts.PropertyAssignment): boolean {
  return !isFunction(property.parent.parent) && !ts.isReturnStatement(property.parent.parent);
}

/** Hooks and loops in which nothing is left to do. */
function emptyBlocks(out: Taking): void {
  for (let size = -1; size !== out.leaving.size; ) {
    size = out.leaving.size;
    for (const [node, why] of [...out.leaving]) {
      const body = node.parent;
      const isDone = (one: ts.Statement): boolean => out.leaving.has(one) || ts.isEmptyStatement(one);
      if (!ts.isBlock(body) || !body.statements.every(isDone)) continue;
      const owner = body.parent;
      if (ts.isForOfStatement(owner)) out.leaving.set(owner, why);
      const block = isFunction(owner) ? out.blocks.around(body) : undefined;
      if (block?.body === owner && (block.kind === 'hook' || block.kind === 'teardown'))
        takeStatements(out, block, why);
      else if (isFunction(owner) && block?.body !== owner) emptyRunner(out, owner, why);
    }
  }
}

/** `act(() => { ... })`, `[...].forEach(() => { ... })` */
function emptyRunner(out: Taking, owner: ts.Node, why: Why): void {
  const call = owner.parent;
  if (!ts.isCallExpression(call) || call.arguments.length !== 1) return;
  if (/^(?:act|forEach|then)$/.test(calleeNames(call.expression).at(-1) ?? '') || isList(call))
    takeCall(out, call, why);
}

function isList(call: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === 'forEach';
}
