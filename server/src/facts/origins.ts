import { ts } from 'ts-morph';
import type { ModuleSymbol } from './file-facts.ts';
import { answersIn } from './origin-answers.ts';
import { placeOf } from './places.ts';
import { returnsOf } from './returns.ts';
import type { Scopes } from './scope.ts';

/** What is done to a value on the way: members taken by name, and calls as `'()'`. */
type Path = readonly string[];

const call = '()';
/** What a function is given by whom it is handed to. */
const given = '(given)';

/** Tells what expressions of one file derive from, as far as the file itself says. */
export interface Origins {
  /** Module symbols behind an expression, after the members and calls of `path`. */
  ofExpression(expression: ts.Expression, path?: Path): ModuleSymbol[];
  /** Module symbols behind a declared name, after the members and calls of `path`. */
  ofDeclaration(declaration: ts.Node, path?: Path): ModuleSymbol[];
  /** The same, with functions and members of types of this file themselves, by name (`placeOf`): what a callee may be. */
  calleesOf(expression: ts.Expression, path?: Path): ModuleSymbol[];
  /** What members of a type are, in the same way. */
  membersOf(type: ts.TypeNode, path: Path): ModuleSymbol[];
}

/**
 * Follows imports, declared types, initializers, assignments, destructuring, class members, and what functions return.
 * A union of all that may be: `a ?? b` derives from both. `await` and non-null marks change nothing.
 */
