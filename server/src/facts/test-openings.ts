import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import { unwrap } from './run-time.ts';

/** `skip`: it does not run; `only`: nothing else of its file runs; `todo`: it is only a title. */
export type TestMark = 'skip' | 'only' | 'todo';

/** A call that opens a test or a suite. Lives no longer than the parse. */
export interface Opening {
  readonly kind: 'case' | 'suite';
  readonly call: ts.CallExpression;
  readonly title: string;
  readonly body: ts.Node | undefined;
  readonly mark: TestMark | undefined;
  readonly markText: string;
  /** The mark says why itself: `{ skip: 'broken by ...' }`. */
  readonly reason: boolean;
  readonly table: boolean;
}

const cases = new Set(['it', 'test', 'specify', 'fit', 'xit', 'xtest', 'xspecify', 'ftest']);
const suites = new Set(['describe', 'suite', 'context', 'fdescribe', 'xdescribe', 'xcontext', 'fcontext']);
const steps: Readonly<Record<string, TestMark | 'table' | 'decides' | 'suite' | 'plain'>> = {
  skip: 'skip',
  fixme: 'skip',
  only: 'only',
  todo: 'todo',
  each: 'table',
  for: 'table',
  skipIf: 'decides',
  runIf: 'decides',
  describe: 'suite',
  serial: 'plain',
  parallel: 'plain',
  concurrent: 'plain',
  sequential: 'plain',
  failing: 'plain',
  fails: 'plain',
  slow: 'plain',
};

/** Reads a call as the opening of a test or suite; undefined for every other call. */
export function openingOf(call: ts.CallExpression, file: ts.SourceFile): Opening | undefined {
  const [first, ...rest] = call.arguments;
  if (!first) return undefined;
  const callee = readCallee(call.expression);
  if (!callee) return undefined;
  const body = rest.map(unwrap).findLast((one) => ts.isFunctionLike(one) || ts.isIdentifier(one));
  const options = rest.map(unwrap).find(ts.isObjectLiteralExpression);
  // `test.skip(isCI, 'needs a display')` says it of the test around it.
  if (!ts.isStringLiteralLike(first) && !body) return undefined;
  if (ts.isFunctionLike(unwrap(first))) return undefined;
  const said = options && markIn(options);
  const mark = callee.mark ?? said?.mark ?? (callee.kind === 'case' && rest.length === 0 ? 'todo' : undefined);
  return {
    kind: callee.kind,
    call,
    title: titleOf(first, file),
    body,
    mark: callee.decides ? undefined : mark,
    markText: callee.mark || !said ? call.expression.getText(file) : said.text,
    reason: said?.reason ?? false,
    table: callee.table,
  };
}

interface Callee {
  kind: 'case' | 'suite';
  mark: TestMark | undefined;
  table: boolean;
  /** A condition decides whether it runs. */
  decides: boolean;
}

function readCallee(expression: ts.Expression): Callee | undefined {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) {
    const kind = cases.has(node.text) ? 'case' : suites.has(node.text) ? 'suite' : undefined;
    if (!kind) return undefined;
    const mark = /^x/.test(node.text) ? 'skip' : /^f/.test(node.text) ? 'only' : undefined;
    return { kind, mark, table: false, decides: false };
  }
  if (ts.isPropertyAccessExpression(node)) {
    const callee = readCallee(node.expression);
    const step = steps[node.name.text];
    if (!callee || !step || !Object.hasOwn(steps, node.name.text)) return undefined;
    if (step === 'suite') callee.kind = 'suite';
    else if (step === 'table') callee.table = true;
    else if (step === 'decides') callee.decides = true;
    else if (step !== 'plain') callee.mark = step;
    return callee;
  }
  // `it.each(rows)('title', ...)`, `it.skipIf(isCI)('title', ...)`, and the same as a tagged template.
  if (ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node)) {
    const callee = readCallee(ts.isCallExpression(node) ? node.expression : node.tag);
    return callee?.table || callee?.decides ? callee : undefined;
  }
  if (ts.isConditionalExpression(node)) {
    const [one, other] = [readCallee(node.whenTrue), readCallee(node.whenFalse)];
    return one && other ? { ...one, mark: undefined, decides: true } : undefined;
  }
  return undefined;
}

/** `{ skip: true }`, `{ todo: 'later' }`. */
function markIn(options: ts.ObjectLiteralExpression): { mark: TestMark; text: string; reason: boolean } | undefined {
  for (const one of options.properties) {
    if (!ts.isPropertyAssignment(one) || !ts.isIdentifier(one.name)) continue;
    const name = one.name.text;
    if (name !== 'skip' && name !== 'only' && name !== 'todo') continue;
    const reason = ts.isStringLiteralLike(one.initializer);
    if (reason || one.initializer.kind === ts.SyntaxKind.TrueKeyword)
      return { mark: name, text: `{ ${one.getText()} }`, reason };
  }
  return undefined;
}

function titleOf(node: ts.Expression, file: ts.SourceFile): string {
  return ts.isStringLiteralLike(node) ? node.text : node.getText(file).replace(/\s+/g, ' ');
}

/** `test.skip()`, `this.skip()` and `t.skip('why')` as a statement of the body itself: nothing decides, it never runs. */
export function skipInside(
  { body, kind }: Opening,
  file: ts.SourceFile,
): { mark: TestMark; text: string; range: TextRange; reason: boolean } | undefined {
  if (kind !== 'case' || !body || !(ts.isFunctionExpression(body) || ts.isArrowFunction(body))) return undefined;
  if (!ts.isBlock(body.body)) return undefined;
  for (const one of body.body.statements) {
    if (!ts.isExpressionStatement(one) || !ts.isCallExpression(one.expression)) continue;
    const { expression, arguments: given } = one.expression;
    if (!ts.isPropertyAccessExpression(expression) || !/^(?:skip|fixme|todo)$/.test(expression.name.text)) continue;
    const receiver = expression.expression.getText(file);
    if (!/^(?:test|it|this|t|ctx|context)$/.test(receiver)) continue;
    const [first] = given;
    const always = !first || first.kind === ts.SyntaxKind.TrueKeyword || ts.isStringLiteralLike(first);
    if (!always) continue;
    const range = { start: one.getStart(file), end: one.end };
    const reason = given.some(ts.isStringLiteralLike);
    return { mark: expression.name.text === 'todo' ? 'todo' : 'skip', text: expression.getText(file), range, reason };
  }
  return undefined;
}
