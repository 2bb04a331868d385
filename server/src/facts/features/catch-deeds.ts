import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';
import { receivers } from '../failure-words.ts';
import { unwrap } from '../run-time.ts';

const logs =
  /^(?:log|info|warn|warning|error|debug|trace|verbose|fatal|silly|notice|print|println|captureException|captureMessage|captureError|addBreadcrumb|recordException|noticeError|logError|logWarning|logException|write|writeError|group|groupEnd|dir|stringify|String|inspect|format|toString|isError|join)$/;
const loggers = /^(?:console|log|logger|winston|pino|debug|sentry|bugsnag|newrelic|rollbar|datadog\w*)$/i;
const people = /toast|notif|snack|alert|message|dialog|modal/i;
/** Callbacks that hand a failure on. */
const passers = new Set(['next', 'reject', 'done', 'cb', 'callback', 'fail', 'rejectWithValue', 'destroy']);

/**
 * What a handler of failures does, a word or two each: `throw`, `pass next`, `return null`, `leave` (what stands below it does not
 * run), `call refund`, `set error`, `drop cache[key]`, `log`, `test` (it asks what failed); and its comments, as `# text`.
 */
export function deedsOf(handler: ts.Node, clause: ts.Node, file: ts.SourceFile): string[] {
  if (ts.isExpression(handler) && !isFunction(handler)) return ofReference(handler);
  const deeds = new Set<string>();
  const body = isFunction(handler) ? handler.body : handler;
  if (!ts.isBlock(body)) returned(body as ts.Expression);
  else {
    visit(body);
    for (const text of commentsIn(body, file)) deeds.add(`# ${text}`);
  }
  return [...deeds];

  function visit(node: ts.Node): void {
    if (ts.isThrowStatement(node)) deeds.add('throw');
    else if (ts.isReturnStatement(node)) {
      if (node.expression) returned(node.expression);
      if (ts.isTryStatement(clause.parent) && goesOn(clause.parent)) deeds.add('leave');
      return;
    } else if (ts.isContinueStatement(node) || ts.isBreakStatement(node)) {
      if (goesOn(clause.parent)) deeds.add('leave');
    } else if (ts.isIfStatement(node) || ts.isConditionalExpression(node) || ts.isSwitchStatement(node))
      deeds.add('test');
    else if (ts.isCallExpression(node)) deeds.add(ofCall(node));
    else if (ts.isBinaryExpression(node) && isAssignment(node))
      deeds.add(`set ${unwrap(node.left).getText(file).replace(/^.*\./s, '')}`);
    else if (ts.isDeleteExpression(node)) deeds.add(`drop ${node.expression.getText(file)}`);
    if (ts.isFunctionLike(node)) return;
    ts.forEachChild(node, visit);
  }

  function returned(expression: ts.Expression): void {
    const value = unwrap(expression);
    const text = value.getText(file).replace(/\s+/g, ' ');
    if (isNothing(value)) return;
    if (ts.isCallExpression(value)) visit(value);
    // What a call in `return next(error)` gives is the deed, not that it is returned.
    if (!ts.isCallExpression(value) || !/^(?:pass|log)/.test(ofCall(value))) deeds.add(`return ${text}`);
    if (!ts.isCallExpression(value)) ts.forEachChild(value, visit);
  }
}

function isFunction(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

/** `.catch(console.error)`, `.catch(reject)`, `.catch(showError)`. */
function ofReference(handler: ts.Expression): string[] {
  const name = calleeName(handler);
  if (name === 'noop') return [];
  return [ts.isCallExpression(handler) ? `call ${name}` : deedOf(name, handler)];
}

function ofCall(call: ts.CallExpression): string {
  const name = calleeName(call.expression);
  // `Promise.reject(error)` tells the caller as `throw` does.
  if (name === 'reject' && /^Promise\b/.test(call.expression.getText())) return 'throw';
  return deedOf(name, call.expression);
}

function deedOf(name: string, callee: ts.Expression): string {
  const node = unwrap(callee);
  const owner = ts.isPropertyAccessExpression(node) ? calleeName(node.expression) : '';
  if (loggers.test(owner) || (ts.isIdentifier(node) && loggers.test(node.text))) return 'log';
  if (passers.has(name) || (name === 'error' && receivers.test(owner))) return `pass ${name}`;
  // `toast.error(...)` tells a person.
  if (people.test(owner)) return `call ${owner}`;
  return logs.test(name) ? 'log' : `call ${name}`;
}

/** Comments between the statements of a block. */
function commentsIn(block: ts.Block, file: ts.SourceFile): string[] {
  const places = [block.getStart(file) + 1, ...block.statements.map((one) => one.end)];
  const found = places.flatMap((at) => [
    ...(ts.getTrailingCommentRanges(file.text, at) ?? []),
    ...(ts.getLeadingCommentRanges(file.text, at) ?? []),
  ]);
  return found.map(({ pos, end }) => file.text.slice(pos, end));
}

function isAssignment(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isNothing(value: ts.Expression): boolean {
  return (ts.isIdentifier(value) && value.text === 'undefined') || ts.isVoidExpression(value);
}

/** Something of the same function runs after a statement, or it runs again. */
function goesOn(statement: ts.Node): boolean {
  for (let at = statement; at.parent && !ts.isFunctionLike(at); at = at.parent) {
    const { parent } = at;
    if (ts.isIterationStatement(at, false)) return true;
    if (!ts.isBlock(parent) && !ts.isCaseOrDefaultClause(parent)) continue;
    const rest = parent.statements.slice(parent.statements.indexOf(at as ts.Statement) + 1);
    if (rest.some((one) => !ts.isReturnStatement(one) || one.expression !== undefined)) return true;
  }
  return false;
}
