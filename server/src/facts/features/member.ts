import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { unwrap } from '../run-time.ts';
import type { Extractor, ExtractorPlace } from './extractor.ts';

/**
 * Members of closed sets of values. The key is their name after the form of the set: `enum`, `list` (a constant object or array `as
 * const`), or `stored` (a schema or column that names its values itself). `owner` is the set's name; the value that of the member.
 */
export const members: Extractor = {
  nodes: [
    ts.SyntaxKind.EnumDeclaration,
    ts.SyntaxKind.VariableDeclaration,
    ts.SyntaxKind.CallExpression,
    ts.SyntaxKind.PropertyAssignment,
  ],
  mentions: /\benum\b|as const|Enum\b|ENUM\b|\.literal\(/,
  take(node, place) {
    if (ts.isEnumDeclaration(node)) return enumMembers(node, place);
    if (ts.isVariableDeclaration(node)) return listedMembers(node, place);
    if (ts.isCallExpression(node)) return calledMembers(node, place);
    if (ts.isPropertyAssignment(node)) return optionMembers(node, place);
    return [];
  },
};

function enumMembers(node: ts.EnumDeclaration, place: ExtractorPlace): Feature[] {
  let next: number | undefined = 0;
  return node.members.flatMap((one): Feature[] => {
    const value: string | number | undefined = one.initializer ? literalOf(one.initializer) : next;
    next = typeof value === 'number' ? value + 1 : undefined;
    const name = ts.isIdentifier(one.name) || ts.isStringLiteralLike(one.name) ? one.name.text : undefined;
    return name === undefined ? [] : [member('enum', node.name.text, name, value, one, place)];
  });
}

/** `const Status = { open: 'open' } as const`, `const statuses = ['open', 'closed'] as const`: all members literals. */
function listedMembers(node: ts.VariableDeclaration, place: ExtractorPlace): Feature[] {
  if (!node.initializer || !ts.isIdentifier(node.name) || !isAsConst(node.initializer)) return [];
  const value = unwrap(node.initializer);
  const owner = node.name.text;
  if (ts.isArrayLiteralExpression(value)) return textsOf(value).map((one) => textMember('list', owner, one, place));
  if (!ts.isObjectLiteralExpression(value)) return [];
  const found = value.properties.map((one) => {
    const text = ts.isPropertyAssignment(one) ? literalOf(one.initializer) : undefined;
    const name =
      one.name && (ts.isIdentifier(one.name) || ts.isStringLiteralLike(one.name)) ? one.name.text : undefined;
    return text === undefined || name === undefined ? undefined : member('list', owner, name, text, one, place);
  });
  return found.every((one) => one !== undefined) ? found : [];
}

/** `z.enum(['open', 'closed'])`, `pgEnum('status', [...])`, `DataTypes.ENUM('a', 'b')`, `z.union([z.literal('a'), ...])`. */
function calledMembers(node: ts.CallExpression, place: ExtractorPlace): Feature[] {
  const name = calleeName(node.expression);
  const owner = () => ownerOf(node);
  if (/^(?:enum|picklist|[a-z]+Enum|Enum)$/.test(name)) {
    const list = node.arguments.map(unwrap).find(ts.isArrayLiteralExpression);
    return list ? textsOf(list).map((one) => textMember('stored', owner(), one, place)) : [];
  }
  if (name === 'ENUM')
    return node.arguments.filter(ts.isStringLiteralLike).map((one) => textMember('stored', owner(), one, place));
  if (name !== 'union') return [];
  const list = node.arguments.map(unwrap).find(ts.isArrayLiteralExpression);
  const literals = list?.elements.map(unwrap).flatMap((one) => {
    const isLiteral = ts.isCallExpression(one) && /^[Ll]iteral$/.test(calleeName(one.expression));
    const text = isLiteral ? one.arguments[0] : undefined;
    return text && ts.isStringLiteralLike(text) ? [text] : [];
  });
  return (literals ?? []).map((one) => textMember('stored', owner(), one, place));
}

/** `{ enum: ['open', 'closed'] }` of a schema or column. */
function optionMembers(node: ts.PropertyAssignment, place: ExtractorPlace): Feature[] {
  if (!ts.isIdentifier(node.name) || node.name.text !== 'enum') return [];
  const list = unwrap(node.initializer);
  return ts.isArrayLiteralExpression(list)
    ? textsOf(list).map((one) => textMember('stored', ownerOf(node), one, place))
    : [];
}

function textMember(form: string, owner: string, node: ts.StringLiteralLike, place: ExtractorPlace): Feature {
  return member(form, owner, node.text, node.text, node, place);
}

function member(
  form: string,
  owner: string,
  name: string,
  value: string | number | undefined,
  node: ts.Node,
  { file }: ExtractorPlace,
): Feature {
  return {
    kind: 'member',
    key: `${form} ${name}`,
    range: { start: node.getStart(file), end: node.end },
    text: node.getText(file),
    value: value === undefined ? undefined : JSON.stringify(value),
    owner,
  };
}

/** All elements when all are texts. */
function textsOf(list: ts.ArrayLiteralExpression): readonly ts.StringLiteralLike[] {
  const texts = list.elements.map(unwrap).filter(ts.isStringLiteralLike);
  return texts.length === list.elements.length ? texts : [];
}

function isAsConst(node: ts.Expression): boolean {
  for (let at = node; ; at = (at as ts.ParenthesizedExpression).expression) {
    if (ts.isAsExpression(at) && ts.isTypeReferenceNode(at.type)) return at.type.getText() === 'const';
    if (!ts.isParenthesizedExpression(at) && !ts.isSatisfiesExpression(at)) return false;
  }
}

function literalOf(expression: ts.Expression): string | number | undefined {
  const node = unwrap(expression);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  const isNegative = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken;
  return isNegative && ts.isNumericLiteral(node.operand) ? -Number(node.operand.text) : undefined;
}

/** The properties and the constant that a set of values stands in: `Order.status`. */
function ownerOf(node: ts.Node): string {
  const path: string[] = [];
  for (let at = node; at && !ts.isFunctionLike(at) && !ts.isStatement(at); at = at.parent)
    if (
      (ts.isPropertyAssignment(at) || ts.isVariableDeclaration(at) || ts.isPropertyDeclaration(at)) &&
      ts.isIdentifier(at.name) &&
      at.name.text !== 'enum'
    )
      path.unshift(at.name.text);
  return path.join('.');
}
