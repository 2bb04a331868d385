import { ts } from 'ts-morph';
import { knownPackage } from '../../flags/catalogue.ts';
import type { Source } from '../source.ts';
import { isBuiltIn } from '../values/built-ins.ts';
import { isQuiet, skipParens } from '../values/purity.ts';

/**
 * True when a call of a function, of this file or of one that it imports, does nothing but to look something up: nobody misses
 * it where its result is not used. A hook that throws because it has no provider counts as quiet.
 */
export function isQuietCalled(source: Source, node: ts.Expression): boolean {
  const call = skipParens(node);
  return ts.isCallExpression(call) && quietness(source.wideChecker()).isQuietCall(call, 0);
}

const deepest = 6;

function quietness(checker: ts.TypeChecker) {
  const isGlobal = (id: ts.Identifier): boolean => !checker.getSymbolAtLocation(id)?.declarations?.length;
  const quiet = (node: ts.Node, depth: number): boolean =>
    isQuiet(node, (call) => isBuiltIn(isGlobal, call) || (ts.isCallExpression(call) && isQuietCall(call, depth)));

  const isQuietCall = (call: ts.CallExpression, depth: number): boolean => {
    const callee = call.expression;
    if (!ts.isIdentifier(callee) || depth > deepest) return false;
    const symbol = checker.getSymbolAtLocation(callee);
    if (!symbol || !call.arguments.every((arg) => quiet(arg, depth))) return false;
    if (isLookUp(symbol)) return true;
    const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const body = bodyOf(meant.valueDeclaration);
    if (!body) return false;
    return ts.isBlock(body) ? body.statements.every((one) => isQuietStatement(one, depth + 1)) : quiet(body, depth + 1);
  };

  const isQuietStatement = (node: ts.Statement, depth: number): boolean => {
    if (ts.isBlock(node)) return node.statements.every((one) => isQuietStatement(one, depth));
    if (ts.isVariableStatement(node))
      return node.declarationList.declarations.every(({ initializer }) => !initializer || quiet(initializer, depth));
    if (ts.isReturnStatement(node)) return !node.expression || quiet(node.expression, depth);
    if (ts.isExpressionStatement(node)) return isOwnEffect(checker, node.expression);
    if (ts.isIfStatement(node)) {
      const { expression, thenStatement, elseStatement } = node;
      const branches = elseStatement ? [thenStatement, elseStatement] : [thenStatement];
      return quiet(expression, depth) && branches.every((one) => isQuietBranch(one, depth));
    }
    return ts.isFunctionDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
  };

  const isQuietBranch = (node: ts.Statement, depth: number): boolean => {
    const [only] = ts.isBlock(node) && node.statements.length === 1 ? node.statements : [node];
    return only && ts.isThrowStatement(only) ? isNewError(only.expression) : isQuietStatement(node, depth);
  };

  return { isQuietCall };
}

/** `useEffect(() => client.onChange(() => setOn(client.on)))`: it listens, and tells nobody but the hook itself. */
function isOwnEffect(checker: ts.TypeChecker, node: ts.Expression): boolean {
  if (!ts.isCallExpression(node) || !/^(?:React\.)?use(?:Layout)?Effect$/.test(node.expression.getText())) return false;
  const [effect] = node.arguments;
  if (!effect || !(ts.isArrowFunction(effect) || ts.isFunctionExpression(effect))) return false;
  const isOwn = (inner: ts.Node): boolean => {
    if (ts.isCallExpression(inner) && !isSetter(checker, inner.expression) && !listens(inner.expression)) return false;
    if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.EqualsToken) return false;
    if (ts.isNewExpression(inner) || ts.isAwaitExpression(inner) || ts.isDeleteExpression(inner)) return false;
    return ts.forEachChild(inner, (child) => !isOwn(child)) !== true;
  };
  return isOwn(effect.body);
}

function listens(callee: ts.Expression): boolean {
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  return /^(?:on|off|once|addEventListener|removeEventListener|addListener|removeListener|subscribe|unsubscribe|on[A-Z]\w*)$/.test(
    name,
  );
}

/** `setOn` of `const [on, setOn] = useState(false)`. */
function isSetter(checker: ts.TypeChecker, callee: ts.Expression): boolean {
  const element = ts.isIdentifier(callee) && checker.getSymbolAtLocation(callee)?.valueDeclaration;
  if (!element || !ts.isBindingElement(element) || !ts.isArrayBindingPattern(element.parent)) return false;
  const owner = element.parent.parent;
  const made = ts.isVariableDeclaration(owner) && owner.initializer;
  return !!made && ts.isCallExpression(made) && /^(?:React\.)?use(?:State|Reducer)$/.test(made.expression.getText());
}

function isNewError(node: ts.Expression): boolean {
  return ts.isNewExpression(node) && (node.arguments ?? []).every(ts.isStringLiteralLike);
}

/** The body of a function that runs at once when it is called. */
function bodyOf(declaration: ts.Declaration | undefined): ts.ConciseBody | undefined {
  const made =
    declaration && ts.isVariableDeclaration(declaration) && isConst(declaration)
      ? declaration.initializer
      : declaration;
  if (!made || !(ts.isFunctionDeclaration(made) || ts.isFunctionExpression(made) || ts.isArrowFunction(made)))
    return undefined;
  const isPlain =
    !made.asteriskToken &&
    made.parameters.every(({ initializer }) => !initializer || isQuiet(initializer, () => false));
  return isPlain ? made.body : undefined;
}

function isConst({ parent }: ts.VariableDeclaration): boolean {
  return ts.isVariableDeclarationList(parent) && (parent.flags & ts.NodeFlags.Const) !== 0;
}

/** A hook of a library that keeps something for the component, or tells what a provider around it holds; also of flags. */
function isLookUp(symbol: ts.Symbol): boolean {
  const specifier = symbol.declarations?.find(isImported);
  if (!specifier) return false;
  const from = (ts.isImportClause(specifier) ? specifier : specifier.parent.parent).parent.moduleSpecifier;
  if (!ts.isStringLiteral(from)) return false;
  const name = (ts.isImportClause(specifier) ? specifier.name : (specifier.propertyName ?? specifier.name))?.text ?? '';
  if (knownPackage(from.text) !== undefined) return /^use[A-Z]/.test(name);
  return lookUps.some(([module, names]) => module.test(from.text) && names.test(name));
}

function isImported(node: ts.Declaration): node is ts.ImportSpecifier | ts.ImportClause {
  return ts.isImportSpecifier(node) || ts.isImportClause(node);
}

const lookUps: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:react|preact\/hooks)$/, /^use(?:Context|State|Reducer|Ref|Memo|Callback|Id|DeferredValue)$/],
  [/^react-router(?:-dom)?$/, /^use(?:Location|Params|Navigate|SearchParams|Match|Matches|Href|NavigationType)$/],
  [/^next\/(?:router|navigation)$/, /^use(?:Router|Pathname|SearchParams|Params|SelectedLayoutSegments?)$/],
  [/^react-redux$/, /^use(?:Selector|Dispatch|Store)$/],
  [/^(?:@mui\/material|@mui\/system|@emotion\/react|styled-components)(?:\/|$)/, /^use(?:Theme|MediaQuery)$/],
];
