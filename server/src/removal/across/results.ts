import { ts } from 'ts-morph';
import { bare, type Known } from '../values/known.ts';
import { isContextOnly, isPure } from '../values/purity.ts';
import { type Call, callsOf, type Fn, functionHolding, type Mention } from './functions.ts';
import type { Outcome, Place } from './place.ts';
import { type View, valueAt } from './view.ts';

/** Functions of a file that do nothing any more but return a value known by a flag. */
export function constantResults(view: View, path: string): Place[] {
  const source = view.source(path);
  if (!source || !view.folding(path)) return [];
  const places: Place[] = [];
  const visit = (node: ts.Node): void => {
    const fn = functionHolding(view, path, node);
    if (fn && !view.isCut(path, node) && resultOf(view, fn)) places.push(resultPlace(fn));
    ts.forEachChild(node, visit);
  };
  visit(source.file);
  return places;
}

function resultPlace(fn: Fn): Place {
  return { name: `${fn.path}:${fn.node.pos}:()`, outcome: (view) => resultOutcome(view, fn) };
}

function resultOutcome(view: View, fn: Fn): Outcome | undefined {
  const result = resultOf(view, fn);
  const uses = result && resultsAcross(view, fn);
  if (!uses) return undefined;
  const isAsync = ts.getModifiers(fn.node)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  const known: Known = isAsync ? { ...result, packing: { kind: 'promise', of: bare } } : result;
  // An argument that does something would be lost with the call; elements cannot be values.
  const isQuiet = ({ node }: Call): boolean => ts.isCallExpression(node) && node.arguments.every(isContextOnly);
  if (!uses.every(isQuiet)) return undefined;
  return {
    known: uses.map(({ path, node }) => ({ path, node: node as ts.CallExpression, known })),
    leaving: [],
    looks: [],
  };
}

/** The calls that yield what a function returns: its own, `useMemo(f)`, `useSelector(f)`. */
function resultsAcross(view: View, fn: Fn): Call[] | undefined {
  const { path, source, node } = fn;
  const asked = ts.isCallExpression(node.parent) && node.parent.arguments[0] === node ? node.parent : undefined;
  if (asked) return asksOnce(asked) ? [{ path, source, node: asked }] : undefined;
  const handed: Mention[] = [];
  const calls = callsOf(view, fn, (mention) => handed.push(mention) > 0);
  const selected = handed.flatMap((one): Call[] => {
    const call = one.id.parent;
    const isAsked = ts.isCallExpression(call) && call.arguments[0] === one.id && asksOnce(call);
    return isAsked ? [{ path: one.path, source: one.source, node: call }] : [];
  });
  return calls && selected.length === handed.length ? [...calls, ...selected] : undefined;
}

/** A call that yields what its first argument returns. */
function asksOnce({ expression }: ts.CallExpression): boolean {
  return /^(?:React\.)?(?:useMemo|use\w*Selector)$/.test(expression.getText());
}

/** The value that is all there is of a function: of its expression, or of the one statement that is left of its body. */
function resultOf(view: View, { path, node }: Fn): Known | undefined {
  if (node.asteriskToken || (ts.canHaveDecorators(node) && ts.getDecorators(node)?.length)) return undefined;
  // A default, or what is taken apart, may do something with every call.
  if (!node.parameters.every(isPure)) return undefined;
  const value = ts.isBlock(node.body!) ? returnedBy(view, path, node.body) : node.body;
  const known = value && valueAt(view, path, value);
  return known && known.seeds.length > 0 ? known : undefined;
}

function returnedBy(view: View, path: string, { statements }: ts.Block): ts.Expression | undefined {
  const left = statements.filter((one) => !view.isCut(path, one));
  const [only] = left;
  return left.length === 1 && only && ts.isReturnStatement(only) ? only.expression : undefined;
}
