import { ts } from 'ts-morph';
import type { Source } from '../source.ts';

/**
 * Names that `var` (or a function in a block, in a script) declares inside what leaves, and that are used outside of it:
 * their declaration has to stay.
 */
export function lostVars(source: Source, leaving: readonly ts.Node[]): string[] {
  const inside = (node: ts.Node): boolean => leaving.some((one) => one.pos <= node.pos && node.end <= one.end);
  const names = new Set<string>();
  for (const name of leaving.flatMap(varNames)) {
    const symbol = source.symbolOf(name);
    if (!symbol) continue;
    const isDeclaredElsewhere = symbol.declarations?.some((declaration) => !inside(declaration));
    if (!isDeclaredElsewhere && source.referencesOf(symbol).some((reference) => !inside(reference)))
      names.add(name.text);
  }
  return [...names];
}

function varNames(root: ts.Node): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped))
      for (const declaration of node.declarations) collect(declaration.name);
    ts.forEachChild(node, visit);
  };
  const collect = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) found.push(name);
    else for (const element of name.elements) if (ts.isBindingElement(element)) collect(element.name);
  };
  visit(root);
  return found;
}
