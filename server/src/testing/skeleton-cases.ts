import { ts } from 'ts-morph';
import { isFunction } from '../wrap/syntax.ts';
import { inWords, negatedInWords, said } from './skeleton-words.ts';

/** One test case: a branch of a function. */
export interface TestCase {
  readonly title: string;
  readonly throws: boolean;
}

/**
 * One case for each branch of a function: `if` and its `else`, early return, throw, ternary, `??`, default, `case`, `catch`;
 * and one for the way through when none of them is taken. Titles are plain words made from the conditions.
 */
export function casesOf(fn: ts.FunctionLikeDeclaration, file: ts.SourceFile): TestCase[] {
  const found: TestCase[] = [];
  const add = (title: string, throws = false): void => {
    const line = title.replace(/\s+/g, ' ').trim();
    if (!found.some((one) => one.title === line)) found.push({ title: line, throws });
  };
  for (const parameter of fn.parameters)
    if (parameter.initializer !== undefined)
      add(`uses ${said(parameter.initializer, file)} when ${said(parameter.name, file)} is left out`);
  let straight = true;
  const visit = (node: ts.Node): void => {
    if (ts.isIfStatement(node)) branch(node);
    else if (ts.isConditionalExpression(node)) {
      add(`when ${inWords(node.condition, file)}`);
      add(`when ${negatedInWords(node.condition, file)}`);
      straight = false;
    } else if (ts.isBinaryExpression(node) && isFallback(node))
      add(`falls back to ${said(node.right, file)} when ${said(node.left, file)} is missing`);
    else if (ts.isSwitchStatement(node)) {
      for (const clause of node.caseBlock.clauses) {
        const what = ts.isCaseClause(clause) ? said(clause.expression, file) : 'something else';
        add(
          `${throwsIn(clause.statements) ? 'throws ' : ''}when ${said(node.expression, file)} is ${what}`,
          throwsIn(clause.statements),
        );
      }
      straight = false;
    } else if (ts.isCatchClause(node)) {
      const again = throwsIn(node.block.statements);
      add(`${again ? 'throws ' : ''}when ${firstCall(node.parent.tryBlock, file) ?? 'what it tries'} fails`, again);
    }
    ts.forEachChild(node, visit);
  };
  const branch = (node: ts.IfStatement): void => {
    const side = statements(node.thenStatement);
    add(`${verb(side)}when ${inWords(node.expression, file)}`, throwsIn(side));
    const { elseStatement } = node;
    if (elseStatement !== undefined && !ts.isIfStatement(elseStatement)) {
      const other = statements(elseStatement);
      const chained = ts.isIfStatement(node.parent) && node.parent.elseStatement === node;
      add(`${verb(other)}${chained ? 'otherwise' : `when ${negatedInWords(node.expression, file)}`}`, throwsIn(other));
      straight = false;
    }
  };
  if (fn.body !== undefined) visit(fn.body);
  if (found.length === 0)
    return [
      { title: ts.isBlock(fn.body ?? fn) && !returnsValue(fn) ? 'does its work' : 'returns its result', throws: false },
    ];
  if (straight)
    add(
      found.every((one) => one.throws || one.title.startsWith('returns early'))
        ? 'goes through when nothing stands in its way'
        : 'otherwise',
    );
  return found;
}

/** `||` and `??` that give a value, not those inside a condition. */
function isFallback(node: ts.BinaryExpression): boolean {
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.QuestionQuestionToken || operator === ts.SyntaxKind.QuestionQuestionEqualsToken)
    return true;
  if (operator !== ts.SyntaxKind.BarBarToken && operator !== ts.SyntaxKind.BarBarEqualsToken) return false;
  if (
    !ts.isLiteralExpression(node.right) &&
    !ts.isObjectLiteralExpression(node.right) &&
    !ts.isArrayLiteralExpression(node.right)
  )
    return false;
  return !ts.isIfStatement(node.parent);
}

function statements(side: ts.Statement): readonly ts.Statement[] {
  return ts.isBlock(side) ? side.statements : [side];
}

function verb(side: readonly ts.Statement[]): string {
  if (throwsIn(side)) return 'throws ';
  const [first] = side;
  return side.length === 1 && first !== undefined && ts.isReturnStatement(first) && first.expression === undefined
    ? 'returns early '
    : '';
}

function throwsIn(side: readonly ts.Statement[]): boolean {
  return side.some(ts.isThrowStatement);
}

export function returnsValue(fn: ts.FunctionLikeDeclaration): boolean {
  const type = fn.type?.getText();
  if (type !== undefined) return !/^(void|never|undefined|Promise<(void|undefined)>|asserts\b.*)$/.test(type);
  if (fn.body === undefined || !ts.isBlock(fn.body)) return fn.body !== undefined;
  const visit = (node: ts.Node): boolean => {
    if (isFunction(node) || ts.isClassLike(node)) return false;
    if (ts.isReturnStatement(node)) return node.expression !== undefined;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return ts.forEachChild(fn.body, (child) => visit(child) || undefined) ?? false;
}

function firstCall(block: ts.Node, file: ts.SourceFile): string | undefined {
  const visit = (node: ts.Node): string | undefined =>
    ts.isCallExpression(node) ? said(node.expression, file) : ts.forEachChild(node, visit);
  return visit(block);
}
