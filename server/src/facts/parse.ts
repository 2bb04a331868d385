import { ts } from 'ts-morph';
import { isScriptHost } from '../core/snapshot.ts';
import { scriptTextOf } from './script-blocks.ts';

/** The kind of source that an ending stands for. JavaScript files may hold JSX whatever their ending. */
function scriptKindOf(path: string): ts.ScriptKind {
  if (/\.[mc]?ts$/.test(path)) return ts.ScriptKind.TS;
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  return ts.ScriptKind.JSX;
}

/**
 * The one place that parses TypeScript and JavaScript. The tree has parent links; comments with JSDoc types are parsed in
 * JavaScript only, where they declare types. Never throws: a broken text yields a tree with parse errors. Of a Vue, Svelte or
 * Astro file the scripts are parsed, at their offsets in the file.
 */
export function parse(path: string, text: string): ts.SourceFile {
  if (isScriptHost(path)) {
    const script = scriptTextOf(path, text);
    return parse(`${path}.${script.language}`, script.text);
  }
  const kind = scriptKindOf(path);
  const jsDocParsingMode = kind === ts.ScriptKind.JSX ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone;
  return ts.createSourceFile(path, text, { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode }, true, kind);
}

/**
 * The same, for who lets go of the tree at once. No tree is kept, but as long as the garbage collector has not taken the last one, the
 * same text finds it again (a keystroke's text is parsed for its facts, then for what is compared), and another text of the
 * file takes over what did not change: the tree before is used up then.
 */
export function parseForFacts(path: string, text: string): ts.SourceFile {
  const known = last?.deref();
  if (known?.fileName === path && known.text === text) return known;
  // Whatever happens, the old tree is not taken up again.
  last = undefined;
  const source = known?.fileName === path ? edited(known, text) : parse(path, text);
  last = new WeakRef(source);
  return source;
}

let last: WeakRef<ts.SourceFile> | undefined;
/** Trees that were taken over into another one: nothing in them is where it was. */
const usedUp = new WeakSet<ts.SourceFile>();

/**
 * The tree of a text for who asks for it again and again, in one job mostly. It is parsed again where the collector has taken it, or
 * where a later text of the file took it over.
 */
export function treeOf(path: string, text: string): () => ts.SourceFile {
  let kept: WeakRef<ts.SourceFile> | undefined;
  return () => {
    const known = kept?.deref();
    if (known && !usedUp.has(known)) return known;
    const parsed = last?.deref();
    const tree = parsed?.fileName === path && parsed.text === text ? parsed : parse(path, text);
    kept = new WeakRef(tree);
    return tree;
  };
}

/** The old tree is used up by it. A very deep tree (`a + b + ...`) overflows the stack of the update, not that of the parser. */
function edited(old: ts.SourceFile, text: string): ts.SourceFile {
  const shorter = Math.min(old.text.length, text.length);
  const start = equalFor(shorter, (from, to) => old.text.slice(from, to) === text.slice(from, to));
  const end = equalFor(
    shorter - start,
    (from, to) =>
      old.text.slice(old.text.length - to, old.text.length - from) === text.slice(text.length - to, text.length - from),
  );
  const span = ts.createTextSpanFromBounds(start, old.text.length - end);
  usedUp.add(old);
  try {
    return ts.updateSourceFile(old, text, ts.createTextChangeRange(span, text.length - end - start));
  } catch (error) {
    if (error instanceof RangeError) return parse(old.fileName, text);
    throw error;
  }
}

/** For how many characters two texts are equal: engines compare pieces a hundred times as fast as characters. */
function equalFor(most: number, isEqual: (from: number, to: number) => boolean): number {
  let known = 0;
  for (let step = most; step > 0; step = Math.min(step >> 1, most - known)) {
    while (known + step <= most && isEqual(known, known + step)) known += step;
  }
  return known;
}

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
