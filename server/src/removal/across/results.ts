import { ts } from 'ts-morph';
import { bare, type Known } from '../known.ts';
import { isContextOnly } from '../purity.ts';
import { callsOf, type Fn, functionHolding } from './functions.ts';
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
  const calls = result && callsOf(view, fn);
  if (!calls) return undefined;
  const isAsync = ts.getModifiers(fn.node)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  const known: Known = isAsync ? { ...result, packing: { kind: 'promise', of: bare } } : result;
  const foldable: Outcome['known'][number][] = [];
  for (const { path, node } of calls) {
    // An argument that does something would be lost with the call; elements cannot be values.
    if (!ts.isCallExpression(node) || !node.arguments.every(isContextOnly)) return undefined;
    foldable.push({ path, node, known });
  }
  return { known: foldable, leaving: [], looks: [] };
}

/** The value that is all there is of a function: of its expression, or of the one statement that is left of its body. */
function resultOf(view: View, { path, node }: Fn): Known | undefined {
  if (node.asteriskToken || (ts.canHaveDecorators(node) && ts.getDecorators(node)?.length)) return undefined;
  const value = ts.isBlock(node.body!) ? returnedBy(view, path, node.body) : node.body;
  const known = value && valueAt(view, path, value);
  return known && known.seeds.length > 0 ? known : undefined;
}

function returnedBy(view: View, path: string, { statements }: ts.Block): ts.Expression | undefined {
  const left = statements.filter((one) => !view.isCut(path, one));
  const [only] = left;
  return left.length === 1 && only && ts.isReturnStatement(only) ? only.expression : undefined;
}
