import { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import { isPure, skipParens } from '../values/purity.ts';
import type { Why } from '../writing/cuts.ts';
import type { Gone } from './orphaned-modules.ts';

/** Statements and specifiers that only export what nobody imports any more, or pass on what is deleted. */
export function releasedExports({ file }: Source, { exports, specifiers }: Gone): Map<ts.Node, Why> {
  const leaving = new Map<ts.Node, Why>();
  const leave = (node: ts.Node, name: string) =>
    leaving.set(node, { kind: 'cleanup', reason: `nothing imports '${name}' any more` });
  for (const statement of file.statements) {
    const mocked = mockedModule(statement);
    if (mocked !== undefined && specifiers.has(mocked))
      leaving.set(statement, { kind: 'test', reason: 'the file that it mocks is deleted' });
    else if (ts.isExportAssignment(statement)) {
      if (exports.has('default') && isQuietExport(statement.expression)) leave(statement, 'default');
    } else if (ts.isExportDeclaration(statement)) {
      const { exportClause, moduleSpecifier } = statement;
      if (moduleSpecifier && ts.isStringLiteral(moduleSpecifier) && specifiers.has(moduleSpecifier.text))
        leaving.set(statement, { kind: 'cleanup', reason: 'the file that it passes on is deleted' });
      else if (exportClause && ts.isNamedExports(exportClause))
        for (const element of exportClause.elements)
          if (exports.has(element.name.text)) leave(element, element.name.text);
    } else if (exportedName(statement) === 'default' && exports.has('default') && !declaredName(statement))
      leave(statement, 'default');
  }
  return leaving;
}

/** `./old` of `jest.mock('./old', ...)` */
function mockedModule(statement: ts.Statement): string | undefined {
  const call = ts.isExpressionStatement(statement) ? statement.expression : undefined;
  if (!call || !ts.isCallExpression(call) || !/^(?:jest|vi)\.(?:un|do|dont)?[mM]ock$/.test(call.expression.getText()))
    return undefined;
  const [first] = call.arguments;
  return first && ts.isStringLiteralLike(first) ? first.text : undefined;
}

/** A declaration that its file exports right where it stands, under a name that nobody imports any more. */
export function isReleasedDeclaration(node: ts.Node, released: ReadonlySet<string>): boolean {
  if (released.size === 0) return false;
  if (ts.isVariableDeclaration(node))
    return ts.isIdentifier(node.name) && exportedName(node.parent.parent) !== undefined && released.has(node.name.text);
  const name = exportedName(node);
  return name !== undefined && released.has(name);
}

/** `default`, or the name that an exported declaration has; empty for variables, which have several. */
function exportedName(node: ts.Node): string | undefined {
  if (!ts.canHaveModifiers(node)) return undefined;
  const kinds = ts.getModifiers(node)?.map(({ kind }) => kind) ?? [];
  if (!kinds.includes(ts.SyntaxKind.ExportKeyword)) return undefined;
  return kinds.includes(ts.SyntaxKind.DefaultKeyword) ? 'default' : (declaredName(node) ?? '');
}

function declaredName(node: ts.Node): string | undefined {
  const { name } = node as ts.NamedDeclaration;
  return name && ts.isIdentifier(name) ? name.text : undefined;
}

function isQuietExport(node: ts.Expression): boolean {
  return isPure(node) || makesComponent(node);
}

/** `memo(View)`, `lazy(() => ...)`, `createContext(x)`, `styled.div`...``, `styled(View)({ ... })`: calls that only make something. */
export function makesComponent(node: ts.Expression): boolean {
  const plain = skipParens(node);
  if (ts.isTaggedTemplateExpression(plain)) return /^(?:styled\b|css$|keyframes$)/.test(plain.tag.getText());
  if (!ts.isCallExpression(plain)) return isPure(plain);
  const made = /^styled\b|(?:^|\.)(?:memo|forwardRef|lazy|createContext|observer)$/.test(plain.expression.getText());
  return made && plain.arguments.every(makesComponent);
}
