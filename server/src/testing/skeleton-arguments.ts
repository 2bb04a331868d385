import { ts } from 'ts-morph';
import { own } from '../core/own.ts';
import { parse } from '../facts/parse.ts';
import type { World } from '../fixes/fix.ts';

/** Makes up values for types: the simplest that type checks, or `undefined as never` with the type beside it. */
export interface ValueMaker {
  /** The arguments of a call; trailing ones that can be left out are. */
  args(parameters: readonly ts.ParameterDeclaration[], file: ts.SourceFile): string[];
  value(type: ts.TypeNode | undefined, file: ts.SourceFile): string;
}

/** @param typed false in JavaScript, where nothing can be cast */
export function valueMaker(world: World, typed: boolean): ValueMaker {
  const files = new Map<string, ts.SourceFile | undefined>();
  const fileAt = (path: string): ts.SourceFile | undefined => {
    if (!files.has(path)) {
      const text = world.text(path);
      files.set(path, text === undefined ? undefined : parse(path, text));
    }
    return files.get(path);
  };
  const unknown = (type: ts.Node | undefined, file: ts.SourceFile): string => {
    if (!typed) return 'undefined';
    const text = type?.getText(file).replace(/\s+/g, ' ').replaceAll('*/', '');
    return text === undefined || text.length > 80 ? 'undefined as never' : `undefined as never /* ${text} */`;
  };
  const make = (type: ts.TypeNode | undefined, file: ts.SourceFile, depth: number): string => {
    if (type === undefined || depth > 4) return unknown(type, file);
    const simple = keyword(type);
    if (simple !== undefined) return simple;
    if (ts.isParenthesizedTypeNode(type) || ts.isTypeOperatorNode(type) || ts.isOptionalTypeNode(type)) {
      if (ts.isTypeOperatorNode(type) && type.operator !== ts.SyntaxKind.ReadonlyKeyword) return unknown(type, file);
      return make(type.type, file, depth);
    }
    if (ts.isLiteralTypeNode(type)) return type.getText(file);
    if (ts.isTemplateLiteralTypeNode(type)) return unknown(type, file);
    if (ts.isArrayTypeNode(type)) return '[]';
    if (ts.isTupleTypeNode(type))
      return `[${type.elements
        .filter((one) => !ts.isRestTypeNode(one) && !ts.isOptionalTypeNode(one))
        .map((one) => make(ts.isNamedTupleMember(one) ? one.type : one, file, depth + 1))
        .join(', ')}]`;
    if (ts.isUnionTypeNode(type)) {
      const given = type.types.filter(
        (one) => one.kind !== ts.SyntaxKind.UndefinedKeyword && one.getText(file) !== 'null',
      );
      return make(given.find(ts.isLiteralTypeNode) ?? given[0] ?? type.types[0], file, depth);
    }
    if (ts.isFunctionTypeNode(type)) return `() => ${bodied(make(type.type, file, depth + 1))}`;
    if (ts.isTypeLiteralNode(type)) return object(type.members, file, depth);
    if (ts.isTypeReferenceNode(type)) return reference(type, file, depth);
    return unknown(type, file);
  };
  const object = (members: readonly ts.TypeElement[], file: ts.SourceFile, depth: number): string => {
    if (members.some((one) => ts.isCallSignatureDeclaration(one) || ts.isConstructSignatureDeclaration(one)))
      return unknown(members[0], file);
    const fields = members.flatMap((one) => {
      if (one.questionToken !== undefined || one.name === undefined || ts.isComputedPropertyName(one.name)) return [];
      const name = one.name.getText(file);
      if (ts.isPropertySignature(one)) return [`${name}: ${make(one.type, file, depth + 1)}`];
      return ts.isMethodSignature(one) ? [`${name}: () => ${bodied(make(one.type, file, depth + 1))}`] : [];
    });
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  };
  const reference = (type: ts.TypeReferenceNode, file: ts.SourceFile, depth: number): string => {
    const name = type.typeName.getText(file);
    const [first] = type.typeArguments ?? [];
    const found = ts.isIdentifier(type.typeName) ? declared(name, file) : undefined;
    if (found === undefined) {
      const known = global(name);
      if (known !== undefined) return known;
      if (name === 'Promise') return `Promise.resolve(${make(first, file, depth + 1).replace(/^undefined$/, '')})`;
      if (name === 'Readonly' || name === 'Required' || name === 'NonNullable' || name === 'Awaited')
        return make(first, file, depth + 1);
      return unknown(type, file);
    }
    if (found.node.typeParameters !== undefined) return unknown(type, file);
    if (ts.isTypeAliasDeclaration(found.node)) return make(found.node.type, found.file, depth + 1);
    if (ts.isInterfaceDeclaration(found.node)) {
      if (found.node.heritageClauses !== undefined) return unknown(type, file);
      return object(found.node.members, found.file, depth);
    }
    return unknown(type, file);
  };
  type Found = { node: ts.TypeAliasDeclaration | ts.InterfaceDeclaration; file: ts.SourceFile };
  const declared = (name: string, file: ts.SourceFile): Found | undefined => {
    for (const statement of file.statements) {
      if (
        (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) &&
        statement.name.text === name
      )
        return { node: statement, file };
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
      const bindings = statement.importClause?.namedBindings;
      if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
      const specifier = bindings.elements.find((one) => one.name.text === name);
      if (specifier === undefined) continue;
      const path = world.graph.resolve(file.fileName, statement.moduleSpecifier.text);
      const from = path === undefined || path === file.fileName ? undefined : fileAt(path);
      const wanted = (specifier.propertyName ?? specifier.name).text;
      for (const one of from?.statements ?? [])
        if ((ts.isTypeAliasDeclaration(one) || ts.isInterfaceDeclaration(one)) && one.name.text === wanted)
          return { node: one, file: from! };
    }
    return undefined;
  };
  return {
    value: (type, file) => make(type, file, 0),
    args(parameters, file) {
      const needed = [...parameters].filter(
        (parameter) => parameter.name.getText(file) !== 'this' && parameter.dotDotDotToken === undefined,
      );
      while (
        needed.length > 0 &&
        (needed.at(-1)!.questionToken !== undefined || needed.at(-1)!.initializer !== undefined)
      )
        needed.pop();
      return needed.map((parameter) => {
        if (parameter.type !== undefined) return make(parameter.type, file, 0);
        if (ts.isObjectBindingPattern(parameter.name)) return destructured(parameter.name, file, typed);
        return ts.isArrayBindingPattern(parameter.name) ? '[]' : unknown(undefined, file);
      });
    },
  };
}

