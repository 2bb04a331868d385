import { ts } from 'ts-morph';
import { isScriptHost, isSourcePath } from '../core/snapshot.ts';
import { applyEdits, type SourceChange } from '../core/source-change.ts';
import { UserError } from '../core/user-error.ts';
import { commentMarks } from '../facts/marks.ts';
import { parse } from '../facts/parse.ts';
import { scriptTextOf } from '../facts/script-blocks.ts';
import { indentAt, lineEnd, lineStart } from '../wrap/style.ts';
import { aboveDirectives, isSameCode } from './comment-place.ts';
import type { Fix } from './fix.ts';

interface SuppressData {
  readonly path: string;
  readonly offset: number;
  /** `risk/timeout-changed` */
  readonly rule: string;
}

interface Comment {
  readonly open: string;
  readonly close: string;
}

/**
 * Writes `// switchyard-ignore rule: ` above the line of an offset, with the cursor where the reason goes. Without a reason it silences
 * nothing.
 */
export default {
  id: 'suppress',
  build({ path, offset, rule }, world) {
    const text = world.text(path);
    if (text === undefined) throw new UserError(`${path} cannot be read, or is left out by the policy.`);
    const { open, close } = commentAt(path, text, offset);
    const at = aboveDirectives(text, lineStart(text, offset), 0);
    const indent = indentAt(text, offset);
    const said = `${indent}${open} switchyard-ignore ${rule}: `;
    const newText = said + close + (text.includes('\r\n') ? '\r\n' : '\n');
    const edits = [{ range: { start: at, end: at }, newText, kind: 'tag' as const, reason: `Suppress ${rule} here` }];
    const change: SourceChange = {
      title: `Suppress ${rule} here`,
      files: [{ path, before: text, edits }],
      refused: [],
      cursor: { path, offset: at + said.length },
    };
    const inCode = (isSourcePath(path) || isScriptHost(path)) && open === '//';
    if (inCode && !isSameCode(path, text, applyEdits(text, edits)))
      throw new UserError(
        `A comment cannot stand above this line of ${path} without changing it. Write \`// switchyard-ignore-file ${rule}: reason\` at its top.`,
      );
    return change;
  },
} satisfies Fix<SuppressData>;

function commentAt(path: string, text: string, offset: number): Comment {
  const inScript =
    isScriptHost(path) &&
    scriptTextOf(path, text)
      .text.slice(...lineOf(text, offset))
      .trim() !== '';
  if (isSourcePath(path) || inScript)
    return isJsxChild(path, text, offset) ? { open: '{/*', close: ' */}' } : { open: '//', close: '' };
  const marks = commentMarks(path);
  if (marks === undefined)
    throw new UserError(
      `${path} has no comments. Switch the rule off in the policy, or account for the risk in a commit message.`,
    );
  if (
    marks.open === '<!--' &&
    !text
      .slice(...lineOf(text, offset))
      .trimStart()
      .startsWith('<')
  )
    throw new UserError(`A comment cannot stand inside of an element of ${path}. Write it above the element by hand.`);
  return marks;
}

function lineOf(text: string, offset: number): [number, number] {
  return [lineStart(text, offset), lineEnd(text, offset)];
}

/** What stands first on the line is an element, or text, among the children of another. */
function isJsxChild(path: string, text: string, offset: number): boolean {
  const start = lineStart(text, offset);
  const first = start + indentAt(text, offset).length;
  const file = parse(path, text);
  let isChild = false;
  const visit = (node: ts.Node): void => {
    if (node.pos > first || node.end <= first) return;
    const starts = ts.isJsxText(node) || node.getStart(file) === first;
    if (starts && node.parent && (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent)))
      isChild ||= node.parent.children.includes(node as ts.JsxChild);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return isChild;
}
