import { basename } from '../../core/paths.ts';
import { lineEndOf, lineStartOf, nextLineOf } from '../../flags/definitions/text-lines.ts';
import { isPlainWord } from '../tests/names.ts';
import type { Found } from './variables.ts';

/** Documentation of today: what tells of the past stays as it was told. */
export function isDocument(path: string): boolean {
  if (!/\.(?:md|mdx|markdown|mdown)$/i.test(path)) return false;
  return !/change|history|release|news|migrat|upgrad|adr|rfc|blog|archive/i.test(
    path.includes('/') ? path : basename(path),
  );
}

/**
 * The rows and list items of a Markdown text that are about exactly this key: their first cell, or the code that they begin with. Any
 * other mention of the key as code is a place to look at.
 */
export function documentedIn(text: string, key: string): Found {
  const cuts: Found['cuts'][number][] = [];
  const looks: Found['looks'][number][] = [];
  const reason = `it documents '${key}', which is gone`;
  const mention = mentionOf(key);
  let fence: string | undefined;
  for (let start = 0; start < text.length; start = nextLineOf(text, start)) {
    const end = lineEndOf(text, start);
    const line = text.slice(start, end);
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (mark && (fence === undefined || mark.startsWith(fence))) fence = fence === undefined ? mark : undefined;
    const at = line.search(mention);
    if (at < 0) continue;
    const look = { range: { start: start + at, end: start + at + key.length }, reason: lookAt(key) };
    const item = fence === undefined ? (rowAt(text, start, key) ?? itemAt(text, start, key)) : undefined;
    if (item) cuts.push({ ...item, reason });
    else if (looks.length === 0 && !cuts.some((cut) => start < cut.end)) looks.push(look);
  }
  return { cuts, looks };
}

/** The key as a word; one that is a plain word only as code. */
function mentionOf(key: string): RegExp {
  const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(isPlainWord(key) ? `(?<=\`)${escaped}(?=\`)` : `(?<![\\w$.-])${escaped}(?![\\w$-])(?!\\.\\w)`);
}

function lookAt(key: string): string {
  return `This speaks of '${key}', which is gone; look whether it still says what is so.`;
}

/** A row of a table whose first cell is the key, unless it is the only one. */
function rowAt(text: string, start: number, key: string): { start: number; end: number } | undefined {
  const line = text.slice(start, lineEndOf(text, start));
  const cell = /^\s*\|([^|]*)\|/.exec(line)?.[1];
  if (cell === undefined || bare(cell) !== key) return undefined;
  const above = text.slice(lineStartOf(text, Math.max(0, start - 1)), start);
  const next = nextLineOf(text, start);
  const below = text.slice(next, lineEndOf(text, next));
  const isOnly = /^\s*\|?[\s:|-]+\|?\s*$/.test(above) && !below.trimStart().startsWith('|');
  return isOnly ? undefined : { start, end: next };
}

/** `code`, **bold**, [linked](...) or plain. */
function bare(cell: string): string {
  return cell
    .trim()
    .replace(/^\[(.*)\]\([^)]*\)$/, '$1')
    .replace(/^(\*\*|__)?(`)?(.*?)\2\1$/s, '$3')
    .trim();
}

/** A list item that begins with the key as code (or in bold), with its further lines; one that holds a list is left. */
function itemAt(text: string, start: number, key: string): { start: number; end: number } | undefined {
  const line = text.slice(start, lineEndOf(text, start));
  const [, head = '', begun] =
    /^(\s*[-*+]\s+(?:\[[ x]\]\s+)?)(\*\*`?[^`*]+`?\*\*|`[^`]+`)(?=\s*(?:[:–—-]|\(|$|\s))/.exec(line) ?? [];
  if (begun === undefined || bare(begun) !== key) return undefined;
  const indent = /^\s*/.exec(head)![0].length;
  let end = nextLineOf(text, start);
  while (end < text.length) {
    const next = text.slice(end, lineEndOf(text, end));
    if (next.trim() === '' || /^\s*/.exec(next)![0].length <= indent) break;
    if (/^\s*(?:[-*+]|\d+\.)\s/.test(next)) return undefined;
    end = nextLineOf(text, end);
  }
  // A list of one item loses its sense with it.
  const around = [text.slice(lineStartOf(text, Math.max(0, start - 1)), start), text.slice(end, lineEndOf(text, end))];
  return around.some((one) => /^\s*[-*+]\s/.test(one) || /^\s{2,}\S/.test(one)) ? { start, end } : undefined;
}
