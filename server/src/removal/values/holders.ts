import { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import { constantOf } from './constants.ts';
import { stepInto } from './fold-access.ts';
import { type Known, knownOf } from './known.ts';
import { isExportedStatement } from './position.ts';
import { isPure, isWritten } from './purity.ts';

/** A variable, element of a destructuring or parameter of a callback that holds a known value. */
export type Holder = ts.VariableDeclaration | ts.BindingElement | ts.ParameterDeclaration;

export interface Held {
  readonly holders: readonly (readonly [Holder, Known])[];
  /** Elements beside them that take something else of the read's result, and that nothing uses. */
  readonly idle: readonly ts.BindingElement[];
}

/** What a name, or a pattern, holds of a known value; undefined where the pattern takes something that is not known. */
export function heldBy(source: Source, holder: Holder, known: Known): Held | undefined {
  const { name } = holder;
  if (ts.isIdentifier(name)) return { holders: [[holder, known]], idle: [] };
  const holders: (readonly [Holder, Known])[] = [];
  const idle: ts.BindingElement[] = [];
  for (const [index, element] of name.elements.entries()) {
    if (ts.isOmittedExpression(element)) continue;
    const key = ts.isArrayBindingPattern(name) ? String(index) : elementKey(element);
    const part = key === undefined || element.dotDotDotToken ? undefined : stepInto(known, key);
    const inner = part && orDefault(source, element, part);
    if (!inner && isIdle(source, element)) idle.push(element);
    const held = inner && heldBy(source, element, inner);
    if (held) {
      holders.push(...held.holders);
      idle.push(...held.idle);
    } else if (!idle.includes(element)) return undefined;
  }
  return { holders, idle };
}

/** A member that is undefined has the default of the destructuring. */
function orDefault(source: Source, element: ts.BindingElement, known: Known): Known | undefined {
  if (known.value !== undefined || known.packing.kind !== 'bare' || !element.initializer) return known;
  const fallback = constantOf(source, element.initializer);
  return fallback && knownOf(fallback.value, known);
}

function isIdle(source: Source, element: ts.BindingElement): boolean {
  if (element.dotDotDotToken || !ts.isIdentifier(element.name)) return false;
  if (element.initializer && !isPure(element.initializer)) return false;
  const symbol = source.symbolOf(element.name);
  return symbol !== undefined && source.referencesOf(symbol).length === 0;
}

function elementKey(element: ts.BindingElement): string | undefined {
  const name = element.propertyName ?? element.name;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

export type Followed =
  | { readonly references: readonly ts.Identifier[]; readonly leaves: boolean }
  | { readonly reason: string };

/** A name in code that goes. */
export type IsDead = (id: ts.Identifier) => boolean;

/** The references of a holder, or why they cannot be followed. Those that are dead do not count. */
export function followHolder(source: Source, holder: Holder, isDead: IsDead): Followed {
  const { name } = holder;
  if (!ts.isIdentifier(name)) return { reason: 'The value is taken apart here; fold it by hand.' };
  const root = ts.isBindingElement(holder) ? patternRoot(holder) : holder;
  if (!root) return { reason: 'The flag arrives as a parameter; remove it there and at the callers by hand.' };
  if (ts.isBindingElement(holder) && hasRest(holder))
    return {
      reason: 'The rest of the record is taken as well (`...`); take the flag out of the destructuring by hand.',
    };
  const symbol = source.symbolOf(name);
  if (!symbol || (symbol.declarations?.length ?? 0) > 1)
    return { reason: `\`${name.text}\` is declared more than once; fold it by hand.` };
  const references = source.referencesOf(symbol).filter((reference) => !isDead(reference));
  if (references.some(isWritten))
    return { reason: `\`${name.text}\` is assigned again, so it does not always hold the flag; fold it by hand.` };
  if (references.some(isTypeQuery))
    return { reason: `\`${name.text}\` is used as a type (\`typeof ${name.text}\`); give that type by hand first.` };
  if (ts.isParameter(root)) return { references, leaves: !usesArguments(root.parent) };
  return followVariable(root, name.text, references);
}

function followVariable(root: ts.VariableDeclaration, name: string, references: readonly ts.Identifier[]): Followed {
  const list = root.parent;
  if (!ts.isVariableDeclarationList(list))
    return { reason: `\`${name}\` is declared more than once; fold it by hand.` };
  if (!(list.flags & ts.NodeFlags.BlockScoped) && !isSetBeforeUse(root, list, references))
    return { reason: `The \`var ${name}\` may be read before it is set; make it a \`const\` first.` };
  if (references.some((reference) => isReadTooEarly(reference, root)))
    return { reason: `\`${name}\` is read before it is set, which fails; mend that first.` };
  const uses = references.filter((reference) => !ts.isExportSpecifier(reference.parent));
  const leaves =
    uses.length === references.length && !isExportedStatement(list.parent) && ts.isVariableStatement(list.parent);
  return { references: uses, leaves };
}

/** Written above the declaration, in code that runs there: in the same function, or in one that is called where it stands. */
function isReadTooEarly(reference: ts.Identifier, root: ts.VariableDeclaration): boolean {
  if (reference.pos >= root.pos || ts.isExportSpecifier(reference.parent)) return false;
  const owner = ts.findAncestor(root, ts.isFunctionLike);
  for (let at: ts.Node = reference; ; ) {
    const around = ts.findAncestor(at.parent, ts.isFunctionLike);
    if (around === owner) return true;
    if (!around || !isCalledInPlace(around)) return false;
    at = around;
  }
}

function isCalledInPlace(node: ts.Node): boolean {
  let at = node;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  return ts.isCallExpression(at.parent) && at.parent.expression === at;
}

function patternRoot(element: ts.BindingElement): ts.VariableDeclaration | ts.ParameterDeclaration | undefined {
  const owner = element.parent.parent;
  if (ts.isBindingElement(owner)) return patternRoot(owner);
  return ts.isVariableDeclaration(owner) || isThenParameter(owner) ? owner : undefined;
}

/** A parameter of a function that is written as the argument of `.then`. */
function isThenParameter(node: ts.Node): node is ts.ParameterDeclaration {
  const call = ts.isParameter(node) ? node.parent.parent : undefined;
  return (
    call !== undefined &&
    ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression) &&
    call.expression.name.text === 'then'
  );
}

function usesArguments(owner: ts.Node): boolean {
  return !ts.isArrowFunction(owner) && /\barguments\b/.test(owner.getText());
}

function hasRest(element: ts.BindingElement): boolean {
  return element.parent.elements.some((other) => ts.isBindingElement(other) && other.dotDotDotToken !== undefined);
}

function isTypeQuery(reference: ts.Identifier): boolean {
  for (let node: ts.Node = reference; ; node = node.parent) {
    if (ts.isTypeQueryNode(node.parent)) return true;
    if (!ts.isQualifiedName(node.parent)) return false;
  }
}

/** A `var` is followed only where it stands plainly in its function, before its uses, and nothing runs before it. */
function isSetBeforeUse(
  root: ts.VariableDeclaration,
  list: ts.VariableDeclarationList,
  references: readonly ts.Identifier[],
): boolean {
  const statement = list.parent;
  if (!ts.isVariableStatement(statement)) return false;
  const scope = statement.parent;
  if (!ts.isSourceFile(scope) && !(ts.isBlock(scope) && ts.isFunctionLike(scope.parent))) return false;
  const before = scope.statements.slice(0, scope.statements.indexOf(statement));
  return references.every((reference) => reference.pos >= root.end) && before.every(runsNothing);
}

function runsNothing(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement) || ts.isFunctionDeclaration(statement)) return true;
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return true;
  if (ts.isExpressionStatement(statement)) return ts.isStringLiteral(statement.expression);
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(
    ({ initializer }) => !initializer || isPure(initializer) || isRequire(initializer),
  );
}

export function isRequire(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require';
}
