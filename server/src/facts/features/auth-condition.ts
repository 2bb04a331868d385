import { ts } from 'ts-morph';
import { isDenial, namesAccess, namesRight } from '../auth-words.ts';
import type { Bindings } from '../bindings.ts';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { type Formula, formulaOf } from '../formula.ts';
import { unwrap } from '../run-time.ts';
import { wordsOf } from '../words.ts';
import { exits } from './auth.ts';
import type { Extractor } from './extractor.ts';

/**
 * Conditions over roles, permissions and the like, and the lists of roles that a check is called with. `value` is the condition
 * under which somebody is let through, as JSON of a `Formula`; `words` are its parts that speak of access: without any, it may only be what is left of one that had some.
 */
export const authCondition: Extractor = {
  nodes: [
    ts.SyntaxKind.CallExpression,
    ts.SyntaxKind.VariableDeclaration,
    ts.SyntaxKind.IfStatement,
    ts.SyntaxKind.ConditionalExpression,
    ts.SyntaxKind.ArrowFunction,
    ts.SyntaxKind.ReturnStatement,
    ts.SyntaxKind.PropertyAssignment,
    ts.SyntaxKind.JsxExpression,
  ],
  mentions: /admin|role|permi|owner|auth|privilege|\bcan[A-Z]|moderator|staff|signed_?in|logged_?in|scopes|forbidden/i,
  take(node, { bindings, file }) {
    if (ts.isCallExpression(node)) {
      const listed = roleList(node, file);
      if (listed) return listed;
    }
    if (ts.isVariableDeclaration(node) && node.initializer) {
      const listed = roleConstant(node, file);
      if (listed) return listed;
    }
    const host = conditionAt(node, bindings);
    return host ? ofCondition(host.condition, host.denies, bindings, file) : [];
  },
};

interface Host {
  readonly condition: ts.Expression;
  /** Those for whom it holds are refused. */
  readonly denies: boolean;
}

function ofCondition(condition: ts.Expression, denies: boolean, bindings: Bindings, file: ts.SourceFile): Feature[] {
  const { formula, atoms } = formulaOf(condition, bindings, file);
  const words = atoms.filter(({ node }) => speaksOfAccess(node)).map(({ named }) => named);
  if (atoms.length > 10) return [];
  const allowed: Formula = denies ? ['!', formula] : formula;
  const range = { start: condition.getStart(file), end: condition.end };
  return [
    {
      kind: 'auth-condition',
      key: JSON.stringify(allowed),
      range,
      text: file.text.slice(range.start, range.end),
      value: JSON.stringify(allowed),
      words: [...new Set(words)],
    },
  ];
}

/** The condition that a node decides by, unless a larger one holds it. */
function conditionAt(node: ts.Node, bindings: Bindings): Host | undefined {
  if (ts.isIfStatement(node)) return { condition: node.expression, denies: refuses(node.thenStatement, bindings) };
  if (ts.isConditionalExpression(node)) return { condition: node.condition, denies: isNothing(node.whenTrue) };
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body) && isLogical(node.body))
    return { condition: node.body, denies: isNegative(nameAround(node)) };
  if (ts.isReturnStatement(node) && node.expression && isLogical(node.expression))
    return { condition: node.expression, denies: isNegative(nameAround(node)) };
  if (ts.isVariableDeclaration(node) && node.initializer && isLogical(node.initializer))
    return { condition: node.initializer, denies: isNegative(node.name.getText()) };
  if (ts.isPropertyAssignment(node) && isLogical(node.initializer))
    return { condition: node.initializer, denies: isNegative(node.name.getText()) };
  if (ts.isJsxExpression(node) && node.expression && ts.isJsxAttribute(node.parent) && isLogical(node.expression))
    return { condition: node.expression, denies: isNegative(node.parent.name.getText()) };
  if (ts.isJsxExpression(node) && node.expression) {
    const inside = unwrap(node.expression);
    if (ts.isBinaryExpression(inside) && inside.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
      return { condition: inside.left, denies: false };
  }
  return undefined;
}

/** An expression that is true or false by its form. */
function isLogical(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isCallExpression(node)) return calleeName(node.expression) === 'includes';
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    (kind >= ts.SyntaxKind.LessThanToken && kind <= ts.SyntaxKind.ExclamationEqualsEqualsToken)
  );
}

/** A branch that refuses: it denies, throws, or leaves with nothing. */
function refuses(branch: ts.Statement, bindings: Bindings): boolean {
  if (isDenial(branch, bindings)) return true;
  if (!exits(branch)) return false;
  const last = ts.isBlock(branch) ? branch.statements.at(-1)! : branch;
  if (ts.isReturnStatement(last)) return last.expression === undefined || isNothing(last.expression);
  return true;
}

function isNothing(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) return node.text === 'undefined';
  return node.kind === ts.SyntaxKind.NullKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
}

const negative = new Set(
  'cannot cant denied deny disabled disable hidden hide readonly forbidden blocked block unauthorized unauthorised missing restrict restricted prevent locked lock not no without hides isnt lacks'.split(
    ' ',
  ),
);

