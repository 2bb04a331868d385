import { ts } from 'ts-morph';
import type { AddSign } from './flag-signs.ts';
import { innermost } from './transparent.ts';

/** What names speak of flags by. */
export const word = '(?:feature|flag|toggle|experiment)';
const moduleName = /(?:^|\/)(?:features?|feature-?flags?|feature-?toggles?|flags|toggles)(?:\/index)?\.[mc]?[jt]sx?$/i;
const registryName = new RegExp(`^(?:[A-Z]\\w*?)?_?${word}s?_?(?:flags?|toggles?|keys?|names?|ids?)?s?$`, 'i');

/** An enum, constant object or union of strings that is called after flags. */
export function registrySign(node: ts.Node, add: AddSign): void {
  if (ts.isEnumDeclaration(node)) {
    if (!registryName.test(node.name.text)) return;
    const texts = node.members.filter((one) => one.initializer && ts.isStringLiteralLike(one.initializer));
    if (texts.length === node.members.length && texts.length > 1)
      registry(
        node.name,
        texts.map((one) => (one.initializer as ts.StringLiteral).text),
        add,
      );
  } else if (ts.isTypeAliasDeclaration(node) && ts.isUnionTypeNode(node.type)) {
    const texts = node.type.types.flatMap((one) =>
      ts.isLiteralTypeNode(one) && ts.isStringLiteral(one.literal) ? [one.literal.text] : [],
    );
    if (registryName.test(node.name.text) && texts.length === node.type.types.length) registry(node.name, texts, add);
  } else if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
    const top = ts.isVariableStatement(node.parent.parent) && ts.isSourceFile(node.parent.parent.parent);
    const value = innermost(node.initializer);
    if (!top || !registryName.test(node.name.text) || !ts.isObjectLiteralExpression(value)) return;
    const texts = value.properties.flatMap((one) =>
      ts.isPropertyAssignment(one) && ts.isStringLiteralLike(one.initializer) ? [one.initializer.text] : [],
    );
    if (texts.length > 1 && texts.length === value.properties.length) registry(node.name, texts, add);
  }
}

function registry(name: ts.Identifier, keys: readonly string[], add: AddSign): void {
  if (keys.every((key) => /^[A-Za-z][\w.:/ -]{1,79}$/.test(key)))
    for (const key of keys) add({ kind: 'registry', name: name.text, key }, name);
}

/**
 * Exported functions of a module that is called after features, which say true or false. Where one of them takes a key, the module reads
 * flags, and lists none.
 */
export function functionSigns(path: string, source: ts.SourceFile, add: AddSign): void {
  if (!moduleName.test(path)) return;
  const exported = source.statements.filter(isExported).flatMap(functionsOf);
  if (exported.some(({ value }) => ts.isFunctionLike(value) && value.parameters.some(isKey))) return;
  for (const { name, value } of exported)
    if (saysTrueOrFalse(name.text, value)) add({ kind: 'function', name: name.text, key: name.text }, name);
}

function isExported(node: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** What a statement declares that may be a function; a constant may be another name of one. */
function functionsOf(node: ts.Statement): { name: ts.Identifier; value: ts.Node }[] {
  if (ts.isFunctionDeclaration(node)) return node.name ? [{ name: node.name, value: node }] : [];
  if (!ts.isVariableStatement(node)) return [];
  return node.declarationList.declarations.flatMap(({ name, initializer }) =>
    ts.isIdentifier(name) && initializer ? [{ name, value: innermost(initializer) }] : [],
  );
}

function isKey({ name }: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(name) && /key|name|flag|feature/i.test(name.text);
}

function saysTrueOrFalse(name: string, node: ts.Node): boolean {
  const called = /^(?:is|has|enable|should|can)[A-Z]/.test(name);
  if (ts.isIdentifier(node)) return called;
  if (!ts.isFunctionDeclaration(node) && !ts.isArrowFunction(node)) return false;
  return (
    node.type?.kind === ts.SyntaxKind.BooleanKeyword || (called && !(node.type && ts.isTypePredicateNode(node.type)))
  );
}
