import { ts } from 'ts-morph';

/** What leads to a value: members by name, and calls as `'()'`. */
export type PlacePath = readonly string[];

/** A name of this file by which a value can be reached, and the node that says it. */
export interface NamedPlace {
  readonly name: string;
  readonly node: ts.Node;
}

/** Calls that stand for their first argument, and those that stand for what it returns. */
const keepers = new Set(
  'useCallback useEvent useEffectEvent cache memo memoize once observer forwardRef freeze reactive markRaw shallowReactive action runInAction'.split(
    ' ',
  ),
);
const callers = new Set(['useMemo', 'computed']);

/**
 * The name of a function, method, or member of a type: `useFeature`, `FlagService.isOn`, `useFlags().isOn` for a member of what
 * `useFlags` returns, `Page>isOn` for a function inside of another. Undefined where nothing names it.
 */
export function placeOf(node: ts.Node): NamedPlace | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node))
    return within(node, node.name?.text ?? 'default', node.name ?? node);
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
    return within(node, node.name.text, node.name);
  if (ts.isClassElement(node) || ts.isObjectLiteralElementLike(node) || ts.isTypeElement(node)) return member(node);
  if (ts.isVariableDeclaration(node))
    return ts.isIdentifier(node.name) ? within(node.parent.parent, node.name.text, node.name) : undefined;
  return ts.isExpression(node) ? standing(node) : undefined;
}

/** The segments of a place, written as one name. */
export function dotted(segments: PlacePath): string {
  return segments.reduce(
    (name, segment) => (segment === '()' ? `${name}()` : name === '' ? segment : `${name}.${segment}`),
    '',
  );
}

/** The expression around `node` that stands for the same value: through types, `useCallback(...)`, `useMemo(() => ...)`. */
export function held(node: ts.Expression): ts.Expression {
  let at = node;
  for (;;) {
    const { parent } = at;
    if (
      ts.isParenthesizedExpression(parent) ||
      ts.isAsExpression(parent) ||
      ts.isSatisfiesExpression(parent) ||
      ts.isNonNullExpression(parent) ||
      ts.isTypeAssertionExpression(parent) ||
      ts.isAwaitExpression(parent)
    )
      at = parent;
    else if (ts.isCallExpression(parent) && parent.arguments[0] === at && keepers.has(calledName(parent))) at = parent;
    else {
      const call = calledWith(at);
      if (call === undefined) return at;
      at = call;
    }
  }
}

/** `useMemo(() => value)` for a `value` that its function returns. */
function calledWith(at: ts.Expression): ts.CallExpression | undefined {
  const { parent } = at;
  const owner = ts.isArrowFunction(parent) ? parent : ts.isReturnStatement(parent) ? functionAround(parent) : undefined;
  if (owner === undefined || owner === at || !(ts.isArrowFunction(owner) || ts.isFunctionExpression(owner))) return;
  if (ts.isArrowFunction(parent) && parent.body !== at) return undefined;
  const call = owner.parent;
  return ts.isCallExpression(call) && call.arguments[0] === owner && callers.has(calledName(call)) ? call : undefined;
}

function standing(node: ts.Expression): NamedPlace | undefined {
  const at = held(node);
  const { parent } = at;
  if (ts.isVariableDeclaration(parent) && parent.initializer === at) return placeOf(parent);
  if (ts.isPropertyAssignment(parent) && parent.initializer === at) return member(parent);
  if (ts.isPropertyDeclaration(parent) && parent.initializer === at) return member(parent);
  if (ts.isExportAssignment(parent)) return { name: parent.isExportEquals ? 'export=' : 'default', node: at };
  if (ts.isBinaryExpression(parent) && parent.right === at) return assigned(parent);
  const owner = returnedBy(at);
  if (owner === undefined) return undefined;
  const outer = placeOf(owner);
  return outer === undefined ? undefined : { name: `${outer.name}()`, node: at };
}

/** The function that yields an expression when it is called. */
export function returnedBy(at: ts.Expression): ts.FunctionLikeDeclaration | undefined {
  const { parent } = at;
  if (ts.isArrowFunction(parent)) return parent.body === at ? parent : undefined;
  return ts.isReturnStatement(parent) ? functionAround(parent) : undefined;
}

export function functionAround(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent)
    if (ts.isFunctionLike(at)) return at as ts.FunctionLikeDeclaration;
  return undefined;
}

function member(node: ts.ClassElement | ts.ObjectLiteralElementLike | ts.TypeElement): NamedPlace | undefined {
  const name = node.name === undefined ? undefined : plainName(node.name);
  if (name === undefined) return undefined;
  const owner = ownerOf(node.parent);
  return owner === undefined ? undefined : { name: `${owner.name}.${name}`, node: node.name! };
}

function ownerOf(node: ts.Node): NamedPlace | undefined {
  if (!ts.isTypeLiteralNode(node)) return placeOf(node);
  if (ts.isTypeAliasDeclaration(node.parent)) return placeOf(node.parent);
  return ts.isPropertySignature(node.parent) ? member(node.parent) : undefined;
}

/** `exports.isOn = ...`, `module.exports = ...`, `this.isOn = ...`, `Flags.isOn = ...`. */
function assigned({ left, operatorToken }: ts.BinaryExpression): NamedPlace | undefined {
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left)) return undefined;
  const owner = left.expression;
  const name = left.name.text;
  if (ts.isIdentifier(owner)) {
    if (owner.text === 'exports') return { name, node: left.name };
    if (owner.text === 'module' && name === 'exports') return { name: 'export=', node: left };
    return { name: `${owner.text}.${name}`, node: left.name };
  }
  if (owner.kind === ts.SyntaxKind.ThisKeyword) {
    const holder = ts.findAncestor(left, ts.isClassLike);
    const place = holder && placeOf(holder);
    return place && { name: `${place.name}.${name}`, node: left.name };
  }
  const whole = ts.isPropertyAccessExpression(owner) && owner.getText() === 'module.exports';
  return whole ? { name, node: left.name } : undefined;
}

/** A declaration's name with what is around it: a namespace, or a function. */
function within(node: ts.Node, name: string, nameNode: ts.Node): NamedPlace {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (ts.isModuleDeclaration(at)) {
      const outer = within(at, at.name.text, at.name);
      return { name: `${outer.name}.${name}`, node: nameNode };
    }
    if (!ts.isFunctionLike(at)) continue;
    const outer = placeOf(at)?.name ?? `@${at.pos}`;
    return { name: `${outer}>${name}`, node: nameNode };
  }
  return { name, node: nameNode };
}

/** The last name of what is called; '' where there is none. */
export function calledName({ expression }: ts.CallExpression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

function plainName(name: ts.PropertyName | ts.BindingName): string | undefined {
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  return undefined;
}