/** `isDisabled`, `cannotEdit`, `readOnly`: true means that somebody may not. */
function isNegative(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => negative.has(word)) || (words.includes('read') && words.includes('only'));
}

function nameAround(node: ts.Node): string {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) return at.name?.getText() ?? '';
    if (ts.isVariableDeclaration(at) || ts.isPropertyAssignment(at) || ts.isPropertyDeclaration(at))
      return at.name.getText();
    if (ts.isStatement(at) && !ts.isReturnStatement(at) && !ts.isBlock(at)) return '';
  }
  return '';
}

/** Whether somebody may come in at all. */
const standing =
  /\b(?:user|account|member|actor|viewer|session)\??\.(?:disabled|banned|suspended|blocked|deactivated|active|verified)\b/i;
/** Roles that are no roles of users: of messages, and of elements of a page. */
const otherRoles =
  /^['"`](?:assistant|system|tool|function|button|dialog|listbox|menu\w*|option|tab\w*|presentation|img|link|checkbox|alert)['"`]$/;
const ofAccess = new Set('role roles owner scopes acl superadmin moderator staff'.split(' '));

function speaksOfAccess(root: ts.Node): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found || ts.isFunctionLike(node)) return;
    if (ts.isIdentifier(node)) found = namesStanding(node.text);
    else if (ts.isStringLiteralLike(node)) found = namesRight(node.text) && !/[\s/:.]/.test(node.text);
    if (!found) ts.forEachChild(node, visit);
  };
  visit(root);
  if (!found) return standing.test(root.getText());
  if (!ts.isBinaryExpression(root)) return true;
  return ![root.left, root.right].some((side) => otherRoles.test(side.getText()));
}

/** `isAdmin`, `user.role`, `canEdit`; not `adminOptions` or `adminUrl`, which are things of a page for administrators. */
function namesStanding(name: string): boolean {
  const words = wordsOf(name);
  const asks = /^(?:is|has|can|may|was|are|not)$/.test(words[0] ?? '');
  const last = words.at(-1) ?? '';
  if (words.some((word) => /^(?:super)?admins?$/.test(word)) && !asks && !/^(?:super)?admins?$/.test(last))
    return false;
  return namesRight(name) || (words.some((word) => ofAccess.has(word)) && (asks || words.length <= 3));
}

/** `requireRole('admin', 'editor')`, `@Roles('admin')`, `hasPermission(['read'])`: any role is enough; of permissions all are needed. */
function roleList(call: ts.CallExpression, file: ts.SourceFile): Feature[] | undefined {
  const name = calleeName(call.expression);
  const words = wordsOf(name);
  const ofRoles = words.includes('roles') || words.includes('role');
  if (!ofRoles && !(namesAccess(name) && words.some((word) => /^permissions?$|^scopes?$/.test(word)))) return undefined;
  if (/^(?:set|add|create|update|assign|remove|delete|get|find|grant|revoke)$/.test(words[0] ?? '')) return undefined;
  const listed = call.arguments.flatMap((one) => {
    const node = unwrap(one);
    return ts.isArrayLiteralExpression(node) ? [...node.elements] : [node];
  });
  const texts = listed.map((one) => textOf(one, file));
  const known = texts.filter((one) => one !== undefined);
  if (known.length === 0) return undefined;
  const isAny = ofRoles || words.includes('any') || words.includes('some');
  return [listFeature(`list ${name}`, call, [isAny ? '|' : '&', ...known], known, file)];
}

/** `const ADMIN_ROLES = ['owner', 'admin']`: whom a check lets through, told where it is written. */
function roleConstant(node: ts.VariableDeclaration, file: ts.SourceFile): Feature[] | undefined {
  const words = wordsOf(node.name.getText(file));
  if (!words.includes('roles') || words.length < 2 || words.includes('all')) return undefined;
  let value = unwrap(node.initializer!);
  if (ts.isNewExpression(value) && value.arguments?.[0]) value = unwrap(value.arguments[0]);
  if (!ts.isArrayLiteralExpression(value) || value.elements.length === 0) return undefined;
  const texts = value.elements.map((one) => textOf(one, file));
  const known = texts.filter((one) => one !== undefined);
  if (known.length !== texts.length) return undefined;
  return [listFeature(`list ${node.name.getText(file)}`, value, ['|', ...known], known, file)];
}

function listFeature(
  owner: string,
  node: ts.Node,
  formula: Formula,
  words: readonly string[],
  file: ts.SourceFile,
): Feature {
  const range = { start: node.getStart(file), end: node.end };
  const value = JSON.stringify(formula);
  return {
    kind: 'auth-condition',
    key: `${owner} ${value}`,
    range,
    text: file.text.slice(range.start, range.end),
    value,
    words,
    owner,
  };
}

/** `'admin'`, `Role.Admin` */
function textOf(expression: ts.Expression, file: ts.SourceFile): string | undefined {
  const node = unwrap(expression);
  if (ts.isStringLiteralLike(node)) return `'${node.text}'`;
  return ts.isPropertyAccessExpression(node) && /^[A-Z]/.test(node.getText(file)) ? node.getText(file) : undefined;
}