function keyword(type: ts.TypeNode): string | undefined {
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword:
      return "''";
    case ts.SyntaxKind.NumberKeyword:
      return '0';
    case ts.SyntaxKind.BigIntKeyword:
      return '0n';
    case ts.SyntaxKind.BooleanKeyword:
      return 'false';
    case ts.SyntaxKind.SymbolKeyword:
      return 'Symbol()';
    case ts.SyntaxKind.ObjectKeyword:
      return '{}';
    case ts.SyntaxKind.AnyKeyword:
    case ts.SyntaxKind.UnknownKeyword:
    case ts.SyntaxKind.VoidKeyword:
    case ts.SyntaxKind.UndefinedKeyword:
      return 'undefined';
    default:
      return undefined;
  }
}

/** Values for types of the language's own library. */
function global(name: string): string | undefined {
  const values: Readonly<Record<string, string>> = {
    Array: '[]',
    ReadonlyArray: '[]',
    Iterable: '[]',
    Record: '{}',
    Partial: '{}',
    Map: 'new Map()',
    ReadonlyMap: 'new Map()',
    WeakMap: 'new WeakMap()',
    Set: 'new Set()',
    ReadonlySet: 'new Set()',
    Date: 'new Date(0)',
    RegExp: '/x/',
    Error: "new Error('made up')",
    URL: "new URL('https://example.com')",
    URLSearchParams: 'new URLSearchParams()',
    AbortSignal: 'new AbortController().signal',
    Buffer: "Buffer.from('')",
    Uint8Array: 'new Uint8Array()',
    Function: '() => undefined',
  };
  return own(values, name);
}

/** An arrow's body: an object literal needs parentheses. */
function bodied(value: string): string {
  return value.startsWith('{') ? `(${value})` : value;
}

function destructured(pattern: ts.ObjectBindingPattern, file: ts.SourceFile, typed: boolean): string {
  const fields = pattern.elements
    .filter((one) => one.dotDotDotToken === undefined && one.initializer === undefined)
    .map((one) => `${(one.propertyName ?? one.name).getText(file)}: ${typed ? 'undefined as never' : 'undefined'}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
