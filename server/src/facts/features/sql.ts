import { ts } from 'ts-morph';
import type { Bindings } from '../bindings.ts';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { evaluate } from '../constants.ts';
import { unwrap } from '../run-time.ts';
import { wordsOf } from '../words.ts';
import type { Extractor } from './extractor.ts';

/**
 * Values that are written into the text of an SQL statement instead of being passed beside it: in a template without tag, a
 * concatenation, or the argument of `$queryRawUnsafe`, `sql.raw` and the like. Constants, names of tables and columns, and what
 * an escaping function yields are none.
 */
export const sql: Extractor = {
  nodes: [ts.SyntaxKind.TemplateExpression, ts.SyntaxKind.BinaryExpression, ts.SyntaxKind.CallExpression],
  kinds: ['sql'],
  mentions: /\b(?:select|insert\s+into|update|delete\s+from|where|merge\s+into)\b|Raw(?:Unsafe)?\b|\.raw\b/i,
  take(node, { bindings, file }) {
    if (ts.isTemplateExpression(node))
      return ts.isTaggedTemplateExpression(node.parent) ? [] : inTemplate(node, bindings, file);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return inSum(node, bindings, file);
    return ts.isCallExpression(node) ? inRaw(node, bindings, file) : [];
  },
};

const statement =
  /^\s*(?:\(|--[^\n]*\n\s*)*(?:select\s+[\s\S]*\bfrom\b|select\s*$|insert\s+into\b|update\s+[\s\S]*\bset\b|delete\s+from\b|merge\s+into\b|with\s+(?:recursive\s+)?[\w"]+\s*(?:\([\w\s,"]*\)\s*)?as\s*\()/i;
const running =
  /^(?:execute|exec|run|all|get|prepare|unsafe|each|one|none|many|any|manyOrNone|oneOrNone|raw\w*|\w*[qQ]uery)$/;

/** SQL, as told by its capitals or by what it is handed to: "Select it from the list" is for people. */
function isStatement(text: string, node: ts.Node): boolean {
  if (!statement.test(text)) return false;
  if (/\b(?:SELECT|INSERT|UPDATE|DELETE|MERGE|WITH)\b/.test(text)) return true;
  const { parent } = node;
  return ts.isCallExpression(parent) && running.test(calleeName(parent.expression).replace(/^\$(\w+)Raw\w*$/, 'raw'));
}

function inTemplate(node: ts.TemplateExpression, bindings: Bindings, file: ts.SourceFile): Feature[] {
  const text = node.head.text + node.templateSpans.map((span) => `?${span.literal.text}`).join('');
  if (!isStatement(text, node)) return [];
  return features(valuesOf(node), node, bindings, file);
}

/** But for numbers of placeholders: `$${at}`, `:${name}`. */
function valuesOf({ head, templateSpans }: ts.TemplateExpression): ts.Expression[] {
  const before = [head, ...templateSpans.map((span) => span.literal)].map(({ text }) => text);
  return templateSpans.flatMap(({ expression }, i) => (placeholder.test(before[i]!) ? [] : [expression]));
}

const placeholder = /[$:@]$/;

/** `'SELECT ... WHERE id = ' + id`, told at the outermost sum. */
function inSum(node: ts.BinaryExpression, bindings: Bindings, file: ts.SourceFile): Feature[] {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken) return [];
  const parts: ts.Expression[] = [];
  for (let at: ts.Expression = node; ; ) {
    const plain: ts.Expression = unwrap(at);
    if (!ts.isBinaryExpression(plain) || plain.operatorToken.kind !== ts.SyntaxKind.PlusToken) {
      parts.unshift(plain);
      break;
    }
    parts.unshift(unwrap(plain.right));
    at = plain.left;
  }
  const text = parts.map((one) => (ts.isStringLiteralLike(one) ? one.text : '?')).join('');
  if (!isStatement(text, node)) return [];
  const isNumber = (i: number) => {
    const before = parts[i - 1];
    return before !== undefined && ts.isStringLiteralLike(before) && placeholder.test(before.text);
  };
  return features(
    parts.filter((_, i) => !isNumber(i)),
    node,
    bindings,
    file,
  );
}

