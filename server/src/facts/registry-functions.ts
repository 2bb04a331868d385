import { ts } from 'ts-morph';
import { importedSymbol } from './origins.ts';
import { rangeOf } from './parse.ts';
import type { RegistryEntry, RegistryFact } from './registry-fact.ts';
import { notesOf, recordOf } from './registry-notes.ts';
import type { Scopes } from './scope.ts';
import { valueExprOf, withoutTypes } from './values.ts';

/** `export const newCheckout = flag({ key: 'new-checkout', decide: () => false })` of the Vercel Flags SDK. */
export function vercelFlag(
  declaration: ts.VariableDeclaration,
  statement: ts.VariableStatement,
  name: string,
  scopes: Scopes,
): RegistryFact | undefined {
  const call = declaration.initializer && withoutTypes(declaration.initializer);
  if (!call || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return undefined;
  const callee = scopes.lookup(call.expression.text, call, 'value');
  const imported = callee && importedSymbol(callee);
  if (!imported || !/^(@vercel\/)?flags(\/|$)/.test(imported.specifier)) return undefined;
  if (imported.imported !== 'flag' && imported.imported !== 'unstable_flag') return undefined;
  const argument = call.arguments[0] && withoutTypes(call.arguments[0]);
  if (!argument || !ts.isObjectLiteralExpression(argument)) return undefined;
  const { fields, entry } = recordOf(argument, scopes);
  const id = fields.get('key');
  const key = id && valueExprOf(id, scopes);
  if (key?.kind !== 'string') return undefined;
  const always = decided(argument);
  const type = typeArgument(call) ?? entry.type ?? (always === undefined ? undefined : literalType(always));
  const { source } = scopes;
  const single = statement.declarationList.declarations.length === 1;
  return {
    name,
    kind: 'flag',
    certain: true,
    range: rangeOf(single ? statement : declaration, source),
    nameRange: rangeOf(declaration.name, source),
    entries: [
      {
        member: '',
        key: key.value,
        keyRange: rangeOf(id!, source),
        range: rangeOf(single ? statement : declaration, source),
        ...entry,
        ...(type ? { type } : {}),
        ...(always === undefined ? {} : { always }),
      },
    ],
  };
}

/** What `decide` yields for everybody: it returns a literal, does nothing else, and nothing else decides. */
function decided(options: ts.ObjectLiteralExpression): RegistryEntry['always'] {
  let found: RegistryEntry['always'];
  for (const property of options.properties) {
    if (property.name === undefined || !ts.isIdentifier(property.name)) return undefined;
    if (property.name.text === 'adapter') return undefined;
    if (property.name.text !== 'decide') continue;
    if (ts.isMethodDeclaration(property)) found = returnedLiteral(property);
    else if (ts.isPropertyAssignment(property)) found = returnedLiteral(withoutTypes(property.initializer));
    if (found === undefined) return undefined;
  }
  return found;
}

function returnedLiteral(node: ts.Node): RegistryEntry['always'] {
  if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return undefined;
  const generates = 'asteriskToken' in node && node.asteriskToken !== undefined;
  if (generates || node.parameters.some((parameter) => parameter.initializer)) return undefined;
  const body = node.body as ts.Block | ts.Expression;
  if (!ts.isBlock(body)) return literalOf(withoutTypes(body));
  const only = body.statements.length === 1 ? body.statements[0]! : undefined;
  return only && ts.isReturnStatement(only) && only.expression ? literalOf(withoutTypes(only.expression)) : undefined;
}

function literalOf(node: ts.Expression): RegistryEntry['always'] {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isNumericLiteral(node) ? Number(node.text) : undefined;
}

function literalType(value: boolean | string | number): 'boolean' | 'string' | 'number' {
  return typeof value as 'boolean' | 'string' | 'number';
}

function typeArgument(call: ts.CallExpression): RegistryEntry['type'] {
  switch (call.typeArguments?.[0]?.kind) {
    case ts.SyntaxKind.BooleanKeyword:
      return 'boolean';
    case ts.SyntaxKind.StringKeyword:
      return 'string';
    case ts.SyntaxKind.NumberKeyword:
      return 'number';
    default:
      return undefined;
  }
}

/** The functions and constants that a module exports, for a module that is flags: `export function newCheckout() { return true }`. */
export function exportedFunctions({ source, ...scopes }: Scopes): RegistryFact[] {
  const entries = source.statements.flatMap((statement): RegistryEntry[] => {
    if (!ts.canHaveModifiers(statement) || !isExported(statement)) return [];
    if (ts.isFunctionDeclaration(statement) && statement.name && statement.body)
      return [entryOf(statement.name, statement, returnedLiteral(statement), { source, ...scopes })];
    if (!ts.isVariableStatement(statement)) return [];
    const { declarations } = statement.declarationList;
    return declarations.flatMap((declaration) => {
      if (!ts.isIdentifier(declaration.name) || !declaration.initializer) return [];
      const value = withoutTypes(declaration.initializer);
      const isFunction = ts.isArrowFunction(value) || ts.isFunctionExpression(value);
      const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
      // A declared type hides the literal: another build of the module may hold another value.
      const plain = isConst && !declaration.type ? literalOf(value) : undefined;
      const always = isFunction ? returnedLiteral(value) : plain;
      const whole = declarations.length === 1 ? statement : declaration;
      return [entryOf(declaration.name, whole, always, { source, ...scopes })];
    });
  });
  if (entries.length === 0) return [];
  const range = { start: 0, end: source.end };
  return [{ name: '*', kind: 'functions', range, nameRange: { start: 0, end: 0 }, entries }];
}

function entryOf(name: ts.Identifier, whole: ts.Node, always: RegistryEntry['always'], scopes: Scopes): RegistryEntry {
  const notes = notesOf(whole, scopes);
  return {
    member: name.text,
    key: name.text,
    keyRange: rangeOf(name, scopes.source),
    range: rangeOf(whole, scopes.source),
    ...(always === undefined ? {} : { always, type: literalType(always) }),
    ...(Object.keys(notes).length > 0 ? { notes } : {}),
  };
}

function isExported(node: ts.Statement & ts.HasModifiers): boolean {
  return ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}