export function originsOf(all: Scopes): Origins {
  const { scopes, answer } = answersIn(all);
  const visiting = new Set<string>();
  let steps = 0;
  let withOwn = false;

  /** A function, or a member of a type, of this file. */
  function own(node: ts.Node): ModuleSymbol[] {
    const place = withOwn ? placeOf(node) : undefined;
    return place === undefined ? [] : [{ specifier: '', imported: place.name }];
  }

  /** Guards against cycles (`const a = b, b = a`) and against programs that are built to be deep. */
  function guarded(node: ts.Node, path: Path, derive: () => ModuleSymbol[]): ModuleSymbol[] {
    if (++steps > 3000 || visiting.size > 60 || path.length > 12) return [];
    const key = `${node.pos}:${node.end}:${node.kind}:${path.join('.')}`;
    if (visiting.has(key)) return [];
    visiting.add(key);
    try {
      return derive();
    } finally {
      visiting.delete(key);
    }
  }

  const fromExpression = (node: ts.Expression, path: Path): ModuleSymbol[] =>
    guarded(node, path, () => expression(node, path));
  const fromDeclaration = (node: ts.Node, path: Path): ModuleSymbol[] =>
    guarded(node, path, () => declared(node, path));
  const fromType = (node: ts.TypeNode | undefined, path: Path): ModuleSymbol[] =>
    node === undefined ? [] : guarded(node, path, () => type(node, path));
  const each = <T>(items: readonly T[] | undefined, derive: (item: T) => ModuleSymbol[]): ModuleSymbol[] =>
    (items ?? []).flatMap(derive);

  function expression(node: ts.Expression, path: Path): ModuleSymbol[] {
    if (ts.isIdentifier(node)) {
      const found = scopes.lookup(node.text, node, 'value');
      return found === undefined ? [] : fromDeclaration(found, path);
    }
    if (ts.isPropertyAccessExpression(node)) {
      const own = node.expression.kind === ts.SyntaxKind.ThisKeyword ? thisMember(node, node.name.text, path) : [];
      if (own.length > 0) return own;
      return [...fromExpression(node.expression, [node.name.text, ...path]), ...putOn(node, path)];
    }
    if (ts.isElementAccessExpression(node)) {
      const name = node.argumentExpression;
      return fromExpression(node.expression, ts.isStringLiteralLike(name) ? [name.text, ...path] : path);
    }
    if (ts.isCallExpression(node)) return called(node, path);
    if (ts.isNewExpression(node)) return constructed(node, path);
    if (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node))
      return fromExpression(node.expression, path);
    if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isTypeAssertionExpression(node))
      return [...fromType(node.type, path), ...fromExpression(node.expression, path)];
    if (ts.isConditionalExpression(node))
      return [...fromExpression(node.whenTrue, path), ...fromExpression(node.whenFalse, path)];
    if (ts.isBinaryExpression(node)) return binary(node, path);
    if (ts.isObjectLiteralExpression(node)) return objectMember(node, path);
    if (ts.isArrayLiteralExpression(node))
      return each(node.elements, (element) => (ts.isOmittedExpression(element) ? [] : fromExpression(element, path)));
    if (ts.isSpreadElement(node)) return fromExpression(node.expression, path);
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return returned(node, path);
    if (ts.isClassExpression(node)) return classMember(node, path);
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      const owner = enclosingClass(node);
      return owner === undefined ? [] : classMember(owner, path);
    }
    return [];
  }

  /** What another handler of the file puts on a request: `req.flags` after `req.flags = new GrowthBook()`. */
  function putOn({ expression: owner, name }: ts.PropertyAccessExpression, path: Path): ModuleSymbol[] {
    if (!ts.isIdentifier(owner) || !isParameter(owner)) return [];
    return each(scopes.assignments(name.text), ({ left, right }) => {
      const target = ts.isPropertyAccessExpression(left) ? left.expression : undefined;
      const isSame = target !== undefined && ts.isIdentifier(target) && target.text === owner.text;
      return isSame && isParameter(target) ? fromExpression(right, path) : [];
    });
  }

  function isParameter(name: ts.Identifier): boolean {
    const found = scopes.lookup(name.text, name, 'value');
    return found !== undefined && ts.isParameter(found);
  }

  function binary(node: ts.BinaryExpression, path: Path): ModuleSymbol[] {
    const kind = node.operatorToken.kind;
    if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken)
      return [...fromExpression(node.left, path), ...fromExpression(node.right, path)];
    const right =
      kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      kind === ts.SyntaxKind.CommaToken ||
      kind === ts.SyntaxKind.EqualsToken ||
      kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
      kind === ts.SyntaxKind.BarBarEqualsToken;
    return right ? fromExpression(node.right, path) : [];
  }

  function called(node: ts.CallExpression, path: Path): ModuleSymbol[] {
    const required = requiredModule(node);
    if (required !== undefined) return [symbol(required, '*', path)];
    const types = each(node.typeArguments, (argument) => fromType(argument, unwrapped(path)));
    const name = calleeName(node.expression);
    const first = node.arguments[0];
    if (first !== undefined && name !== undefined && passesOn.has(name))
      return [...types, ...context(first, unwrapped(path)), ...fromExpression(first, unwrapped(path))];
    if (first !== undefined && name !== undefined && passesResult.has(name))
      return [
        ...types,
        ...fromExpression(first, [call, ...unwrapped(path)]),
        ...fromExpression(first, unwrapped(path)),
      ];
    return [...types, ...fromExpression(node.expression, [call, ...path])];
  }

  /** A context of this file itself, by name: its providers say what it holds. */
  function context(node: ts.Expression, path: Path): ModuleSymbol[] {
    const found = ts.isIdentifier(node) ? scopes.lookup(node.text, node, 'value') : undefined;
    if (found === undefined || !ts.isVariableDeclaration(found) || !ts.isIdentifier(found.name)) return [];
    const made = found.initializer;
    const isContext =
      made !== undefined && ts.isCallExpression(made) && calleeName(made.expression) === 'createContext';
    return isContext && ts.isSourceFile(found.parent.parent.parent) ? [symbol('', found.name.text, path)] : [];
  }

  /** `new X()` is an instance: members of the class, or of what it extends, or of the imported class. */
  function constructed(node: ts.NewExpression, path: Path): ModuleSymbol[] {
    return [
      ...fromExpression(node.expression, path),
      ...each(node.typeArguments, (argument) => fromType(argument, path)),
    ];
  }

  function objectMember(node: ts.ObjectLiteralExpression, path: Path): ModuleSymbol[] {
    const [name, ...rest] = path;
    if (name === undefined) return [];
    const found: ModuleSymbol[] = [];
    for (const property of node.properties) {
      if (ts.isSpreadAssignment(property)) found.push(...fromExpression(property.expression, path));
      else if (property.name === undefined || nameOf(property.name) !== name) continue;
      else if (ts.isPropertyAssignment(property)) found.push(...fromExpression(property.initializer, rest));
      else if (ts.isShorthandPropertyAssignment(property)) {
        const target = scopes.lookup(name, node, 'value');
        if (target !== undefined) found.push(...fromDeclaration(target, rest));
      } else found.push(...accessorOrMethod(property, rest));
    }
    return found;
  }

  function accessorOrMethod(
    node: ts.MethodDeclaration | ts.AccessorDeclaration | ts.MethodSignature,
    path: Path,
  ): ModuleSymbol[] {
    if (ts.isGetAccessorDeclaration(node)) return returned(node, [call, ...path]);
    if (ts.isMethodSignature(node)) return path[0] === call ? fromType(node.type, path.slice(1)) : own(node);
    return ts.isSetAccessorDeclaration(node) ? [] : returned(node, path);
  }

  /** What a function yields when it is called: its declared return type, or else what it returns. */
  function returned(node: ts.FunctionLikeDeclaration, path: Path): ModuleSymbol[] {
    if (path[0] !== call) return path.length === 0 ? own(node) : [];
    const rest = path.slice(1);
    const declaredType = node.type ?? ts.getJSDocReturnType(node);
    const byType = fromType(declaredType, rest);
    if (byType.length > 0 || node.body === undefined) return byType;
    if (!ts.isBlock(node.body)) return fromExpression(node.body, rest);
    return each(returnsOf(node.body), (value) => fromExpression(value, rest));
  }

  function thisMember(at: ts.Node, name: string, path: Path): ModuleSymbol[] {
    const owner = enclosingClass(at);
    return owner === undefined ? [] : classMember(owner, [name, ...path]);
  }

  function classMember(node: ts.ClassLikeDeclaration, path: Path): ModuleSymbol[] {
    const [name, ...rest] = path;
    const found: ModuleSymbol[] = [];
    if (name !== undefined) {
      for (const member of node.members) {
        if (ts.isConstructorDeclaration(member)) {
          for (const parameter of member.parameters)
            if (ts.isParameterPropertyDeclaration(parameter, member) && nameOf(parameter.name) === name)
              found.push(...fromDeclaration(parameter, rest));
        } else if (member.name !== undefined && nameOf(member.name) === name)
          found.push(...fromDeclaration(member, rest));
      }
      for (const assignment of scopes.assignments(name))
        if (
          ts.isPropertyAccessExpression(assignment.left) &&
          assignment.left.expression.kind === ts.SyntaxKind.ThisKeyword &&
          enclosingClass(assignment) === node
        )
          found.push(...fromExpression(assignment.right, rest));
    }
    if (found.length > 0) return found;
    // The first type argument of a component is the type of its props.
    const props = name === 'props' ? rest : undefined;
    const inherited = each(node.heritageClauses, (clause) =>
      each(clause.types, (base) => [
        ...(clause.token === ts.SyntaxKind.ExtendsKeyword ? fromExpression(base.expression, path) : []),
        ...each(base.typeArguments, (argument) => [
          ...fromType(argument, path),
          ...(props === undefined ? [] : fromType(argument, props)),
        ]),
      ]),
    );
    if (props !== undefined) inherited.push(...wrapped(node, props));
    return path.length === 0 ? [...itself(node), ...inherited] : inherited;
  }

  function declared(node: ts.Node, path: Path): ModuleSymbol[] {
    const imported = importedSymbol(node);
    if (imported !== undefined) return [symbol(imported.specifier, imported.imported, path)];
    if (ts.isVariableDeclaration(node)) return variable(node, path);
    if (ts.isBindingElement(node)) return binding(node, path);
    if (ts.isParameter(node)) return parameter(node, path);
    if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)) return returned(node, path);
    if (ts.isMethodDeclaration(node) || ts.isAccessor(node) || ts.isMethodSignature(node))
      return accessorOrMethod(node, path);
    if (ts.isPropertyDeclaration(node)) return property(node, path);
    if (ts.isPropertySignature(node)) return [...fromType(node.type, path), ...(path.length === 0 ? own(node) : [])];
    if (ts.isClassLike(node)) return classMember(node, path);
    if (ts.isInterfaceDeclaration(node)) return interfaceMember(node, path);
    if (ts.isTypeAliasDeclaration(node))
      return [
        ...(path.length === 0 && ts.isTypeLiteralNode(node.type) ? itself(node) : []),
        ...fromType(node.type, path),
      ];
    if (ts.isTypeParameterDeclaration(node))
      return [...fromType(node.constraint, path), ...fromType(node.default, path)];
    return [];
  }

  function variable(node: ts.VariableDeclaration, path: Path): ModuleSymbol[] {
    const found = fromType(node.type ?? ts.getJSDocType(node), path);
    if (node.initializer !== undefined) found.push(...fromExpression(node.initializer, path));
    else if (ts.isForOfStatement(node.parent.parent))
      found.push(...fromExpression(node.parent.parent.expression, path));
    if (ts.isIdentifier(node.name) && (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) === 0)
      found.push(...assigned(node.name.text, node, path));
    return found;
  }

  /** Values that a `let` gets after its declaration. */
  function assigned(name: string, declaration: ts.Declaration, path: Path): ModuleSymbol[] {
    return scopes
      .assignments(name)
      .filter((node) => ts.isIdentifier(node.left) && scopes.lookup(name, node, 'value') === declaration)
      .flatMap((node) => fromExpression(node.right, path));
  }

  function property(node: ts.PropertyDeclaration, path: Path): ModuleSymbol[] {
    const found = fromType(node.type ?? ts.getJSDocType(node), path);
    if (node.initializer !== undefined) found.push(...fromExpression(node.initializer, path));
    const name = nameOf(node.name);
    for (const assignment of name === undefined ? [] : scopes.assignments(name))
      if (
        ts.isPropertyAccessExpression(assignment.left) &&
        (assignment.left.expression.kind === ts.SyntaxKind.ThisKeyword ||
          calleeName(assignment.left.expression) === node.parent.name?.text) &&
        enclosingClass(assignment) === node.parent
      )
        found.push(...fromExpression(assignment.right, path));
    return found;
  }

  function binding(node: ts.BindingElement, path: Path): ModuleSymbol[] {
    const pattern = node.parent;
    const named = ts.isObjectBindingPattern(pattern) && node.dotDotDotToken === undefined;
    const name = named ? nameOf(node.propertyName ?? node.name) : undefined;
    const taken = name === undefined ? path : [name, ...path];
    const found = fromDeclaration(pattern.parent, taken);
    if (node.initializer !== undefined) found.push(...fromExpression(node.initializer, path));
    return found;
  }

  function parameter(node: ts.ParameterDeclaration, path: Path): ModuleSymbol[] {
    const declaredType = node.type ?? ts.getJSDocType(node);
    const found = fromType(declaredType, path);
    if (node.initializer !== undefined) found.push(...fromExpression(node.initializer, path));
    const isOpen = declaredType === undefined || declaredType.kind === ts.SyntaxKind.AnyKeyword;
    return isOpen ? [...found, ...contextual(node, path)] : found;
  }

  /**
   * An untyped parameter: `client.ready().then((client) => ...)`, the props of `const Page: FC<Props> = (props) => ...`, what a
   * callback is given (`useSelector((client) => ...)`), or the props of a component that somebody wraps.
   */
  function contextual(node: ts.ParameterDeclaration, path: Path): ModuleSymbol[] {
    const owner = node.parent;
    if (ts.isFunctionDeclaration(owner)) return owner.parameters[0] === node ? wrapped(owner, path) : [];
    if (!ts.isArrowFunction(owner) && !ts.isFunctionExpression(owner)) return [];
    const user = owner.parent;
    if (ts.isVariableDeclaration(user)) {
      if (user.type !== undefined && ts.isTypeReferenceNode(user.type))
        return each(user.type.typeArguments, (argument) => fromType(argument, path));
      return owner.parameters[0] === node ? wrapped(user, path) : [];
    }
    const taker = takerOf(owner);
    if (taker === undefined) return [];
    const callee = taker.expression;
    if (ts.isPropertyAccessExpression(callee) && elementMethods.has(callee.name.text))
      return owner.parameters[0] === node && user === taker ? fromExpression(callee.expression, path) : [];
    return handedBy(taker, path);
  }

  /** What the callee of a call hands to a function or component that it is given: `compose(withClient, connect)(Page)` too. */
  function handedBy(taker: ts.CallExpression, path: Path): ModuleSymbol[] {
    const handed = [given, ...path];
    const makers = ts.isCallExpression(taker.expression) ? taker.expression.arguments : undefined;
    return [...fromExpression(taker.expression, handed), ...each(makers, (maker) => fromExpression(maker, handed))];
  }

  /** Props of a component of this file that is handed to a call by its name: `export default withClient(Page)`. */
  function wrapped(component: ts.FunctionDeclaration | ts.VariableDeclaration | ts.ClassLikeDeclaration, path: Path) {
    const { name } = component;
    if (name === undefined || !ts.isIdentifier(name) || !/^[A-Z]/.test(name.text)) return [];
    return each(scopes.references(name, component), (one) =>
      ts.isCallExpression(one.parent) && one.parent.arguments.includes(one) ? handedBy(one.parent, path) : [],
    );
  }

  function interfaceMember(node: ts.InterfaceDeclaration, path: Path): ModuleSymbol[] {
    const found = path.length === 0 ? itself(node) : typeMember(node.members, path);
    if (path.length > 0 && found.length > 0) return found;
    const inherited = each(node.heritageClauses, (clause) => each(clause.types, (base) => typeExpression(base, path)));
    return [...found, ...inherited];
  }

  function typeMember(members: readonly ts.TypeElement[], path: Path): ModuleSymbol[] {
    const [name, ...rest] = path;
    if (name === undefined) return [];
    const found: ModuleSymbol[] = [];
    for (const member of members) {
      if (name === call && ts.isCallSignatureDeclaration(member)) found.push(...fromType(member.type, rest));
      else if (member.name !== undefined && nameOf(member.name) === name) found.push(...fromDeclaration(member, rest));
    }
    return found;
  }

  function typeExpression(node: ts.ExpressionWithTypeArguments, path: Path): ModuleSymbol[] {
    const found = each(node.typeArguments, (argument) => fromType(argument, path));
    if (!ts.isIdentifier(node.expression)) return [...found, ...fromExpression(node.expression, path)];
    const target = scopes.lookup(node.expression.text, node, 'type');
    return target === undefined ? found : [...found, ...fromDeclaration(target, path)];
  }

  function type(node: ts.TypeNode, path: Path): ModuleSymbol[] {
    if (ts.isTypeReferenceNode(node)) {
      const found = entity(node.typeName, path, 'type');
      return [...found, ...each(node.typeArguments, (argument) => fromType(argument, path))];
    }
    if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node))
      return each(node.types, (member) => fromType(member, path));
    if (ts.isParenthesizedTypeNode(node) || ts.isOptionalTypeNode(node) || ts.isRestTypeNode(node))
      return fromType(node.type, path);
    if (ts.isTypeOperatorNode(node)) return fromType(node.type, path);
    if (ts.isArrayTypeNode(node)) return fromType(node.elementType, path);
    if (ts.isTupleTypeNode(node)) return each(node.elements, (element) => fromType(element, path));
    if (ts.isNamedTupleMember(node)) return fromType(node.type, path);
    if (ts.isTypeLiteralNode(node)) return typeMember(node.members, path);
    if (ts.isFunctionTypeNode(node)) return path[0] === call ? fromType(node.type, path.slice(1)) : [];
    if (ts.isTypeQueryNode(node)) return entity(node.exprName, path, 'value');
    if (ts.isIndexedAccessTypeNode(node)) {
      const index = node.indexType;
      const named = ts.isLiteralTypeNode(index) && ts.isStringLiteral(index.literal) ? [index.literal.text] : [];
      return fromType(node.objectType, [...named, ...path]);
    }
    if (ts.isImportTypeNode(node)) return importType(node, path);
    if (ts.isJSDocNullableType(node) || ts.isJSDocNonNullableType(node) || ts.isJSDocOptionalType(node))
      return fromType(node.type, path);
    if (ts.isJSDocTypeExpression(node)) return fromType(node.type, path);
    return [];
  }

  function entity(name: ts.EntityName, path: Path, meaning: 'type' | 'value'): ModuleSymbol[] {
    if (ts.isQualifiedName(name))
      return entity(name.left, [name.right.text, ...path], meaning === 'type' ? 'type' : meaning);
    const found = scopes.lookup(name.text, name, meaning);
    return found === undefined ? [] : fromDeclaration(found, path);
  }

  function start(own: boolean, derive: () => ModuleSymbol[]): ModuleSymbol[] {
    steps = 0;
    withOwn = own;
    return distinct(derive());
  }

  return {
    ofExpression: (node, path = []) =>
      answer(node, 'value', path, () => start(false, () => fromExpression(node, path))),
    ofDeclaration: (node, path = []) =>
      answer(node, 'name', path, () => start(false, () => fromDeclaration(node, path))),
    calleesOf: (node, path = []) => answer(node, 'callee', path, () => start(true, () => fromExpression(node, path))),
    membersOf: (node, path) => answer(node, 'member', path, () => start(true, () => fromType(node, path))),
  };
}

