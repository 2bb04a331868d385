import { ts } from 'ts-morph';

/** The kind of source that an ending stands for. JavaScript files may hold JSX whatever their ending. */
export function scriptKindOf(path: string): ts.ScriptKind {
  if (/\.[mc]?ts$/.test(path)) return ts.ScriptKind.TS;
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  return ts.ScriptKind.JSX;
}

/**
 * The one place that parses TypeScript and JavaScript. The tree has parent links; comments with JSDoc types are parsed in
 * JavaScript only, where they declare types. Never throws: a broken text yields a tree with parse errors.
 */
export function parse(path: string, text: string): ts.SourceFile {
  const known = last?.deref();
  if (known?.fileName === path && known.text === text) return known;
  const kind = scriptKindOf(path);
  const jsDocParsingMode = kind === ts.ScriptKind.JSX ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone;
  const source = ts.createSourceFile(
    path,
    text,
    { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode },
    true,
    kind,
  );
  last = new WeakRef(source);
  return source;
}

/** A keystroke's text is parsed for its facts, then for what is compared: the second finds the tree, unless it is gone by then. */
let last: WeakRef<ts.SourceFile> | undefined;

/** The number of syntax errors that the parser met. */
export function syntaxErrorsOf(source: ts.SourceFile): number {
  return syntaxDiagnostics(source).length;
}

/** What the parser complained about, in order. */
export function syntaxDiagnostics(source: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  return (source as ts.SourceFile & { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
}

/** The span of a node without the comments and blanks before it. */
export function rangeOf(node: ts.Node, source: ts.SourceFile): { start: number; end: number } {
  return { start: node.getStart(source, false), end: node.end };
}

/** Calls `visit` for a node and everything below it, without recursion (a long `a + b + ...` is a deep tree). */
export function walk(root: ts.Node, visit: (node: ts.Node) => void): void {
  const open: ts.Node[] = [root];
  const push = (child: ts.Node): void => {
    open.push(child);
  };
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    visit(node);
    ts.forEachChild(node, push);
  }
}
