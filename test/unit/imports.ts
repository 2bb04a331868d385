import fs from 'node:fs';
import path from 'node:path';
import { ts } from 'ts-morph';

/** One import of one file, as the source says it. */
export interface Import {
  /** The importing file, relative to the repository. */
  readonly from: string;
  readonly line: number;
  readonly specifier: string;
  /** The imported file, relative to the repository; undefined for packages. */
  readonly to?: string;
  /** `type`: gone at run time. `static`: evaluated before the file. `dynamic`: evaluated when asked for. */
  readonly kind: 'type' | 'static' | 'dynamic';
}

/** All TypeScript files below a folder of the repository, relative to it, sorted. */
export function filesBelow(root: string, folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file.replaceAll('\\', '/')))
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

/** The imports, re-exports and dynamic imports of a file. @throws when one of them leads to a file that does not exist. */
export function importsOf(root: string, file: string): Import[] {
  const source = ts.createSourceFile(file, fs.readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest);
  const found: Import[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined, kind: Import['kind']) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    found.push({ from: file, line, specifier: specifier.text, to: resolve(root, file, specifier.text), kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node, node.moduleSpecifier, node.importClause?.isTypeOnly ? 'type' : 'static');
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static');
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, 'type');
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node, node.arguments[0], 'dynamic');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function resolve(root: string, from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const to = path.posix.join(path.posix.dirname(from), specifier);
  if (!fs.existsSync(path.join(root, to))) throw new Error(`${from} imports ${specifier}, which does not exist`);
  return to;
}
