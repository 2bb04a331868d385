import { ts } from 'ts-morph';
import { indentOf, insert, isPlain, some, textOf } from '../code.ts';
import { type Edit, type Kind, silent } from '../kind.ts';
import type { Source } from '../source.ts';

/** Text of several lines is a value, or a comment, whose blanks count. */
function isSimple(source: Source): boolean {
  return !some(source.tree, (one) => ts.isTemplateLiteralToken(one) && one.getText().includes('\n'));
}

function wholeText(source: Source, text: string): Edit[] {
  return [{ start: 0, end: source.text.length, text }];
}

export const layout: readonly Kind[] = [
  silent('indent', function* (source) {
    if (source.tree.statements.length === 0 || !isSimple(source)) return;
    yield { at: 0, edits: () => wholeText(source, source.text.replace(/^( +)/gm, '$1$1')) };
    yield {
      at: 0,
      edits: () =>
        wholeText(
          source,
          source.text.replace(/^((?: {2})+)/gm, (blanks) => '\t'.repeat(blanks.length / 2)),
        ),
    };
  }),

  silent('print-anew', function* (source) {
    if (source.tree.statements.length > 0)
      yield {
        at: 0,
        edits: () => wholeText(source, ts.createPrinter({ removeComments: true }).printFile(source.tree)),
      };
  }),

  silent('quotes', function* (source) {
    const strings = source
      .all(ts.isStringLiteral)
      .filter((one) => !/["'\\]/.test(one.text) && !/\\/.test(one.getText()) && !ts.isJsxAttribute(one.parent));
    if (strings.length > 3)
      yield {
        at: 0,
        edits: () =>
          strings.map((one) => {
            const mark = one.getText().startsWith("'") ? '"' : "'";
            return { start: one.getStart(), end: one.end, text: `${mark}${one.text}${mark}` };
          }),
      };
  }),

  silent('line-ends', function* (source) {
    if (source.tree.statements.length > 0 && isSimple(source))
      yield { at: 0, edits: () => wholeText(source, source.text.replace(/\r?\n/g, '\r\n')) };
  }),

  silent('comments', function* (source) {
    for (const one of source.all(ts.isVariableStatement))
      if (ts.isBlock(one.parent))
        yield {
          at: one.getStart(),
          edits: () => [insert(one.getStart(), `// What follows rests on it.\n${indentOf(source, one)}`)],
        };
    for (const one of source.all(ts.isFunctionDeclaration))
      yield {
        at: one.getStart(),
        edits: () => [insert(one.getStart(), `// Called for each of them.\n${indentOf(source, one)}`)],
      };
  }),

  silent('drop-comments', function* (source) {
    const ranges = source.tree.statements.flatMap((one) => ts.getLeadingCommentRanges(source.text, one.pos) ?? []);
    const plain = ranges.filter(
      ({ pos, end }) =>
        !/eslint|@ts-|@license|@risk|generated|switchyard|=>|^\/\/\//i.test(source.text.slice(pos, end)),
    );
    if (plain.length > 1) yield { at: 0, edits: () => plain.map(({ pos, end }) => ({ start: pos, end, text: '' })) };
  }),

  silent('add-types', function* (source) {
    for (const one of source.all(ts.isVariableDeclaration)) {
      if (one.type || !one.initializer || !ts.isIdentifier(one.name)) continue;
      const { initializer } = one;
      const type =
        ts.isStringLiteral(initializer) || ts.isTemplateExpression(initializer)
          ? 'string'
          : ts.isNumericLiteral(initializer)
            ? 'number'
            : ts.isNewExpression(initializer) && /^(?:Map|Set)$/.test(initializer.expression.getText())
              ? undefined
              : 'unknown';
      if (type && !ts.isForOfStatement(one.parent.parent))
        yield { at: one.getStart(), edits: () => [insert(one.name.end, `: ${type}`)] };
    }
  }),

  silent('type-only', function* (source) {
    if (source.tree.statements.length > 0)
      yield {
        at: 0,
        edits: () => [
          insert(
            source.text.trimEnd().length,
            '\n\nexport type Labelled = { readonly label: string };\ninterface Ordered extends Labelled {\n  readonly rank: number;\n}\nexport type { Ordered };\n',
          ),
        ],
      };
  }),

  silent('reorder-imports', function* (source) {
    const imports = source.tree.statements.filter(ts.isImportDeclaration).filter((one) => one.importClause);
    if (imports.length < 2 || imports.length !== source.tree.statements.filter(ts.isImportDeclaration).length) return;
    yield {
      at: 0,
      edits: () =>
        imports.map((one, i) => ({
          start: one.getStart(),
          end: one.end,
          text: textOf(source, imports[imports.length - 1 - i]!),
        })),
    };
  }),

  silent('reorder-functions', function* (source) {
    const functions = source
      .all(ts.isFunctionDeclaration)
      .filter((one) => one.parent === source.tree && one.body && one.name);
    for (let i = 0; i + 1 < functions.length; i++) {
      const [a, b] = [functions[i]!, functions[i + 1]!];
      yield {
        at: a.getStart(),
        edits: () => [
          { start: a.getStart(), end: a.end, text: textOf(source, b) },
          { start: b.getStart(), end: b.end, text: textOf(source, a) },
        ],
      };
    }
  }),

  silent('reorder-methods', function* (source) {
    for (const { members } of source.all(ts.isClassDeclaration)) {
      const methods = members.filter(
        (one) => ts.isMethodDeclaration(one) && one.body && !ts.isComputedPropertyName(one.name),
      );
      for (let i = 0; i + 1 < methods.length; i++) {
        const [a, b] = [methods[i]!, methods[i + 1]!];
        yield {
          at: a.getStart(),
          edits: () => [
            { start: a.getStart(), end: a.end, text: textOf(source, b) },
            { start: b.getStart(), end: b.end, text: textOf(source, a) },
          ],
        };
      }
    }
  }),

  silent('reorder-properties', function* (source) {
    for (const { properties, parent } of source.all(ts.isObjectLiteralExpression)) {
      if (properties.length < 2 || ts.isExportAssignment(parent)) continue;
      const plain = properties.every(
        (one) =>
          (ts.isPropertyAssignment(one) && !ts.isComputedPropertyName(one.name) && isPlain(one.initializer)) ||
          ts.isShorthandPropertyAssignment(one),
      );
      // Enumerations in other words are walked in their order.
      if (!plain || ts.isAsExpression(parent)) continue;
      const [a, b] = [properties[0]!, properties[1]!];
      yield {
        at: a.getStart(),
        edits: () => [
          { start: a.getStart(), end: a.end, text: textOf(source, b) },
          { start: b.getStart(), end: b.end, text: textOf(source, a) },
        ],
      };
    }
  }),
];
