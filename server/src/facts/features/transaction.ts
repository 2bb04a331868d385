import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { unwrap } from '../run-time.ts';
import type { Extractor, ExtractorPlace } from './extractor.ts';

/**
 * What holds writes together: a call around them (`wrap $transaction`, `wrap withLock`; its range holds them), a statement that starts
 * one (`start startTransaction`, `start BEGIN`), or a decorator (`@Transactional`). `value` is `lock` or `transaction`.
 */
export const transactions: Extractor = {
  nodes: [ts.SyntaxKind.Decorator, ts.SyntaxKind.CallExpression],
  mentions: /transaction|\btx|Tx\b|[Ll]ock\b|Lock|mutex|\bbegin\b|runExclusive|atomic|synchronized|semaphore/i,
  take(node, at) {
    if (ts.isDecorator(node)) return decorator(node, at);
    return ts.isCallExpression(node) ? call(node, at) : [];
  },
};

const wraps =
  /^(?:\$?transaction\w*|(?:with|in|run|run_?in|run_?with|do_?in|execute_?in|use|perform_?in)_?(?:\w*_?)?(?:transaction|tx|trx|lock|mutex)|run_?transaction|runExclusive|atomic|atomically|synchronized|acquire|using|lock|runAtomic)$/i;
const starts = /^(?:start_?transaction|begin_?transaction|begin|transaction|acquire|lock)$/i;
const isLock = /lock|mutex|exclusive|acquire|using|synchron|semaphore/i;

function call(node: ts.CallExpression, { file }: ExtractorPlace): Feature[] {
  const name = calleeName(node.expression);
  const args = node.arguments.map(unwrap);
  const callee = node.expression.getText(file);
  if (
    wraps.test(name) &&
    args.some((one) => ts.isFunctionLike(one) || (/transaction/i.test(name) && holdsCalls(one)))
  ) {
    // `stack.using(...)` and `pool.acquire(...)` hold other things together.
    if (/^(?:acquire|using|lock)$/.test(name) && !/lock|mutex/i.test(callee)) return [];
    return [feature(`wrap ${name}`, node, isLock.test(name) && !/transaction/i.test(name), file)];
  }
  const sql = args[0];
  if (/^(?:query|exec|execute|run|raw|unsafe)$/.test(name) && sql && ts.isStringLiteralLike(sql))
    return /^\s*(?:BEGIN|START TRANSACTION)\b/i.test(sql.text) ? [feature('start BEGIN', node, false, file)] : [];
  if (!starts.test(name) || !ts.isAwaitExpression(node.parent)) return [];
  if (!/transaction/i.test(name) && !/lock|mutex|semaphore|\btr?x\b/i.test(callee.slice(0, -name.length))) return [];
  return [feature(`start ${name}`, node, isLock.test(callee), file)];
}

/** `prisma.$transaction([one, two])` */
function holdsCalls(node: ts.Expression): boolean {
  return ts.isArrayLiteralExpression(node) && node.elements.length > 0;
}

function decorator(node: ts.Decorator, { file }: ExtractorPlace): Feature[] {
  const expression = unwrap(node.expression);
  const name = calleeName(ts.isCallExpression(expression) ? expression.expression : expression);
  return /^(?:Transactional|Transaction|Atomic|WithTransaction|UseTransaction|Synchronized|Lock|WithLock)$/.test(name)
    ? [feature(`@${name}`, node, /lock|synchron/i.test(name), file)]
    : [];
}

function feature(key: string, node: ts.Node, lock: boolean, file: ts.SourceFile): Feature {
  const range = { start: node.getStart(file), end: node.end };
  const text = file.text.slice(range.start, range.end);
  return { kind: 'transaction', key, range, text, value: lock ? 'lock' : 'transaction' };
}
