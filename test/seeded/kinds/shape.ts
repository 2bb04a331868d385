import { ts } from 'ts-morph';
import {
  declaredIn,
  functionAround,
  indentOf,
  insert,
  inside,
  isAsync,
  isPlain,
  leaves,
  replace,
  some,
  someHere,
  textOf,
  usesOf,
} from '../code.ts';
import { type Kind, silent, site } from '../kind.ts';
import type { Source } from '../source.ts';

const opposite: Readonly<Record<string, string>> = { '===': '!==', '!==': '===', '==': '!=', '!=': '==' };

/** A condition that holds exactly where another one does not. */
function inverted(source: Source, condition: ts.Expression): string {
  if (ts.isPrefixUnaryExpression(condition) && condition.operator === ts.SyntaxKind.ExclamationToken)
    return textOf(source, condition.operand);
  if (ts.isBinaryExpression(condition)) {
    const other = opposite[condition.operatorToken.getText()];
    if (other) return `${textOf(source, condition.left)} ${other} ${textOf(source, condition.right)}`;
    return `!(${textOf(source, condition)})`;
  }
  return ts.isParenthesizedExpression(condition) ||
    ts.isCallExpression(condition) ||
    ts.isIdentifier(condition) ||
    ts.isPropertyAccessExpression(condition)
    ? `!${textOf(source, condition)}`
    : `!(${textOf(source, condition)})`;
}

function blockText(source: Source, statement: ts.Statement): string {
  return ts.isBlock(statement) ? textOf(source, statement) : `{ ${textOf(source, statement)} }`;
}

function endsFlow(statement: ts.Statement | undefined): boolean {
  if (!statement) return false;
  if (ts.isBlock(statement)) return endsFlow(statement.statements.at(-1));
  return ts.isReturnStatement(statement) || ts.isThrowStatement(statement);
}

function usesOwnThis(node: ts.Node): boolean {
  return some(
    node,
    (one) =>
      one.kind === ts.SyntaxKind.ThisKeyword ||
      one.kind === ts.SyntaxKind.SuperKeyword ||
      (ts.isIdentifier(one) && one.text === 'arguments'),
  );
}

