import { ts } from 'ts-morph';
import { UserError } from '../core/user-error.ts';
import { parse } from '../facts/parse.ts';
import { expressionAt } from './expression-at.ts';
import type { Fix } from './fix.ts';

/** A read of a flag, by its file and the offsets of the expression. */
interface ReadPlace {
  readonly path: string;
  readonly at: number;
  readonly end: number;
}

export default {
  id: 'await-read',
  build({ path, at, end }, world) {
    const text = world.text(path);
    const read = text === undefined ? undefined : expressionAt(parse(path, text), at, end);
    if (text === undefined || !read) throw new UserError(`The read is no longer at this place in ${path}.`);
    const reason = 'a promise always counts as true';
    const insert = (offset: number, newText: string) => ({
      range: { start: offset, end: offset },
      newText,
      kind: 'fold' as const,
      reason,
    });
    const edits = bindsTighter(read) ? [insert(at, '(await '), insert(end, ')')] : [insert(at, 'await ')];
    return { title: 'Await the read', files: [{ path, before: text, edits }], refused: [] };
  },
} satisfies Fix<ReadPlace>;

/** What takes a part of the read, or calls it, would be awaited too. */
function bindsTighter(read: ts.Expression): boolean {
  const { parent } = read;
  return (
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isCallExpression(parent)) &&
    parent.expression === read
  );
}
