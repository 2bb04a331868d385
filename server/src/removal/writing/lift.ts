import { ts } from 'ts-morph';
import type { Source } from '../source.ts';

/** Remembers which names were lifted into which scope, so that two blocks do not bring the same one. */
export type Lifted = Map<ts.Node, Set<string>>;

/**
 * True when the statements of a block can stand in `list` without the braces: no name that the block declares is declared
 * there, or means something else there. The names then count as declared in that scope.
 */
export function canLift(source: Source, block: ts.Block, list: ts.Node, lifted: Lifted): boolean {
  return mayBring(source, scopeNames(block.statements, lifted.get(block)), block, list, lifted);
}

/** The same for the statements of a case: whatever else is in the `switch` leaves. */
export function canLiftCase(
  source: Source,
  statements: readonly ts.Statement[],
  whole: ts.SwitchStatement,
  list: ts.Node,
  lifted: Lifted,
): boolean {
  return mayBring(source, scopeNames(statements, undefined), whole, list, lifted);
}

/** Whether `names` can be declared in `list`; what stands inside of `span` means them already. */
function mayBring(source: Source, names: ReadonlySet<string>, span: ts.Node, list: ts.Node, lifted: Lifted): boolean {
  if (names.size === 0) return true;
  if (ts.isCaseOrDefaultClause(list)) return false;
  if (ts.isSourceFile(list) && !isModule(list)) return false;
  const scope =
    ts.isBlock(list) && ts.isFunctionLike(list.parent)
      ? list.parent
      : ts.isBlock(list) && ts.isCatchClause(list.parent)
        ? list.parent
        : list;
  const taken = lifted.get(list) ?? new Set();
  if ([...names].some((name) => taken.has(name))) return false;
  if (source.identifiers.some((id) => names.has(id.text) && collides(source, id, span, scope))) return false;
  lifted.set(list, new Set([...taken, ...names]));
  return true;
}

/** Names that are bound to a block: its own declarations and those that were lifted into it. */
function scopeNames(statements: readonly ts.Statement[], lifted: ReadonlySet<string> | undefined): Set<string> {
  const names = new Set<string>(lifted);
  const add = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name);
  };
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) {
      if (statement.declarationList.flags & ts.NodeFlags.BlockScoped)
        for (const declaration of statement.declarationList.declarations) add(declaration.name);
    } else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement)
    ) {
      if (statement.name) names.add(statement.name.text);
    }
  }
  return names;
}

/** An identifier of the same name, in the scope but outside of the block, that is not bound deeper inside. */
function collides(source: Source, id: ts.Identifier, block: ts.Node, scope: ts.Node): boolean {
  if (isWithin(id, block) || !isWithin(id, scope)) return false;
  const declarations = source.symbolOf(id)?.declarations ?? [];
  return declarations.length === 0 || declarations.some((declaration) => !isBoundInside(declaration, scope));
}

function isBoundInside(declaration: ts.Node, scope: ts.Node): boolean {
  if (!isWithin(declaration, scope)) return false;
  const isVar =
    ts.isVariableDeclaration(declaration) && !(ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.BlockScoped);
  for (let node = declaration.parent; node && node !== scope; node = node.parent) {
    if (ts.isFunctionLike(node)) return true;
    if (isVar) continue;
    if (ts.isBlock(node) && node.parent !== scope) return true;
    if (ts.isCaseBlock(node) || ts.isModuleBlock(node) || ts.isCatchClause(node)) return true;
    if (ts.isForStatement(node) || ts.isForInStatement(node) || ts.isForOfStatement(node)) return true;
    if (ts.isClassLike(node) && node !== declaration) return true;
  }
  return false;
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return outer.pos <= node.pos && node.end <= outer.end;
}

/** A file with imports or exports, or a CommonJS one: its top level is a scope of its own. */
export function isModule(file: ts.SourceFile): boolean {
  return ts.isExternalModule(file) || /\brequire\s*\(|\bmodule\.exports\b|\bexports\.\w/.test(file.text);
}
