import { ts } from 'ts-morph';

type Wrapper =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion;

/** Expressions that stand around another one and change nothing at run time. */
export function isWrapper(node: ts.Node): node is Wrapper {
  switch (node.kind) {
    case ts.SyntaxKind.ParenthesizedExpression:
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.SatisfiesExpression:
    case ts.SyntaxKind.NonNullExpression:
    case ts.SyntaxKind.TypeAssertionExpression:
      return true;
    default:
      return false;
  }
}

/** The expression inside of parentheses, `as`, `satisfies` and `!`. */
export function unwrap(node: ts.Expression): ts.Expression {
  let at = node;
  while (isWrapper(at)) at = at.expression;
  return at;
}

/** Nodes that leave no trace at run time, and those that only arrange code: imports, re-exports, empty statements. */
export function isTypeOnly(node: ts.Node): boolean {
  switch (node.kind) {
    case ts.SyntaxKind.Identifier:
    case ts.SyntaxKind.PropertyAccessExpression:
    case ts.SyntaxKind.CallExpression:
    case ts.SyntaxKind.ExpressionWithTypeArguments:
      return false;
    case ts.SyntaxKind.TypeParameter:
    case ts.SyntaxKind.InterfaceDeclaration:
    case ts.SyntaxKind.TypeAliasDeclaration:
    case ts.SyntaxKind.IndexSignature:
    case ts.SyntaxKind.ImportDeclaration:
    case ts.SyntaxKind.ExportDeclaration:
    case ts.SyntaxKind.EmptyStatement:
      return true;
    case ts.SyntaxKind.HeritageClause:
      return (node as ts.HeritageClause).token === ts.SyntaxKind.ImplementsKeyword;
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.MethodDeclaration:
    case ts.SyntaxKind.Constructor:
      return !(node as ts.FunctionDeclaration).body;
    case ts.SyntaxKind.PropertyDeclaration:
      return !(node as ts.PropertyDeclaration).initializer && !ts.getDecorators(node as ts.PropertyDeclaration)?.length;
    case ts.SyntaxKind.VariableStatement:
    case ts.SyntaxKind.ClassDeclaration:
    case ts.SyntaxKind.EnumDeclaration:
    case ts.SyntaxKind.ModuleDeclaration:
      return isAmbient(node as ts.VariableStatement);
    default:
      return ts.isTypeNode(node);
  }
}

function isAmbient(
  node: ts.VariableStatement | ts.ClassDeclaration | ts.EnumDeclaration | ts.ModuleDeclaration,
): boolean {
  return node.modifiers?.some((one) => one.kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

const silent: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PublicKeyword,
  ts.SyntaxKind.PrivateKeyword,
  ts.SyntaxKind.ProtectedKeyword,
  ts.SyntaxKind.ReadonlyKeyword,
  ts.SyntaxKind.OverrideKeyword,
  ts.SyntaxKind.AbstractKeyword,
  ts.SyntaxKind.ExportKeyword,
  ts.SyntaxKind.DefaultKeyword,
  ts.SyntaxKind.DeclareKeyword,
  ts.SyntaxKind.ConstKeyword,
  ts.SyntaxKind.QuestionToken,
  ts.SyntaxKind.ExclamationToken,
  ts.SyntaxKind.ColonToken,
  ts.SyntaxKind.EqualsGreaterThanToken,
  ts.SyntaxKind.EndOfFileToken,
]);

/** Tokens that say nothing at run time: access modifiers, `export`, `readonly`, optional marks. */
export function isSilentToken(node: ts.Node): boolean {
  return silent.has(node.kind);
}
