import { ts } from 'ts-morph';
import type { TextRange } from '../../core/text.ts';
import type { Folded } from '../values/folded.ts';
import { isBare } from '../values/known.ts';
import { literalAfter } from '../values/literals.ts';
import { skipParens } from '../values/purity.ts';
import { indentAt, type Why } from './cuts.ts';
import { type Emission, foldedWhy, put, rangeOf, textOf } from './expressions.ts';
import { type Fragment, goneWhy, isFragment } from './jsx-children.ts';

/** `filters={true}` as `filters`, in a file that writes its other attributes so. */
export function emitTrueAttribute(emission: Emission, node: ts.JsxExpression): boolean {
  const attribute = node.parent;
  const folded = node.expression && emission.folding.fold(node.expression);
  if (!ts.isJsxAttribute(attribute) || folded?.known?.value !== true || !isBare(folded.known)) return false;
  if (folded.effects.length > 0 || !writesBareAttributes(emission.folding.source.file)) return false;
  emission.out.cuts.push({ start: attribute.name.end, end: node.end, text: '', ...foldedWhy(folded.seeds) });
  return true;
}

function writesBareAttributes(file: ts.SourceFile): boolean {
  let bare = 0;
  let written = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isJsxAttribute(node) && !node.initializer) bare++;
    if (ts.isJsxAttribute(node) && node.initializer?.getText() === '{true}') written++;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return bare > 0 && written === 0;
}

/** `{'Search'} by keyword` as `Search by keyword`, `title={'new'}` as `title="new"`; false where it would not be the same. */
export function emitTextLiteral(emission: Emission, node: ts.JsxExpression): boolean {
  const text = textValue(emission, node);
  if (!text) return false;
  const { value, why } = text;
  if (ts.isJsxAttribute(node.parent)) {
    if (!isPlainAttribute(value)) return false;
    put(emission, node, `"${value}"`, why);
  } else {
    if (!isPlainText(value) || !joinsNoLines(emission, node)) return false;
    put(emission, node, value, why);
  }
  return true;
}

/** The text that a child or attribute in braces becomes. */
function textValue(emission: Emission, node: ts.JsxExpression): { value: string; why: Why } | undefined {
  const literal = node.expression && literalAfter(emission.folding, node.expression);
  return typeof literal?.value === 'string' ? { value: literal.value, why: foldedWhy(literal.seeds) } : undefined;
}

function isPlainAttribute(value: string): boolean {
  return !/["&\\\r\n]/.test(value);
}

/** What JSX takes as it is written: white space at the ends, braces, tags, entities and what looks like a comment is not. */
function isPlainText(value: string): boolean {
  return /^\S(?:.*\S)?$/.test(value) && !/[{}<>&\\\r\n]|\s\s|\/\/|\/\*/.test(value);
}

/** Text on a line above or below would be joined with this one by a space that was not there. */
export function joinsNoLines(emission: Emission, node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isJsxElement(parent) && !ts.isJsxFragment(parent)) return false;
  const siblings: readonly ts.Node[] = parent.children;
  const at = siblings.indexOf(node);
  // A comment may leave with what stands below it.
  const isComment = (one: ts.JsxChild): boolean => ts.isJsxExpression(one) && one.expression === undefined;
  const stays = (one: ts.JsxChild): boolean =>
    ts.isJsxText(one) ? !/^\s*$/.test(one.text) : !isComment(one) && goneWhy(emission, one) === undefined;
  const before = parent.children.slice(0, at).findLast(stays);
  const after = parent.children.slice(at + 1).find(stays);
  const text = textOf(emission);
  const from = before && textEdges(emission, before)?.end;
  const to = after && textEdges(emission, after)?.start;
  const isOneLine = (start: number, end: number): boolean => !/[\r\n]/.test(text.slice(start, end));
  return (from === undefined || isOneLine(from, node.getStart())) && (to === undefined || isOneLine(node.end, to));
}