export const shape: readonly Kind[] = [
  silent('invert-if', function* (source) {
    for (const one of source.all(ts.isIfStatement)) {
      const { expression, thenStatement, elseStatement } = one;
      if (
        !elseStatement ||
        ts.isIfStatement(elseStatement) ||
        (ts.isIfStatement(one.parent) && one.parent.elseStatement === one)
      )
        continue;
      const text = `if (${inverted(source, expression)}) ${blockText(source, elseStatement)} else ${blockText(source, thenStatement)}`;
      yield site(one.getStart(), replace(source, one, text));
    }
  }),

  silent('nest-early-return', function* (source) {
    for (const one of source.all(ts.isIfStatement)) {
      const block = one.parent;
      if (
        one.elseStatement ||
        !ts.isBlock(block) ||
        !ts.isFunctionLike(block.parent) ||
        ts.isConstructorDeclaration(block.parent)
      )
        continue;
      const then = ts.isBlock(one.thenStatement) ? one.thenStatement.statements : [one.thenStatement];
      const rest = block.statements.slice(block.statements.indexOf(one) + 1);
      // `if (x) return; rest` without a value; the rest gets braces of its own.
      const [only] = then;
      if (then.length !== 1 || !only || !ts.isReturnStatement(only) || only.expression || rest.length === 0) continue;
      if (rest.some((each) => ts.isFunctionDeclaration(each))) continue;
      const text = source.text.slice(rest[0]!.getStart(), rest.at(-1)!.end);
      yield {
        at: one.getStart(),
        edits: () => [
          {
            start: one.getStart(),
            end: rest.at(-1)!.end,
            text: `if (${inverted(source, one.expression)}) {\n${text}\n}`,
          },
        ],
      };
    }
  }),

  silent('drop-else-after-return', function* (source) {
    for (const one of source.all(ts.isIfStatement)) {
      const { thenStatement, elseStatement } = one;
      if (
        !elseStatement ||
        !ts.isBlock(elseStatement) ||
        !endsFlow(thenStatement) ||
        !ts.isBlock(one.parent) ||
        declaredIn(elseStatement).length > 0
      )
        continue;
      yield site(one.getStart(), {
        start: thenStatement.end,
        end: elseStatement.end,
        text: `\n${inside(source, elseStatement).trim()}`,
      });
    }
  }),

  silent('else-after-return', function* (source) {
    for (const one of source.all(ts.isIfStatement)) {
      const block = one.parent;
      if (one.elseStatement || !ts.isBlock(block) || !endsFlow(one.thenStatement)) continue;
      const rest = block.statements.slice(block.statements.indexOf(one) + 1);
      if (rest.length === 0 || rest.some((each) => ts.isFunctionDeclaration(each) || ts.isClassDeclaration(each)))
        continue;
      if (ts.isBlock(block) && !ts.isFunctionLike(block.parent)) continue;
      const end = rest.at(-1)!.end;
      yield {
        at: one.getStart(),
        edits: () => [insert(one.end, ' else {'), insert(end, `\n${indentOf(source, one)}}`)],
      };
    }
  }),

  silent('braces', function* (source) {
    for (const one of source.all(ts.isIfStatement)) {
      const { thenStatement } = one;
      if (!ts.isBlock(thenStatement) && !one.elseStatement)
        yield site(
          one.getStart(),
          replace(
            source,
            thenStatement,
            `{\n${indentOf(source, one)}  ${textOf(source, thenStatement)}\n${indentOf(source, one)}}`,
          ),
        );
    }
  }),

  silent('drop-braces', function* (source) {
    for (const one of source.all(ts.isIfStatement)) {
      const { thenStatement } = one;
      if (!ts.isBlock(thenStatement) || thenStatement.statements.length !== 1 || one.elseStatement) continue;
      const [only] = thenStatement.statements;
      if (ts.isReturnStatement(only!) || ts.isThrowStatement(only!) || ts.isExpressionStatement(only!))
        yield site(one.getStart(), replace(source, thenStatement, textOf(source, only!)));
    }
  }),

  silent('wrap-in-block', function* (source) {
    for (const one of source.all(ts.isIfStatement)) {
      if (!ts.isBlock(one.parent)) continue;
      yield site(one.getStart(), insert(one.getStart(), '{ '), insert(one.end, ' }'));
    }
  }),

  silent('split-condition', function* (source) {
    for (const one of source.all(ts.isIfStatement)) {
      const { expression, thenStatement } = one;
      if (
        one.elseStatement ||
        !ts.isBinaryExpression(expression) ||
        expression.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken
      )
        continue;
      if (ts.isIfStatement(one.parent)) continue;
      const text = `if (${textOf(source, expression.left)}) {\nif (${textOf(source, expression.right)}) ${textOf(source, thenStatement)}\n}`;
      yield site(one.getStart(), replace(source, one, text));
    }
  }),

  silent('same-guard-around', function* (source) {
    for (const one of source.all(ts.isIfStatement)) {
      const { expression, thenStatement } = one;
      if (
        !ts.isIdentifier(expression) ||
        !ts.isBlock(thenStatement) ||
        one.elseStatement ||
        thenStatement.statements.length === 0
      )
        continue;
      const first = thenStatement.statements[0]!;
      if (!ts.isExpressionStatement(first)) continue;
      yield site(first.getStart(), insert(first.getStart(), `if (${expression.text}) { `), insert(first.end, ' }'));
    }
  }),

  silent('arrow-to-function', function* (source) {
    for (const one of source.all(ts.isArrowFunction)) {
      const declaration = one.parent;
      if (
        !ts.isVariableDeclaration(declaration) ||
        declaration.type ||
        usesOwnThis(one) ||
        !ts.isVariableStatement(declaration.parent.parent)
      )
        continue;
      const list = declaration.parent;
      if (
        !ts.isVariableDeclarationList(list) ||
        !(list.flags & ts.NodeFlags.Const) ||
        list.declarations.length !== 1 ||
        !ts.isIdentifier(declaration.name)
      )
        continue;
      const statement = declaration.parent.parent;
      const parameters = source.text
        .slice(one.getStart(), one.equalsGreaterThanToken.getStart())
        .replace(/^async\s*/, '')
        .trim();
      const head = parameters.startsWith('(') || parameters.startsWith('<') ? parameters : `(${parameters})`;
      const body = ts.isBlock(one.body) ? textOf(source, one.body) : `{\n  return ${textOf(source, one.body)};\n}`;
      const exported = statement.modifiers?.length ? 'export ' : '';
      const text = `${exported}${isAsync(one) ? 'async ' : ''}function ${declaration.name.text}${head} ${body}`;
      yield site(statement.getStart(), replace(source, statement, text));
    }
  }),

  silent('function-to-arrow', function* (source) {
    for (const one of source.all(ts.isFunctionDeclaration)) {
      const { name, body } = one;
      if (!name || !body || one.asteriskToken || usesOwnThis(one) || one.parent !== source.tree) continue;
      if (
        some(one, (each) => ts.isTypePredicateNode(each) && !!each.assertsModifier) ||
        one.modifiers?.some((each) => each.kind === ts.SyntaxKind.DefaultKeyword)
      )
        continue;
      // A constant is not there before its line: nothing above may need it, and there is one body only.
      const uses = usesOf(source.tree, name.text);
      if (
        uses.some((use) => use.pos < one.pos && !functionAround(use)) ||
        uses.filter((use) => ts.isFunctionDeclaration(use.parent)).length > 1
      )
        continue;
      const head = source.text.slice(name.end, body.getStart()).trim();
      const exported = one.modifiers?.some((each) => each.kind === ts.SyntaxKind.ExportKeyword) ? 'export ' : '';
      yield site(
        one.getStart(),
        replace(
          source,
          one,
          `${exported}const ${name.text} = ${isAsync(one) ? 'async ' : ''}${head} => ${textOf(source, body)};`,
        ),
      );
    }
  }),

  silent('expression-body', function* (source) {
    for (const one of source.all(ts.isArrowFunction)) {
      if (ts.isBlock(one.body)) {
        const [only] = one.body.statements;
        if (one.body.statements.length !== 1 || !only || !ts.isReturnStatement(only) || !only.expression) continue;
        yield site(one.getStart(), replace(source, one.body, `(${textOf(source, only.expression)})`));
      } else yield site(one.getStart(), replace(source, one.body, `{ return ${textOf(source, one.body)}; }`));
    }
  }),

  silent('return-await', function* (source) {
    for (const one of source.all(ts.isReturnStatement)) {
      const { expression } = one;
      if (!expression || !ts.isAwaitExpression(expression) || isTried(one)) continue;
      // Outside of `try`, an async function's promise follows the one that it returns.
      yield site(one.getStart(), replace(source, expression, textOf(source, expression.expression)));
    }
  }),

  silent('await-return', function* (source) {
    for (const one of source.all(ts.isReturnStatement)) {
      const { expression } = one;
      const around = functionAround(one);
      if (!expression || !ts.isCallExpression(expression) || !isAsync(around) || isTried(one)) continue;
      if ((around as ts.FunctionDeclaration).asteriskToken) continue;
      yield site(one.getStart(), insert(expression.getStart(), 'await '));
    }
  }),

  silent('split-declaration', function* (source) {
    for (const one of source.all(ts.isVariableStatement)) {
      const { declarations, flags } = one.declarationList;
      if (declarations.length < 2 || one.modifiers?.length) continue;
      const word = flags & ts.NodeFlags.Const ? 'const' : flags & ts.NodeFlags.Let ? 'let' : 'var';
      yield site(
        one.getStart(),
        replace(
          source,
          one,
          declarations.map((each) => `${word} ${textOf(source, each)};`).join(`\n${indentOf(source, one)}`),
        ),
      );
    }
  }),

  silent('template-to-plus', function* (source) {
    for (const one of source.all(ts.isTemplateExpression)) {
      const plain = one.templateSpans.every(
        ({ expression }) => ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression),
      );
      if (!plain || ts.isTaggedTemplateExpression(one.parent) || /[\\\n'"]/.test(one.getText())) continue;
      const parts = one.templateSpans.map(
        ({ expression, literal }) => ` + ${textOf(source, expression)}${literal.text ? ` + '${literal.text}'` : ''}`,
      );
      yield site(one.getStart(), replace(source, one, `('${one.head.text}'${parts.join('')})`));
    }
  }),

  silent('number-spelling', function* (source) {
    for (const one of source.all(ts.isNumericLiteral))
      if (/^\d{4,}$/.test(one.getText()))
        yield site(one.getStart(), replace(source, one, one.getText().replace(/\B(?=(?:\d{3})+$)/g, '_')));
  }),

  silent('swap-comparison', function* (source) {
    const turned: Readonly<Record<string, string>> = {
      '<': '>',
      '>': '<',
      '<=': '>=',
      '>=': '<=',
      '===': '===',
      '!==': '!==',
    };
    for (const one of source.all(ts.isBinaryExpression)) {
      const other = turned[one.operatorToken.getText()];
      if (!other || !isWordPath(one.left) || !(isWordPath(one.right) || ts.isLiteralExpression(one.right))) continue;
      yield site(
        one.getStart(),
        replace(source, one, `${textOf(source, one.right)} ${other} ${textOf(source, one.left)}`),
      );
    }
  }),

  silent('de-morgan', function* (source) {
    for (const one of source.all(ts.isPrefixUnaryExpression)) {
      const inner = ts.isParenthesizedExpression(one.operand) ? one.operand.expression : undefined;
      if (one.operator !== ts.SyntaxKind.ExclamationToken || !inner || !ts.isBinaryExpression(inner)) continue;
      const operator = inner.operatorToken.getText();
      if (operator !== '&&' && operator !== '||') continue;
      const side = (each: ts.Expression) => {
        const text = inverted(source, each);
        return text.startsWith('!') || !ts.isBinaryExpression(each) ? text : `(${text})`;
      };
      yield site(
        one.getStart(),
        replace(source, one, `(${side(inner.left)} ${operator === '&&' ? '||' : '&&'} ${side(inner.right)})`),
      );
    }
    for (const one of source.all(ts.isIfStatement)) {
      const { expression } = one;
      if (!ts.isBinaryExpression(expression) || !/^(?:&&|\|\|)$/.test(expression.operatorToken.getText())) continue;
      const [left, right] = [expression.left, expression.right].map((each) => inverted(source, each));
      yield site(
        one.getStart(),
        replace(
          source,
          expression,
          `!((${left}) ${expression.operatorToken.getText() === '&&' ? '||' : '&&'} (${right}))`,
        ),
      );
    }
  }),

  silent('ternary-to-if', function* (source) {
    for (const one of source.all(ts.isReturnStatement)) {
      const { expression } = one;
      if (!expression || !ts.isConditionalExpression(expression) || !ts.isBlock(one.parent)) continue;
      const text = `if (${textOf(source, expression.condition)}) return ${textOf(source, expression.whenTrue)};\n${indentOf(source, one)}return ${textOf(source, expression.whenFalse)};`;
      yield site(one.getStart(), replace(source, one, text));
    }
  }),

  silent('loop-words', function* (source) {
    for (const one of source.all(ts.isForOfStatement)) {
      const { initializer, statement, expression } = one;
      if (
        one.awaitModifier ||
        !ts.isVariableDeclarationList(initializer) ||
        !ts.isBlock(statement) ||
        source.text.includes('listed') ||
        !ts.isBlock(one.parent)
      )
        continue;
      if (someHere(statement, ts.isBreakOrContinueStatement) && leaves(statement) && !isPlain(expression)) continue;
      yield site(one.getStart(), {
        start: one.getStart(),
        end: expression.end,
        text: `const listed = ${textOf(source, expression)};\n${indentOf(source, one)}for (${textOf(source, initializer)} of listed`,
      });
    }
  }),
];

function isTried(node: ts.Node): boolean {
  return !!ts.findAncestor(node.parent, (one) => (ts.isFunctionLike(one) ? 'quit' : ts.isTryStatement(one)));
}

function isWordPath(node: ts.Node): boolean {
  return (
    ts.isIdentifier(node) ||
    (ts.isPropertyAccessExpression(node) && isWordPath(node.expression)) ||
    node.kind === ts.SyntaxKind.ThisKeyword
  );
}
