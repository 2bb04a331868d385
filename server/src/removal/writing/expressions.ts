import { ts } from 'ts-morph';
import { isWrapper } from '../../facts/run-time.ts';
import { callbackAfter, isReturnedByAsync } from '../values/fold-promise.ts';
import type { Folded, Folding } from '../values/folded.ts';
import { because, isBare, isPlain, type Known, type Seed } from '../values/known.ts';
import { comparisons } from '../values/position.ts';
import { skipParens } from '../values/purity.ts';
import { type Cuts, keepOnly, lineEnd, lineStart, type Why } from './cuts.ts';
import { literalText } from './emit-values.ts';

/** What is being written for one file. `leaving` are declarations and list elements that go as a whole. */
export interface Emission {
  readonly folding: Folding;
  readonly leaving: ReadonlyMap<ts.Node, Why>;
  readonly components: ReadonlyMap<ts.Node, Known>;
  readonly out: Cuts;
  /** Writes what changes inside a node. */
  visit(node: ts.Node): void;
}

export function foldedWhy(seeds: readonly Seed[]): Why {
  const isSetUp = seeds.length > 0 && seeds.every(({ inSetUp }) => inSetUp);
  return { kind: isSetUp ? 'test' : 'fold', reason: because(seeds) };
}

export function textOf(emission: Emission): string {
  return emission.folding.source.text;
}

/** Replaces a span by a text. */
export function put(emission: Emission, node: ts.Node, text: string, why: Why): void {
  emission.out.cuts.push({ start: node.getStart(), end: node.end, text, ...why });
}

export function rangeOf(node: ts.Node): { start: number; end: number } {
  return { start: node.getStart(), end: node.end };
}

/** Writes an expression that folds; false when it stays as it is (then its parts are to be visited). */
export function emitExpression(emission: Emission, node: ts.Expression): boolean {
  const folded = emission.folding.fold(node);
  if (!folded) return emitParenthesized(emission, node);
  if (folded.effects.length > 0) return false;
  if (folded.known) return emitKnown(emission, node, folded.known);
  keepPart(emission, node, folded);
  return true;
}

function emitKnown(emission: Emission, node: ts.Expression, known: Known): boolean {
  // `'dark' as Theme` keeps its type; a boolean needs none.
  if (isWrapper(node) && !ts.isParenthesizedExpression(node) && !ts.isNonNullExpression(node))
    if (typeof known.value !== 'boolean' && isBare(known)) return false;
  const why = foldedWhy(known.seeds);
  const parent = node.parent;
  const text = knownText(emission, known, node);
  joinLine(emission, node, text, why);
  if (ts.isShorthandPropertyAssignment(parent)) put(emission, node, `${node.getText()}: ${text}`, why);
  else put(emission, node, text, why);
  return true;
}

/** The value as a literal; as a promise of it where a promise is handed on. */
function knownText(emission: Emission, known: Known, node: ts.Expression): string {
  const literal = literalText(emission.folding.source, known.value, node);
  if (known.packing.kind !== 'promise' || isReturnedByAsync(node)) return literal;
  const isAsked = !callbackAfter(node)?.parameters.every((one) => emission.leaving.has(one));
  return isPlain({ ...known, packing: known.packing.of }) && isAsked
    ? `Promise.resolve(${literal})`
    : 'Promise.resolve()';
}

/** Keeps the part that an expression folds to, in parentheses where its new place needs them. */
function keepPart(emission: Emission, node: ts.Expression, folded: Folded): void {
  const why = foldedWhy(folded.seeds);
  const kept = bareWhereEnclosed(node, folded.node!);
  // A name that stands for the value elsewhere.
  if (kept.pos < node.pos || node.end < kept.end) {
    put(emission, node, kept.getText(), why);
    return;
  }
  joinLine(emission, node, kept.getText(), why);
  keepOnly(emission.out, textOf(emission), rangeOf(node), withRemarks(textOf(emission), node, kept), why);
  const [open, close] = enclosure(node, kept);
  if (open) {
    emission.out.cuts.push({ start: kept.getStart(), end: kept.getStart(), text: open, ...why });
    emission.out.cuts.push({ start: kept.end, end: kept.end, text: close, ...why });
  }
  emission.visit(kept);
}

