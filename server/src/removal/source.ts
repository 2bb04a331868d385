import { ts } from 'ts-morph';
import { later } from '../core/later.ts';
import { hostOf, type Neighbours, wideChecker } from './wide-checker.ts';

/** One file, parsed for a rewrite: its tree, and which identifier means which declaration. Dropped when the plan is made. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  /** A checker that sees what the file imports as well; the same one where nothing is known of other files. */
  readonly wideChecker: () => ts.TypeChecker;
  readonly syntaxErrors: number;
  /** What an identifier in reference position (or the name in a declaration) means; undefined when this file does not say. */
  symbolOf(id: ts.Identifier): ts.Symbol | undefined;
  /** All references of a symbol in source order, its declarations' names left out. */
  referencesOf(symbol: ts.Symbol): readonly ts.Identifier[];
  /** Every identifier that refers to a variable, function, class, import or type (no property names, no labels). */
  readonly identifiers: readonly ts.Identifier[];
}

const options: ts.CompilerOptions = {
  noLib: true,
  noResolve: true,
  allowJs: true,
  strict: true,
  types: [],
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  jsx: ts.JsxEmit.Preserve,
};

/** The tree of a text, without what its names mean. */
export function parseText(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(`/${path}`, text, ts.ScriptTarget.ESNext, true);
}

/** Parses one file by itself (nothing is resolved or loaded besides it) and binds its names. `file` is its tree, where there is one. */
export function parseSource(path: string, text: string, around?: Neighbours, file = parseText(path, text)): Source {
  const program = ts.createProgram({
    rootNames: [file.fileName],
    options,
    host: hostOf((name) => (name === file.fileName ? file : undefined)),
  });
  const checker = program.getTypeChecker();
  const identifiers = collectNames(file);
  const symbols = new Map<ts.Identifier, ts.Symbol | undefined>();
  const references = new Map<ts.Symbol, ts.Identifier[]>();
  for (const id of identifiers) {
    const symbol = lookUp(checker, id);
    symbols.set(id, symbol);
    if (!symbol || isDeclarationName(id)) continue;
    const list = references.get(symbol);
    if (list) list.push(id);
    else references.set(symbol, [id]);
  }
  return {
    path,
    text,
    file,
    checker,
    wideChecker: later(() => (around ? wideChecker(file, options, around) : checker)),
    syntaxErrors: program.getSyntacticDiagnostics(file).length,
    symbolOf: (id) => symbols.get(id),
    referencesOf: (symbol) => references.get(symbol) ?? [],
    identifiers,
  };
}

/** True for the identifier that a declaration introduces. */
export function isDeclarationName(id: ts.Identifier): boolean {
  const parent = id.parent;
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isBindingElement(parent) ||
      ts.isParameter(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isFunctionExpression(parent) ||
      ts.isClassDeclaration(parent) ||
      ts.isClassExpression(parent) ||
      ts.isImportSpecifier(parent) ||
      ts.isImportClause(parent) ||
      ts.isNamespaceImport(parent) ||
      ts.isImportEqualsDeclaration(parent) ||
      ts.isTypeAliasDeclaration(parent) ||
      ts.isInterfaceDeclaration(parent) ||
      ts.isEnumDeclaration(parent) ||
      ts.isModuleDeclaration(parent) ||
      ts.isTypeParameterDeclaration(parent)) &&
    parent.name === id
  );
}

/** The end of the comments that follow on the same line. */
export function lineCommentsEnd(text: string, end: number): number {
  return ts.getTrailingCommentRanges(text, end)?.at(-1)?.end ?? end;
}

function lookUp(checker: ts.TypeChecker, id: ts.Identifier): ts.Symbol | undefined {
  const parent = id.parent;
  let symbol: ts.Symbol | undefined;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === id)
    symbol = checker.getShorthandAssignmentValueSymbol(parent);
  else if (ts.isExportSpecifier(parent)) symbol = checker.getExportSpecifierLocalTargetSymbol(parent);
  else symbol = checker.getSymbolAtLocation(id);
  return symbol?.declarations?.length ? symbol : undefined;
}

function collectNames(file: ts.SourceFile): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (!isMemberName(node)) found.push(node);
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Names of members, labels and imported or exported names under another local name: they mean no variable. */
export function isMemberName(id: ts.Identifier): boolean {
  const parent = id.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === id;
  if (ts.isQualifiedName(parent)) return parent.right === id;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) return parent.propertyName === id;
  if (ts.isExportSpecifier(parent))
    return parent.parent.parent.moduleSpecifier !== undefined || (parent.propertyName ?? parent.name) !== id;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return parent.label === id;
  if (ts.isJsxAttribute(parent) || ts.isJsxNamespacedName(parent)) return true;
  if (ts.isJsxOpeningElement(parent) || ts.isJsxSelfClosingElement(parent) || ts.isJsxClosingElement(parent))
    return /^[a-z]/.test(id.text);
  if (ts.isMetaProperty(parent) || ts.isNamespaceExport(parent) || ts.isEnumMember(parent)) return parent.name === id;
  if (ts.isImportTypeNode(parent) || ts.isNamedTupleMember(parent) || ts.isImportAttribute(parent)) return true;
  if (ts.isTypePredicateNode(parent)) return false;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isAccessor(parent)) &&
    parent.name === id
  );
}
