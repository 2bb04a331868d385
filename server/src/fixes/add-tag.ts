import { ts } from 'ts-morph';
import { applyEdits, type SourceChange } from '../core/source-change.ts';
import { UserError } from '../core/user-error.ts';
import { parse } from '../facts/parse.ts';
import { startWithComments } from '../wrap/layout.ts';
import { indentAt, lineStart } from '../wrap/style.ts';
import { isListOwner, isSource } from '../wrap/syntax.ts';
import { aboveDirectives, isSameCode } from './comment-place.ts';
import type { Fix, World } from './fix.ts';

interface AddTagData {
  readonly path: string;
  readonly offset: number;
  /** A rule's name (`timeout-changed`) or the word for its group (`time`). */
  readonly kind: string;
}

/**
 * Writes `// @risk(kind): ` on a line of its own above the statement or declaration at an offset, below its other comments,
 * with the cursor where the reason goes. Where a tag of that kind stands already, only the cursor moves.
 */
const fix: Fix<AddTagData> = {
  id: 'add-tag',
  build({ path, offset, kind }, world) {
    const text = textOf(path, world);
    const sql = /\.sql$/i.test(path);
    if (!sql && !isSource(path))
      throw new UserError(
        `${path} has no place for a delivery tag. Account for the risk in the commit message: "Risk: ${kind} - reason".`,
      );
    const place = sql ? { at: lineStart(text, offset), top: lineStart(text, offset) } : placeAbove(path, text, offset);
    const known = existingTag(text.slice(place.top, place.at), kind);
    if (known !== undefined)
      return { title: title(kind), files: [], refused: [], cursor: { path, offset: place.top + known } };
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    const tag = `${sql ? '--' : '//'} @risk(${kind}): `;
    const edits = [
      {
        range: { start: place.at, end: place.at },
        newText: indentAt(text, place.at) + tag + eol,
        kind: 'tag' as const,
        reason: `Account for the risk "${kind}"`,
      },
    ];
    const cursor = { path, offset: place.at + indentAt(text, place.at).length + tag.length };
    return checked({ title: title(kind), files: [{ path, before: text, edits }], refused: [], cursor }, path, sql);
  },
};

export default fix;

function title(kind: string): string {
  return `Add delivery tag @risk(${kind})`;
}

function textOf(path: string, world: World): string {
  const text = world.text(path);
  if (text === undefined) throw new UserError(`${path} cannot be read, or is left out by the policy.`);
  return text;
}

/** The start of the line that the tag goes above, and of the comments over it. */
function placeAbove(path: string, text: string, offset: number): { at: number; top: number } {
  const file = parse(path, text);
  const lineOnly = text.slice(lineStart(text, offset), offset).trim() === '';
  const at = lineOnly ? offset + /^[ \t]*/.exec(text.slice(offset))![0].length : offset;
  const node = declarationAt(file, at) ?? file.statements[0];
  if (node === undefined) return { at: 0, top: 0 };
  const top = lineStart(text, startWithComments(node, file));
  return { at: aboveDirectives(text, lineStart(text, node.getStart(file)), top), top };
}

/** The innermost statement of a list, or member of a class, that holds the offset and starts its line. */
function declarationAt(file: ts.SourceFile, offset: number): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    const start = node.getStart(file);
    if (offset < start || node.end < offset) return;
    const inList = node.parent !== undefined && isListOwner(node.parent);
    const isMember = ts.isClassElement(node) && node.parent !== undefined && ts.isClassLike(node.parent);
    if ((inList || isMember) && file.text.slice(lineStart(file.text, start), start).trim() === '') found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Where the reason of a tag of this kind goes, as an offset into the comments. */
function existingTag(comments: string, kind: string): number | undefined {
  for (const match of comments.matchAll(/@risk\(\s*([\w./-]+)\s*\)\s*:?[ \t]*/g))
    if (match[1] === kind) return match.index + match[0].length;
  return undefined;
}

/** A comment in the wrong place could change what the file means; then nothing is written. */
function checked(change: SourceChange, path: string, sql: boolean): SourceChange {
  const [file] = change.files;
  if (sql || isSameCode(path, file!.before!, applyEdits(file!.before!, file!.edits))) return change;
  throw new UserError(`A comment cannot stand above this code in ${path} without changing it. Write the tag by hand.`);
}
