import { ts } from 'ts-morph';
import type { ArgFact, Around } from './file-facts.ts';
import { rangeOf } from './parse.ts';
import type { Scopes } from './scope.ts';
import { innermost, isTransparent, outermost, writtenPath } from './transparent.ts';
import { argFact } from './values.ts';

/** What stands around an expression and takes its value. */
export function aroundOf(node: ts.Expression, scopes: Scopes): Around | undefined {
  const taken = outermost(node);
  const { parent } = taken;
  if (ts.isCallExpression(parent)) return inCall(parent, taken, scopes);
  if (isCondition(taken)) return { kind: 'condition' };
  return compared(node, scopes) ?? ordered(taken, scopes);
}

function ordered(taken: ts.Expression, scopes: Scopes): Around | undefined {
  const { parent } = taken;
  if (!ts.isBinaryExpression(parent) || parent.left !== taken) return undefined;
  const operator = ts.tokenToString(parent.operatorToken.kind) ?? '';
  if (!/^[<>]=?$/.test(operator)) return undefined;
  return { kind: 'ordered', range: rangeOf(parent, scopes.source), operator, with: argFact(parent.right, scopes) };
}

function inCall(call: ts.CallExpression, taken: ts.Expression, scopes: Scopes): Around | undefined {
  const range = rangeOf(call, scopes.source);
  const awaited = isAwaited(call);
  const args = call.arguments.map((argument) => argumentFact(argument, scopes));
  if (call.expression === taken) {
    const then = aroundOf(call, scopes);
    return { kind: 'called', range, awaited, args, ...(then === undefined ? {} : { then }) };
  }
  const index = call.arguments.indexOf(taken);
  if (index < 0) return undefined;
  // `String(x).trim() === 'on'`
  const name = writtenPath(call.expression);
  if (name === 'Boolean' && args.length === 1) return { kind: 'condition' };
  if (name === 'String') {
    const text = compared(call, scopes);
    if (text !== undefined) return text;
  }
  return { kind: 'argument', name, index, range, awaited, args };
}

/** An argument; a function that only compares what it gets with a text (`(f) => f === 'x'`, `(f) => f.name === 'x'`) is that text. */
function argumentFact(node: ts.Expression, scopes: Scopes): ArgFact {
  const text = ts.isArrowFunction(node) ? comparedWith(node) : undefined;
  return argFact(text ?? node, scopes);
}

function comparedWith({ parameters, body }: ts.ArrowFunction): ts.Expression | undefined {
  const name = parameters[0]?.name;
  if (name === undefined || parameters.length !== 1 || ts.isBlock(body)) return undefined;
  const plain = innermost(body);
  if (!ts.isBinaryExpression(plain) || equalityOf(plain) !== 'equal') return undefined;
  const isOwn = (side: ts.Expression): boolean => {
    const at = innermost(side);
    if (ts.isPropertyAccessExpression(at)) return isOwn(at.expression);
    if (!ts.isIdentifier(at)) return false;
    if (ts.isIdentifier(name)) return name.text === at.text;
    return ts.isObjectBindingPattern(name) && name.elements.some((one) => one.name.getText() === at.text);
  };
  if (isOwn(plain.left)) return isOwn(plain.right) ? undefined : plain.right;
  return isOwn(plain.right) ? plain.left : undefined;
}

/** Methods that leave of a text what it says. */
const tidies = new Set(['trim', 'toLowerCase', 'toUpperCase', 'toString', 'toLocaleLowerCase']);

/** A comparison of a text that may be tidied before. */
function compared(node: ts.Expression, scopes: Scopes): Around | undefined {
  let fallback: ArgFact | undefined;
  for (let at = outermost(node); ; at = outermost(at)) {
    const { parent } = at;
    if (ts.isBinaryExpression(parent)) {
      const equality = equalityOf(parent);
      if (equality !== undefined) {
        const other = parent.left === at ? parent.right : parent.left;
        return {
          kind: 'compared',
          range: rangeOf(parent, scopes.source),
          negated: equality === 'unequal',
          with: argFact(other, scopes),
          ...(fallback === undefined ? {} : { default: fallback }),
        };
      }
      if (!isFallback(parent) || parent.left !== at) return undefined;
      fallback ??= argFact(parent.right, scopes);
      at = parent;
    } else if (ts.isPropertyAccessExpression(parent) && parent.expression === at && tidies.has(parent.name.text)) {
      const call = parent.parent;
      if (!ts.isCallExpression(call) || call.expression !== parent) return undefined;
      at = call;
    } else return undefined;
  }
}

export function isFallback(node: ts.BinaryExpression): boolean {
  const kind = node.operatorToken.kind;
  return kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
}

/** What `===`, `==`, `!==` and `!=` say. */
export function equalityOf(node: ts.BinaryExpression): 'equal' | 'unequal' | undefined {
  const kind = node.operatorToken.kind;
  if (kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsToken) return 'equal';
  const unequal = kind === ts.SyntaxKind.ExclamationEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken;
  return unequal ? 'unequal' : undefined;
}

/** Only whether the value holds counts. The value of `x && y` counts itself, unless that is a condition too or is only rendered. */
export function isCondition(taken: ts.Expression): boolean {
  const { parent } = taken;
  if (isTransparent(parent)) return !ts.isAwaitExpression(parent) && isCondition(parent);
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent))
    return parent.expression === taken;
  if (ts.isConditionalExpression(parent)) return parent.condition === taken;
  if (ts.isForStatement(parent)) return parent.condition === taken;
  if (!ts.isBinaryExpression(parent)) return false;
  const kind = parent.operatorToken.kind;
  if (kind === ts.SyntaxKind.BarBarToken) return isCondition(parent);
  if (kind !== ts.SyntaxKind.AmpersandAmpersandToken) return false;
  return isCondition(parent) || (parent.left === taken && isRendered(parent));
}

/** `{x && <A />}`: neither `false` nor `undefined` shows. */
function isRendered(node: ts.Expression): boolean {
  const { parent } = outermost(node);
  return ts.isJsxExpression(parent) && !ts.isJsxAttribute(parent.parent);
}

export function isAwaited(node: ts.Expression): boolean {
  for (let at = node.parent; isTransparent(at); at = at.parent) if (ts.isAwaitExpression(at)) return true;
  return false;
}
