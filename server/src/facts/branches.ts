import { ts } from 'ts-morph';
import { unwrap } from './run-time.ts';

/** How many branches a node opens, and how many of them do more than choose what to render. */
export function branchesAt(node: ts.Node): { all: number; logic: number } {
  switch (node.kind) {
    case ts.SyntaxKind.IfStatement:
      return counted(!rendersOnly((node as ts.IfStatement).thenStatement));
    case ts.SyntaxKind.ConditionalExpression: {
      const { whenTrue, whenFalse } = node as ts.ConditionalExpression;
      return isLogged(node) ? none : counted(!isRendered(node) && !isJsx(whenTrue) && !isJsx(whenFalse));
    }
    case ts.SyntaxKind.BinaryExpression:
      return isChoice((node as ts.BinaryExpression).operatorToken.kind) && !isLogged(node)
        ? counted(!isRendered(node))
        : none;
    case ts.SyntaxKind.CaseClause:
    case ts.SyntaxKind.CatchClause:
    case ts.SyntaxKind.ForStatement:
    case ts.SyntaxKind.ForInStatement:
    case ts.SyntaxKind.ForOfStatement:
    case ts.SyntaxKind.WhileStatement:
    case ts.SyntaxKind.DoStatement:
      return counted(true);
    default:
      return none;
  }
}

const none = { all: 0, logic: 0 };

function counted(logic: boolean): { all: number; logic: number } {
  return { all: 1, logic: logic ? 1 : 0 };
}

function isChoice(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.AmpersandAmpersandToken ||
    operator === ts.SyntaxKind.BarBarToken ||
    operator === ts.SyntaxKind.QuestionQuestionToken ||
    operator === ts.SyntaxKind.AmpersandAmpersandEqualsToken ||
    operator === ts.SyntaxKind.BarBarEqualsToken ||
    operator === ts.SyntaxKind.QuestionQuestionEqualsToken
  );
}

/** `return <Spinner />` or `return null` in a component. */
function rendersOnly(statement: ts.Statement): boolean {
  const only = ts.isBlock(statement) && statement.statements.length === 1 ? statement.statements[0]! : statement;
  if (!ts.isReturnStatement(only) || !only.expression) return false;
  return isJsx(only.expression) || (unwrap(only.expression).kind === ts.SyntaxKind.NullKeyword && inComponent(only));
}

function inComponent(node: ts.Node): boolean {
  const owner = ts.findAncestor(node, ts.isFunctionLike);
  return owner !== undefined && /<\w/.test(owner.getText()) && /\.[jt]sx$/.test(owner.getSourceFile().fileName);
}

/** Within JSX, up to the next function: `{on && <Badge />}`, `className={active ? 'on' : 'off'}`. */
function isRendered(node: ts.Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isJsxExpression(at)) return true;
    if (ts.isFunctionLike(at) || ts.isStatement(at)) return false;
  }
  return false;
}

const logs = /^(?:this\.)?(?:\w*[lL]og(?:ger)?|console)\.\w+$/;

/** Among the arguments of a log: it chooses words. */
function isLogged(node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isFunctionLike(at) && !ts.isStatement(at); at = at.parent)
    if (ts.isCallExpression(at) && logs.test(at.expression.getText())) return true;
  return false;
}

function isJsx(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  return ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
}
