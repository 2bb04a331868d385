import { ts } from 'ts-morph';
import { unwrap } from '../../facts/run-time.ts';
import type { Source } from '../source.ts';
import type { Block } from './blocks.ts';
import { nameText } from './values.ts';

/** A list of rows, each of which a block runs with, and what each gives for one of its parameters. */
export interface Column {
  /** The parameter, or the element of its destructuring. */
  readonly declaration: ts.ParameterDeclaration | ts.BindingElement | ts.VariableDeclaration;
  readonly rows: readonly Row[];
  /** What leaves when no row stays. */
  readonly statements: readonly ts.Statement[];
  /** Nodes (or spans of a table's text) that take the column away; undefined where that is not certain. */
  readonly parts: readonly Part[] | undefined;
}

export interface Row {
  readonly part: Part;
  /** Missing where an object row leaves the field out. */
  readonly cell: ts.Expression | undefined;
}

/** A member of a list, or a span of a table written as a template. */
export type Part = ts.Node | { readonly start: number; readonly end: number; readonly wholeLines?: true };

/** The column that a name stands for, where it is a parameter of `each(...)`, of a loop over a list, or of `forEach`. */
export function columnOf(source: Source, id: ts.Identifier, around: (node: ts.Node) => Block): Column | undefined {
  const declaration = source.symbolOf(id)?.valueDeclaration;
  if (!declaration) return undefined;
  if (ts.isVariableDeclaration(declaration)) return loopColumn(declaration, undefined);
  if (ts.isBindingElement(declaration)) {
    const root = ts.findAncestor(declaration, (one) => ts.isParameter(one) || ts.isVariableDeclaration(one));
    if (root && ts.isVariableDeclaration(root)) return loopColumn(declaration, root);
  }
  if (!ts.isParameter(declaration) && !ts.isBindingElement(declaration)) return undefined;
  const parameter = ts.findAncestor(declaration, ts.isParameter)!;
  const owner = parameter.parent;
  const loop = listOf(owner);
  if (loop) return listColumn(declaration, loop.list, loop.statements, 0);
  const block = around(owner);
  if (block.node === owner || block.body !== owner || !block.each) return undefined;
  const index = owner.parameters.indexOf(parameter);
  if (ts.isTaggedTemplateExpression(block.each)) return tableColumn(declaration, block);
  const list = block.each.arguments[0] && unwrap(block.each.arguments[0]);
  if (!list || !ts.isArrayLiteralExpression(list)) return undefined;
  return listColumn(declaration, list, block.statements, index, block);
}

/** `[true, false].forEach((enabled) => ...)` */
function listOf(owner: ts.Node): { list: ts.ArrayLiteralExpression; statements: ts.Statement[] } | undefined {
  const call = owner.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== owner || !ts.isPropertyAccessExpression(call.expression))
    return undefined;
  const list = unwrap(call.expression.expression);
  if (call.expression.name.text !== 'forEach' || !ts.isArrayLiteralExpression(list)) return undefined;
  return { list, statements: ts.isExpressionStatement(call.parent) ? [call.parent] : [] };
}

/** `for (const enabled of [true, false])` */
function loopColumn(
  declaration: ts.VariableDeclaration | ts.BindingElement,
  root: ts.VariableDeclaration | undefined,
): Column | undefined {
  const loop = (root ?? declaration).parent.parent;
  if (!ts.isForOfStatement(loop)) return undefined;
  const list = unwrap(loop.expression);
  return ts.isArrayLiteralExpression(list) ? listColumn(declaration, list, [loop], 0) : undefined;
}

function listColumn(
  declaration: Column['declaration'],
  list: ts.ArrayLiteralExpression,
  statements: readonly ts.Statement[],
  index: number,
  block?: Block,
): Column | undefined {
  const path = pathOf(declaration);
  if (!path || list.elements.some(ts.isSpreadElement)) return undefined;
  const cells = list.elements.map((row) => cellOf(row, path, index, block !== undefined));
  if (cells.some((cell) => cell === 'unknown')) return undefined;
  const rows = list.elements.map((part, at) => ({ part, cell: cells[at] as ts.Expression | undefined }));
  return { declaration, rows, statements, parts: block && partsOf(declaration, rows, block) };
}

/** Below the parameter: nothing, the field of an object, or the index of a list. */
function pathOf(declaration: Column['declaration']): readonly (string | number)[] | undefined {
  if (!ts.isBindingElement(declaration)) return [];
  const pattern = declaration.parent;
  const isDirect = ts.isParameter(pattern.parent) || ts.isVariableDeclaration(pattern.parent);
  if (!isDirect || declaration.dotDotDotToken) return undefined;
  if (ts.isArrayBindingPattern(pattern)) return [pattern.elements.indexOf(declaration)];
  const name = declaration.propertyName ?? declaration.name;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? [name.text] : undefined;
}

