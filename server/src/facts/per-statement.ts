import type { ts } from 'ts-morph';

/** What `tell` tells of a statement, or what was told when the same was asked of it before. */
export type PerStatement<T> = (statement: ts.Statement, asked: readonly unknown[], tell: () => T) => T;

/**
 * While somebody types in one function, the parser takes the nodes of all other statements over into the next tree, only moved. What a
 * statement says by itself need not be looked for in them again: nodes that may be of interest, never places in the text (they
 * move), and never what a name means (that may change elsewhere). `asked` is all else that the answer depends on, compared by
 * identity.
 */
export function perStatement<T>(): PerStatement<T> {
  const kept = new WeakMap<ts.Statement, { readonly asked: readonly unknown[]; readonly told: T }>();
  return (statement, asked, tell) => {
    const known = kept.get(statement);
    if (known?.asked.every((one, i) => one === asked[i])) return known.told;
    const told = tell();
    kept.set(statement, { asked, told });
    return told;
  };
}

/** The statement of the file's top level that holds a node; undefined for the file itself. */
export function topStatementOf(node: ts.Node): ts.Node | undefined {
  let at = node;
  while (at.parent?.parent !== undefined) at = at.parent;
  return at.parent === undefined ? undefined : at;
}