/** Functions whose result stands for their first argument, and those whose result stands for what it returns. */
const passesOn = new Set(
  'useContext use useRef useState createContext inject freeze seal resolve once memoize memo useCallback ref shallowRef markRaw toRaw all cache lazy'.split(
    ' ',
  ),
);
const passesResult = new Set(['useMemo', 'computed']);
const elementMethods = new Set(['then', 'map', 'forEach', 'find', 'filter', 'some', 'every', 'flatMap']);

/** The call that takes a function: as an argument, or as a member of one (`init({ loaded: (client) => ... })`). */
function takerOf(owner: ts.Expression): ts.CallExpression | undefined {
  const { parent } = owner;
  const member = ts.isPropertyAssignment(parent) && ts.isObjectLiteralExpression(parent.parent) ? parent.parent : owner;
  const user = member.parent;
  return ts.isCallExpression(user) && user.arguments.includes(member) ? user : undefined;
}

/** A class or interface of the file's top level, by name: what has it may have its members taken in another file. */
function itself(node: ts.ClassLikeDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration): ModuleSymbol[] {
  if (!ts.isSourceFile(node.parent)) return [];
  return [{ specifier: '', imported: node.name?.text ?? 'default' }];
}

/** Members that a holder adds: `ref.current`, `ref.value`. */
function unwrapped(path: Path): Path {
  return path[0] === 'current' || path[0] === 'value' ? path.slice(1) : path;
}

