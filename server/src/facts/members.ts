import { ts } from 'ts-morph';
import { aroundOf, equalityOf, isFallback } from './around.ts';
import type { MemberUse, ReadSite } from './file-facts.ts';
import { nameOf, type Origins } from './origins.ts';
import { rangeOf } from './parse.ts';
import type { Scopes } from './scope.ts';
import { isTransparent, outermost } from './transparent.ts';
import { argFact, valueExprOf } from './values.ts';
import { wrappedMember } from './wrappers.ts';

export interface Uses {
  readonly members: readonly MemberUse[];
  /** The value is passed on whole somewhere, so that members may be taken elsewhere. */
  readonly escapes: boolean;
}

/** What is gathered on the way. */
interface Search {
  readonly scopes: Scopes;
  readonly origins: Origins;
  readonly found: MemberUse[];
  /** Comparisons of the value itself. */
  readonly compared: ComparedUse[];
  /** The value is a place of flags, by this name: what stands around its members counts, and so do lists that are made of it. */
  readonly place?: string;
  /** How many members deep it stands. */
  readonly level?: number;
}

/** A place where a value is compared with another. */
export interface ComparedUse {
  readonly node: ts.Node;
  /** What it is compared with. */
  readonly other: ts.Expression;
  readonly negated: boolean;
  readonly listed?: ReadSite['listed'];
}

/**
 * Members taken from what an expression yields: at once (`useFlags().x`), by destructuring, or through a constant
 * (`const flags = useFlags(); flags.x; const { y } = flags`).
 */
export function usesOf(expression: ts.Expression, scopes: Scopes, origins: Origins): Uses {
  const search: Search = { scopes, origins, found: [], compared: [] };
  const escapes = follow(expression, search, 0);
  return { members: inOrder(search.found), escapes };
}

/** The same for a place whose members may be flags, or whose value may be compared with one: `config.features`, `user.group`. */
export function usesOfPlace(
  place: ts.Expression | ts.BindingElement,
  name: string,
  scopes: Scopes,
  origins: Origins,
): Uses & { readonly compared: readonly ComparedUse[] } {
  const search: Search = { scopes, origins, found: [], compared: [], place: name };
  const escapes = ts.isBindingElement(place)
    ? declared(place.name, place, search, 0)
    : follow(place as ts.Expression, search, 0);
  return { members: inOrder(search.found), escapes, compared: search.compared };
}

function inOrder(found: MemberUse[]): MemberUse[] {
  return found.sort((a, b) => a.range.start - b.range.start);
}

/** Collects member uses of a value that stands at `node`; true when it escapes. */
function follow(node: ts.Expression, search: Search, depth: number): boolean {
  const parent = node.parent;
  if (isTransparent(parent)) return follow(parent, search, depth);
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    if (search.place !== undefined && isSplit(parent)) return follow(parent.parent as ts.Expression, search, depth);
    search.found.push(use(parent, parent.name, 'property', search));
    return false;
  }
  if (ts.isElementAccessExpression(parent) && parent.expression === node)
    return taken(parent, parent.argumentExpression, 'property', search);
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return false;
  if (ts.isBinaryExpression(parent)) return operand(node, parent, search, depth);
  if (ts.isVariableDeclaration(parent) && parent.initializer === node)
    return declared(parent.name, parent, search, depth);
  if (search.place !== undefined) {
    if (isPassedOn(node, search.place)) return false;
    if (ts.isPropertyDeclaration(parent) && parent.initializer === node) return inField(parent, search, depth);
    if (ts.isNewExpression(parent) && ts.isIdentifier(parent.expression) && parent.expression.text === 'Set')
      return follow(parent, search, depth);
    if (ts.isCallExpression(parent) && isListAsked(parent, node)) {
      const listed = (parent.expression as ts.PropertyAccessExpression).expression;
      search.compared.push({ node: parent, other: listed, negated: false, listed: 'list' });
      return false;
    }
    if (ts.isSwitchStatement(parent) && parent.expression === node) {
      for (const clause of parent.caseBlock.clauses)
        if (ts.isCaseClause(clause))
          search.compared.push({ node: clause.expression, other: clause.expression, negated: false, listed: 'case' });
      return false;
    }
    if (ts.isConditionalExpression(parent) && parent.condition !== node) return follow(parent, search, depth);
    if (ts.isConditionalExpression(parent) || ts.isTypeOfExpression(parent) || ts.isDeleteExpression(parent))
      return false;
  }
  return !(ts.isIfStatement(parent) || ts.isPrefixUnaryExpression(parent) || isDependency(parent));
}

