import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';

/** A place where a check of tools is switched off, or a type is asserted that nobody checked. */
export interface MutedCheck {
  readonly kind: 'types' | 'lint' | 'coverage' | 'cast' | 'non-null';
  readonly range: TextRange;
  /** As written, in short: `@ts-ignore`, `eslint-disable-next-line no-eval`, `as any`. */
  readonly text: string;
  /** It says why in itself. */
  readonly explained: boolean;
  /** A sentence beside it, or on the line above: its reason, or what was said of the code anyway. */
  readonly comment?: string;
}

const candidates =
  /@ts-(?:ignore|expect-error|nocheck)\b|\b(?:eslint|oxlint)-disable\b[\w-]*|\bbiome-ignore\b[\w-]*|\b(?:istanbul|c8|v8) ignore\b|\bas\s+(?:any\b(?!\s*\[)|unknown\s+as\b)|[\w$)\]]!(?=[.[;,)\]}\s(?])(?!\s*=)/g;

/**
 * Suppressions of a text, in order. Found by words, then looked up in the tree: only the places that may be one cost anything.
 */
export function mutedChecksOf(file: ts.SourceFile): MutedCheck[] {
  const found: MutedCheck[] = [];
  for (const match of file.text.matchAll(candidates)) {
    const [word] = match;
    const at = match.index;
    const node = innermost(file, at);
    const one = word.endsWith('!')
      ? nonNull(node, at + 2, file)
      : word.startsWith('as')
        ? cast(node, at, file)
        : comment(node, at, word, file);
    if (one) found.push(one);
  }
  return found;
}

/** The innermost node whose span, comments before it included, holds an offset. */
function innermost(file: ts.SourceFile, at: number): ts.Node {
  let node: ts.Node = file;
  for (;;) {
    const inner: ts.Node | undefined = ts.forEachChild(node, (child) =>
      child.pos <= at && at < child.end ? child : undefined,
    );
    if (!inner) return node;
    node = inner;
  }
}

function comment(node: ts.Node, at: number, word: string, file: ts.SourceFile): MutedCheck | undefined {
  const isText =
    ts.isLiteralExpression(node) ||
    ts.isJsxText(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node);
  // Before the first token of a node there are only comments.
  if (isText && at >= node.getStart(file)) return undefined;
  const { text } = file;
  const lineEnd = endOfLine(text, at);
  const close = text.indexOf('*/', at);
  const rest = text.slice(at, close >= 0 && close < lineEnd ? close : lineEnd).trim();
  const lineStart = text.lastIndexOf('\n', at) + 1;
  if (!/(?:\/\/|\/\*|\*|<!--)[^'"`]*$/.test(text.slice(lineStart, at))) return undefined;
  const kind = word.startsWith('@ts') ? 'types' : / ignore$/.test(word) ? 'coverage' : 'lint';
  return {
    kind,
    range: { start: at, end: at + rest.length },
    text: rest.length <= 60 ? rest : `${rest.slice(0, 57)}...`,
    explained: saysWhy(kind, rest),
    ...commented(commentAbove(text, lineStart)),
  };
}

/** What follows the tool's own words: `-- why` for ESLint, `: why` for Biome, anything for the compiler. */
function saysWhy(kind: MutedCheck['kind'], rest: string): boolean {
  const why =
    kind === 'types'
      ? rest.replace(/^@ts-[\w-]+/, '')
      : kind === 'coverage'
        ? rest.replace(/^\w+ ignore(?: (?:next|if|else|file|start|stop))?(?: \d+)?/, '')
        : /^biome/.test(rest)
          ? rest.slice(rest.indexOf(':') < 0 ? rest.length : rest.indexOf(':', 'biome-ignore'.length))
          : rest.slice(rest.indexOf('--') < 0 ? rest.length : rest.indexOf('--'));
  const words = why.replace(/<explanation>|\b(?:todo|fixme|ignore|reason)\b/gi, '').match(/\p{L}{2,}/gu) ?? [];
  return words.length >= 2 || /#\d+|[A-Z]+-\d+|TS\d{4}|https?:/.test(why);
}

function cast(node: ts.Node, at: number, file: ts.SourceFile): MutedCheck | undefined {
  const expression = ts.findAncestor(node, (one) => ts.isAsExpression(one) && one.expression.end <= at);
  if (!expression || !ts.isAsExpression(expression)) return undefined;
  const double = ts.isAsExpression(expression.parent) ? expression.parent : undefined;
  const isUnknown = expression.type.kind === ts.SyntaxKind.UnknownKeyword;
  if (isUnknown ? !double : expression.type.kind !== ts.SyntaxKind.AnyKeyword) return undefined;
  const { end } = isUnknown ? double!.type : expression.type;
  const text = isUnknown ? `as unknown as ${double!.type.getText(file).replace(/\s+/g, ' ').slice(0, 40)}` : 'as any';
  return { kind: 'cast', range: { start: at, end }, text, explained: false, ...commented(commentAt(file.text, at)) };
}

function nonNull(node: ts.Node, end: number, file: ts.SourceFile): MutedCheck | undefined {
  const found = ts.findAncestor(node, (one) => ts.isNonNullExpression(one) && one.end === end);
  if (!found || !ts.isNonNullExpression(found)) return undefined;
  const text = found.getText(file).replace(/\s+/g, ' ');
  return {
    kind: 'non-null',
    range: { start: found.getStart(file), end: found.end },
    text: text.length <= 40 ? text : `...${text.slice(-37)}`,
    explained: false,
    ...commented(commentAt(file.text, end)),
  };
}

function commented(comment: string | undefined): Pick<MutedCheck, 'comment'> {
  return comment === undefined ? {} : { comment };
}

/** A comment at the end of the line, or on the line above. */
function commentAt(text: string, at: number): string | undefined {
  const lineStart = text.lastIndexOf('\n', at) + 1;
  const beside = /\/\/\s*(.*)$|\/\*(.*?)\*\//.exec(text.slice(at, endOfLine(text, at)));
  const said = beside?.[1] ?? beside?.[2] ?? '';
  return isProse(said) ? said.trim() : commentAbove(text, lineStart);
}

function commentAbove(text: string, lineStart: number): string | undefined {
  if (lineStart === 0) return undefined;
  const above = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, lineStart).trim();
  const isComment = /^(?:\/\/|\*|\/\*|\{\/\*)/.test(above) && !/^\/\*\*\s*$|^\*\/$/.test(above);
  return isComment && isProse(above) ? above : undefined;
}

/** A sentence, and none of a tool. */
function isProse(comment: string): boolean {
  if (/@ts-|eslint|biome|oxlint|istanbul|c8 ignore|v8 ignore|switchyard-ignore|@risk|@param|@return/.test(comment))
    return false;
  return (comment.match(/\p{L}{2,}/gu) ?? []).length >= 2;
}

function endOfLine(text: string, at: number): number {
  const end = text.slice(at).search(/[\r\n]/);
  return end < 0 ? text.length : at + end;
}
