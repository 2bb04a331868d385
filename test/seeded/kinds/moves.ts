import { ts } from 'ts-morph';
import {
  functionAround,
  indentOf,
  insert,
  isExported,
  isPlain,
  leaves,
  removeLine,
  some,
  textOf,
  usesOf,
} from '../code.ts';
import { type Edit, type Kind, silent } from '../kind.ts';
import type { Source } from '../source.ts';

/** With the comments that lead to it. */
function whole(source: Source, node: ts.Node): { start: number; end: number } {
  const comments = ts.getLeadingCommentRanges(source.text, node.pos);
  return { start: comments?.[0]?.pos ?? node.getStart(source.tree), end: node.end };
}

function topFunctions(source: Source): ts.FunctionDeclaration[] {
  return source
    .all(ts.isFunctionDeclaration)
    .filter((one) => one.parent === source.tree && one.body && one.name) as ts.FunctionDeclaration[];
}

/** Names that are declared at the top of a file. */
function topNames(source: Source): Set<string> {
  return new Set(
    source.tree.statements.flatMap((one) => {
      if (ts.isVariableStatement(one)) return one.declarationList.declarations.map(({ name }) => name.getText());
      const name = 'name' in one ? (one.name as ts.Node | undefined) : undefined;
      return name && ts.isIdentifier(name) ? [name.text] : [];
    }),
  );
}

/** Locals of the function around that are written to. */
function assigns(node: ts.Node): boolean {
  return (
    some(
      node,
      (one) =>
        ts.isBinaryExpression(one) &&
        one.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
        one.operatorToken.kind <= ts.SyntaxKind.LastAssignment,
    ) ||
    some(
      node,
      (one) =>
        (ts.isPrefixUnaryExpression(one) || ts.isPostfixUnaryExpression(one)) &&
        /^(?:\+\+|--)|(?:\+\+|--)$/.test(one.getText()),
    )
  );
}

/** Names of the function around that a statement uses, in order. */
function needed(statement: ts.Node, around: ts.Node): string[] {
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    const { parent } = node;
    if (
      ts.isIdentifier(node) &&
      (ts.isVariableDeclaration(parent) ||
        ts.isParameter(parent) ||
        ts.isBindingElement(parent) ||
        ts.isFunctionDeclaration(parent)) &&
      parent.name === node &&
      (node.pos < statement.pos || node.end > statement.end) &&
      node !== (around as ts.FunctionDeclaration).name
    )
      declared.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(around);
  return [...declared].filter((name) => usesOf(statement, name).length > 0);
}