function operand(node: ts.Expression, parent: ts.BinaryExpression, search: Search, depth: number): boolean {
  // `flags?.x ?? ...` is a member; `flags ?? {}` may still be destructured.
  if (isFallback(parent))
    return parent.left === node || search.place !== undefined ? follow(parent, search, depth) : true;
  if (search.place === undefined) return true;
  const equality = equalityOf(parent);
  if (equality !== undefined) {
    const other = parent.left === node ? parent.right : parent.left;
    if (!isNothing(other)) search.compared.push({ node: parent, other, negated: equality === 'unequal' });
    return false;
  }
  const kind = parent.operatorToken.kind;
  // Of `flags && flags.x` only a value that does not hold gets out.
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return parent.left === node ? false : follow(parent, search, depth);
  if (kind === ts.SyntaxKind.InKeyword && parent.right === node)
    return taken(parent, parent.left, 'property', search, {
      kind: 'argument',
      name: 'in',
      index: 0,
      range: rangeOf(parent, search.scopes.source),
      awaited: false,
      args: [],
    });
  if (arithmetic.has(kind)) return false;
  if (!isAssignment(parent)) return true;
  // The place is set, or kept under its own name.
  if (parent.left === node) return false;
  return !(ts.isPropertyAccessExpression(parent.left) && parent.left.name.text === search.place);
}

/** What these are done to is a number, and no record: `symbol.flags & Flags.Optional`. */
const arithmetic: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandToken,
  ts.SyntaxKind.BarToken,
  ts.SyntaxKind.CaretToken,
  ts.SyntaxKind.LessThanLessThanToken,
  ts.SyntaxKind.GreaterThanGreaterThanToken,
  ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
]);

function isNothing(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}

/** `process.env.FEATURES.split(',')` is the list that the text holds. */
function isSplit(node: ts.PropertyAccessExpression): boolean {
  return node.name.text === 'split' && ts.isCallExpression(node.parent) && node.parent.expression === node;
}

/** `['a', 'b'].includes(user.group)` */
function isListAsked(call: ts.CallExpression, node: ts.Expression): boolean {
  const callee = call.expression;
  return (
    call.arguments[0] === node &&
    ts.isPropertyAccessExpression(callee) &&
    (callee.name.text === 'includes' || callee.name.text === 'has')
  );
}

function isAssignment(node: ts.BinaryExpression): boolean {
  const kind = node.operatorToken.kind;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** A field of a class that holds the value: `features = config.features`, then `this.features.x`. */
function inField(field: ts.PropertyDeclaration, search: Search, depth: number): boolean {
  const name = nameOf(field.name);
  const { scopes, place } = search;
  if (name === undefined || depth > 3) return true;
  const isOwn = (at: ts.Node): boolean =>
    ts.isPropertyAccessExpression(at) &&
    at.expression.kind === ts.SyntaxKind.ThisKeyword &&
    ts.findAncestor(at, ts.isClassLike) === field.parent;
  if (scopes.assignments(name).some((one) => isOwn(one.left))) return true;
  // Under its own name it is a place again.
  if (name === place) return false;
  let escapes = !isPrivate(field);
  for (const { parent } of scopes.identifiers(name))
    if (isOwn(parent)) escapes = follow(parent as ts.PropertyAccessExpression, search, depth + 1) || escapes;
  return escapes;
}

function isPrivate({ name, modifiers }: ts.PropertyDeclaration): boolean {
  return (
    ts.isPrivateIdentifier(name) ||
    (modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.PrivateKeyword) ?? false)
  );
}

/** Handed on under its own name, by which it is a place again: `<A features={app.features} />`, `{ features }`. */
function isPassedOn({ parent }: ts.Expression, name: string): boolean {
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name.text === name;
  if (ts.isPropertyAssignment(parent)) return nameOf(parent.name) === name;
  const attribute = ts.isJsxExpression(parent) ? parent.parent : undefined;
  return attribute !== undefined && ts.isJsxAttribute(attribute) && attribute.name.getText() === name;
}

/** The list of what a React hook depends on: `useEffect(..., [flags])`. */
function isDependency(node: ts.Node): boolean {
  const call = node.parent;
  return (
    ts.isArrayLiteralExpression(node) &&
    ts.isCallExpression(call) &&
    call.arguments.indexOf(node) > 0 &&
    /^(?:React\.)?use[A-Z]/.test(call.expression.getText())
  );
}