/** A symbol in its plainest form: a member of a namespace is that export. */
function symbol(specifier: string, imported: string, path: Path): ModuleSymbol {
  const [first, ...rest] = path;
  if (imported === '*' && first !== undefined && first !== call) return symbol(specifier, first, rest);
  return path.length === 0 ? { specifier, imported } : { specifier, imported, path };
}

function distinct(symbols: readonly ModuleSymbol[]): ModuleSymbol[] {
  if (symbols.length < 2) return [...symbols];
  return [...new Map(symbols.map((one) => [JSON.stringify([one.specifier, one.imported, one.path]), one])).values()];
}

/** The module behind `require('x')` and `import('x')`. */
export function requiredModule(node: ts.CallExpression): string | undefined {
  const argument = node.arguments[0];
  if (argument === undefined || !ts.isStringLiteralLike(argument)) return undefined;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return argument.text;
  return ts.isIdentifier(node.expression) && node.expression.text === 'require' ? argument.text : undefined;
}

/** What an import binding names. */
export function importedSymbol(node: ts.Node): ModuleSymbol | undefined {
  const imported = importedName(node);
  if (imported === undefined) return undefined;
  if (ts.isImportEqualsDeclaration(node)) {
    const reference = node.moduleReference;
    if (!ts.isExternalModuleReference(reference) || !ts.isStringLiteralLike(reference.expression)) return undefined;
    return { specifier: reference.expression.text, imported };
  }
  for (let at: ts.Node = node; at !== undefined; at = at.parent)
    if (ts.isImportDeclaration(at) && ts.isStringLiteralLike(at.moduleSpecifier))
      return { specifier: at.moduleSpecifier.text, imported };
  return undefined;
}

