import { diffArrays } from 'diff';
import { ts } from 'ts-morph';

/**
 * The tokens of a file without what a formatter decides: white space, comments, semicolons, trailing commas, quotes,
 * parentheses around a whole value, the order of imports. Equal lists are the same code.
 */
export function tokensOf(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const imports: string[][] = [];
  const tokens: string[] = [];
  for (const statement of file.statements)
    if (ts.isImportDeclaration(statement)) imports.push(...importsOf(statement));
    else tokensIn(statement, file, tokens);
  const sorted = imports.map((one) => one.join(' ')).sort();
  return [...sorted, ...withoutTrailingCommas(tokens)];
}

/** One entry for each name that is imported, so that neither order nor grouping counts. */
function importsOf(statement: ts.ImportDeclaration): string[][] {
  const from = statement.moduleSpecifier.getText().slice(1, -1);
  const clause = statement.importClause;
  if (!clause) return [['import', from]];
  const names = [
    ...(clause.name ? [clause.name.text] : []),
    ...(clause.namedBindings && ts.isNamespaceImport(clause.namedBindings) ? [clause.namedBindings.getText()] : []),
    ...(clause.namedBindings && ts.isNamedImports(clause.namedBindings)
      ? clause.namedBindings.elements.map((one) => `{ ${one.getText()} }`)
      : []),
  ];
  return names.map((name) =>
    ['import', clause.getText().startsWith('type ') ? 'type' : '', name, from].filter(Boolean),
  );
}

function tokensIn(node: ts.Node, file: ts.SourceFile, tokens: string[]): void {
  if (ts.isJsxText(node)) {
    tokens.push(...node.text.split(/\s+/).filter(Boolean));
    return;
  }
  if (isSpace(node)) return;
  const inner = ts.isParenthesizedExpression(node) && isWholeValue(node) ? [node.expression] : node.getChildren(file);
  const children = inner.filter((child) => !ts.isJSDoc(child));
  if (children.length > 0) {
    for (const child of children) tokensIn(child, file, tokens);
    return;
  }
  const text = ts.isStringLiteral(node) ? JSON.stringify(node.text) : node.getText(file);
  const isLeadingBar = text === '|' && tokens.at(-1) === '=';
  if (text !== '' && text !== ';' && !isLeadingBar) tokens.push(text);
}

/** `{' '}` between children of an element. */
function isSpace(node: ts.Node): boolean {
  return ts.isJsxExpression(node) && node.expression !== undefined && /^(['"])\s*\1$/.test(node.expression.getText());
}

function isWholeValue({ expression, parent }: ts.ParenthesizedExpression): boolean {
  if (ts.isObjectLiteralExpression(expression) && ts.isArrowFunction(parent)) return false;
  if (ts.isJsxElement(expression) || ts.isJsxSelfClosingElement(expression) || ts.isJsxFragment(expression))
    return true;
  return (
    ts.isReturnStatement(parent) ||
    ts.isArrowFunction(parent) ||
    ts.isJsxExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    (ts.isVariableDeclaration(parent) && parent.initializer !== undefined)
  );
}

function withoutTrailingCommas(tokens: readonly string[]): string[] {
  return tokens.filter((token, index) => token !== ',' || !/^[)\]}>]$/.test(tokens[index + 1] ?? ''));
}

/** What differs, with a few tokens around it: `[-ours-]` and `{+theirs+}`. */
export function tokenDiff(ours: readonly string[], theirs: readonly string[], around = 6): string[] {
  const parts = diffArrays([...ours], [...theirs]);
  const lines: string[] = [];
  let line = '';
  parts.forEach((part, index) => {
    const text = part.value.join(' ');
    if (part.removed) line += ` [-${text}-]`;
    else if (part.added) line += ` {+${text}+}`;
    else if (index > 0 && index < parts.length - 1 && part.value.length <= 2 * around) line += ` ${code(part.value)}`;
    else {
      if (index > 0) lines.push(`${line} ${code(part.value.slice(0, around))}`.trim());
      line = code(part.value.slice(-around));
    }
  });
  const last = parts.at(-1);
  if (last?.added || last?.removed) lines.push(line.trim());
  return lines;
}

function code(tokens: readonly string[]): string {
  return tokens.filter((token) => !token.startsWith('import ')).join(' ');
}
