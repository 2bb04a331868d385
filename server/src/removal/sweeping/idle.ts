import { ts } from 'ts-morph';
import { thenCallback } from '../values/fold-promise.ts';
import type { Folding } from '../values/folded.ts';
import { isPure } from '../values/purity.ts';

const effectHook = /^(?:React\.)?use(?:Layout|Insertion)?Effect$/;

/** The function of a call that does nothing else than to run it later: `promise.then(() => {})` of a flag, `useEffect(() => {}, [])`. */
export function calledLater(folding: Folding, node: ts.Expression): ts.ConciseBody | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const then = thenCallback(folding, node);
  if (then) return then.callback.body;
  const [callback, ...rest] = node.arguments;
  if (!callback || !effectHook.test(node.expression.getText()) || !rest.every(isPure)) return undefined;
  return ts.isArrowFunction(callback) || ts.isFunctionExpression(callback) ? callback.body : undefined;
}

/** The statement that the body of a loop is, may leave it by a `break` or `continue` of its own. */
export function jumpsOut(body: ts.Statement): boolean {
  const visit = (node: ts.Node, inLoop: boolean, inSwitch: boolean): boolean => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
    if (ts.isBreakStatement(node)) return node.label === undefined && !inLoop && !inSwitch;
    if (ts.isContinueStatement(node)) return node.label === undefined && !inLoop;
    const loop = inLoop || ts.isIterationStatement(node, false);
    const inner = inSwitch || ts.isSwitchStatement(node);
    return ts.forEachChild(node, (child) => visit(child, loop, inner) || undefined) === true;
  };
  return visit(body, false, false);
}

/** What the head of a `for` does before the first test; undefined where it cannot stand alone. */
export function effectsOfHead(statement: ts.ForStatement): readonly ts.Expression[] | undefined {
  const { initializer } = statement;
  if (!initializer) return [];
  if (!ts.isVariableDeclarationList(initializer)) return isPure(initializer) ? [] : [initializer];
  const isQuiet = initializer.declarations.every((one) => !one.initializer || isPure(one.initializer));
  return isQuiet ? [] : undefined;
}