/** A kept part with the comments in its line that stand right beside it, within the whole. */
function withRemarks(text: string, whole: ts.Node, kept: ts.Node): { start: number; end: number } {
  let { start, end } = rangeOf(kept);
  for (const one of ts.getTrailingCommentRanges(text, end) ?? [])
    if (
      one.kind === ts.SyntaxKind.MultiLineCommentTrivia &&
      one.end <= whole.end &&
      !/[\r\n]/.test(text.slice(end, one.end))
    )
      end = one.end;
  const before = [
    ...(ts.getTrailingCommentRanges(text, kept.pos) ?? []),
    ...(ts.getLeadingCommentRanges(text, kept.pos) ?? []),
  ];
  for (const one of before.reverse())
    if (one.pos >= whole.getStart() && !/[\r\n]/.test(text.slice(one.pos, start))) start = one.pos;
  return { start, end };
}

const usualWidth = 80;

/** A value that stood on the line below its `=` or `:`, and is short now, moves up to it. */
function joinLine(emission: Emission, node: ts.Expression, kept: string, why: Why): void {
  const { parent } = node;
  const isValue =
    (ts.isVariableDeclaration(parent) && parent.initializer === node) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === node) ||
    (ts.isArrowFunction(parent) && parent.body === node) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === node);
  const text = textOf(emission);
  const start = node.getStart();
  if (!isValue || /[\r\n]/.test(kept) || !/^[ \t]*\r?\n[ \t]*$/.test(text.slice(node.pos, start))) return;
  const before = node.pos - lineStart(text, node.pos);
  const after = lineEnd(text, node.end) - node.end;
  if (before + 1 + kept.length + after > usualWidth) return;
  emission.out.cuts.push({ start: node.pos, end: start, text: ' ', ...why });
}

/** `(flag ? a : b).c`: the parentheses stood there for the sake of what folded, and leave with it where `a` needs none. */
function emitParenthesized(emission: Emission, node: ts.Expression): boolean {
  if (!ts.isParenthesizedExpression(node)) return false;
  const folded = emission.folding.fold(node.expression);
  if (!folded?.node || folded.effects.length > 0) return false;
  const kept = skipParens(folded.node);
  if (!standsAlone(kept, node.parent) || losesReceiver(node, kept)) return false;
  keepOnly(emission.out, textOf(emission), rangeOf(node), rangeOf(kept), foldedWhy(folded.seeds));
  emission.visit(kept);
  return true;
}

/** `(a === b) && c`, `(a && b) && c`, `(a === b) ? c : d`: the same without the parentheses. */
function bindsTighter({ operatorToken: { kind } }: ts.BinaryExpression, parent: ts.Node): boolean {
  if (ts.isConditionalExpression(parent)) return comparisons.has(kind);
  if (!ts.isBinaryExpression(parent) || !logical.has(parent.operatorToken.kind)) return false;
  return comparisons.has(kind) || (parent.operatorToken.kind === kind && kind !== ts.SyntaxKind.QuestionQuestionToken);
}

const logical = new Set<ts.SyntaxKind>([ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken]);