export const moves: readonly Kind[] = [
  silent('move-function', function* (source) {
    for (const one of topFunctions(source)) {
      const last = source.tree.statements.at(-1)!;
      if (
        last === one ||
        source.tree.statements.filter((each) => ts.isFunctionDeclaration(each) && each.name?.text === one.name!.text)
          .length > 1
      )
        continue;
      const { start, end } = whole(source, one);
      yield {
        at: start,
        edits: () => [
          { start, end, text: '' },
          insert(source.text.trimEnd().length, `\n\n${source.text.slice(start, end)}`),
        ],
      };
    }
  }),

  silent('move-to-file', function* (source) {
    const top = topNames(source);
    for (const one of topFunctions(source)) {
      const { name } = one;
      const own = [...top].filter((each) => each !== name!.text && usesOf(one, each).length > 0);
      if (
        own.length > 0 ||
        !isExported(one) ||
        /\bdefault\b/.test(one.getText().slice(0, 40)) ||
        one.parameters.length === 0
      )
        continue;
      if (
        source.tree.statements.some(
          (each) => each !== one && ts.isFunctionDeclaration(each) && each.name?.text === name!.text,
        )
      )
        continue;
      const target = source.path.replace(/([^/]+)\.(\w+)$/, `$1-${name!.text}.$2`);
      const ending = /from '\.[^']*\.ts'/.test(source.text)
        ? '.ts'
        : /from ["']\.[^"']*\.js["']/.test(source.text)
          ? '.js'
          : '';
      const from = `./${target.replace(/^.*\//, '').replace(/\.\w+$/, ending)}`;
      const imports = source.tree.statements
        .filter(ts.isImportDeclaration)
        .map((each) => textOf(source, each))
        .join('\n');
      const { start, end } = whole(source, one);
      yield {
        at: start,
        edits: () => [
          insert(0, `import { ${name!.text} } from '${from}';\nexport { ${name!.text} } from '${from}';\n`),
          { start, end, text: '' },
        ],
        elsewhere: () => new Map([[target, `${imports}\n\n${source.text.slice(start, end)}\n`]]),
      };
    }
  }),

  silent('extract-helper', function* (source) {
    for (const one of [...source.all(ts.isExpressionStatement), ...source.all(ts.isIfStatement)]) {
      const around = functionAround(one);
      if (
        !around ||
        !ts.isFunctionDeclaration(around) ||
        around.parent !== source.tree ||
        around.asteriskToken ||
        !ts.isBlock(one.parent)
      )
        continue;
      if (
        leaves(one) ||
        assigns(one) ||
        some(one, (each) => each.kind === ts.SyntaxKind.ThisKeyword || each.kind === ts.SyntaxKind.SuperKeyword)
      )
        continue;
      if (some(around, (each) => ts.isIdentifier(each) && each.text === 'arguments') || around.typeParameters?.length)
        continue;
      // Narrowed and overloaded types are the compiler's affair; at run time a parameter is what the local was.
      const waits = some(one, ts.isAwaitExpression);
      const names = needed(one, around);
      const helper = `${around.name?.text ?? 'it'}Step`;
      if (source.text.includes(helper)) continue;
      const parameters = names.map((name) => `${name}: any`).join(', ');
      const text = `\n\n${waits ? 'async ' : ''}function ${helper}(${parameters}) {\n  ${textOf(source, one)}\n}`;
      yield {
        at: one.getStart(),
        edits: () => [
          { start: one.getStart(), end: one.end, text: `${waits ? 'await ' : ''}${helper}(${names.join(', ')});` },
          insert(around.end, text),
        ],
      };
    }
  }),

  silent('inline-helper', function* (source) {
    for (const one of topFunctions(source)) {
      const statement = one.body!.statements[0];
      if (isExported(one) || one.body!.statements.length !== 1 || !statement || one.modifiers?.length) continue;
      if (!ts.isReturnStatement(statement) || !statement.expression || !isShallow(statement.expression)) continue;
      const uses = usesOf(source.tree, one.name!.text).filter((each) => each !== one.name);
      const calls = uses.map((each) => each.parent);
      const simple = (call: ts.Node): call is ts.CallExpression =>
        ts.isCallExpression(call) &&
        call.arguments.length === one.parameters.length &&
        call.arguments.every(isWord) &&
        (call.pos < one.pos || call.end > one.end);
      if (
        uses.length === 0 ||
        !calls.every(simple) ||
        !uses.every((each) => (each.parent as ts.CallExpression).expression === each)
      )
        continue;
      if (!one.parameters.every((each) => ts.isIdentifier(each.name) && !each.initializer && !each.dotDotDotToken))
        continue;
      // A name of the file that a caller has for something else would mean another thing there.
      const parameters = one.parameters.map((each) => each.name.getText());
      const free = [...topNames(source)].filter(
        (name) => usesOf(statement, name).length > 0 && !parameters.includes(name),
      );
      if (calls.some((call) => free.some((name) => needed(call, functionAround(call) ?? source.tree).includes(name))))
        continue;
      const body = statement.expression;
      const put = (call: ts.CallExpression): Edit => {
        const at = body.getStart(source.tree);
        const swaps = parameters.flatMap((name, i) =>
          usesOf(body, name).map((use) => ({ use, to: textOf(source, call.arguments[i]!) })),
        );
        let text = textOf(source, body);
        for (const { use, to } of swaps.sort((a, b) => b.use.pos - a.use.pos))
          text = text.slice(0, use.getStart(source.tree) - at) + to + text.slice(use.end - at);
        return { start: call.getStart(source.tree), end: call.end, text: `(${text})` };
      };
      const shorthand = some(body, ts.isShorthandPropertyAssignment);
      if (!shorthand)
        yield {
          at: one.getStart(),
          edits: () => [...(calls as ts.CallExpression[]).map(put), removeLine(source, one)],
        };
    }
  }),

  silent('name-a-value', function* (source) {
    for (const one of source.all(ts.isReturnStatement)) {
      const { expression } = one;
      if (
        !expression ||
        !ts.isBlock(one.parent) ||
        ts.isIdentifier(expression) ||
        ts.isFunctionLike(expression) ||
        source.text.includes('answerNow')
      )
        continue;
      const indent = indentOf(source, one);
      yield {
        at: one.getStart(),
        edits: () => [
          {
            start: one.getStart(),
            end: one.end,
            text: `const answerNow = ${textOf(source, expression)};\n${indent}return answerNow;`,
          },
        ],
      };
    }
  }),

  silent('name-a-number', function* (source) {
    for (const one of source.all(ts.isNumericLiteral)) {
      const { parent } = one;
      if (
        !functionAround(one) ||
        one.text.length < 2 ||
        !(ts.isCallExpression(parent) || ts.isPropertyAssignment(parent)) ||
        source.text.includes('NAMED_VALUE')
      )
        continue;
      if (ts.isPropertyAssignment(parent) && parent.initializer !== one) continue;
      const imports = source.tree.statements.filter(ts.isImportDeclaration);
      const at = imports.at(-1)?.end ?? 0;
      yield {
        at: one.getStart(),
        edits: () => [
          insert(at, `${at > 0 ? '\n\n' : ''}const NAMED_VALUE = ${one.getText()};\n`),
          { start: one.getStart(), end: one.end, text: 'NAMED_VALUE' },
        ],
      };
    }
  }),

  silent('add-function', function* (source) {
    if (source.all(ts.isFunctionDeclaration).length > 0 && !source.text.includes('isBlankText'))
      yield {
        at: 0,
        edits: () => [
          insert(
            source.text.trimEnd().length,
            '\n\nfunction isBlankText(text: string): boolean {\n  return text.trim().length === 0;\n}',
          ),
        ],
      };
  }),
];

function isWord(node: ts.Node): boolean {
  return ts.isIdentifier(node) || ts.isStringLiteral(node) || ts.isNumericLiteral(node);
}

/** Calls are evaluated as often and in the same order when each name is put in for a parameter. */
function isShallow(node: ts.Expression): boolean {
  return (
    isPlain(node) ||
    (ts.isCallExpression(node) && isPlain(node.expression) && node.arguments.every((each) => isPlain(each)))
  );
}
