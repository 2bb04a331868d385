import { ts } from 'ts-morph';
import {
  calledName,
  functionAround,
  indentOf,
  insert,
  isAsync,
  isCallLike,
  leaves,
  opened,
  removeLine,
  replace,
  some,
  someHere,
  textOf,
} from '../code.ts';
import { firing, type Kind, site } from '../kind.ts';

/** A handler that writes a log and goes on, or does nothing. */
function onlyLogs(block: ts.Block): boolean {
  const isLog = (one: ts.Statement) =>
    ts.isExpressionStatement(one) &&
    ts.isCallExpression(one.expression) &&
    /\blog|console\b/i.test(one.expression.expression.getText());
  const isPlainReturn = (one: ts.Statement) =>
    ts.isReturnStatement(one) && (!one.expression || one.expression.getText() === 'undefined');
  return block.statements.every((one) => isLog(one) || isPlainReturn(one));
}

function rethrows(clause: ts.CatchClause): boolean {
  const [first] = clause.block.statements;
  return (
    !!first && ts.isThrowStatement(first) && first.expression.getText() === clause.variableDeclaration?.name.getText()
  );
}

/** What was called before the loop runs already. */
function isAwaitedCall(node: ts.Node): boolean {
  return ts.isAwaitExpression(node) && ts.isCallExpression(node.expression);
}

export const errors: readonly Kind[] = [
  firing('drop-try-catch', ['risk/catch-removed'], function* (source) {
    for (const one of source.all(ts.isTryStatement)) {
      const { catchClause, finallyBlock, tryBlock } = one;
      if (!catchClause || finallyBlock || rethrows(catchClause) || !someHere(tryBlock, isCallLike)) continue;
      yield { at: one.getStart(), edits: () => [replace(source, one, opened(source, tryBlock))] };
    }
  }),

  firing('drop-catch-call', ['risk/catch-removed', 'risk/promise-unawaited'], function* (source) {
    for (const one of source.all(ts.isCallExpression)) {
      const access = one.expression;
      if (!ts.isPropertyAccessExpression(access) || access.name.text !== 'catch' || one.arguments.length !== 1)
        continue;
      if (!some(access.expression, isCallLike)) continue;
      yield site(access.name.getStart(), replace(source, one, textOf(source, access.expression)));
    }
  }),

  firing('empty-catch', ['risk/catch-emptied'], function* (source) {
    for (const one of source.all(ts.isCatchClause))
      if (!onlyLogs(one.block)) yield site(one.getStart(), replace(source, one.block, '{}'));
  }),

  firing('catch-only-logs', ['risk/catch-emptied'], function* (source) {
    for (const { block, variableDeclaration } of source.all(ts.isCatchClause)) {
      if (onlyLogs(block) || !variableDeclaration) continue;
      const indent = indentOf(source, block.statements[0]!);
      const outer = indentOf(source, block.parent);
      const text = `{\n${indent}console.error(${variableDeclaration.name.getText()});\n${outer}}`;
      yield site(block.getStart(), replace(source, block, text));
    }
  }),

  firing('drop-await', ['risk/promise-unawaited'], function* (source) {
    for (const one of source.all(ts.isExpressionStatement)) {
      const { expression } = one;
      if (!ts.isAwaitExpression(expression) || !ts.isCallExpression(expression.expression)) continue;
      yield site(one.getStart(), replace(source, expression, textOf(source, expression.expression)));
    }
  }),

  firing('drop-finally', ['risk/cleanup-removed'], function* (source) {
    for (const one of source.all(ts.isTryStatement)) {
      const { finallyBlock, catchClause, tryBlock } = one;
      if (!finallyBlock || finallyBlock.statements.length === 0) continue;
      // What is only logged is missed by nobody.
      if (/^\{[^;]*\bconsole\.\w+\([^;]*\)[;\s}]*$/.test(finallyBlock.getText())) continue;
      yield {
        at: finallyBlock.getStart(),
        edits: () => [
          catchClause
            ? { start: catchClause.end, end: finallyBlock.end, text: '' }
            : replace(source, one, opened(source, tryBlock)),
        ],
      };
    }
  }),

  firing('drop-cleanup', ['risk/cleanup-removed'], function* (source) {
    const acquired: Record<string, RegExp> = {
      clearTimeout: /\bsetTimeout\b/,
      clearInterval: /\bsetInterval\b/,
      removeEventListener: /\baddEventListener\b/,
      off: /\.on\(/,
      removeListener: /\.(?:on|addListener)\(/,
    };
    for (const one of source.all(ts.isExpressionStatement)) {
      if (!ts.isCallExpression(one.expression) || !ts.isBlock(one.parent)) continue;
      if (!acquired[calledName(one.expression)]?.test(source.text)) continue;
      yield site(one.getStart(), removeLine(source, one));
    }
  }),

  firing('loop-to-all', ['risk/concurrency-changed'], function* (source) {
    for (const one of source.all(ts.isForOfStatement)) {
      const { initializer, statement, expression, awaitModifier } = one;
      if (awaitModifier || !ts.isVariableDeclarationList(initializer) || !ts.isBlock(statement)) continue;
      if (leaves(statement) || !someHere(statement, isAwaitedCall)) continue;
      // A list that is written down has a fixed size, and the function around has to be able to wait.
      if (ts.isArrayLiteralExpression(expression) || !isAsync(functionAround(one))) continue;
      const list = textOf(source, expression);
      const name = textOf(source, initializer.declarations[0]!.name);
      const head = `await Promise.all([...${list}].map(async (${name}) => `;
      yield site(
        one.getStart(),
        { start: one.getStart(), end: statement.getStart(), text: head },
        insert(statement.end, '));'),
      );
    }
  }),

  firing('drop-transaction', ['risk/transaction-removed'], function* (source) {
    for (const one of source.all(ts.isCallExpression)) {
      if (!/^(?:withTransaction|\$?transaction|withLock|runExclusive)$/.test(calledName(one))) continue;
      const work = one.arguments.at(-1);
      if (!work || !ts.isArrowFunction(work) || !ts.isBlock(work.body) || !ts.isAwaitExpression(one.parent)) continue;
      if (!ts.isExpressionStatement(one.parent.parent) || leaves(work.body)) continue;
      const name = work.parameters[0]?.name.getText();
      const body = opened(source, work.body).replace(new RegExp(`\\b${name}\\.`, 'g'), 'pool.');
      yield site(one.getStart(), replace(source, one.parent.parent, body));
    }
  }),
];
