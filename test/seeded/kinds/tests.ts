import { ts } from 'ts-morph';
import { calledName, insert, removeLine } from '../code.ts';
import { firing, type Kind, site } from '../kind.ts';
import type { Source } from '../source.ts';

/** `it('...', () => {...})` as a statement. */
function* cases(source: Source): Iterable<ts.CallExpression> {
  for (const call of source.all(ts.isCallExpression))
    if (
      ts.isIdentifier(call.expression) &&
      /^(?:it|test)$/.test(call.expression.text) &&
      call.arguments.length >= 2 &&
      ts.isExpressionStatement(call.parent)
    )
      yield call;
}

function expects(node: ts.Node): number {
  return node.getText().match(/\bexpect\(/g)?.length ?? 0;
}

export const testKinds: readonly Kind[] = [
  firing(
    'skip-test',
    ['tests/skipped'],
    function* (source) {
      for (const call of cases(source)) yield site(call.getStart(), insert(call.expression.end, '.skip'));
    },
    { in: 'test' },
  ),

  firing(
    'remove-test',
    ['tests/removed'],
    function* (source) {
      for (const call of cases(source)) yield site(call.getStart(), removeLine(source, call.parent as ts.Statement));
    },
    { in: 'test', anywhere: true },
  ),

  firing(
    'weaken-assertion',
    ['tests/assert-weakened'],
    function* (source) {
      for (const call of source.all(ts.isCallExpression)) {
        if (
          !/^(?:toBe|toEqual|toStrictEqual)$/.test(calledName(call)) ||
          !ts.isPropertyAccessExpression(call.expression)
        )
          continue;
        if (
          !/^expect\(/.test(call.getText()) ||
          /^(?:undefined|null|false|0|''|"")$/.test(call.arguments[0]?.getText() ?? '')
        )
          continue;
        yield site(call.getStart(), { start: call.expression.name.getStart(), end: call.end, text: 'toBeDefined()' });
      }
    },
    { in: 'test' },
  ),

  firing(
    'drop-assertion',
    ['tests/assert-weakened'],
    function* (source) {
      for (const call of cases(source)) {
        if (expects(call) < 2) continue;
        for (const one of source.all(ts.isExpressionStatement))
          if (
            one.pos > call.pos &&
            one.end < call.end &&
            ts.isBlock(one.parent) &&
            /^(?:await )?expect\(/.test(one.getText())
          )
            yield site(one.getStart(), removeLine(source, one));
      }
    },
    { in: 'test' },
  ),
];
