import { ts } from 'ts-morph';
import type { Why } from './cuts.ts';
import { type Emission, put, textOf } from './expressions.ts';

/** Takes the leaving members out of the lists of a node: declarators, import specifiers, elements of a destructuring. */
export function emitLists(emission: Emission, node: ts.Node): void {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) emitParameters(emission, node);
  else if (ts.isVariableDeclarationList(node)) removeFromList(emission, node.declarations, emission.leaving);
  else if (
    ts.isNamedImports(node) ||
    ts.isNamedExports(node) ||
    ts.isObjectBindingPattern(node) ||
    ts.isArrayBindingPattern(node)
  )
    removeFromList(emission, node.elements, emission.leaving);
  else if (ts.isImportClause(node)) emitImportClause(emission, node);
}

/** `(on) => a()` and `on => a()` without the parameter. */
function emitParameters(emission: Emission, node: ts.ArrowFunction | ts.FunctionExpression): void {
  const [only] = node.parameters;
  const why = only && emission.leaving.get(only);
  const hasParens = textOf(emission).slice(node.getStart(), only?.getStart()).includes('(');
  if (only && why && !hasParens) put(emission, only, '()', why);
  else removeFromList(emission, node.parameters, emission.leaving);
}

/** Takes members out of a list that is parted by commas; what stays keeps its own commas and lines. */
export function removeFromList(
  emission: Emission,
  list: ts.NodeArray<ts.Node>,
  leaving: ReadonlyMap<ts.Node, Why>,
): void {
  for (let index = 0; index < list.length; index++) {
    const first = list[index]!;
    const why = leaving.get(first);
    if (!why) continue;
    let next = index + 1;
    while (next < list.length && leaving.has(list[next]!)) next++;
    const previous = list[index - 1];
    const following = list[next];
    const last = list[next - 1]!;
    if (following) emission.out.cuts.push({ start: first.getStart(), end: following.getStart(), text: '', ...why });
    else if (previous) emission.out.cuts.push({ start: previous.end, end: last.end, text: '', ...why });
    else
      emission.out.cuts.push({
        start: first.getStart(),
        end: afterComma(textOf(emission), last.end),
        text: '',
        ...why,
      });
    index = next - 1;
  }
}

function afterComma(text: string, end: number): number {
  return end + (/^\s*,/.exec(text.slice(end, end + 200))?.[0].length ?? 0);
}

/** `import A, { B } from ''` of which one half goes. */
function emitImportClause(emission: Emission, clause: ts.ImportClause): void {
  const { name, namedBindings } = clause;
  if (!name || !namedBindings) return;
  const nameWhy = emission.leaving.get(name);
  const bindingsWhy = emission.leaving.get(namedBindings);
  if (nameWhy) emission.out.cuts.push({ start: name.getStart(), end: namedBindings.getStart(), text: '', ...nameWhy });
  else if (bindingsWhy) emission.out.cuts.push({ start: name.end, end: namedBindings.end, text: '', ...bindingsWhy });
}
