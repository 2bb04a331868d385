import { ts } from 'ts-morph';
import type { Recipe } from './file-facts.ts';
import { importedSymbol, nameOf } from './origins.ts';
import { rangeOf, walk } from './parse.ts';
import { entriesOfArray, entriesOfMembers, entriesOfObject, type FoundEntries } from './registry-entries.ts';
import type { RegistryEntry, RegistryFact } from './registry-fact.ts';
import { exportedFunctions, vercelFlag } from './registry-functions.ts';
import { flagName, isNamedFile, mayHoldRegistry, namesFlags } from './registry-words.ts';
import type { Scopes } from './scope.ts';
import { isConstant, withoutTypes } from './values.ts';

/**
 * Lists of flags in a file: of arrays, objects and types only those whose name or file speaks of flags, or that the policy
 * names; what is handed to a vendor's client as defaults; and flags that the Vercel SDK declares.
 */
export function registriesIn(path: string, scopes: Scopes, recipe: Recipe): readonly RegistryFact[] | undefined {
  const { source } = scopes;
  if (!mayHoldRegistry(path, source.text, recipe)) return undefined;
  const isFile = namesFlags(path) || isNamedFile(path, recipe);
  const counts = (name: string): boolean => isFile || flagName.test(name);
  const found: RegistryFact[] = [];
  for (const statement of source.statements) statementRegistries(statement, '', { scopes, counts, found });
  if (isNamedFile(path, recipe)) found.push(...exportedFunctions(scopes));
  if (handsOver.test(source.text)) found.push(...handedOver(scopes));
  return found.length === 0 ? undefined : found;
}

interface Context {
  readonly scopes: Scopes;
  counts(name: string): boolean;
  readonly found: RegistryFact[];
}

function statementRegistries(statement: ts.Statement, prefix: string, context: Context): void {
  const { scopes, counts } = context;
  if (ts.isVariableStatement(statement)) {
    for (const declaration of statement.declarationList.declarations) {
      if (!ts.isIdentifier(declaration.name) || declaration.initializer === undefined) continue;
      const name = prefix + declaration.name.text;
      const flag = vercelFlag(declaration, statement, name, scopes);
      if (flag !== undefined) context.found.push(flag);
      else if (counts(name) && isConstant(declaration, scopes))
        add(name, declaration, declaration.name, valueEntries(declaration.initializer, scopes), context);
    }
  } else if (ts.isInterfaceDeclaration(statement)) {
    const name = prefix + statement.name.text;
    if (counts(name)) add(name, statement, statement.name, interfaceEntries(statement, scopes), context);
  } else if (ts.isTypeAliasDeclaration(statement) && ts.isTypeLiteralNode(statement.type)) {
    const name = prefix + statement.name.text;
    if (counts(name)) add(name, statement, statement.name, entriesOfMembers(statement.type.members, scopes), context);
  } else if (ts.isExportAssignment(statement)) {
    if (counts('default')) add('default', statement, statement, valueEntries(statement.expression, scopes), context);
  } else if (ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body)) {
    for (const inner of statement.body.statements)
      statementRegistries(inner, `${prefix}${statement.name.text}.`, context);
  }
}

/** What is inherited is not listed. */
function interfaceEntries(statement: ts.InterfaceDeclaration, scopes: Scopes): FoundEntries | undefined {
  const found = entriesOfMembers(statement.members, scopes);
  return found && statement.heritageClauses ? { ...found, partial: true } : found;
}

function valueEntries(expression: ts.Expression, scopes: Scopes): FoundEntries | undefined {
  const value = withoutTypes(expression);
  if (ts.isArrayLiteralExpression(value)) return entriesOfArray(value, scopes);
  return ts.isObjectLiteralExpression(value) ? entriesOfObject(value, scopes) : undefined;
}

function add(
  name: string,
  declaration: ts.Node,
  nameNode: ts.Node,
  found: FoundEntries | undefined,
  { scopes, found: all }: Context,
): void {
  if (found === undefined || found.entries.length === 0) return;
  all.push({ name, ...found, range: rangeOf(declaration, scopes.source), nameRange: rangeOf(nameNode, scopes.source) });
}

const handsOver = /\bdefaultConfig\b|\bsetDefaults\s*\(|\bcreateFlagOverridesFromMap\s*\(|\bSplitFactory/;

/**
 * Defaults that code hands to a client: Firebase's `remoteConfig.defaultConfig = { k: v }` and `setDefaults({ k: v })`, ConfigCat's
 * `createFlagOverridesFromMap({ k: v })`, the `features` of Split's local mode. Only in files that import the vendor's package.
 */
function handedOver(scopes: Scopes): RegistryFact[] {
  const { source } = scopes;
  const packages = importedPackages(source);
  const has = (pattern: RegExp) => packages.some((name) => pattern.test(name));
  const found: RegistryFact[] = [];
  const hand = (name: string, value: ts.Expression | undefined, whole: ts.Node): void => {
    const object = value && objectBehind(value, scopes);
    const entries = object && entriesOfObject(object, scopes, true)?.entries;
    if (entries && entries.length > 0) found.push(registry(name, entries, object, whole, source));
  };
  walk(source, (node) => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      if (ts.isPropertyAccessExpression(node.left) && node.left.name.text === 'defaultConfig' && has(firebase))
        hand('defaultConfig', node.right, node);
    } else if (ts.isCallExpression(node)) {
      const name = calleeName(node.expression);
      if (name === 'setDefaults' && has(firebase)) hand('setDefaults', node.arguments[0], node);
      if (name === 'createFlagOverridesFromMap' && has(configCat)) hand(name, node.arguments[0], node);
      if (name === 'SplitFactory' && has(split)) hand('features', propertyOf(node.arguments[0], 'features'), node);
    }
  });
  return found;
}

const firebase = /(^|\/)remote-config(\/|$)|^firebase(-admin)?(\/|$)/;
const configCat = /configcat/;
const split = /^@splitsoftware\//;

function registry(
  name: string,
  entries: readonly RegistryEntry[],
  object: ts.ObjectLiteralExpression,
  whole: ts.Node,
  source: ts.SourceFile,
): RegistryFact {
  const partial = object.properties.some((property) => ts.isSpreadAssignment(property));
  return {
    name,
    kind: 'defaults',
    certain: true,
    range: rangeOf(object, source),
    nameRange: rangeOf(whole, source),
    entries,
    ...(partial ? { partial: true as const } : {}),
  };
}

/** An object literal, at once or as a constant of the file. */
function objectBehind(value: ts.Expression, scopes: Scopes): ts.ObjectLiteralExpression | undefined {
  const plain = withoutTypes(value);
  if (ts.isObjectLiteralExpression(plain)) return plain;
  if (!ts.isIdentifier(plain)) return undefined;
  const declaration = scopes.lookup(plain.text, plain, 'value');
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const initializer = withoutTypes(declaration.initializer);
  return ts.isObjectLiteralExpression(initializer) && isConstant(declaration, scopes) ? initializer : undefined;
}

function propertyOf(node: ts.Expression | undefined, name: string): ts.Expression | undefined {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) return undefined;
  for (const property of node.properties)
    if (ts.isPropertyAssignment(property) && nameOf(property.name) === name) return property.initializer;
  return undefined;
}

function calleeName(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
}

function importedPackages(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteralLike(statement.moduleSpecifier))
      return [statement.moduleSpecifier.text];
    const required = importedSymbol(statement);
    return required === undefined ? [] : [required.specifier];
  });
}