function declared(name: ts.BindingName, declaration: ts.Declaration, search: Search, depth: number): boolean {
  if (ts.isArrayBindingPattern(name)) return true;
  if (ts.isObjectBindingPattern(name)) return destructured(name, search);
  if (depth > 3 || isExportedVariable(declaration)) return true;
  const { scopes } = search;
  let escapes = false;
  for (const reference of scopes.references(name, declaration))
    if (isReference(reference)) escapes = follow(reference, search, depth + 1) || escapes;
  return escapes;
}

function destructured(pattern: ts.ObjectBindingPattern, search: Search): boolean {
  let escapes = false;
  for (const element of pattern.elements) {
    const key = element.propertyName ?? element.name;
    if (element.dotDotDotToken !== undefined) escapes = true;
    else if (ts.isComputedPropertyName(key)) escapes = taken(element, key.expression, 'binding', search) || escapes;
    else if (nameOf(key) === undefined) escapes = true;
    else search.found.push(use(element, key, 'binding', search));
  }
  return escapes;
}

/** A member between brackets: a literal, or a name that other facts resolve; true when it is neither. */
function taken(
  node: ts.Expression | ts.BindingElement,
  index: ts.Expression,
  form: MemberUse['form'],
  search: Search,
  around?: MemberUse['around'],
): boolean {
  const value = valueExprOf(index, search.scopes);
  const member = { ...use(node, index, form, search), ...(around === undefined ? {} : { around }) };
  if (value.kind === 'string') search.found.push({ ...member, name: value.value });
  else if (value.kind === 'name' || value.kind === 'either')
    search.found.push({ ...member, name: '', computed: value });
  else if (!ts.isBindingElement(node) && isSet(node)) return false;
  else {
    const wrapped = wrappedMember(node, index, search.scopes, search.origins);
    if (wrapped === undefined) return true;
    search.found.push({ ...member, name: '', ...wrapped });
  }
  return false;
}

function use(
  node: ts.Expression | ts.BindingElement,
  name: ts.Node,
  form: MemberUse['form'],
  search: Search,
): MemberUse {
  const { scopes, place } = search;
  const { source } = scopes;
  const fallback = ts.isBindingElement(node) ? node.initializer : fallbackOf(node);
  const around = place !== undefined && !ts.isBindingElement(node) ? aroundOf(node, scopes) : undefined;
  return {
    name: nameOf(name) ?? '',
    range: rangeOf(node, source),
    nameRange: rangeOf(name, source),
    form,
    ...(fallback === undefined ? {} : { default: argFact(fallback, scopes) }),
    ...(around === undefined ? {} : { around }),
    ...(!ts.isBindingElement(node) && isSet(node) ? { set: true as const } : {}),
    ...(place ? {} : membersWithin(node, search)),
  };
}

/** Members of a member, two levels deep. */
function membersWithin(node: ts.Expression | ts.BindingElement, search: Search): Pick<MemberUse, 'members'> {
  const { scopes, origins, level = 0 } = search;
  if (level === 2) return {};
  const inner: Search = { scopes, origins, found: [], compared: [], level: level + 1 };
  if (ts.isBindingElement(node)) declared(node.name, node, inner, 0);
  else follow(node, inner, 0);
  return inner.found.length === 0 ? {} : { members: inOrder(inner.found) };
}

/** What stands behind `??` or `||`. */
function fallbackOf(node: ts.Expression): ts.Expression | undefined {
  const value = outermost(node);
  const { parent } = value;
  if (!ts.isBinaryExpression(parent) || parent.left !== value || !isFallback(parent)) return undefined;
  const isNullish = parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
  // Behind `||` anything else is another condition.
  return isNullish || ts.isLiteralExpression(parent.right) || isTrueOrFalse(parent.right) ? parent.right : undefined;
}

function isTrueOrFalse({ kind }: ts.Node): boolean {
  return kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword;
}

/** `flags.x = true`, `delete flags.x` */
function isSet(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return parent.left === node && isAssignment(parent);
  return ts.isDeleteExpression(parent) || ts.isPostfixUnaryExpression(parent);
}

function isExportedVariable(declaration: ts.Declaration): boolean {
  let at: ts.Node = declaration;
  while (ts.isBindingElement(at) || ts.isBindingName(at)) at = at.parent;
  const statement = at.parent.parent;
  return (
    statement !== undefined &&
    ts.isVariableStatement(statement) &&
    (statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}

/** An identifier that is no name of a property, member or binding. */
export function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isJsxAttribute(parent) || ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent)) return false;
  if (ts.isTypeQueryNode(parent)) return false;
  return true;
}
