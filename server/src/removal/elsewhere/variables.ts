import type { Node } from 'jsonc-parser';
import { basename } from '../../core/paths.ts';
import type { TextRange } from '../../core/text.ts';
import { UserError } from '../../core/user-error.ts';
import { lineEndOf, lineStartOf, nextLineOf } from '../../flags/definitions/text-lines.ts';
import { removeFromYaml } from '../../flags/definitions/yaml-remove.ts';
import { parseYaml } from '../../flags/definitions/yaml-tree.ts';

/** What of a file goes, and where a person has to look. */
export interface Found {
  readonly cuts: readonly (TextRange & { readonly reason: string })[];
  readonly looks: readonly { readonly range: TextRange; readonly reason: string }[];
}

const nothing: Found = { cuts: [], looks: [] };

/** Where a file sets an environment variable: `.env` files, Dockerfiles, and YAML of Compose, workflows and the like. */
export function setIn(path: string, text: string, name: string): Found {
  const file = basename(path);
  if (/^\.env(?:rc|\..+)?$|\.env$/.test(file))
    return inLines(text, name, new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`));
  if (/^(?:Docker|Container)file|\.dockerfile$/i.test(file)) return inDockerfile(text, name);
  return /\.ya?ml$/.test(file) ? inYaml(text, name) : nothing;
}

function gone(name: string): string {
  return `nothing asks for the variable '${name}' any more`;
}

/** Lines of their own, with the comment that only they have, and what is commented out. */
function inLines(text: string, name: string, pattern: RegExp): Found {
  const cuts: Found['cuts'][number][] = [];
  const looks: Found['looks'][number][] = [];
  const commented = new RegExp(`^\\s*#\\s*(?:export\\s+)?${name}\\s*=`);
  for (let start = 0; start < text.length; start = nextLineOf(text, start)) {
    const line = text.slice(start, lineEndOf(text, start));
    if (!pattern.test(line) && !commented.test(line)) continue;
    const isOpen = /=\s*(["'`])(?:(?!\1).)*$/.test(line);
    if (isOpen) looks.push({ range: { start, end: lineEndOf(text, start) }, reason: severalLines(name) });
    else cuts.push({ ...withComment(text, start, name), reason: gone(name) });
  }
  return { cuts: merged(cuts), looks };
}

function severalLines(name: string): string {
  return `'${name}' is set over several lines or with others; take it out by hand.`;
}

/** The line, with the comment above that is not the head of a group, and one of two blank lines around. */
function withComment(text: string, line: number, name: string): TextRange {
  const end = nextLineOf(text, line);
  const below = text.slice(end, nextLineOf(text, end)).trim();
  let top = line;
  while (top > 0 && isComment(lineAbove(text, top))) top = lineStartOf(text, top - 1);
  const isHead = isBlankAbove(text, top) && below !== '' && !below.startsWith('#');
  const start = isHead && !text.slice(top, line).includes(name) ? line : top;
  if (isBlankAbove(text, start) && below === '' && end < text.length) return { start, end: nextLineOf(text, end) };
  if (isBlankAbove(text, start) && end === text.length && start > 0)
    return { start: lineStartOf(text, start - 1), end };
  return { start, end };
}

function lineAbove(text: string, start: number): string {
  return text.slice(lineStartOf(text, start - 1), start);
}

function isBlankAbove(text: string, start: number): boolean {
  return start === 0 || lineAbove(text, start).trim() === '';
}

/** What is commented out is an entry of its own. */
function isComment(line: string): boolean {
  return line.trimStart().startsWith('#') && !/^\s*#\s*\w+=/.test(line);
}

function merged<T extends TextRange>(cuts: readonly T[]): T[] {
  const out: T[] = [];
  for (const cut of cuts) {
    const last = out.at(-1);
    if (last && cut.start <= last.end) out[out.length - 1] = { ...last, end: Math.max(last.end, cut.end) };
    else out.push(cut);
  }
  return out;
}

/** `ENV X=1`, `ENV X 1`, `ARG X`: whole instructions, and one of several on a line. */
function inDockerfile(text: string, name: string): Found {
  const alone = inLines(
    text,
    name,
    new RegExp(`^\\s*(?:ENV|ARG)\\s+${name}(?:\\s*|\\s+[^=\\\\]*|=(?:"[^"]*"|'[^']*'|[^\\s\\\\]*)\\s*)$`, 'i'),
  );
  const looks = [...alone.looks];
  for (const { index } of text.matchAll(new RegExp(`(?<![\\w$-])${name}=`, 'g'))) {
    if (alone.cuts.some(({ start, end }) => start <= index && index < end)) continue;
    const line = text.slice(lineStartOf(text, index), index);
    if (!/^\s*#/.test(line))
      looks.push({ range: { start: index, end: index + name.length }, reason: severalLines(name) });
  }
  return { cuts: alone.cuts, looks };
}

/** Maps and lists that hold the environment of a program. */
const holders =
  /^(?:environment|env|envs|variables|args|build-args|envVars|environment_variables|environmentVariables)$/;

function inYaml(text: string, name: string): Found {
  const spans: TextRange[] = [];
  const visit = (node: Node, holder: boolean): void => {
    if (node.type === 'property') {
      const [key, value] = node.children!;
      if (value) visit(value, holders.test(String(key!.value)));
      return;
    }
    const set = holder ? (node.children ?? []).filter((one) => sets(one, name)) : [];
    const owner = node.parent?.type === 'property' ? node.parent : undefined;
    // What holds nothing else goes as a whole.
    if (set.length > 0 && set.length === node.children!.length && owner) spans.push(rangeOf(owner));
    else spans.push(...set.map(rangeOf));
    for (const child of node.children ?? []) visit(child, false);
  };
  try {
    const { roots, errors } = parseYaml(text);
    if (errors.length > 0) return nothing;
    for (const root of roots) visit(root, false);
    if (spans.length === 0) return nothing;
    return {
      cuts: removeFromYaml(text, spans).map(({ start, end }) => ({ start, end, reason: gone(name) })),
      looks: [],
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      cuts: [],
      looks: [
        {
          range: spans[0]!,
          reason: `'${name}' is set here, and the rest of the file builds on it; take it out by hand.`,
        },
      ],
    };
  }
}

/** `X: 1`, `- X=1`, `- X`, `- name: X`. */
function sets(node: Node, name: string): boolean {
  if (node.type === 'property') return node.children![0]!.value === name;
  if (node.type === 'string') return node.value === name || String(node.value).startsWith(`${name}=`);
  if (node.type !== 'object') return false;
  return (node.children ?? []).some(
    ({ children }) => /^(?:name|key)$/.test(String(children?.[0]?.value)) && children?.[1]?.value === name,
  );
}

function rangeOf({ offset, length }: Node): TextRange {
  return { start: offset, end: offset + length };
}