function standsAlone(kept: ts.Expression, parent: ts.Node): boolean {
  if (ts.isObjectLiteralExpression(kept) && (ts.isReturnStatement(parent) || ts.isVariableDeclaration(parent)))
    return true;
  if (encloses(parent, kept)) return true;
  if (ts.isNewExpression(parent)) return ts.isIdentifier(kept);
  if (ts.isJsxElement(kept) || ts.isJsxSelfClosingElement(kept)) return !/[\r\n]/.test(kept.getText());
  if (ts.isNumericLiteral(kept)) return !ts.isPropertyAccessExpression(parent);
  if (ts.isIdentifier(kept) || plain.has(kept.kind)) return true;
  if (ts.isPropertyAccessExpression(kept) || ts.isCallExpression(kept) || ts.isElementAccessExpression(kept))
    return !ts.isOptionalChain(kept);
  if (ts.isBinaryExpression(kept)) return bindsTighter(kept, parent);
  if (!ts.isPrefixUnaryExpression(kept) || kept.operator !== ts.SyntaxKind.ExclamationToken) return false;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  return ts.isBinaryExpression(parent) || ts.isConditionalExpression(parent) || ts.isReturnStatement(parent);
}

const plain = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.ThisKeyword,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.ArrayLiteralExpression,
]);

/** The kept part without its own parentheses, where the place has some or needs none. */
function bareWhereEnclosed(node: ts.Expression, kept: ts.Expression): ts.Expression {
  const inner = skipParens(kept);
  return encloses(node.parent, inner) ? inner : kept;
}

/** True where any expression can stand without parentheses of its own. */
function encloses(parent: ts.Node, kept: ts.Expression): boolean {
  if (
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isDoStatement(parent) ||
    ts.isSwitchStatement(parent) ||
    ts.isExpressionStatement(parent) ||
    ts.isParenthesizedExpression(parent)
  )
    return true;
  if (holdsOneLine(parent) && isOneLine(kept)) return true;
  const isComma = ts.isBinaryExpression(kept) && kept.operatorToken.kind === ts.SyntaxKind.CommaToken;
  const isSpread = ts.isSpreadAssignment(parent) || ts.isSpreadElement(parent) || ts.isJsxSpreadAttribute(parent);
  return !isComma && (isSpread || ts.isJsxExpression(parent));
}

/** Places where parentheses are for the eye alone, and over several lines they may well serve it. */
function holdsOneLine(parent: ts.Node): boolean {
  return (
    ts.isPropertyAssignment(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isReturnStatement(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
  );
}

function isOneLine(kept: ts.Expression): boolean {
  const around = ts.isParenthesizedExpression(kept.parent) ? kept.parent : kept;
  const isComma = ts.isBinaryExpression(kept) && kept.operatorToken.kind === ts.SyntaxKind.CommaToken;
  return !isComma && !/[\r\n]|\/[/*]/.test(around.getText());
}

/** `(flag ? a.b : c)()` calls without a receiver; `a.b()` would call with one. */
function losesReceiver(node: ts.Expression, kept: ts.Expression): boolean {
  const inner = skipParens(kept);
  if (!ts.isPropertyAccessExpression(inner) && !ts.isElementAccessExpression(inner)) return false;
  let outer: ts.Node = node;
  while (ts.isParenthesizedExpression(outer.parent) || ts.isNonNullExpression(outer.parent)) outer = outer.parent;
  const parent = outer.parent;
  if (ts.isCallExpression(parent)) return parent.expression === outer;
  if (ts.isTaggedTemplateExpression(parent)) return parent.tag === outer;
  return ts.isDeleteExpression(parent);
}

function enclosure(node: ts.Expression, kept: ts.Expression): [string, string] {
  if (losesReceiver(node, kept)) return ['0, ', ''];
  const parent = node.parent;
  const first = firstToken(kept);
  if (ts.isArrowFunction(parent) && parent.body === node && first === '{') return ['(', ')'];
  if (startsStatement(node) && /^(\{|function|class|let|async)/.test(first)) return ['(', ')'];
  if (ts.isExportAssignment(parent) && /^(function|class|async)/.test(first)) return ['(', ')'];
  return ['', ''];
}

function firstToken(node: ts.Node): string {
  return node.getFirstToken()?.getText() ?? node.getText();
}

/** True when an expression statement begins with this expression. */
function startsStatement(node: ts.Node): boolean {
  const statement = ts.findAncestor(node, (one) => ts.isExpressionStatement(one));
  return statement !== undefined && statement.getStart() === node.getStart();
}
