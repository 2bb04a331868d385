import { ts } from 'ts-morph';
import { indentOf, insert } from '../code.ts';
import { firing, type Kind, site } from '../kind.ts';

export const habits: readonly Kind[] = [
  firing('as-any', ['risk/suppression-added'], function* (source) {
    for (const call of source.all(ts.isCallExpression)) {
      const [argument] = call.arguments;
      if (argument && ts.isIdentifier(argument) && !/\.(?:test|spec)\./.test(source.path))
        yield site(argument.getStart(), insert(argument.end, ' as any'));
    }
  }),

  firing('ts-ignore', ['risk/suppression-added'], function* (source) {
    for (const one of source.all(ts.isExpressionStatement))
      if (ts.isBlock(one.parent))
        yield site(one.getStart(), insert(one.getStart(), `// @ts-ignore\n${indentOf(source, one)}`));
  }),
];
