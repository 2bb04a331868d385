import { ts } from 'ts-morph';
import type { MemberUse } from './file-facts.ts';
import { nameOf } from './origins.ts';
import { rangeOf } from './parse.ts';
import type { Scopes } from './scope.ts';
import { valueExprOf } from './values.ts';

export interface Uses {
  readonly members: readonly MemberUse[];
  /** The value is passed on whole somewhere, so that members may be taken elsewhere. */
  readonly escapes: boolean;
}

/**
 * Members taken from what an expression yields: at once (`useFlags().x`), by destructuring, or through a constant
 * (`const flags = useFlags(); flags.x; const { y } = flags`).
 */
export function usesOf(expression: ts.Expression, scopes: Scopes): Uses {
  const found: MemberUse[] = [];
  const escapes = follow(expression, scopes, found, 0);
  return { members: found.sort((a, b) => a.range.start - b.range.start), escapes };
}

/** Collects member uses of a value that stands at `node`; true when it escapes. */
function follow(node: ts.Expression, scopes: Scopes, found: MemberUse[], depth: number): boolean {
  const parent = node.parent;
  if (
    ts.isAwaitExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isTypeAssertionExpression(parent)
  )
    return follow(parent, scopes, found, depth);
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    found.push(use(parent, parent.name, 'property', scopes.source));
    return false;
  }
  if (ts.isElementAccessExpression(parent) && parent.expression === node) {
    return taken(parent, parent.argumentExpression, 'property', scopes, found);
  }
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return false;
  // `flags?.x ?? ...` is a member; `flags ?? {}` may still be destructured.
  if (ts.isBinaryExpression(parent) && parent.left === node && isFallback(parent))
    return follow(parent, scopes, found, depth);
  if (ts.isVariableDeclaration(parent) && parent.initializer === node)
    return declared(parent.name, parent, scopes, found, depth);
  return !(ts.isIfStatement(parent) || ts.isPrefixUnaryExpression(parent) || isDependency(parent));
}

/** The list of what a React hook depends on: `useEffect(..., [flags])`. */
function isDependency(node: ts.Node): boolean {
  const call = node.parent;
  return (
    ts.isArrayLiteralExpression(node) &&
    ts.isCallExpression(call) &&
    call.arguments.indexOf(node) > 0 &&
    /^(?:React\.)?use[A-Z]/.test(call.expression.getText())
  );
}

function isFallback(node: ts.BinaryExpression): boolean {
  const kind = node.operatorToken.kind;
  return kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
}

function declared(
  name: ts.BindingName,
  declaration: ts.Declaration,
  scopes: Scopes,
  found: MemberUse[],
  depth: number,
): boolean {
  if (ts.isArrayBindingPattern(name)) return true;
  if (ts.isObjectBindingPattern(name)) return destructured(name, scopes, found);
  if (depth > 3 || isExportedVariable(declaration)) return true;
  let escapes = false;
  for (const reference of scopes.identifiers(name.text)) {
    if (reference === name || !isReference(reference)) continue;
    if (scopes.lookup(name.text, reference, 'value') !== declaration) continue;
    escapes = follow(reference, scopes, found, depth + 1) || escapes;
  }
  return escapes;
}

function destructured(pattern: ts.ObjectBindingPattern, scopes: Scopes, found: MemberUse[]): boolean {
  let escapes = false;
  for (const element of pattern.elements) {
    const key = element.propertyName ?? element.name;
    if (element.dotDotDotToken !== undefined) escapes = true;
    else if (ts.isComputedPropertyName(key))
      escapes = taken(element, key.expression, 'binding', scopes, found) || escapes;
    else if (nameOf(key) === undefined) escapes = true;
    else found.push(use(element, key, 'binding', scopes.source));
  }
  return escapes;
}

/** A member between brackets: a literal, or a name that other facts resolve; true when it is neither. */
function taken(
  node: ts.Node,
  index: ts.Expression,
  form: MemberUse['form'],
  scopes: Scopes,
  found: MemberUse[],
): boolean {
  const value = valueExprOf(index, scopes);
  const range = rangeOf(node, scopes.source);
  const nameRange = rangeOf(index, scopes.source);
  if (value.kind === 'string') found.push({ name: value.value, range, nameRange, form });
  else if (value.kind === 'name') found.push({ name: '', range, nameRange, form, computed: value });
  else return true;
  return false;
}

function use(node: ts.Node, name: ts.Node, form: MemberUse['form'], source: ts.SourceFile): MemberUse {
  return { name: nameOf(name)!, range: rangeOf(node, source), nameRange: rangeOf(name, source), form };
}

function isExportedVariable(declaration: ts.Declaration): boolean {
  const statement = declaration.parent.parent;
  return (
    ts.isVariableStatement(statement) &&
    (statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}

/** An identifier that is no name of a property, member or binding. */
function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isJsxAttribute(parent) || ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent)) return false;
  if (ts.isTypeQueryNode(parent)) return false;
  return true;
}