const unsafe = /^\$?(?:queryRawUnsafe|executeRawUnsafe)$/;
/** Parts of a statement, of knex. */
const fragments = /^(?:(?:and|or)?(?:Where|Having)|where|having|orderBy|groupBy|join|from|with)Raw$/;

/** What is passed as SQL as it is; a text that stands there whole is harmless. */
function inRaw(call: ts.CallExpression, bindings: Bindings, file: ts.SourceFile): Feature[] {
  const name = calleeName(call.expression);
  const receiver = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression.getText(file) : '';
  const [first] = call.arguments;
  if (!first) return [];
  const isFragment = ts.isPropertyAccessExpression(call.expression) && fragments.test(name);
  if (
    !unsafe.test(name) &&
    !isFragment &&
    !(name === 'raw' && /^(?:sql|Prisma|knex|db|trx|sequelize)$/i.test(receiver))
  )
    return [];
  const plain = unwrap(first);
  // Whole statements are looked at where they are written.
  if (ts.isTemplateExpression(plain)) {
    const values = valuesOf(plain);
    const text = plain.head.text + plain.templateSpans.map((span) => `?${span.literal.text}`).join('');
    return isStatement(text, plain) ? [] : features(values, plain, bindings, file);
  }
  return ts.isIdentifier(plain) || ts.isBinaryExpression(plain) ? features([plain], plain, bindings, file) : [];
}

function features(
  values: readonly ts.Expression[],
  query: ts.Expression,
  bindings: Bindings,
  file: ts.SourceFile,
): Feature[] {
  return values
    .filter((one) => !isHarmless(one, bindings, file))
    .map((one) => ({
      kind: 'sql',
      key: 'value in SQL',
      range: { start: one.getStart(file), end: one.end },
      text: query.getText(file),
      literal: one.getText(file),
    }));
}

/** Words of names that stand for parts of a statement, not for values of users. */
const structural = new Set(
  'table tables schema column columns col cols field fields identifier ident placeholder placeholders params order direction sort prefix alias clause clauses where filter filters conditions condition join joins select selection sql query cte returning database db index view type interval'.split(
    ' ',
  ),
);

function isHarmless(value: ts.Expression, bindings: Bindings, file: ts.SourceFile): boolean {
  const node = unwrap(value);
  if (ts.isLiteralExpression(node) || evaluate(node, bindings)) return true;
  if (ts.isConditionalExpression(node))
    return [node.whenTrue, node.whenFalse].every((one) => isHarmless(one, bindings, file));
  if (ts.isBinaryExpression(node)) return [node.left, node.right].every((one) => isHarmless(one, bindings, file));
  if (ts.isIdentifier(node) && isConstantText(node, bindings)) return true;
  // `+n` is a number.
  if (ts.isPrefixUnaryExpression(node)) return true;
  // What is given nothing writes what it always writes: `${toUuid()}`.
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.arguments.length === 0) return true;
  if (ts.isCallExpression(node) && joinsQuoted(node)) return false;
  if (
    ts.isCallExpression(node) &&
    /escape|quote|ident|literal|format|sanitize|Number|parseInt|parseFloat|placeholder|join|as\.name/i.test(
      node.expression.getText(file),
    )
  )
    return true;
  if (ts.isTemplateExpression(node))
    return node.templateSpans.every((one) => isHarmless(one.expression, bindings, file));
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'length') return true;
  const name = ts.isCallExpression(node)
    ? calleeName(node.expression)
    : (/[\w$]+$/.exec(node.getText(file))?.[0] ?? '');
  return /^[A-Z][A-Z0-9_]*$/.test(name) || wordsOf(name).some((word) => structural.has(word));
}

/** `ids.join("','")`: the values are put between quotes here. */
function joinsQuoted({ expression, arguments: [separator] }: ts.CallExpression): boolean {
  return (
    calleeName(expression) === 'join' &&
    separator !== undefined &&
    ts.isStringLiteralLike(separator) &&
    /['"]/.test(separator.text)
  );
}

function isConstantText(node: ts.Identifier, bindings: Bindings): boolean {
  const holder = bindings.constant(node, node.text);
  return (
    holder !== undefined &&
    ts.isVariableDeclaration(holder) &&
    holder.initializer !== undefined &&
    ts.isStringLiteralLike(unwrap(holder.initializer))
  );
}
