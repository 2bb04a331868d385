import { ts } from 'ts-morph';
import { functionAround, isExported, some, usesOf } from '../code.ts';
import { type Edit, type Kind, type Site, silent } from '../kind.ts';
import type { Source } from '../source.ts';

/** Gives a name another text wherever it is used below a node; shorthand properties keep their key. */
function renamed(source: Source, root: ts.Node, name: string, to: string): Edit[] | undefined {
  if (!/^[A-Za-z_$][\w$]*$/.test(name) || source.text.includes(to)) return undefined;
  return usesOf(root, name).map((one): Edit => {
    const { parent } = one;
    const isKept =
      (ts.isShorthandPropertyAssignment(parent) && parent.name === one) ||
      (ts.isBindingElement(parent) &&
        parent.name === one &&
        !parent.propertyName &&
        !parent.dotDotDotToken &&
        ts.isObjectBindingPattern(parent.parent));
    return { start: one.getStart(source.tree), end: one.end, text: isKept ? `${name}: ${to}` : to };
  });
}

/** It is declared once in there, so that all uses mean the same. */
function isAlone(root: ts.Node, name: string): boolean {
  let declared = 0;
  some(root, (one) => {
    const isName =
      ts.isIdentifier(one) &&
      one.text === name &&
      (ts.isVariableDeclaration(one.parent) ||
        ts.isParameter(one.parent) ||
        ts.isBindingElement(one.parent) ||
        ts.isFunctionDeclaration(one.parent) ||
        ts.isFunctionExpression(one.parent) ||
        ts.isClassDeclaration(one.parent) ||
        ts.isImportSpecifier(one.parent) ||
        ts.isTypeParameterDeclaration(one.parent)) &&
      one.parent.name === one;
    if (isName) declared++;
    return false;
  });
  return declared === 1;
}

function* members(source: Source): Iterable<Site> {
  for (const one of source.all(ts.isMethodDeclaration)) {
    const isPrivate = one.modifiers?.some((each) => each.kind === ts.SyntaxKind.PrivateKeyword);
    if (!isPrivate || !ts.isIdentifier(one.name)) continue;
    const { text: name } = one.name;
    const to = `${name}Inner`;
    // Every mention of the word in the file is this member or a call of it.
    const uses = source.all(ts.isIdentifier).filter((each) => each.text === name);
    const isMember = (each: ts.Identifier) =>
      each === one.name ||
      (ts.isPropertyAccessExpression(each.parent) && each.parent.expression.kind === ts.SyntaxKind.ThisKeyword);
    if (!uses.every(isMember) || source.text.includes(to)) continue;
    yield {
      at: one.getStart(),
      edits: () => uses.map((each) => ({ start: each.getStart(), end: each.end, text: to })),
    };
  }
}

export const names: readonly Kind[] = [
  silent('rename-local', function* (source) {
    for (const one of source.all(ts.isVariableDeclaration)) {
      const around = functionAround(one);
      if (!around || !ts.isIdentifier(one.name) || !isAlone(around, one.name.text)) continue;
      const { text } = one.name;
      yield { at: one.getStart(), edits: () => renamed(source, around, text, `${text}Value`) };
    }
  }),

  silent('rename-parameter', function* (source) {
    for (const one of source.all(ts.isParameter)) {
      const around = one.parent;
      if (!ts.isFunctionLike(around) || !('body' in around) || !around.body || !ts.isIdentifier(one.name)) continue;
      const { text } = one.name;
      if (one.modifiers?.length || text === 'this' || !isAlone(around, text)) continue;
      yield { at: one.getStart(), edits: () => renamed(source, around, text, `${text}Given`) };
    }
  }),

  silent('rename-function', function* (source) {
    for (const one of source.all(ts.isFunctionDeclaration)) {
      if (
        !one.name ||
        !one.body ||
        isExported(one) ||
        one.parent !== source.tree ||
        !isAlone(source.tree, one.name.text)
      )
        continue;
      const { text } = one.name;
      if (some(source.tree, (each) => ts.isExportSpecifier(each) && each.getText().includes(text))) continue;
      yield { at: one.getStart(), edits: () => renamed(source, source.tree, text, `${text}Now`) };
    }
  }),

  silent('rename-private-method', members),
];
