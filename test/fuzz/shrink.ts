import { ts } from 'ts-morph';
import type { TextRange } from '../../server/src/core/text.ts';

/**
 * The smallest text that still fails, as far as taking parts away leads: statements and members of lists, blocks opened,
 * expressions replaced by one of their parts. Asks at most `most` times.
 */
export async function shrink(
  path: string,
  text: string,
  fails: (text: string) => Promise<boolean>,
  most = 1500,
): Promise<string> {
  const stillFails = async (next: string): Promise<boolean> => parses(path, next) && (await fails(next));
  const small = await smallest(path, text, stillFails, most);
  const tidy = small.replace(/(\r?\n)(?:[ \t]*\r?\n)+/g, '$1').trimStart();
  return (await stillFails(tidy)) ? tidy : small;
}

/** Whether the compiler finds no error of syntax. */
export function parses(path: string, text: string): boolean {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  return (file as ts.SourceFile & { parseDiagnostics: readonly unknown[] }).parseDiagnostics.length === 0;
}

async function smallest(
  path: string,
  text: string,
  fails: (text: string) => Promise<boolean>,
  most: number,
): Promise<string> {
  let now = text;
  let asked = 0;
  for (let grew = true; grew && asked < most; ) {
    grew = false;
    for (let at = 0; asked < most; at++) {
      const tries = smaller(path, now);
      if (at >= tries.length) break;
      const { start, end, newText } = tries[at]!;
      const next = now.slice(0, start) + newText + now.slice(end);
      asked++;
      if (next.length >= now.length || !(await fails(next))) continue;
      now = next;
      grew = true;
      // What follows moved up: go on about where this one stood.
      at = Math.max(-1, at - 2);
    }
  }
  return now;
}

interface Try extends TextRange {
  readonly newText: string;
}

/** All ways to make a text smaller by one step, larger parts first. */
function smaller(path: string, text: string): Try[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const tries: Try[] = [];
  const cut = (node: ts.Node, newText = ''): void =>
    void tries.push({ start: node.getStart(file), end: node.end, newText });
  const visit = (node: ts.Node): void => {
    for (const list of listsOf(node)) for (const [i, member] of list.entries()) cutMember(list, member, i);
    if (ts.isStatement(node)) {
      if (!ts.isBlock(node)) ts.forEachChild(node, (child) => open(node, child));
    } else if (ts.isExpression(node))
      ts.forEachChild(node, (child) => (ts.isExpression(child) ? cut(node, child.getText(file)) : undefined));
    ts.forEachChild(node, visit);
  };
  const open = (node: ts.Node, child: ts.Node): void => {
    if (ts.isBlock(child)) cut(node, text.slice(child.getStart(file) + 1, child.end - 1).trim());
    else if (ts.isStatement(child)) cut(node, child.getText(file));
    else if (ts.isCaseBlock(child))
      for (const { statements } of child.clauses)
        if (statements.length > 0) cut(node, text.slice(statements[0]!.getStart(file), statements.at(-1)!.end));
  };
  const cutMember = (list: ts.NodeArray<ts.Node>, member: ts.Node, i: number): void => {
    const next = list[i + 1];
    const previous = list[i - 1];
    if (
      ts.isStatement(member) ||
      ts.isClassElement(member) ||
      ts.isJsxChild(member) ||
      ts.isCaseOrDefaultClause(member)
    )
      cut(member);
    else if (next) tries.push({ start: member.getStart(file), end: next.getStart(file), newText: '' });
    else tries.push({ start: previous ? previous.end : member.getStart(file), end: member.end, newText: '' });
  };
  visit(file);
  return tries.sort((a, b) => b.end - b.start - b.newText.length - (a.end - a.start - a.newText.length));
}

function listsOf(node: ts.Node): ts.NodeArray<ts.Node>[] {
  const lists: ts.NodeArray<ts.Node>[] = [];
  ts.forEachChild(
    node,
    () => undefined,
    (list) => void lists.push(list),
  );
  return lists;
}
