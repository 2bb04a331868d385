import { ts } from 'ts-morph';
import { isBare } from '../values/known.ts';
import { withComments } from './comments.ts';
import { lineEnd, type Why } from './cuts.ts';
import { type Emission, foldedWhy, put, textOf } from './expressions.ts';
import { removeStatement } from './statements.ts';

/** Takes the leaving members out of the lists of a node: declarators, import specifiers, elements of a destructuring. */
export function emitLists(emission: Emission, node: ts.Node): void {
  if (ts.isVariableDeclarationList(node)) removeFromList(emission, node.declarations, emission.leaving);
  else if (
    ts.isNamedImports(node) ||
    ts.isNamedExports(node) ||
    ts.isObjectBindingPattern(node) ||
    ts.isArrayBindingPattern(node)
  )
    removeFromList(emission, node.elements, emission.leaving);
  else if (ts.isImportClause(node)) emitImportClause(emission, node);
  else if (ts.isFunctionLike(node) && 'body' in node) emitParameters(emission, node);
  else if (ts.isTypeReferenceNode(node)) emitTypeArgument(emission, node);
  else if (ts.isJsxAttributes(node)) emitAttributes(emission, node);
  else if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) emitTypeMembers(emission, node);
  else if (ts.isClassLike(node)) emitMembers(emission, node);
}

function emitParameters(emission: Emission, node: ts.SignatureDeclaration): void {
  const [only] = node.parameters;
  const why = only && emission.leaving.get(only);
  const isBare =
    why && ts.isArrowFunction(node) && textOf(emission).slice(node.getStart(), only.end) === only.getText();
  if (isBare) put(emission, only, '()', why);
  else removeFromList(emission, node.parameters, emission.leaving);
}

/** `FC<Props>` without its only argument. */
function emitTypeArgument(emission: Emission, node: ts.TypeReferenceNode): void {
  const why = node.typeArguments?.length === 1 && emission.leaving.get(node.typeArguments[0]!);
  if (why) emission.out.cuts.push({ start: node.typeName.end, end: node.end, text: '', ...why });
}

function emitAttributes(emission: Emission, { properties }: ts.JsxAttributes): void {
  for (const one of properties) {
    const why =
      emission.leaving.get(one) ?? (properties.some(ts.isJsxSpreadAttribute) ? undefined : emptyWhy(emission, one));
    if (!why) continue;
    const before = /\s*$/.exec(textOf(emission).slice(0, one.getStart()))![0].length;
    emission.out.cuts.push({ start: one.getStart() - before, end: one.end, text: '', ...why });
  }
}

/** `title={undefined}` says what no attribute says, unless a spread beside it gives another one. */
function emptyWhy({ folding }: Emission, one: ts.JsxAttributeLike): Why | undefined {
  const value =
    ts.isJsxAttribute(one) && one.initializer && ts.isJsxExpression(one.initializer) && one.initializer.expression;
  const folded = value ? folding.fold(value) : undefined;
  if (!folded || folded.effects.length > 0) return undefined;
  const isNothing = folded.known
    ? isBare(folded.known) && folded.known.value === undefined
    : folded.node?.getText() === 'undefined';
  return isNothing ? foldedWhy(folded.seeds) : undefined;
}

function emitMembers(emission: Emission, { members }: ts.ClassLikeDeclaration): void {
  for (const member of members) {
    const why = emission.leaving.get(member);
    if (why) removeStatement(emission, member, why);
  }
}

/** Members of a type: whole lines, or, in a type on one line, with the mark that parts them from their neighbour. */
function emitTypeMembers(emission: Emission, { members }: ts.InterfaceDeclaration | ts.TypeLiteralNode): void {
  members.forEach((member, index) => {
    const why = emission.leaving.get(member);
    const previous = members[index - 1];
    if (!why) return;
    const isLast = index === members.length - 1 && previous !== undefined && !emission.leaving.has(previous);
    const isInline = isLast && !textOf(emission).slice(previous.end, member.getStart()).includes('\n');
    const isParted = /[;,]$/.test(member.getText());
    if (!isInline || isParted) removeStatement(emission, member, why);
    else {
      const mark = /[;,]$/.test(previous.getText()) ? 1 : 0;
      emission.out.cuts.push({ start: previous.end - mark, end: member.end, text: '', ...why });
    }
  });
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
    const text = textOf(emission);
    const { start } = withComments(text, first);
    if (following) emission.out.cuts.push({ start, end: beginningOf(text, last, following), text: '', ...why });
    else if (previous) emission.out.cuts.push({ start: previous.end, end: last.end, text: '', ...why });
    else emission.out.cuts.push({ ...wholeList(textOf(emission), first, last), text: '', ...why });
    index = next - 1;
  }
}

/** All members with the white space around them, unless something else stands there. */
function wholeList(text: string, first: ts.Node, last: ts.Node): { start: number; end: number } {
  const end = afterComma(text, last.end);
  const after = /^\s*(?=[})\]])/.exec(text.slice(end, end + 1000))?.[0].length;
  const before = text.slice(first.pos, first.getStart());
  // A comment on lines of its own explains what stands below it.
  const isOwn = before.trim() === '' || /^[ \t]*\r?\n(?:\s*\/\/[^\n]*\n)+\s*$/.test(before);
  return after === undefined || !isOwn ? { start: first.getStart(), end } : { start: first.pos, end: end + after };
}

/** Where a member begins, the comments on the lines above it included. */
function beginningOf(text: string, last: ts.Node, member: ts.Node): number {
  const lineOfLast = lineEnd(text, last.end);
  const comments = ts.getLeadingCommentRanges(text, member.pos) ?? [];
  return comments.find((one) => one.pos > lineOfLast)?.pos ?? member.getStart();
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
