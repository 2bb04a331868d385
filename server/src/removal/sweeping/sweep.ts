import { ts } from 'ts-morph';
import type { TextRange } from '../../core/text.ts';
import { isDeclarationName, type Source } from '../source.ts';
import { isQuietValue } from '../values/built-ins.ts';
import { isRequire } from '../values/holders.ts';
import { isExportedStatement } from '../values/position.ts';
import { isContextOnly, isPure, skipParens } from '../values/purity.ts';
import type { Why } from '../writing/cuts.ts';
import { isModule } from '../writing/lift.ts';
import { unusedMembers } from './private-members.ts';
import { isQuietCalled } from './quiet-hooks.ts';
import { isReleasedDeclaration, makesComponent } from './released-exports.ts';

/**
 * Declarations that nothing uses any more now that `cut` spans are gone, and that something used before: imports, locals
 * whose initializer does nothing, functions, types. Nothing exported, no parameters. `droppable` are declarations whose
 * initializer may go although it is a call (hooks that only served a read); `released` are names that the file exports and
 * that nobody imports any more.
 */
export function sweep(
  source: Source,
  cut: readonly TextRange[],
  leaving: ReadonlyMap<ts.Node, Why>,
  droppable: ReadonlySet<ts.Node>,
  released: ReadonlySet<string>,
): Map<ts.Node, Why> {
  const swept = new Map<ts.Node, Why>();
  const isLive = liveness(source, cut);
  const visit = (node: ts.Node): void => {
    if (leaving.has(node)) return;
    const isReleased = isReleasedDeclaration(node, released);
    const name = candidateName(source, node, droppable, isReleased);
    if (name && becameUnused(source, name, node, isReleased, isLive)) {
      const reason = isReleased ? `nothing imports '${name.text}' any more` : `'${name.text}' is no longer used`;
      const keepsCall =
        ts.isVariableDeclaration(node) && !mayGo(source, node, droppable) && !isQuietCalled(source, node.initializer!);
      swept.set(keepsCall ? node.name : node, { kind: 'cleanup', reason });
      return;
    }
    if (ts.isVariableDeclaration(node) && isUnusedTuple(source, node, isLive)) {
      swept.set(node, { kind: 'cleanup', reason: 'nothing of it is used any more' });
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(source.file);
  for (const [node, why] of unusedMembers(source, isLive)) if (!leaving.has(node)) swept.set(node, why);
  return swept;
}

function liveness(source: Source, cut: readonly TextRange[]): (id: ts.Node) => boolean {
  const spans = [...cut].sort((a, b) => a.start - b.start);
  return (id) => {
    const start = id.getStart(source.file);
    return !spans.some((span) => span.start <= start && start < span.end);
  };
}

function becameUnused(
  source: Source,
  name: ts.Identifier,
  node: ts.Node,
  isReleased: boolean,
  isLive: (id: ts.Node) => boolean,
): boolean {
  const symbol = source.symbolOf(name);
  // The name of a default import stands for its clause.
  const { kind } = ts.isIdentifier(node) ? node.parent : node;
  if (!symbol || !isLive(name) || symbol.declarations!.some((one) => one.kind !== kind)) return false;
  const own = symbol.declarations!;
  const outside = source
    .referencesOf(symbol)
    .filter((reference) => !own.some((one) => one.pos <= reference.pos && reference.end <= one.end));
  if ((outside.length === 0 && !isReleased) || outside.some(isLive)) return false;
  return !isMentionedOtherwise(source, name.text, node);
}

/** `const [open, setOpen] = useState(false)`, of which nothing is used any more. */
function isUnusedTuple(source: Source, node: ts.VariableDeclaration, isLive: (id: ts.Node) => boolean): boolean {
  if (!ts.isArrayBindingPattern(node.name) || !node.initializer || !isQuietHook(node.initializer)) return false;
  const names = node.name.elements.flatMap((one) => (ts.isBindingElement(one) ? [one.name] : []));
  const unused = (name: ts.BindingName): boolean => {
    const symbol = ts.isIdentifier(name) ? source.symbolOf(name) : undefined;
    return symbol !== undefined && isLive(name) && !source.referencesOf(symbol).some(isLive);
  };
  const wasUsed = names.some((name) => ts.isIdentifier(name) && source.referencesOf(source.symbolOf(name)!).length > 0);
  return wasUsed && names.every(unused);
}

/** The JSX factory of older set-ups, and names in the documentation comments of JavaScript, are uses without a reference. */
function isMentionedOtherwise(source: Source, name: string, node: ts.Node): boolean {
  const isImport = ts.isImportSpecifier(node) || ts.isIdentifier(node) || ts.isNamespaceImport(node);
  if (isImport && /^(React|h|jsx|preact|Fragment)$/.test(name) && /<\/?[A-Za-z>]/.test(source.text)) return true;
  if (!/\.[cm]?jsx?$/.test(source.path)) return false;
  const comments = source.text.match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return comments.some((comment) => new RegExp(`\\b${name.replace(/\$/g, '\\$')}\\b`).test(comment));
}

/** The name that a node declares, where the node may leave once the name is unused. */
function candidateName(
  source: Source,
  node: ts.Node,
  droppable: ReadonlySet<ts.Node>,
  isReleased: boolean,
): ts.Identifier | undefined {
  if (ts.isImportSpecifier(node) || ts.isNamespaceImport(node)) return node.name;
  if (ts.isIdentifier(node)) return ts.isImportClause(node.parent) && isDeclarationName(node) ? node : undefined;
  if (ts.isVariableDeclaration(node)) return variableName(source, node, droppable, isReleased);
  if (ts.isBindingElement(node)) return elementName(source, node);
  if (
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    (ts.isClassDeclaration(node) && isQuietClass(node))
  )
    return (isExportedStatement(node) && !isReleased) || isGlobal(source, node) || isAmbient(node)
      ? undefined
      : node.name;
  return undefined;
}

function variableName(
  source: Source,
  node: ts.VariableDeclaration,
  droppable: ReadonlySet<ts.Node>,
  isReleased: boolean,
): ts.Identifier | undefined {
  const statement = node.parent.parent;
  if (!ts.isIdentifier(node.name) || !ts.isVariableStatement(statement)) return undefined;
  if ((isExportedStatement(statement) && !isReleased) || isGlobal(source, statement) || isAmbient(statement))
    return undefined;
  return mayGo(source, node, droppable) || canStandBare(node) ? node.name : undefined;
}

/** True when a variable that nobody uses can go with its initializer. */
function mayGo(source: Source, node: ts.VariableDeclaration, droppable: ReadonlySet<ts.Node>): boolean {
  const { initializer } = node;
  return (
    !initializer ||
    isQuietValue(source, initializer) ||
    isRequire(initializer) ||
    droppable.has(node) ||
    isQuietHook(initializer) ||
    makesComponent(initializer)
  );
}

/** `const saved = await save()`: the call may do something, and stays as a statement when nobody uses the name. */
function canStandBare({ parent: list, initializer }: ts.VariableDeclaration): boolean {
  if (!initializer || !ts.isVariableDeclarationList(list) || list.declarations.length > 1) return false;
  const isCall =
    ts.isCallExpression(initializer) || ts.isNewExpression(initializer) || ts.isAwaitExpression(initializer);
  const isUsing = (list.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using;
  return isCall && !isUsing && /^(?!(?:function|class|async|let)\b)[\w$]/.test(initializer.getText());
}

function elementName(source: Source, node: ts.BindingElement): ts.Identifier | undefined {
  const declaration = node.parent.parent;
  if (!ts.isObjectBindingPattern(node.parent) || !ts.isVariableDeclaration(declaration)) return undefined;
  const statement = declaration.parent.parent;
  if (!ts.isIdentifier(node.name) || !ts.isVariableStatement(statement)) return undefined;
  if (isExportedStatement(statement) || isGlobal(source, statement)) return undefined;
  if (node.parent.elements.some((element) => element.dotDotDotToken)) return undefined;
  return node.initializer && !isPure(node.initializer) ? undefined : node.name;
}

/** Top-level names of a script are seen by other scripts. */
function isGlobal(source: Source, node: ts.Node): boolean {
  return ts.isSourceFile(node.parent) && !isModule(source.file);
}

function isAmbient(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.DeclareKeyword);
}

function isQuietClass(node: ts.ClassDeclaration): boolean {
  if (ts.canHaveDecorators(node) && ts.getDecorators(node)?.length) return false;
  if (node.heritageClauses?.some((clause) => clause.types.some((type) => !ts.isIdentifier(type.expression))))
    return false;
  return node.members.every((member) => {
    if (ts.canHaveDecorators(member) && ts.getDecorators(member)?.length) return false;
    if (ts.isClassStaticBlockDeclaration(member) || (member.name && ts.isComputedPropertyName(member.name)))
      return false;
    const isStatic = (ts.getCombinedModifierFlags(member as ts.Declaration) & ts.ModifierFlags.Static) !== 0;
    return !isStatic || !ts.isPropertyDeclaration(member) || !member.initializer || isPure(member.initializer);
  });
}

/**
 * Adds what leaves with its parts: a pattern without elements, a destructuring without a name, an import without names.
 * `droppable` are declarations whose initializer may go.
 */
export function completeLeaving(source: Source, leaving: Map<ts.Node, Why>, droppable: ReadonlySet<ts.Node>): void {
  for (let size = -1; size !== leaving.size; ) {
    size = leaving.size;
    for (const [node, why] of [...leaving]) {
      const whole = wholeOf(source, node, leaving, droppable);
      if (whole && !leaving.has(whole)) leaving.set(whole, why);
    }
  }
}

function wholeOf(
  source: Source,
  node: ts.Node,
  leaving: ReadonlyMap<ts.Node, Why>,
  droppable: ReadonlySet<ts.Node>,
): ts.Node | undefined {
  const parent = node.parent;
  if (ts.isBindingElement(node))
    return node.parent.elements.every((one) => leaving.has(one)) ? emptied(source, node.parent, droppable) : undefined;
  if (ts.isImportSpecifier(node) || ts.isExportSpecifier(node))
    return node.parent.elements.every((one) => leaving.has(one))
      ? ts.isImportSpecifier(node)
        ? node.parent
        : node.parent.parent
      : undefined;
  if (ts.isImportClause(parent)) {
    const stays = (part: ts.Node | undefined): boolean => part !== undefined && !leaving.has(part);
    return stays(parent.name) || stays(parent.namedBindings) ? undefined : parent.parent;
  }
  return undefined;
}

function emptied(source: Source, pattern: ts.BindingPattern, droppable: ReadonlySet<ts.Node>): ts.Node | undefined {
  const owner = pattern.parent;
  if (ts.isParameter(owner)) return undefined;
  if (!ts.isVariableDeclaration(owner)) return owner;
  const { initializer } = owner;
  const goes =
    !initializer ||
    isPure(initializer) ||
    isRequire(initializer) ||
    droppable.has(owner) ||
    isQuietCalled(source, initializer);
  return goes ? owner : pattern;
}

/** A hook of React that only keeps or makes something: where nobody uses that, the call can go. */
function isQuietHook(node: ts.Expression): boolean {
  const plain = skipParens(node);
  return (
    ts.isCallExpression(plain) &&
    /^(?:React\.)?use(?:State|Reducer|Ref|Memo|Callback|Id|Context|DeferredValue)$/.test(plain.expression.getText()) &&
    plain.arguments.every(isContextOnly)
  );
}
