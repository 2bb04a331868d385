import { ts } from 'ts-morph';
import type { ModuleSymbol } from '../../facts/file-facts.ts';
import { unwrap } from '../../facts/run-time.ts';
import { isTestPath } from '../../facts/tests.ts';
import { spelled } from '../../flags/camel-case.ts';
import type { FlagRead, Json } from '../../flags/flag.ts';
import { resolverOf } from '../../flags/resolve.ts';

import type { RemovalInput, RemovalRequest } from '../remove-flags.ts';
import type { Source } from '../source.ts';

/** A flag that is removed, as tests speak of it. */
export interface TestFlag {
  readonly key: string;
  readonly keep: Json;
  /** How records of flags name it: by its key, or as the SDK spells it. */
  readonly properties: ReadonlySet<string>;
  /** The key is the name of an environment variable. */
  readonly isVariable: boolean;
  /** Functions that yield this flag and nothing else, as `path name`: a hook `useNewCheckout`. */
  readonly functions: ReadonlySet<string>;
  /** All that reads it in code is folded: nobody calls these functions any more. */
  readonly isFolded: boolean;
  /** Names of the functions through which it is read: `useFlag`, `variation`. */
  readonly readers: ReadonlySet<string>;
  /** Texts of which a test that speaks of it holds one. */
  readonly hints: readonly string[];
}

export function testFlagOf({ key, keep }: RemovalRequest, isFolded: boolean, input: RemovalInput): TestFlag {
  const flag = input.inventory.flags.get(key);
  const reads = (flag?.reads ?? []).filter((read) => !isTestPath(read.path));
  const members = (flag?.definitions ?? []).flatMap(({ registry }) =>
    registry ? [registry.member.split('.').at(-1)!] : [],
  );
  const properties = new Set([
    key,
    ...reads.flatMap(({ spelling }) => (spelling === undefined ? [] : [spelled(key, spelling)])),
  ]);
  const functions = reads.flatMap((read) => functionAround(read, input));
  const names = reads.flatMap((read) => lastName(textAt(read.path, read.keyRange, input)) ?? []);
  return {
    key,
    keep,
    properties,
    isVariable: /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/.test(key) || reads.some((read) => isVariableRead(read, input)),
    isFolded,
    functions: new Set(functions.map(({ path, name }) => `${path} ${name}`)),
    readers: new Set(reads.flatMap((read) => readerName(read, input) ?? [])),
    hints: [...new Set([...properties, ...members, ...names, ...functions.map(({ name }) => name)])],
  };
}

/** The function that yields a read and nothing else, where it asks for this flag alone. */
function functionAround(read: FlagRead, { facts }: RemovalInput): { path: string; name: string }[] {
  const site = facts(read.path)?.reads.find(({ range }) => range.start === read.range.start);
  const { wrapper } = site ?? {};
  const takesKey = site?.args.some(({ value }) => value.kind === 'parameter');
  if (!wrapper?.exact || wrapper.inverted || takesKey || !/^[\w$]+$/.test(wrapper.name)) return [];
  return [{ path: read.path, name: wrapper.name }];
}

function textAt(path: string, { start, end }: { start: number; end: number }, input: RemovalInput): string {
  return input.text(path)?.slice(start, end) ?? '';
}

/** `UniversalAI` of `FeatureFlags.UniversalAI`; a literal has none. */
function lastName(written: string): string | undefined {
  return /^[\w$.]*?([\w$]+)$/.exec(written)?.[1];
}

function isVariableRead(read: FlagRead, input: RemovalInput): boolean {
  return /\benv\b/.test(textAt(read.path, read.range, input)) && /^\w+$/.test(read.key);
}

function readerName(read: FlagRead, input: RemovalInput): string | undefined {
  const through = read.through?.name.split('.').at(-1);
  return through ?? /([\w$]+)\s*(?:<[^()]*>)?\(/.exec(textAt(read.path, read.range, input))?.[1];
}

/** A key that says little by itself (`search`): only where a place speaks of flags does it mean the flag. */
export function isPlainWord(key: string): boolean {
  return /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)$/.test(key);
}

/** Tells which flag an expression is the key of: a text, a constant, a member of a registry. */
export type Naming = (node: ts.Expression) => TestFlag | undefined;

export function namingOf(source: Source, flags: readonly TestFlag[], input: RemovalInput): Naming {
  const byKey = new Map(flags.map((flag) => [flag.key, flag]));
  const { graph } = input;
  const resolver = graph && resolverOf({ get: (path) => input.facts(path) }, graph, () => false);
  const byChain = (path: readonly string[], from: ModuleSymbol | undefined): TestFlag | undefined => {
    const found = resolver?.key(source.path, { kind: 'name', path, ...(from && { from }) });
    return found && byKey.get(found.value);
  };
  return (node) => {
    const plain = unwrap(node);
    if (ts.isStringLiteralLike(plain)) return byKey.get(plain.text);
    const chain = chainOf(plain);
    if (!chain) return undefined;
    const declaration = source.symbolOf(chain.root)?.valueDeclaration ?? source.symbolOf(chain.root)?.declarations?.[0];
    const local = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    if (local && chain.path.length === 1 && ts.isStringLiteralLike(unwrap(local)))
      return byKey.get((unwrap(local) as ts.StringLiteralLike).text);
    return byChain(chain.path, declaration && importedBy(declaration));
  };
}

function chainOf(node: ts.Expression): { root: ts.Identifier; path: string[] } | undefined {
  if (ts.isIdentifier(node)) return { root: node, path: [node.text] };
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const inner = chainOf(node.expression);
  return inner && { root: inner.root, path: [...inner.path, node.name.text] };
}

/** What an import brings under a local name. */
export function importedBy(declaration: ts.Node): ModuleSymbol | undefined {
  const statement = ts.findAncestor(declaration, ts.isImportDeclaration);
  if (!statement || !ts.isStringLiteral(statement.moduleSpecifier)) return undefined;
  const specifier = statement.moduleSpecifier.text;
  if (ts.isImportSpecifier(declaration))
    return { specifier, imported: (declaration.propertyName ?? declaration.name).text };
  return { specifier, imported: ts.isNamespaceImport(declaration) ? '*' : 'default' };
}
