import { ts } from 'ts-morph';
import { extname } from '../core/paths.ts';
import { syntaxDiagnostics } from '../facts/parse.ts';

/** True for files that hold TypeScript or JavaScript by their ending. */
export function isSource(path: string): boolean {
  return /^\.[cm]?[jt]sx?$/.test(extname(path).toLowerCase());
}

/** Offset of the first syntax error, or `undefined`. */
export function syntaxErrorAt(file: ts.SourceFile): number | undefined {
  return syntaxDiagnostics(file)[0]?.start;
}

/** A node that owns a list of statements: a module, block, case clause, or namespace body. */
export type ListOwner = ts.SourceFile | ts.Block | ts.ModuleBlock | ts.CaseOrDefaultClause;

export function isListOwner(node: ts.Node): node is ListOwner {
  return ts.isSourceFile(node) || ts.isBlock(node) || ts.isModuleBlock(node) || ts.isCaseOrDefaultClause(node);
}

/** Where the statements of a list may stand: between the braces, after the colon of a case. */
export function listSpan(owner: ListOwner, file: ts.SourceFile): { start: number; end: number } {
  if (ts.isSourceFile(owner)) return { start: 0, end: owner.end };
  if (ts.isBlock(owner) || ts.isModuleBlock(owner)) return { start: owner.getStart(file) + 1, end: owner.end - 1 };
  return { start: owner.statements.pos, end: owner.end };
}

/** The tokens of a node as text, without comments and layout; JSX text is compared without its outer white space. */
export function tokensOf(node: ts.Node, file: ts.SourceFile, skip?: ReadonlySet<ts.Node>): string[] {
  const out: string[] = [];
  const visit = (at: ts.Node): void => {
    if (skip?.has(at)) return;
    if (ts.isJsxText(at)) {
      const text = at.text.replace(/\s+/g, ' ').trim();
      if (text !== '') out.push(text);
    } else if (at.kind >= ts.SyntaxKind.FirstJSDocNode && at.kind <= ts.SyntaxKind.LastJSDocNode) return;
    else if (ts.isToken(at) || at.kind === ts.SyntaxKind.Identifier || at.getChildCount(file) === 0) {
      const text = at.getText(file);
      if (text !== '') out.push(text);
    } else for (const child of at.getChildren(file)) visit(child);
  };
  visit(node);
  if (out.at(-1) === ';') out.pop();
  return out;
}

/** The nearest node upwards, the node itself included, for which `test` holds. */
export function ancestor<T extends ts.Node>(
  node: ts.Node | undefined,
  test: (node: ts.Node) => node is T,
): T | undefined {
  for (let at = node; at !== undefined; at = at.parent) if (test(at)) return at;
  return undefined;
}

/** The deepest node whose text (comments before it left out) holds the whole span. */
export function deepest(file: ts.SourceFile, start: number, end: number): ts.Node {
  let found: ts.Node = file;
  for (;;) {
    const inner: ts.Node | undefined = ts.forEachChild(found, (child) =>
      child.getStart(file) <= start && end <= child.end && child.end > child.getStart(file) ? child : undefined,
    );
    if (inner === undefined) return found;
    found = inner;
  }
}

/** Any function with a body of its own: `this`, `return` and `await` belong to the nearest one that is not an arrow. */
export function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isSetAccessorDeclaration(node)
  );
}

/** The name under which a function is known: its own, or that of the variable, property or wrapper call it is given to. */
export function functionName(fn: ts.FunctionLikeDeclaration): string | undefined {
  if (ts.isConstructorDeclaration(fn)) return fn.parent.name?.text;
  if (fn.name !== undefined) return ts.isComputedPropertyName(fn.name) ? undefined : fn.name.text;
  let at: ts.Node = fn.parent;
  while (ts.isParenthesizedExpression(at) || ts.isCallExpression(at) || ts.isAsExpression(at)) at = at.parent;
  if (ts.isVariableDeclaration(at) && ts.isIdentifier(at.name)) return at.name.text;
  if ((ts.isPropertyAssignment(at) || ts.isPropertyDeclaration(at)) && ts.isIdentifier(at.name)) return at.name.text;
  return undefined;
}

export function isAsync(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword)
  );
}

/** True for ES modules: a file with an import or export statement. */
export function isModule(file: ts.SourceFile): boolean {
  return ts.isExternalModule(file);
}