/** Where a child that is text, or becomes text, begins and ends without the white space around. */
function textEdges(emission: Emission, child: ts.JsxChild): TextRange | undefined {
  if (ts.isJsxText(child)) {
    const start = child.pos + /^\s*/.exec(child.text)![0].length;
    return { start, end: start + child.text.trim().length };
  }
  if (!ts.isJsxExpression(child) || !child.expression) return undefined;
  const folded = emission.folding.fold(child.expression);
  const kept = folded?.node && skipParens(folded.node);
  const isProse = kept && isFragment(kept) && hasTextAtAnEnd(emission, kept);
  return isProse || isPlainText(textValue(emission, child)?.value ?? '') ? rangeOf(child) : undefined;
}

/** Whether what is shown first or last is text, or becomes text. */
export function hasTextAtAnEnd(emission: Emission, { children }: Fragment): boolean {
  const shown = children.filter((one) => !ts.isJsxText(one) || !one.containsOnlyTriviaWhiteSpaces);
  return [shown[0], shown.at(-1)].some((one) => one !== undefined && textEdges(emission, one) !== undefined);
}

/** `{...{ a: 'b', c }}` as `a="b" c={c}`; false where a name stands twice, or the literal has more than plain properties. */
export function emitSpreadProps(emission: Emission, node: ts.JsxSpreadAttribute, folded: Folded): boolean {
  const literal = folded.node && skipParens(folded.node);
  if (!literal || !ts.isObjectLiteralExpression(literal) || !isPlainList(node, literal)) return false;
  const text = textOf(emission);
  const why = foldedWhy(folded.seeds);
  const isLong = text.slice(literal.getStart(), literal.end).includes('\n');
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const between = isLong ? newLine + indentAt(text, node.getStart()) : ' ';
  let at = node.getStart();
  let lead = '';
  for (const property of literal.properties) {
    const [open, value, close] = partsOf(property);
    emission.out.cuts.push({ start: at, end: value.getStart(), text: lead + open, ...why });
    emitValue(emission, node, value, close, why);
    at = value.end;
    lead = close === '"' ? between : close + between;
  }
  emission.out.cuts.push({ start: at, end: node.end, text: lead.slice(0, lead.length - between.length), ...why });
  return true;
}

/** A text loses its own quotation marks with what stands around; anything else is written as it folds. */
function emitValue(emission: Emission, place: ts.Node, value: ts.Expression, close: string, why: Why): void {
  if (close === '"') {
    put(emission, value, `"${(value as ts.StringLiteralLike).text}"`, why);
    return;
  }
  const text = textOf(emission);
  const [from, to] = [indentAt(text, value.getStart()), indentAt(text, place.getStart())];
  emission.out.shifts.push({ ...rangeOf(value), from, to, reason: why.reason });
  emission.visit(value);
}

function partsOf(property: ts.ObjectLiteralElementLike): [string, ts.Expression, string] {
  if (ts.isSpreadAssignment(property)) return ['{...', property.expression, '}'];
  if (ts.isShorthandPropertyAssignment(property)) return [`${property.name.text}={`, property.name, '}'];
  const { name, initializer } = property as ts.PropertyAssignment;
  const key = (name as ts.Identifier | ts.StringLiteral).text;
  const isText = ts.isStringLiteralLike(initializer) && isPlainAttribute(initializer.text);
  return isText ? [`${key}=`, initializer, '"'] : [`${key}={`, initializer, '}'];
}

function isPlainList(spread: ts.JsxSpreadAttribute, { properties }: ts.ObjectLiteralExpression): boolean {
  const others = spread.parent.properties.flatMap((one) => (ts.isJsxAttribute(one) ? [one.name.getText()] : []));
  const names = properties.flatMap((one) => (one.name ? [one.name.getText().replace(/^['"]|['"]$/g, '')] : []));
  if (new Set([...others, ...names]).size !== others.length + names.length) return false;
  if (!names.every((name) => /^[A-Za-z][\w-]*$/.test(name) && !/^(?:key|ref|children)$/.test(name))) return false;
  return properties.every((one) => {
    if (/\/[/*]/.test(one.getFullText())) return false;
    return ts.isPropertyAssignment(one) || ts.isShorthandPropertyAssignment(one) || ts.isSpreadAssignment(one);
  });
}