function cellOf(
  row: ts.Expression,
  [field]: readonly (string | number)[],
  index: number,
  spreads: boolean,
): ts.Expression | 'unknown' | undefined {
  const plain = unwrap(row);
  if (typeof field === 'string') {
    if (!ts.isObjectLiteralExpression(plain)) return 'unknown';
    const property = fieldNode(plain, field);
    if (property) return property.initializer;
    return plain.properties.every(ts.isPropertyAssignment) ? undefined : 'unknown';
  }
  if (typeof field === 'number') return ts.isArrayLiteralExpression(plain) ? plain.elements[field] : 'unknown';
  if (spreads && ts.isArrayLiteralExpression(plain)) return plain.elements[index];
  return index === 0 ? row : 'unknown';
}

function fieldNode(object: ts.ObjectLiteralExpression, field: string): ts.PropertyAssignment | undefined {
  return object.properties.find(
    (one): one is ts.PropertyAssignment => ts.isPropertyAssignment(one) && nameText(one.name) === field,
  );
}

/** The parameter (or its field) with all its cells, where the block's title does not name it. */
function partsOf(declaration: Column['declaration'], rows: readonly Row[], block: Block): Part[] | undefined {
  if (block.title === undefined) return undefined;
  if (ts.isParameter(declaration)) {
    const isTuple = rows.every(({ part, cell }) => cell && cell !== part && ts.isArrayLiteralExpression(cell.parent));
    const isAlone = ({ part }: Row) =>
      ts.isArrayLiteralExpression(part as ts.Node) && (part as ts.ArrayLiteralExpression).elements.length === 1;
    return isTuple && !rows.some(isAlone) && !/[%$]/.test(block.title)
      ? [declaration, ...rows.map(({ cell }) => cell!)]
      : undefined;
  }
  if (!ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent)) return undefined;
  const name = (declaration.propertyName ?? declaration.name).getText();
  if (new RegExp(`[%]|\\$${name}\\b`).test(block.title) || declaration.parent.elements.length === 1) return undefined;
  return [declaration, ...rows.flatMap(({ cell }) => (cell ? [cell.parent] : []))];
}

/** A table in a template: the first line names the columns, each further one is a row. */
function tableColumn(declaration: Column['declaration'], block: Block): Column | undefined {
  const tagged = block.each as ts.TaggedTemplateExpression;
  const { template } = tagged;
  const path = pathOf(declaration);
  const field = path?.[0];
  if (!ts.isTemplateExpression(template) || typeof field !== 'string') return undefined;
  const header = template.head.text.split('\n').find((line) => line.trim() !== '') ?? '';
  const names = header.split('|').map((name) => name.trim());
  const column = names.indexOf(field);
  const spans = template.templateSpans;
  if (column < 0 || spans.length % names.length !== 0) return undefined;
  const rows: Row[] = [];
  for (let at = 0; at < spans.length; at += names.length) {
    const last = spans[at + names.length - 1]!;
    const start = spans[at]!.expression.getFullStart() - 2;
    rows.push({
      part: { start, end: last.literal.getStart() + 1, wholeLines: true },
      cell: spans[at + column]!.expression,
    });
  }
  const isNamed = block.title === undefined || new RegExp(`[%]|\\$${field}\\b`).test(block.title);
  const parts = isNamed || names.length === 1 ? undefined : tableParts(template, names, column);
  return { declaration, rows, statements: block.statements, parts: parts && [declaration, ...parts] };
}

/** A column of the table's text: its name, and its cell of each row, each up to the next one or from the one before. */
function tableParts(template: ts.TemplateExpression, names: readonly string[], column: number): Part[] {
  const source = template.getSourceFile().text;
  const headerStart = template.head.getStart() + 1;
  const header = source.slice(headerStart, template.head.end - 2);
  const starts = [...header.matchAll(/[^|\s][^|\n]*/g)].map((match) => headerStart + match.index);
  const ends = [...header.matchAll(/[^|\s](?:[^|\n]*[^|\s])?/g)].map(
    (match) => headerStart + match.index + match[0].length,
  );
  const span = (begins: readonly number[], closes: readonly number[]): Part =>
    column + 1 < names.length
      ? { start: begins[column]!, end: begins[column + 1]! }
      : { start: closes[column - 1]!, end: closes[column]! };
  const parts = [span(starts, ends)];
  const { templateSpans } = template;
  for (let at = 0; at < templateSpans.length; at += names.length) {
    const row = templateSpans.slice(at, at + names.length);
    parts.push(
      span(
        row.map(({ expression }) => expression.getFullStart() - 2),
        row.map(({ literal }) => literal.getStart() + 1),
      ),
    );
  }
  return parts;
}