function importedName(node: ts.Node): string | undefined {
  if (ts.isImportSpecifier(node)) return (node.propertyName ?? node.name).text;
  if (ts.isImportClause(node)) return 'default';
  return ts.isNamespaceImport(node) || ts.isImportEqualsDeclaration(node) ? '*' : undefined;
}

function importType(node: ts.ImportTypeNode, path: Path): ModuleSymbol[] {
  const argument = node.argument;
  if (!ts.isLiteralTypeNode(argument) || !ts.isStringLiteral(argument.literal)) return [];
  const names: string[] = [];
  for (let name = node.qualifier; name !== undefined; name = ts.isQualifiedName(name) ? name.left : undefined)
    names.unshift(ts.isQualifiedName(name) ? name.right.text : name.text);
  return [symbol(argument.literal.text, '*', [...names, ...path])];
}

/** The name of a property, parameter or binding when it is a plain one. */
export function nameOf(name: ts.Node): string | undefined {
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  return ts.isNumericLiteral(name) ? name.text : undefined;
}

function calleeName(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
}

function enclosingClass(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  for (let at: ts.Node = node.parent; at !== undefined; at = at.parent) {
    if (ts.isClassLike(at)) return at;
    // A plain function has its own `this`.
    if (ts.isFunctionDeclaration(at) || ts.isFunctionExpression(at)) return undefined;
  }
  return undefined;
}
