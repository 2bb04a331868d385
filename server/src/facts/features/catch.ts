import { ts } from 'ts-morph';
import { isCatchCall, isNamed, keysOfCalls, onlyRethrows } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { deedsOf } from './catch-deeds.ts';
import type { Extractor, ExtractorPlace } from './extractor.ts';

/**
 * What catches failures: a `catch` clause, `.catch(handler)`, or the second argument of `.then`. A clause that only throws the
 * same error again is none.
 */
export const catches: Extractor = {
  nodes: [ts.SyntaxKind.TryStatement, ts.SyntaxKind.CallExpression],
  mentions: /\b(?:catch|then)\b/,
  take(node, at) {
    const found = catchFeature(node, at);
    return found ? [found] : [];
  },
};

function catchFeature(node: ts.Node, { bindings, file, skip }: ExtractorPlace): Feature | undefined {
  if (ts.isTryStatement(node) && node.catchClause && !onlyRethrows(node.catchClause)) {
    const clause = node.catchClause;
    const name = clause.variableDeclaration?.name;
    const end = outcomeOf(clause.block, name && ts.isIdentifier(name) ? name.text : undefined);
    return feature(clause, keysOfCalls(node.tryBlock, bindings, skip), end, deedsOf(clause.block, clause, file));
  }
  if (ts.isCallExpression(node) && isCatchCall(node)) {
    const access = node.expression as ts.PropertyAccessExpression;
    const handler = node.arguments[node.arguments.length - 1]!;
    const parameter = ts.isFunctionLike(handler) ? handler.parameters[0]?.name : undefined;
    const body = ts.isArrowFunction(handler) || ts.isFunctionExpression(handler) ? handler.body : undefined;
    const end =
      body && ts.isBlock(body)
        ? outcomeOf(body, parameter && ts.isIdentifier(parameter) ? parameter.text : undefined)
        : 'handles';
    const range = { start: access.name.getStart(file) - 1, end: node.end };
    return {
      ...feature(node, keysOfCalls(access.expression, bindings, skip), end, deedsOf(handler, node, file)),
      range,
      text: file.text.slice(range.start, range.end),
    };
  }
  return undefined;

  function feature(clause: ts.Node, protects: string[], value: string, words: string[]): Feature {
    const range = { start: clause.getStart(file), end: clause.end };
    return {
      kind: 'catch',
      key: protects.join(', '),
      range,
      text: file.text.slice(range.start, range.end),
      value,
      protects,
      words,
    };
  }
}

/** What becomes of the failure: `passes` it on, `translates` it into another one, or `handles` it. */
function outcomeOf(block: ts.Block, name: string | undefined): 'passes' | 'translates' | 'handles' {
  const last = block.statements.at(-1);
  if (!last || !ts.isThrowStatement(last)) return 'handles';
  return name !== undefined && isNamed(last.expression, name) ? 'passes' : 'translates';
}
