import { ts } from 'ts-morph';
import { parse } from '../../server/src/facts/parse.ts';

/** A file that changes are made in. The tree is parsed when somebody asks for it. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** All files of the same workspace, by path. */
  readonly beside: ReadonlyMap<string, Source>;
  readonly tree: ts.SourceFile;
  /** All nodes of a kind, in the order of the text. */
  all<Kind extends ts.Node>(is: (node: ts.Node) => node is Kind): readonly Kind[];
}

/** Files of one package or application, as one folder. */
export interface Workspace {
  readonly name: string;
  readonly files: ReadonlyMap<string, Source>;
}

export function workspaceOf(name: string, texts: ReadonlyMap<string, string>): Workspace {
  const files = new Map<string, Source>();
  for (const [path, text] of texts) files.set(path, sourceOf(path, text, files));
  return { name, files };
}

function sourceOf(path: string, text: string, beside: ReadonlyMap<string, Source>): Source {
  let tree: ts.SourceFile | undefined;
  let nodes: ts.Node[] | undefined;
  const found = new Map<unknown, readonly ts.Node[]>();
  return {
    path,
    text,
    beside,
    get tree() {
      tree ??= parse(path, text);
      return tree;
    },
    all<Kind extends ts.Node>(is: (node: ts.Node) => node is Kind): readonly Kind[] {
      nodes ??= nodesOf(this.tree);
      const known = found.get(is) ?? nodes.filter(is);
      found.set(is, known);
      return known as readonly Kind[];
    },
  };
}

function nodesOf(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

/** Whether TypeScript's parser takes a text as it is. */
export function isSound(path: string, text: string): boolean {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return true;
  const { parseDiagnostics } = parse(path, text) as unknown as { parseDiagnostics: readonly unknown[] };
  return parseDiagnostics.length === 0;
}
